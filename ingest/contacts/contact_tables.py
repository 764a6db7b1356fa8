"""Contact tables: the rows of a table flow in, the `Contact` records of its phones and regions flow out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from ingest.confidence import NO_PHONE
from ingest.contacts.contact_rows import Reader, is_area, read_row
from ingest.contacts.contact_text import Setting
from ingest.contacts.offices import head, is_body, is_small, names_office
from ingest.labels.fields import Column, canonical, column_of, label_and_value
from ingest.labels.lines import FIRST_COLUMN, Line
from ingest.values.phones import EMAIL, emails_of, is_bare_reach, runs
from rag.domain import Contact
from rag.grammar.places import Gazetteer


def areas_of(lines: Sequence[Line], gazetteer: Gazetteer) -> dict[str, tuple[str, ...]]:
    """What each 권역 of the document covers, from rows that name a 권역 beside its 시·도."""
    found: dict[str, tuple[str, ...]] = {}
    for line in lines:
        area = next((cell for cell in line.cells if is_area(cell)), None)
        # A place of work beside the area is one of many; only whole 시·도 tell what the area covers.
        if area and area not in found:
            served = next((places for cell in line.cells if cell != area and (places := gazetteer.served(cell))), ())
            if served and all(" " not in place for place in served):
                found[area] = served
    return found


def table_end(lines: Sequence[Line], start: int) -> int:
    """The index after the last row of the table that begins at `start`."""
    width = len(lines[start].cells)
    end = start
    while end < len(lines) and len(lines[end].cells) == width and lines[end].header == lines[start].header:
        end += 1
    return end


def contacts_of_table(rows: Sequence[Line], setting: Setting) -> Iterator[Contact]:
    """The contacts of one table; none where it holds no phone."""
    if not any(runs(row.text) for row in rows):
        return
    rows = printed = together([_without_fax(row) for row in rows])
    rows = whole_offices(rows)
    labelled = [] if _names_columns(rows) else list(_labelled_cells(rows))
    if labelled:
        told = {id(row) for label, _, row, _ in labelled if label == "문의처"}
        others = [
            ("문의처", cell, row, None) for row in rows if id(row) not in told for cell in row.cells if _asks(cell)
        ]
        for label, value, row, track in (*labelled, *others):
            if label == "문의처":
                for contact in from_cell(value, row, setting):
                    yield replace(contact, track=track) if track else contact
        return
    heads = next((row.header for row in rows if row.header), ()) or _own_header(rows) or ("",) * len(rows[0].cells)
    # A name may stand over two columns.
    header: tuple[str, ...] = tuple(accumulate(heads, lambda left, name: name or left))
    halves = _halves(header)
    carried: dict[tuple[int, int], tuple[str, str]] = {}
    listed: list[Contact] = []
    for row in rows:
        if row.cells == heads:
            continue
        for half in halves:
            reader = Reader(setting, tuple(header[slice(*half)]))
            read = read_row(
                row.cells[slice(*half)], reader, row.evidence(setting.source_id), *carried.get(half, ("", ""))
            )
            carried[half] = (read.area, read.organisation)
            listed.extend(read.made)
    has_phone_column = any(column_of(name) in (Column.PHONE, Column.ASKED) for name in header)
    reachable = {contact.organisation for contact in listed if contact.phones}
    for contact in _continued(listed if rows is printed else joined(listed)):
        if contact.phones or contact.emails or (has_phone_column and contact.organisation not in reachable):
            yield (
                contact
                if contact.phones or contact.emails
                else replace(contact, confidence=min(contact.confidence, NO_PHONE))
            )


def _without_fax(row: Line) -> Line:
    """The row without the number behind the name of a fax in a cell of its own."""
    if row.header:
        return row
    before = ("", *row.cells)
    is_fax = [column_of(name) is Column.FAX and not runs(name) for name in before[: len(row.cells)]]
    return replace(row, cells=tuple("" if fax else cell for fax, cell in zip(is_fax, row.cells, strict=True)))


def _names_columns(rows: Sequence[Line]) -> bool:
    """Whether the first row names a column of phones beside one of offices: its labels are no labels of rows."""
    columns = {column_of(name) for name in rows[0].header or _own_header(rows)}
    return Column.PHONE in columns and bool(columns & {Column.ORGANISATION, Column.DEPARTMENT})


def _own_header(rows: Sequence[Line]) -> tuple[str, ...]:
    """The first row where it names the column that holds the phones of the rows below it."""
    first = rows[0].cells
    if any(runs(cell) or len(cell) > 20 for cell in first):
        return ()
    places = [place for place, name in enumerate(first) if column_of(name) is Column.PHONE]
    return first if any(runs(row.cells[place]) for place in places for row in rows[1:]) else ()


def _continued(listed: Sequence[Contact]) -> Iterator[Contact]:
    """The contacts, one with places but no phone reached like the same office right above it.

    A page break cuts a merged cell in two and leaves its lower half empty.
    """
    above: Contact | None = None
    for contact in listed:
        if above and not contact.phones and not contact.emails and contact.regions:
            same = (above.organisation, above.department, above.person)
            if same == (contact.organisation, contact.department, contact.person):
                contact = replace(contact, phones=above.phones, emails=above.emails, evidence=above.evidence)
        above = contact
        yield contact


def _labelled_cells(rows: Sequence[Line]) -> Iterator[tuple[str, str, Line, str | None]]:
    """Label, value, row and track of a table whose first column, or first and third, holds labels; else nothing."""
    pairs = [label_and_value(row.cells) for row in rows]
    firsts = [canonical(row.cells[0]) for row in rows if row.cells != row.header]
    header = rows[0].header
    if not header:
        pairs = [pair or _asked_across(row.cells) for pair, row in zip(pairs, rows, strict=True)]
    if sum(pair is not None for pair in pairs) * 2 >= len(rows):
        yield from ((*pair, row, None) for row, pair in zip(rows, pairs, strict=True) if pair)
        return
    is_matrix = bool(header) and len(header) >= 3 and header[0].replace(" ", "") in FIRST_COLUMN
    if not is_matrix and (
        len(rows[0].cells) % 2 or len(rows[0].cells) < 4 or not any(canonical(row.cells[2]) for row in rows)
    ):
        return
    if sum(first is not None for first in firsts) * 2 >= max(len(firsts), 2):
        for row in rows:
            for place in range(0, len(row.cells) - 1, 1 if is_matrix else 2):
                name = row.cells[0] if is_matrix else row.cells[place]
                label = canonical(name) or ("문의처" if column_of(name) is Column.PHONE else None)
                if not is_matrix and (reach := _reach(row.cells[place : place + 4])):
                    yield "문의처", reach, row, None
                elif label and row.cells != header:
                    yield label, row.cells[place + 1], row, header[place + 1] if is_matrix else None


def _asked_across(cells: Sequence[str]) -> tuple[str, str] | None:
    """The office and its phone behind a label that asks, where each stands in a cell of its own."""
    values = [cell for cell in dict.fromkeys(cells[1:]) if cell]
    is_asked = canonical(cells[0]) == "문의처" and len(values) > 1 and not any(map(canonical, values))
    return ("문의처", " ".join(values)) if is_asked and runs(values[-1]) else None


def _asks(cell: str) -> bool:
    """Whether a cell holds a phone behind the name of an office, whatever its label says."""
    found = runs(cell)
    return bool(found) and names_office(cell[: found[0].start()])


def _reach(cells: Sequence[str]) -> str:
    """An office and its phone, each behind its name ("담당부서 | … | 전화 | …"), or a phone and its extension."""
    if len(cells) < 4 or bool(runs(cells[1])) == bool(runs(cells[3])):
        return ""
    kinds = column_of(cells[0]), column_of(cells[2])
    who, at = (kinds[0], 3) if runs(cells[3]) else (kinds[1], 1)
    is_how = kinds[at // 2] is Column.PHONE
    is_who = who in (Column.ORGANISATION, Column.DEPARTMENT, Column.ASKED, Column.PERSON)
    if not is_how or not is_who or (at == 1 and "내선" not in cells[3]):
        return ""
    return f"{cells[1]} {cells[3]}"


def _halves(header: Sequence[str]) -> list[tuple[int, int]]:
    """The column spans of tables printed side by side: where the header repeats itself."""
    count = len(header)
    for parts in (2, 3):
        width = count // parts
        if width >= 2 and count == width * parts and any(header):
            spans = [(start, start + width) for start in range(0, count, width)]
            if len({tuple(header[slice(*span)]) for span in spans}) == 1:
                return spans
    return [(0, count)]


def from_cell(value: str, row: Line, setting: Setting) -> Iterator[Contact]:
    """Contacts of a 문의처 cell, a line an office, an office on a line of its own reached or governing those below."""
    organisation = setting.agency
    above = ""
    waiting: Contact | None = None
    for part in value.split("\n"):
        if runs(part):
            if waiting:
                yield waiting
            quote = f"{above}\n{part}" if above and is_bare_reach(part) else part
            *before, waiting = list(setting.contacts(quote.replace("\n", " "), row, quote, organisation))
            yield from before
            above = ""
        elif waiting and EMAIL.search(part):
            evidence = row.evidence(setting.source_id, value)
            waiting = replace(waiting, emails=(*waiting.emails, *emails_of(part)), evidence=evidence)
        elif EMAIL.search(part):
            yield from setting.contacts(part, row, part, organisation)
        else:
            above = part if names_office(part) and len(part) <= 40 else ""
            organisation = head(part) or organisation
    if waiting:
        yield waiting


def together(rows: Sequence[Line]) -> list[Line]:
    """The rows, those that name an office, its phone and its e-mail one below the other as one row."""
    kept: list[Line] = []
    for row in rows:
        last = kept[-1] if kept else None
        is_pair = len(row.cells) == 2 and not row.header
        if last and is_pair and _is_who(last) and column_of(row.cells[0]) in (Column.PHONE, Column.EMAIL, Column.FAX):
            value = row.cells[1] if column_of(row.cells[0]) is not Column.FAX else ""
            cells = (last.cells[0], f"{last.cells[1]}\n{value}".strip())
            kept[-1] = replace(last, text=f"{last.text}\n{row.text}", cells=cells)
        else:
            kept.append(row)
    return kept


def _is_who(row: Line) -> bool:
    """Whether a row of two cells names an office behind a label for one."""
    who = (Column.ORGANISATION, Column.DEPARTMENT, Column.ASKED)
    return (column_of(row.cells[0]) in who or canonical(row.cells[0]) == "문의처") and names_office(row.cells[1])


def whole_offices(rows: Sequence[Line]) -> Sequence[Line]:
    """The rows with "body department" in the cells of both; the same rows where no table of officials is stacked."""
    place = next((c for c in range(len(rows[0].cells)) if _is_stacked(rows, c)), None)
    if place is None:
        return rows
    offices: list[str] = []
    for index, row in enumerate(rows):
        cell = row.cells[place]
        below = rows[index + 1].cells[place] if index + 1 < len(rows) else ""
        if cell and is_small(cell) and offices:
            offices.append(offices[-1])
        elif not cell or (offices and offices[-1].split()[0] == cell and not is_small(below)):
            offices.append(offices[-1] if offices else "")
        else:
            offices.append(f"{cell} {below}" if is_small(below) else cell)
    return [
        replace(row, cells=(*row.cells[:place], office, *row.cells[place + 1 :]))
        for row, office in zip(rows, offices, strict=True)
    ]


def joined(listed: Sequence[Contact]) -> list[Contact]:
    """Neighbouring contacts of one office without a person as one with all phones."""
    kept: list[Contact] = []
    for contact in listed:
        last = kept[-1] if kept else None
        if last and not last.person and replace(contact, phones=(), evidence=last.evidence) == replace(last, phones=()):
            quote = f"{last.evidence.quote}\n{contact.evidence.quote}"
            kept[-1] = replace(
                last,
                phones=tuple(dict.fromkeys((*last.phones, *contact.phones))),
                evidence=replace(last.evidence, quote=quote),
            )
        else:
            kept.append(contact)
    return kept


def _is_stacked(rows: Sequence[Line], place: int) -> bool:
    """Whether a column has a body alone above one of its departments alone, with a phone in both rows."""
    for above, below in pairwise(rows):
        upper, lower = above.cells[place], below.cells[place]
        is_one = not above.header and below.cells[0] in ("", above.cells[0])
        is_pair = is_body(upper) and is_small(lower) and " " not in lower
        if is_one and is_pair and runs(above.text) and runs(below.text):
            return True
    return False
