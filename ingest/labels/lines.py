"""Lines: the sections of a document flow in, one flat stream of lines with page and heading path flows out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.labels.fields import Column, canonical, column_of
from ingest.phrases import phrases
from ingest.values.money import unit_in
from rag.domain import Block, Evidence, Heading, Section, Table
from rag.wordlists import word_lists

_FILE = Path(__file__).with_suffix(".yaml")
_WORDS = phrases(_FILE)
FIRST_COLUMN = frozenset(word_lists(_FILE)["first_column"])
"""What heads the first column of a table whose other columns may be headed by labels."""
_NAMING_COLUMN = frozenset(word_lists(_FILE)["naming_column"])
_SAYING_NOTHING = word_lists(_FILE)["saying_nothing"]
# The name of a column that tells of a change is short.
_LONGEST_CHANGE = 15
_MARKS = frozenset({*"○◯●◎△▲✓✔√OXx×-–—", "해당", "필수", "선택", ""})
# Edges of a drawn box, and lines that are nothing but a rule.
_DRAWN = re.compile(r"[│┃║┌┐└┘├┤╔╗╚╝]|[─━═]{3,}|={5,}|-{10,}|_{10,}")
_EDGED = ("│", "┃", "║", "┌", "├", "╔")
_RULE = " ─━═=_-*~"
_EDGE = f"{_RULE}│┃║┌┐└┘├┤┬┴┼╔╗╚╝"
_LEAST_RULE = 4
_FRAMED_LINES = 2
_TITLE_CHARACTERS = 60
# A table within another names its columns and has two rows at least.
_NAMES_AND_ROWS = 3
# What one sum of a unit is for: 시간, 1회.
_LONGEST_PER = 4


def current(header: Sequence[str]) -> tuple[int, ...]:
    """The places of the columns that hold: of old words beside new ones ("변경 전", "변경 후") only the new ones."""
    old = [index for index, name in enumerate(header) if len(name) <= 15 and _WORDS["old"].is_in(name)]
    new = [
        index for index, name in enumerate(header) if index not in old and len(name) <= 15 and _WORDS["new"].is_in(name)
    ]
    return tuple(index for index in range(len(header)) if not (new and index in old))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text or one table row.

    `cells` are the row's cells, merged ones filled, and `header` the column names where the table has them (the
    header row has them too); `text` is what stands on the page, or from it to page `last`. `beside` is the name in a
    merged cell left of a table that stands within another.
    """

    page: int
    text: str
    path: tuple[str, ...]
    is_heading: bool = False
    cells: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    last: int = 0
    beside: str = ""

    def evidence(self, source_id: str, quote: str | None = None) -> Evidence:
        """The line, or a part of it, as evidence."""
        return Evidence(source_id, (self.page, max(self.page, self.last)), " > ".join(self.path), quote or self.text)


def lines_of(sections: Sequence[Section]) -> list[Line]:
    """Every line of every section, in reading order; drawn boxes and rules go, and what they frame is a heading."""
    return list(_framed(list(_all_lines(sections))))


def _all_lines(sections: Sequence[Section]) -> Iterator[Line]:
    """The lines of every block; the unit that a line right above a table names is that of its bare figures."""
    unit: str | None = None
    for section in sections:
        for block in section.blocks:
            yield from _lines(block, section.path, unit)
            unit = None if isinstance(block, Table) else _caption(block.text)


def _caption(text: str) -> str | None:
    """The unit of money that the last line of a text gives to the figures below it: "(단위: 천원)", "(단위: 원/회)"."""
    last = text.rstrip().rpartition("\n")[2].strip()
    unit = unit_in(last) if "단위" in last or last.startswith(("(", "[")) or last.endswith(("원)", "원]")) else None
    if not unit or not unit.endswith("원"):
        return None
    per = last.partition(f"{unit}/")[2].rstrip(")] ")
    return f"{unit}/{per}" if per and len(per) <= _LONGEST_PER else unit


def _in_unit(cells: Sequence[str], header: Sequence[str], unit: str | None) -> tuple[str, ...]:
    """The cells, bare figures with the unit that the name of their column or else the caption gives.

    Those below a name that counts something else stay as they are.
    """
    names = [*header, *[""] * (len(cells) - len(header))]
    units = [unit_in(name) or ("" if _WORDS["counts"].is_in(name) else unit or "") for name in names]
    return tuple(
        f"{cell}{unit}" if unit and _WORDS["figures"].is_all(cell) else cell
        for cell, unit in zip(cells, units, strict=False)
    )


def _framed(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines without drawn edges; a short line in a box, or first between two rules, is a heading.

    The heading that a drawn edge makes stands over the lines below it, as far as the section goes.
    """
    closing = -1
    above: tuple[str, ...] = ()
    head = ""
    for index, line in enumerate(lines):
        if line.path != above:
            above, head = line.path, ""
        if line.cells or not _DRAWN.search(line.text):
            end = _rule_below(lines, index)
            opens = index > 0 and index - 1 > closing and not lines[index - 1].cells
            is_title = not line.cells and opens and end and _is_of(lines[index - 1].text, _RULE)
            if is_title and len(line.text) <= _TITLE_CHARACTERS:
                # The rule that ends a frame begins no other.
                closing = end
                yield replace(line, is_heading=True, path=(line.text,))
            else:
                yield replace(line, path=(*line.path, head)) if head else line
        elif not _is_of(line.text, _EDGE):
            text = _DRAWN.sub("", line.text).strip()
            is_title = line.text.lstrip().startswith(_EDGED) and len(text) <= _TITLE_CHARACTERS
            head = text if is_title else head
            yield replace(line, text=text, is_heading=True, path=(text,)) if is_title else replace(line, text=text)


def _rule_below(lines: Sequence[Line], index: int) -> int:
    """The place of the rule that soon follows a line; 0 where none does."""
    places = range(index + 1, min(index + 1 + _FRAMED_LINES, len(lines)))
    return next((place for place in places if _is_of(lines[place].text, _RULE)), 0)


def _is_of(text: str, marks: str) -> bool:
    """Whether a line is nothing but such marks, and enough of them."""
    return len(text) >= _LEAST_RULE and not text.strip(marks)


def _lines(block: Block, path: tuple[str, ...], unit: str | None) -> Iterator[Line]:
    if isinstance(block, Table):
        yield from _rows(block, path, unit)
        return
    for text in block.text.split("\n"):
        if text.strip():
            yield Line(block.page, text.strip(), path, isinstance(block, Heading))


def _rows(table: Table, path: tuple[str, ...], unit: str | None) -> Iterator[Line]:
    table, unit = _without_captions(table, unit)
    filled = [tuple(cell.strip() for cell in row) for row in table.filled]
    header = _header(filled)
    if len(header) > 3 and header[:2] == header[2:4] and header[0].replace(" ", "") in FIRST_COLUMN:
        # "항목 | 내용 | 항목 | 내용": pairs of a label and its value, which the head says nothing of.
        header, filled, table = (), filled[1:], _below_first(table)
    if not header and (inner := _inner(table, filled)):
        yield from _with_inner(table, inner, path, unit)
        return
    names = (_second_header(table, filled) if header else ()) or header
    kept = current(names)
    group = 0
    for index, row in enumerate(filled):
        # A row below a merged cell is evidence only together with the row that holds the merged cell's words.
        group = group if None in table.rows[index] and index else index
        shown = "\n".join("\t".join(cell for cell in row if cell) for row in table.rows[group : index + 1])
        if not shown.strip():
            continue
        page, last = table.pages(group, index)
        head = names if index else header
        cells = names if names != header and index == 1 else row
        cells = cells if cells == head else _in_unit(cells, head or filled[0], unit)
        if head:
            # What a change has taken back is shown but not read.
            columns, held = tuple(head[i] for i in kept), tuple(cells[i] for i in kept)
            yield Line(page, shown, path, cells=held, header=columns, last=last)
        else:
            yield Line(page, shown, path, cells=_widened(table.rows[index], cells), last=last)


def _without_captions(table: Table, unit: str | None) -> tuple[Table, str | None]:
    """The table and its unit, first rows left out that hold nothing but the unit or only say that pairs stand below."""
    while len(table.rows) > 1:
        words = {cell for cell in table.rows[0] if cell}
        named = _caption(words.pop()) if len(words) == 1 else None
        if not named and not _names_pairs(table.rows[0]):
            break
        table, unit = _below_first(table), named or unit
    return table, unit


def _below_first(table: Table) -> Table:
    return replace(table, rows=table.rows[1:], spans=table.spans[1:])


def _header(rows: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The first row where it names the columns of the others; () for a table of labels or of nothing but one row."""
    is_headed = is_header(rows[0]) or _heads_figures(rows) or _heads_marks(rows)
    return rows[0] if len(rows) > 1 and is_headed and not _holds_labels(rows) else ()


def _inner(table: Table, filled: Sequence[tuple[str, ...]]) -> range:
    """The rows right of a merged cell whose first names the columns of the others; none where no cell is so merged."""
    for start, row in enumerate(table.rows):
        end = start + 1
        while end < len(table.rows) and table.rows[end][0] is None and any(table.rows[end]):
            end += 1
        is_whole = end - start > _NAMES_AND_ROWS - 1 and row[0] and None not in row[1:]
        if is_whole and is_header(filled[start][1:]) and _are_types(filled[start][1:]):
            return range(start, end)
    return range(0)


def _are_types(names: Sequence[str]) -> bool:
    """Whether names of columns say what stands below them: the first a kind of things, another a field of each."""
    return names[0].replace(" ", "") in FIRST_COLUMN | _NAMING_COLUMN and any(
        canonical(name) or unit_in(name) or _WORDS["counts"].is_in(name) for name in names[1:]
    )


def _with_inner(table: Table, inner: range, path: tuple[str, ...], unit: str | None) -> Iterator[Line]:
    """The rows of a table of labels, those of a table within it under the label left of them."""
    name = (table.rows[inner.start][0] or "").strip()
    within = tuple(row[1:] for row in table.rows[inner.start : inner.stop])
    parts = (
        (table.rows[: inner.start], slice(0, inner.start)),
        (within, slice(inner.start, inner.stop)),
        (table.rows[inner.stop :], slice(inner.stop, None)),
    )
    for rows, place in parts:
        if rows:
            lines = _rows(Table(table.page, rows, table.spans[place]), path, unit)
            yield from (replace(line, beside=name) for line in lines) if rows is within else lines


def _names_pairs(names: Sequence[str | None]) -> bool:
    """Whether a first row only says that labels and values stand side by side, twice ("항목 | 내용") or in groups.

    In groups one name stands over the group and the label: "구분 | 내용" over three columns.
    """
    pairs = {tuple(names[at : at + 2]) for at in range(0, len(names), 2)}
    first, *others = ["".join((name or "").split()) for name in names]
    is_grouped = len(names) == 3 and others[0] in ("", first) and others[1] in _SAYING_NOTHING
    is_repeated = len(names) in (4, 6) and len(pairs) == 1 and names[0] != names[1]
    return first in FIRST_COLUMN and (is_grouped or is_repeated)


def _widened(own: Sequence[str | None], cells: tuple[str, ...]) -> tuple[str, ...]:
    """The cells of a row without column names: what is covered to the right of a value is covered by that value."""
    last = max((place for place, cell in enumerate(own) if cell is not None), default=0)
    return cells[: last + 1] + (cells[last],) * (len(cells) - last - 1) if last else cells


def is_header(cells: Sequence[str]) -> bool:
    """Whether a first row names columns: short words without figures, and no label with its value."""
    words = [cell for cell in cells if cell]
    if len(cells) < 2 or len(words) < 2:
        return False
    if not _are_names(words):
        return False
    first = words[0].replace(" ", "")
    if first in FIRST_COLUMN or first in _NAMING_COLUMN or not any(map(canonical, words)):
        return True
    # "세부사업명 | 신청자격 | 접수기간": where every word names a column, none of them is a value.
    return len(words) > 2 and all(column_of(word) is not Column.OTHER for word in words)


def _heads_figures(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a first row names columns though a label is among the names: below that one stand figures."""
    names, body = rows[0], rows[1:]
    if len(body) < 2 or not all(names) or canonical(names[0]) or not _are_names(names):
        return False
    held = [[row[i] for row in body] for i, name in enumerate(names) if canonical(name)]
    return bool(held) and all(any(map(str.isdigit, cell)) and not canonical(cell) for column in held for cell in column)


def _heads_marks(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a first row names columns of marks: which of the papers below are handed in for which part."""
    names, body = rows[0], rows[1:]
    marked = [cell for row in body for cell in row[1:]]
    return len(names) > 2 and len(body) > 1 and all(names) and _are_names(names) and _MARKS.issuperset(marked)


def _are_names(words: Sequence[str]) -> bool:
    return all(len(word) <= 20 and not any(c.isdigit() for c in _WORDS["dated"].without(word)) for word in words)


def _second_header(table: Table, filled: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The names of the columns where cells merged over two rows head the table; () where one row heads it."""
    if len(filled) < 3 or not any(cell is None and above for cell, above in zip(table.rows[1], filled[0], strict=True)):
        return ()
    own = [cell for cell in table.rows[1] if cell]
    if len(own) < 2 or len(set(filled[0])) == len(filled[0]) or not _are_names(own):
        return ()
    return tuple(
        upper if upper == lower else f"{upper} {lower}".strip()
        for upper, lower in zip(filled[0], filled[1], strict=True)
    )


def _holds_labels(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table whose first row begins like a list ("사업명") goes on with labels: it describes one thing."""
    first = rows[0][0].replace(" ", "")
    if first not in _NAMING_COLUMN and (len(rows[0]) != 2 or first in FIRST_COLUMN or not first):
        return False
    return sum(canonical(row[0]) is not None for row in rows[1:]) * 2 >= len(rows) - 1
