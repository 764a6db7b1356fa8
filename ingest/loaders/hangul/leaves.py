"""Leaves: the lines of a layout as it was saved flow in; the page of each paragraph and each row flows out.

HWP and HWPX keep for every line how far below the top of its page it stands, and tell no page numbers. A line that
stands higher than the one before it began a new page. Lengths are HWP units, 7,200 to the inch.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

ROUNDING = 300
"""By which what fills a page may go over its edge."""
EARLY, FULL = 0.2, 0.3
"""Share of pages that may end, untold, before they are full to this share; more, and the lines were made up."""
WASTE = 0.1
"""Share of a page that a table measures less than it tells, where its cells tell more than they fill."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line: how far below the top of the page or the cell, its height, its first character, how far to the right."""

    top: int
    height: int
    at: int
    across: int


@dataclass(eq=False, slots=True)
class Laid:
    """A paragraph with what is anchored in it; `breaks` where it was told to begin a page. `page` is what is found."""

    lines: tuple[Line, ...]
    breaks: bool = False
    grids: tuple[Grid, ...] = ()
    boxes: tuple[Laid, ...] = ()
    words: str = ""
    page: int = 1


@dataclass(eq=False, slots=True)
class Row:
    """A row of a table, `height` that of its lowest cell; `first` and `last` are the pages found."""

    height: int
    cells: tuple[tuple[Laid, ...], ...]
    first: int = 1
    last: int = 1


@dataclass(eq=False, slots=True)
class Grid:
    """A table anchored at a character.

    `height` is that of its part on its first page, `offset` how far below its anchor it begins, `is_inline` whether it
    stands in the line like a letter, `pushes` whether the text goes on below it, `head` the height of the rows that
    every page repeats.
    """

    at: int
    rows: tuple[Row, ...]
    height: int
    offset: int = 0
    is_inline: bool = False
    pushes: bool = True
    splits: bool = True
    head: int = 0

    @property
    def full(self) -> int:
        """The height of all rows, as if on one page."""
        return max(self.height, sum(row.height for row in self.rows))


@dataclass(frozen=True, slots=True)
class _End:
    """Where the text goes on below a table: on its first page it would reach down to `bottom`; `last` is a guess."""

    page: int
    bottom: int
    last: int


class Leaves:
    """Turns the pages of a document."""

    def __init__(self) -> None:
        self.page = 0
        self._told = True
        self._turns = self._early = 0
        self._body = 0
        self._last: Line | None = None
        self._end: _End | None = None

    @property
    def is_sure(self) -> bool:
        """Whether every paragraph tells its lines, and pages end where they are full, as in a real layout."""
        return self._told and self._early <= EARLY * self._turns

    def give_up(self) -> None:
        """Be unsure from here on."""
        self._told = False

    def section(self, body: int) -> None:
        """Begin a section, on a page whose text may be `body` high."""
        self.page = max(self.page, self._end.last if self._end else 0) + 1
        self._body, self._last, self._end = body, None, None
        self._told = self._told and body > 0

    def turn(self, laid: Laid) -> None:
        """Find the pages of the next paragraph of the section, and of all that is anchored in it."""
        if not laid.lines or self._body <= 0:
            self._told = False
        for number, (line, after) in enumerate(pairwise((*laid.lines, None))):
            if line is None:
                continue
            before = laid.lines[number - 1] if number else None
            self._go_to(line, before, breaks=laid.breaks and not number)
            if not number:
                laid.page = self.page
            for grid in laid.grids:
                if (grid.at >= line.at or not number) and (after is None or grid.at < after.at):
                    self._lay(grid, line)
        for box in laid.boxes:
            _put(box, laid.page)

    def _go_to(self, line: Line, before: Line | None, *, breaks: bool) -> None:
        end, self._end = self._end, None
        last, self._last = self._last, line
        if breaks and last:
            self.page = max(self.page, end.last if end else 0) + 1
        elif end:
            self.page = end.page + max(math.ceil((end.bottom - line.top) / self._body - WASTE), 0)
        elif last and (line.top < last.top or (line.top == last.top and _is_below(before, line))):
            self.page += 1
            self._turns += 1
            self._early += last.top + last.height + line.height < FULL * self._body

    def _lay(self, grid: Grid, line: Line) -> None:
        if grid.is_inline:
            for row in grid.rows:
                _put_row(row, self.page)
            return
        # A table told to begin above its anchor has pushed that line below itself.
        stands_above = grid.pushes and grid.offset < 0 and line.top >= grid.height
        start = line.top - grid.height if stands_above else line.top + grid.offset
        last = self._spread(grid, start)
        if grid.pushes:
            self._end = _End(self.page, start + grid.full, last)

    def _spread(self, grid: Grid, start: int) -> int:
        """Find the pages of the rows of a table that may go on over several; the last of them."""
        page, place = self.page, start
        limit = start + grid.height if grid.full > grid.height + ROUNDING else self._body
        for number, row in enumerate(grid.rows):
            turns, rest = max((_turns(cell) for cell in row.cells), default=(0, 0))
            fits = place + row.height <= limit + ROUNDING or row.height > self._body
            if not (turns or fits or not grid.splits):
                page, place, limit = page + 1, grid.head if number else 0, self._body
            row.first = page
            for cell in row.cells:
                _flow(cell, page)
            if turns:
                page, place, limit = page + turns, grid.head + rest, self._body
            elif row.height > self._body and place + row.height > limit + ROUNDING:
                page, place, limit = page + 1, place + row.height - self._body, self._body
            else:
                place += row.height
            row.last = page
        return page


def _turns(cell: Sequence[Laid]) -> tuple[int, int]:
    """How often the lines of a cell begin a new page, and how far down the last of them reaches there."""
    turns, low = 0, 0
    for before, line in _lines(cell):
        turns += _is_turn(before, line)
        low = line.top + line.height
    return turns, low


def _flow(cell: Sequence[Laid], page: int) -> None:
    """Find the pages of the paragraphs of a cell that begins on a page."""
    last: Line | None = None
    for laid in cell:
        for number, line in enumerate(laid.lines):
            page += _is_turn(last, line)
            if not number:
                laid.page = page
            last = line
        _put(laid, laid.page if laid.lines else page)


def _lines(cell: Sequence[Laid]) -> Iterator[tuple[Line | None, Line]]:
    before: Line | None = None
    for laid in cell:
        for line in laid.lines:
            yield before, line
            before = line


def _is_turn(before: Line | None, line: Line) -> bool:
    if before is None:
        return False
    return line.top < before.top or (line.top == before.top and line.at > before.at and _is_below(before, line))


def _is_below(before: Line | None, line: Line) -> bool:
    """Whether a line of the same paragraph begins under another, or another paragraph does; else it stands beside."""
    return before is None or line.across == before.across


def _put(laid: Laid, page: int) -> None:
    """Set a paragraph, and all that is anchored in it, on one page."""
    laid.page = page
    for box in laid.boxes:
        _put(box, page)
    for grid in laid.grids:
        for row in grid.rows:
            _put_row(row, page)


def _put_row(row: Row, page: int) -> None:
    row.first = row.last = page
    for cell in row.cells:
        for laid in cell:
            _put(laid, page)
