"""Flow: the paragraphs and nested tables of a format that flows over pages flow in, a Document's blocks flow out."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.checks.report import ResultCode, refusal
from ingest.loaders.pages.layout import HEADING_CHARACTERS, HEADING_LEVELS, HEADING_SIZE, Rows
from rag.domain import Block, Document, Heading, Paragraph, Sign, Source, Table, pieces

PAGE = 1
CHECKED, UNCHECKED = "☑", "☐"
"""Stand before the words of a field of a form."""
WIDEST = 200
"""A cell spans at most this many columns; more is a fault or an attack."""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph with the size of most of its type (0 where unknown) and the heading level its style tells, else 0."""

    text: str
    size: float = 0.0
    level: int = 0
    page: int = PAGE


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell and how many rows and columns it spans; `covered` where an earlier cell spans it."""

    content: tuple[Content, ...]
    rows: int = 1
    columns: int = 1
    covered: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A table as the format has it: rows of cells, those that a merged cell covers left out or marked.

    `spans` are the first and last page of each row, none where pages are not known.
    """

    rows: tuple[tuple[Cell, ...], ...]
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def pages(self) -> tuple[tuple[int, int], ...]:
        """The first and last page of each row."""
        return self.spans or ((PAGE, PAGE),) * len(self.rows)


Content = Text | Frame


def seam(left_out: str) -> str:
    """What stands in place of words that are left out: a space where they began or ended with one."""
    return " " if left_out != left_out.strip() else ""


def document(
    source: Source, content: Iterable[Content], signs: Iterable[Sign] = (), *, paged: bool = False
) -> Document:
    """The content in reading order; type larger than the body's is a heading. Raises LoadError where it is empty.

    Where it is not `paged`, the pages it tells count for nothing.
    """
    parts = list(_unframed(content))
    sizes = _heading_sizes(parts)
    blocks = tuple(block for part in parts for block in _blocks(part, sizes))
    if not blocks:
        raise refusal(source, ResultCode.NO_TEXT)
    if not paged:
        blocks = tuple(_on_one_page(block) for block in blocks)
    last = max(pages[1] for block in blocks for pages, _ in pieces(block))
    return Document(replace(source, paged=paged), blocks, last, tuple(signs), trimmed=True)


def _on_one_page(block: Block) -> Block:
    return replace(block, page=PAGE, spans=()) if isinstance(block, Table) else replace(block, page=PAGE)


def _unframed(content: Iterable[Content]) -> Iterator[Content]:
    """The content with every frame around running text replaced by what it holds.

    Such a frame is a table of one cell, or a row of one cell that holds several paragraphs from edge to edge.
    """
    for part in content:
        if isinstance(part, Frame):
            yield from _parted(part)
        else:
            yield part


def _parted(frame: Frame) -> Iterator[Content]:
    alone = sum(len(row) for row in frame.rows) == 1
    waiting: list[int] = []
    reach = 0
    for at, row in enumerate(frame.rows):
        reach = max([reach, *(at + cell.rows for cell in row if cell.rows > 1)])
        if alone or (len(row) == 1 and reach <= at and _is_running(row[0])):
            yield from _part(frame, waiting)
            waiting = []
            yield from (part for cell in row for part in _unframed(cell.content))
        else:
            waiting.append(at)
    yield from _part(frame, waiting)


def _part(frame: Frame, rows: Sequence[int]) -> Iterator[Frame]:
    if rows:
        yield Frame(tuple(frame.rows[at] for at in rows), tuple(frame.pages[at] for at in rows))


def _is_running(cell: Cell) -> bool:
    return sum(bool(part.text.strip()) for part in cell.content if isinstance(part, Text)) > 1


def _heading_sizes(parts: Sequence[Content]) -> dict[float, int]:
    """The level of each type size that is larger than the body's."""
    texts = [part for part in parts if isinstance(part, Text)]
    counts: Counter[float] = Counter()
    for text in texts:
        counts[text.size] += len(text.text)
    body = counts.most_common(1)[0][0] if counts else 0.0
    larger = sorted({t.size for t in texts if t.text and t.size > body * HEADING_SIZE and body}, reverse=True)
    return {size: min(rank, HEADING_LEVELS) for rank, size in enumerate(larger, 1)}


def _blocks(part: Content, sizes: dict[float, int]) -> Iterator[Block]:
    if isinstance(part, Frame):
        yield from _tables(part)
        return
    text = _tidy(part.text)
    level = part.level or sizes.get(part.size, 0)
    if text and level and len(text) <= HEADING_CHARACTERS:
        yield Heading(part.page, level, text.replace("\n", " "))
    elif text:
        yield Paragraph(part.page, text)


def _tables(frame: Frame) -> Iterator[Block]:
    """The table, then each table that stands in one of its cells."""
    inner: list[Frame] = []
    down, rows = _placed([[_Placed(_words(cell, inner), cell) for cell in row] for row in frame.rows])
    if any(cell for row in rows for cell in row):
        spans = tuple(frame.pages[at] for at in down)
        page = spans[0][0]
        yield Table(page, rows, () if set(spans) == {(page, page)} else spans)
    for nested in inner:
        yield from _tables(nested)


def _words(cell: Cell, inner: list[Frame]) -> str:
    """The lines of a cell; a table in it is put aside to stand by itself, a box around a few words stays in line."""
    lines: list[str] = []
    goes_on = False
    for part in cell.content:
        boxed = _boxed(part)
        for own in [part] if boxed else _unframed((part,)):
            if isinstance(own, Frame) and not boxed:
                inner.append(own)
                continue
            words = boxed or (_tidy(own.text) if isinstance(own, Text) else "")
            if words and lines and (boxed or goes_on):
                lines[-1] = f"{lines[-1]} {words}"
            elif words:
                lines.append(words)
            goes_on = bool(boxed) if words else goes_on
    return "\n".join(lines)


def _boxed(part: Content) -> str:
    """The words of a table of one cell that holds one line; "" for other content."""
    if not isinstance(part, Frame) or sum(len(row) for row in part.rows) != 1:
        return ""
    (held,) = (cell.content for row in part.rows for cell in row)
    told = [_tidy(one.text) for one in held if isinstance(one, Text) and one.text.strip()]
    return told[0] if len(told) == 1 and "\n" not in told[0] and all(isinstance(one, Text) for one in held) else ""


@dataclass(frozen=True, slots=True)
class _Placed:
    text: str
    cell: Cell


def _placed(rows: Sequence[Sequence[_Placed]]) -> tuple[list[int], Rows]:
    """Cells set where the spans of those before them leave room; `None` where a span covers. Which rows are kept."""
    grid: dict[tuple[int, int], str | None] = {}
    for at, row in enumerate(rows):
        column = 0
        for placed in row:
            while (at, column) in grid:
                column += 1
            cell = placed.cell
            width = min(max(cell.columns, 1), WIDEST)
            for below in range(min(max(cell.rows, 1), len(rows) - at)):
                for beside in range(width):
                    grid.setdefault((at + below, column + beside), None)
            grid[at, column] = None if cell.covered else placed.text
            column += width
    return _without_empty_lines(grid, len(rows))


def _without_empty_lines(grid: dict[tuple[int, int], str | None], height: int) -> tuple[list[int], Rows]:
    """Which rows of a grid are kept, and the grid without rows and columns in which no cell begins."""
    begun = [place for place, text in grid.items() if text is not None]
    down = [at for at in sorted({at for at, _ in begun}) if at < height]
    across = sorted({column for _, column in begun})
    return down, tuple(tuple(grid.get((at, column), "") for column in across) for at in down)


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", text).split("\n"))
    return "\n".join(line for line in lines if line)
