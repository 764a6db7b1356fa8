"""Contact cells: a cell that says whom to ask, or rows that say it together, flow in; `Contact` records flow out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.contacts.contact_text import from_text
from ingest.contacts.phone_numbers import EMAIL, emails_of, is_bare_reach, runs
from ingest.contacts.printed_offices import head, names_office
from ingest.labels.fields import Column, canonical, column_of
from ingest.labels.text_lines import Line
from rag.domain import Contact
from rag.grammar.places import Gazetteer


def from_cell(
    value: str, row: Line, source_id: str, gazetteer: Gazetteer, agency: str, implied: float
) -> Iterator[Contact]:
    """Contacts of a 문의처 cell, a line an office, an office on a line of its own reached or governing those below."""
    organisation = agency
    above = ""
    waiting: Contact | None = None
    for part in value.split("\n"):
        if runs(part):
            if waiting:
                yield waiting
            quote = f"{above}\n{part}" if above and is_bare_reach(part) else part
            *before, waiting = list(
                from_text(quote.replace("\n", " "), row.evidence(source_id, quote), gazetteer, organisation, implied)
            )
            yield from before
            above = ""
        elif waiting and EMAIL.search(part):
            waiting = replace(
                waiting, emails=(*waiting.emails, *emails_of(part)), evidence=row.evidence(source_id, value)
            )
        elif EMAIL.search(part):
            yield from from_text(part, row.evidence(source_id, part), gazetteer, organisation, implied)
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
