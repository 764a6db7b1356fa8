"""HWP 5 layout: the records of the text flow in; on which page the words of a paragraph or a table stand flows out."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator

from ingest.loaders.hangul.leaves import Grid, Laid, Leaves, Line, Row
from ingest.loaders.hangul.records import (
    COLUMNS,
    CONTROL,
    LINES,
    LIST,
    PAGE,
    PARAGRAPH,
    TABLE,
    TEXT,
    Record,
    characters,
    controls,
    tree,
    words_of,
)

KEY = 24
"""Characters by which a paragraph or a table is known again."""
NEAR = 80
"""Paragraphs and tables ahead among which the next one is looked for."""
KNOWN = 0.95
"""Share of paragraphs and tables that must be found again for the pages to be told."""

_BREAKS_PAGE = 1 << 2
_LINE = 36
_LANDSCAPE = 1
_TO_PARAGRAPH = 2
_PUSHES = 1
_HEADER_CELL, _REPEATS = 1 << 18, 1 << 2
_ASIDE = frozenset({"head", "foot", "fn  ", "en  ", "tcmt"})
"""What stands elsewhere than the words around it."""


class Layout:
    """The pages of one file; asked for its paragraphs and tables in reading order, it finds each by its words."""

    def __init__(self, bodies: Iterable[bytes]) -> None:
        self._leaves = Leaves()
        self._found: list[tuple[str, Laid | Grid]] = []
        self._next = self._asked = self._missed = 0
        self._page = 1
        self._inside: dict[str, list[int]] = {}
        try:
            for body in bodies:
                self._section(tree(body))
        except (struct.error, IndexError, RecursionError):
            self._leaves.give_up()

    @property
    def is_sure(self) -> bool:
        """Whether every paragraph told its lines, in one column, and what was asked for was found."""
        return self._leaves.is_sure and self._missed <= (1 - KNOWN) * self._asked

    def page_of(self, words: str) -> int:
        """The page on which a paragraph begins."""
        found = self._find(words, Laid)
        self._page = found.page if isinstance(found, Laid) else self._page
        return self._page

    def spans_of(self, words: str, rows: int) -> tuple[tuple[int, int], ...]:
        """The first and last page of each row of a table."""
        found = self._find(words, Grid)
        self._inside = {}
        if not isinstance(found, Grid) or not found.rows:
            return ((self._page, self._page),) * rows
        for key, page in _held(found):
            self._inside.setdefault(key, []).append(page)
        spans = tuple((row.first, row.last) for row in found.rows)
        self._page = spans[-1][1]
        return spans if len(spans) == rows else ((spans[0][0], spans[-1][1]),) * rows

    def page_inside(self, words: str, page: int) -> int:
        """The page on which a paragraph of the table last asked for begins, `page` where it is not known again."""
        pages = self._inside.get(_key(words))
        return pages.pop(0) if pages else page

    def _find(self, words: str, kind: type) -> Laid | Grid | None:
        key = _key(words)
        if not key or not self._leaves.is_sure:
            return None
        self._asked += 1
        ahead = self._found[self._next : self._next + NEAR]
        at = next((n for n, (known, item) in enumerate(ahead) if known == key and isinstance(item, kind)), None)
        if at is None:
            self._missed += 1
            return None
        self._next += at + 1
        return ahead[at][1]

    def _section(self, root: Record) -> None:
        records = list(root.descend())
        self._leaves.section(next((_body(record) for record in records if record.tag == PAGE), 0))
        columns = [r.numbers("H", 4)[0] >> 2 & 0xFF for r in records if r.tag == CONTROL and r.control == COLUMNS]
        if any(columns_told > 1 for columns_told in columns):
            self._leaves.give_up()
        for record in root.all(PARAGRAPH):
            if not self._leaves.is_sure:
                return
            laid = _paragraph(record)
            self._leaves.turn(laid)
            self._found.extend(_listed(laid))


def _listed(laid: Laid) -> Iterator[tuple[str, Laid | Grid]]:
    """A paragraph and the tables and boxes anchored in it, with the words they are known by."""
    if key := _key(laid.words):
        yield key, laid
    for grid in laid.grids:
        if key := _key("".join(inside.words for row in grid.rows for cell in row.cells for inside in cell)):
            yield key, grid
    for box in laid.boxes:
        yield from _listed(box)


def _held(grid: Grid) -> Iterator[tuple[str, int]]:
    """The paragraphs in a table, however deep, with their pages."""
    for laid in (laid for row in grid.rows for cell in row.cells for laid in cell):
        yield _key(laid.words), laid.page
        for inner in laid.grids:
            yield from _held(inner)


def _key(words: str) -> str:
    return "".join(words.split())[:KEY]


def _body(page: Record) -> int:
    """The height that the text of a page may have."""
    width, height, _, _, top, bottom, header, footer, _, told = page.numbers("10I")
    return (width if told & _LANDSCAPE else height) - top - bottom - header - footer


def _paragraph(record: Record) -> Laid:
    texts, lines = [*record.all(TEXT)], [*record.all(LINES)]
    letters = list(characters(texts[0].data)) if texts else []
    held = [*record.all(CONTROL)]
    places = controls(letters)
    anchored = [*zip(places, held, strict=False), *((0, control) for control in held[len(places) :])]
    return Laid(
        tuple(_line(lines[0], at) for at in range(len(lines[0].data) // _LINE)) if lines else (),
        bool(record.numbers("B", 11)[0] & _BREAKS_PAGE),
        tuple(_grid(control, at) for at, control in anchored if control.control == "tbl "),
        tuple(box for _, control in anchored if control.control not in (*_ASIDE, "tbl ") for box in _boxes(control)),
        words_of(letters),
    )


def _line(lines: Record, number: int) -> Line:
    at, top, height, _, _, _, across, _, _ = lines.numbers("I7iI", number * _LINE)
    return Line(top, height, at, across)


def _boxes(parent: Record) -> Iterator[Laid]:
    """The paragraphs in a drawing, however deep."""
    for record in parent.below:
        if record.tag == PARAGRAPH:
            yield _paragraph(record)
        elif record.tag != CONTROL or record.control not in _ASIDE:
            yield from _boxes(record)


def _grid(control: Record, at: int) -> Grid:
    told, offset = control.numbers("Ii", 4)
    (height,) = control.numbers("I", 20)
    table = next(control.all(TABLE))
    look, count_ = table.numbers("IH")
    cells: list[list[tuple[Laid, ...]]] = [[] for _ in range(count_)]
    heights = [0] * count_
    is_head = True
    for cell, inside in _cells(control):
        _, row, _, span, _, tall = cell.numbers("4HII", 8)
        cells[row].append(tuple(inside))
        heights[row] = max(heights[row], tall if span == 1 else 0)
        is_head = is_head and (row > 0 or bool(cell.numbers("I", 4)[0] & _HEADER_CELL))
    return Grid(
        at=at,
        rows=tuple(Row(tall, tuple(inside)) for tall, inside in zip(heights, cells, strict=True)),
        height=height,
        offset=offset if told >> 3 & 3 == _TO_PARAGRAPH else 0,
        is_inline=bool(told & 1),
        pushes=told >> 21 & 7 == _PUSHES,
        splits=bool(look & 3),
        head=heights[0] if look & _REPEATS and is_head and heights else 0,
    )


def _cells(control: Record) -> Iterator[tuple[Record, list[Laid]]]:
    """The list record of each cell with its paragraphs, which follow it; what comes before the table is a caption."""
    cell: Record | None = None
    inside: list[Laid] = []
    begun = False
    for record in control.below:
        begun = begun or record.tag == TABLE
        if record.tag == LIST and begun:
            if cell:
                yield cell, inside
            cell, inside = record, []
        elif record.tag == PARAGRAPH and cell:
            inside.append(_paragraph(record))
    if cell:
        yield cell, inside
