"""Columns: the cells of a table flow in, the share of the width that each column gets flows out."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width

from rag.diagnosis.tree import Grid

PAGE = 107
"""Half ems that a line of a page holds in the type of a table; a Hangul syllable is two."""
PADDING = 3.2
LONGEST_WORD = 20
WHOLE_LINE = 17
"""A line up to here stays whole if the page has room."""
LONGEST_LINE = 72
TALLEST = 24
"""Lines of a cell; a row with more may go on to the next page."""


def shares(grid: Grid) -> tuple[float, ...]:
    """Parts of 1, one for each column: room for its longest word first, the rest by what its lines want."""
    columns = list(zip(*((grid.heads, *grid.rows) if grid.heads else grid.rows), strict=True))
    least, wanted = list(map(_least, columns)), list(map(_wanted, columns))
    spare = max(PAGE - sum(least), 0)
    more = [want - floor for want, floor in zip(wanted, least, strict=True)]
    widths = [floor + (spare * extra / sum(more) if sum(more) else 0) for floor, extra in zip(least, more, strict=True)]
    return tuple(round(width / sum(widths), 4) for width in widths)


def room(share: float) -> float:
    """Half ems that a line of a column holds."""
    return share * PAGE - PADDING


def width(text: str) -> float:
    """Half ems of a text as set in a Korean sans serif."""
    return sum(map(_advance, text))


def is_long(row: Sequence[str], widths: Sequence[float]) -> bool:
    """Whether a row is too tall to be kept on one page."""
    cells = zip(row, widths, strict=True)
    return max(width(cell) / max(room(share), 2) + cell.count("\n") for cell, share in cells) > TALLEST


def whole(widths: Sequence[float], total: int) -> tuple[int, ...]:
    """The shares in whole units that sum up to `total`."""
    units = [int(width * total) for width in widths]
    units[-1] += total - sum(units)
    return tuple(units)


def _least(cells: Sequence[str]) -> float:
    word = max((width(word) for cell in cells for word in cell.split()), default=0)
    line = _line(cells)
    return PADDING + min(line if line <= WHOLE_LINE else word, LONGEST_WORD)


def _wanted(cells: Sequence[str]) -> float:
    return PADDING + max(min(_line(cells), LONGEST_LINE), _least(cells) - PADDING)


def _line(cells: Sequence[str]) -> float:
    return max((width(line) for cell in cells for line in cell.split("\n")), default=0)


def _advance(character: str) -> float:
    if east_asian_width(character) in "WF" or character in "@%MWmw":
        return 1.9
    return 1.35 if character.isupper() else 1.15
