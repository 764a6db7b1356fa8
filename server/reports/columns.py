"""Columns: the cells of a table flow in, the share of the width that each column gets flows out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from unicodedata import east_asian_width

from rag.diagnosis.tree import Grid

PAGE = 104
"""Half ems that a line of a page holds in the type of a table; a Hangul syllable is two."""
PADDING = 3
LONGEST_WORD = 18
LONGEST_LINE = 72


def shares(grid: Grid) -> tuple[float, ...]:
    """Parts of 1, one for each column: room for its longest word first, the rest by what its lines want."""
    rows = (grid.heads, *grid.rows) if grid.heads else grid.rows
    columns = list(zip(*rows, strict=True))
    least = [
        PADDING + min(longest(word for cell in column for word in cell.split()), LONGEST_WORD) for column in columns
    ]
    wanted = [
        PADDING + min(longest(line for cell in column for line in cell.split("\n")), LONGEST_LINE) for column in columns
    ]
    spare = max(PAGE - sum(least), 0)
    more = [want - floor for want, floor in zip(wanted, least, strict=True)]
    widths = [floor + (spare * extra / sum(more) if sum(more) else 0) for floor, extra in zip(least, more, strict=True)]
    return tuple(round(width / sum(widths), 4) for width in widths)


def longest(texts: Iterable[str]) -> int:
    """Half ems of the widest text."""
    return max(map(width, texts), default=0)


def width(text: str) -> int:
    """Half ems of a text as set."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def whole(widths: Sequence[float], total: int) -> tuple[int, ...]:
    """The shares in whole units that sum up to `total`."""
    units = [int(width * total) for width in widths]
    units[-1] += total - sum(units)
    return tuple(units)
