"""Tables: rows of cells flow in, whichever way up they were filled, companies flow out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from server.diagnoses.entries import Cell, Companies, Doubt, Entry, FileRefused, entry
from server.diagnoses.headings import Heading, heading, headings, is_remark, placed, plain, unit, unknown
from server.diagnoses.values import Unread, is_unknown, typed

MOST_COMPANIES = 2_000
TITLE_ROWS = 10
_SUMS = frozenset({"합계", "총계", "소계", "계", "총합계"})
_NOTES = ("※", "*", "주)", "주:", "주 :", "☞", "- ", "작성 요령", "작성요령")
_PAIR_HEADS = (frozenset({"항목", "구분", "item", "field"}), frozenset({"값", "내용", "답", "value"}))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet, counted from 1; a cell is what was typed, `None`, or why it cannot be read."""

    number: int
    cells: tuple[object, ...]

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in self.cells)

    def cell(self, column: int) -> object:
        """The cell of a column, counted from 0."""
        return self.cells[column] if column < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one sheet; where `refusal` says why not all are read, those before the one that stopped it."""

    rows: Sequence[Row]
    refusal: str = ""

    @property
    def read(self) -> Sequence[Row]:
        """All its rows. Raises FileRefused where they are not read."""
        if self.refusal:
            raise FileRefused(self.refusal)
        return self.rows


def companies(rows: Sequence[Row]) -> Companies:
    """The companies of a sheet: one where it has the columns 항목 and 값, else one for every row under the headings.

    Raises FileRefused where the sheet cannot be understood as a whole.
    """
    filled = [row for row in rows if not row.is_blank]
    if not filled:
        raise FileRefused("시트가 비어 있습니다. 머리글과 기업을 적어 주세요.")
    if _is_pairs(filled):
        return Companies((_one(filled),))
    top = next((at for at, row in enumerate(filled[:TITLE_ROWS]) if _known_in(row.cells) > 1), 0)
    return _many(filled[top], filled[top + 1 :])


def among(sheets: Iterable[Sheet]) -> Sequence[Row]:
    """The rows of the first sheet with headings, else of the first; none without any. The ones behind it are not read.

    Raises FileRefused where those of the one chosen are not read.
    """
    first = Sheet(())
    for at, sheet in enumerate(sheets):
        if _has_headings(sheet.rows):
            return sheet.read
        first = first if at else sheet
    return first.read


def _has_headings(rows: Sequence[Row]) -> bool:
    """Whether headings stand among the first rows, or among the first cells of all."""
    filled = [row for row in rows if not row.is_blank]
    return any(_known_in(row.cells) > 1 for row in filled[:TITLE_ROWS]) or _known_in([r.cell(0) for r in filled]) > 1


def column_name(column: int) -> str:
    """The letters of a column counted from 0: A, B, … AA."""
    name, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def named(cell: object) -> Heading | None:
    """The heading a cell is, if any."""
    return heading(cell) if isinstance(cell, str) else None


def _known_in(cells: Sequence[object]) -> int:
    return sum(named(cell) is not None for cell in cells)


def _is_pairs(rows: Sequence[Row]) -> bool:
    first = [plain(cell) if isinstance(cell, str) else "" for cell in (rows[0].cell(0), rows[0].cell(1))]
    return all(word in heads for word, heads in zip(first, _PAIR_HEADS, strict=True)) or (
        _known_in([row.cell(0) for row in rows]) > max(_known_in(row.cells) for row in rows[:TITLE_ROWS])
    )


def _one(rows: Sequence[Row]) -> Entry:
    cells, doubts = [], []
    titles = placed([title if isinstance(title := row.cell(0), str) else "" for row in rows])
    for at, (row, known) in enumerate(zip(rows, titles, strict=True)):
        title, value = row.cell(0), row.cell(1)
        if known:
            cells.append(Cell(known, value, unit(typed(title)), f"B{row.number}"))
        elif isinstance(title, Unread):
            doubts.append(Doubt(f"{row.number}행의 항목: {title.reason}"))
        elif at and not is_unknown(value) and not is_remark(typed(title or "")):
            doubts.append(Doubt(f"{row.number}행 {unknown(typed(title or ''))}"))
    if not cells:
        raise FileRefused(_expected())
    return entry(cells, doubts=tuple(doubts))


def _many(head: Row, body: Sequence[Row]) -> Companies:
    columns, notices = _columns(head, body)
    entries = [
        entry(
            [
                Cell(known, row.cell(at), unit(typed(head.cell(at))), f"{column_name(at)}{row.number}")
                for at, known in columns.items()
            ],
            number=row.number - head.number,
            row=row.number,
        )
        for row in body
        if not _is_note(row)
    ]
    told = tuple(each for each in entries if not each.is_empty)
    if not told:
        raise FileRefused("머리글 아래에 기업이 없습니다. 한 행에 한 기업씩 적어 주세요.")
    if len(told) > MOST_COMPANIES:
        raise FileRefused(f"기업이 {MOST_COMPANIES:,}곳을 넘습니다. 파일을 나누어 주세요.")
    return Companies(told, tuple(notices))


def _is_note(row: Row) -> bool:
    """Whether a row tells of no company but adds something up, or is a note that stands there alone or merged."""
    said = list(dict.fromkeys(typed(cell) for cell in row.cells if not is_unknown(cell)))
    if not said:
        return False
    return plain(said[0]) in _SUMS or (len(said) == 1 and said[0].startswith(_NOTES))


def _columns(head: Row, body: Sequence[Row]) -> tuple[dict[int, Heading], list[str]]:
    """The heading of each column in use. Raises FileRefused where one column cannot be told from another."""
    columns: dict[int, Heading] = {}
    wrong, notices = [], []
    width = max(len(row.cells) for row in (head, *body))
    titles = placed([cell if isinstance(cell := head.cell(at), str) else "" for at in range(width)])
    for at, known in enumerate(titles):
        cell = head.cell(at)
        if isinstance(cell, Unread):
            wrong.append(f"{column_name(at)}열의 머리글: {cell.reason}")
        elif known:
            columns[at] = known
        elif not is_unknown(cell):
            if not is_remark(typed(cell)):
                notices.append(f"{column_name(at)}열 {unknown(typed(cell))} 이 열은 쓰지 않았습니다.")
        elif not all(is_unknown(row.cell(at)) for row in body):
            notices.append(f"{column_name(at)}열: 값은 있는데 머리글이 비어 있습니다. 이 열은 쓰지 않았습니다.")
    if not columns:
        raise FileRefused(" ".join([_expected(), *notices[:5]]))
    if wrong:
        raise FileRefused(" ".join(wrong))
    return columns, notices


def _expected() -> str:
    labels = ", ".join(known.label for known in headings())
    return f"아는 머리글이 하나도 없습니다. 첫 행에 쓸 수 있는 머리글: {labels}."
