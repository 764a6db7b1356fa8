"""Layout: pieces of text set on pages flow in, headings, paragraphs and tables in reading order flow out."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from rag.domain import Block, Heading, Paragraph, Table

HEADING_SIZE = 1.12
"""Type this much larger than the body's is a heading."""
HEADING_CHARACTERS = 80
HEADING_LEVELS = 6
PARAGRAPH_GAP = 1.2
"""Lines further apart than this many usual line pitches belong to different paragraphs."""

LARGEST_INSET = 8.0
"""Points between the edge of a cell and its words."""
WRAP = "\u2028"
"""Stands in a cell where its edge broke a line."""

GONE = "\u200b"
"""Stands for a character that is struck out, so that the lines above and below it stay together."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points."""
Rows = tuple[tuple[str | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of running text, in points; `top` grows down the page, `size` is the type size of most of it.

    `right` is 0 where the reader does not tell it.
    """

    text: str
    top: float
    right: float
    size: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A table where it lies on its page."""

    rows: Rows
    top: float


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters set together."""

    text: str
    left: float
    right: float
    top: float
    size: float


Item = Line | Grid


def blocks(pages: Sequence[Sequence[Item]]) -> Iterator[Block]:
    """The blocks of all pages; the sizes of type over the whole document tell headings and their levels."""
    numbered = list(_continued(pages))
    running = [line for _, items in numbered for line in items if isinstance(line, Line)]
    body = _body_size(running)
    sizes = sorted({line.size for line in running if _titles(line, body)}, reverse=True)
    levels = {size: min(rank, HEADING_LEVELS) for rank, size in enumerate(sizes, 1)}
    pitch = _pitch(numbered)
    for number, items in numbered:
        for group in _groups(items, pitch):
            first = group[0]
            if isinstance(first, Grid):
                yield Table(number, first.rows)
            elif not _texts(group):
                continue
            elif _titles(first, body):
                yield Heading(number, levels[first.size], "\n".join(_texts(group)).strip())
            else:
                yield Paragraph(number, "\n".join(_texts(group)))


def cell_text(pieces: Sequence[Piece], box: Box) -> str:
    """The lines of a cell: "\\n" where the writer ended one, WRAP where the cell's edge broke it.

    A line that leaves room for the first word of the next one was ended by its writer.
    """
    rows = [row for row in _rows_of(pieces) if any(piece.text.strip() for piece in row)]
    inked = [[piece for piece in row if piece.text.strip()] for row in rows]
    if not rows:
        return ""
    inset = min(min(row[0].left - box[0] for row in inked), min(box[2] - row[-1].right for row in inked), LARGEST_INSET)
    room = box[2] - box[0] - 2 * max(inset, 0.0)
    done = "".join(piece.text for piece in _spaced(rows[0]))
    for row, (above, below) in zip(rows[1:], pairwise(inked), strict=True):
        needed = above[-1].right - above[0].left + above[-1].size / 3 + _first_word(below)
        done += ("\n" if needed < room else WRAP) + "".join(piece.text for piece in _spaced(row)).lstrip()
    return unicodedata.normalize("NFC", done.replace(GONE, "")).strip()


def _first_word(row: Sequence[Piece]) -> float:
    """How wide the first word of a line is, in points."""
    end = row[0]
    for piece, following in pairwise(row):
        if following.left - piece.right > piece.size / 8:
            break
        end = following
    return end.right - row[0].left


def lines(pieces: Iterable[Piece]) -> Iterator[Line]:
    """Characters gathered into lines, top to bottom, each from left to right."""
    for row in _rows_of(pieces):
        yield from line_of(_spaced(row))


def _rows_of(pieces: Iterable[Piece]) -> list[list[Piece]]:
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.top + piece.size):
        bottom = piece.top + piece.size
        if rows and bottom - (rows[-1][0].top + rows[-1][0].size) < min(piece.size, rows[-1][0].size) / 2:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda piece: piece.left) for row in rows]


def _spaced(row: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces with a space wherever the page leaves a gap without saying so."""
    for piece, following in pairwise([*row, None]):
        if piece is None:
            continue
        yield piece
        if following and following.left - piece.right > piece.size / 4 and not (piece.text + following.text).isspace():
            yield Piece(" ", piece.right, following.left, piece.top, piece.size)


def line_of(pieces: Iterable[Piece]) -> Iterator[Line]:
    """The pieces as one line; none where they hold only white space."""
    pieces = tuple(pieces)
    sizes: Counter[float] = Counter()
    for piece in pieces:
        sizes[round(piece.size * 2) / 2] += len(piece.text.strip())
    text = "".join(piece.text for piece in pieces)
    if text.strip():
        top = next(piece.top for piece in pieces if piece.text.strip())
        yield Line(unicodedata.normalize("NFC", text.lstrip()), top, pieces[-1].right, sizes.most_common(1)[0][0])


def _texts(group: Sequence[Item]) -> list[str]:
    texts = (item.text.replace(GONE, "") for item in group if isinstance(item, Line))
    return [text for text in texts if text.strip()]


def _body_size(lines: Iterable[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _titles(line: Line, body: float) -> bool:
    leaders = "···" in line.text or "...." in line.text  # a line of the table of contents
    return line.size > body * HEADING_SIZE and len(line.text) <= HEADING_CHARACTERS and not leaders


def _pitch(pages: Iterable[tuple[int, Sequence[Item]]]) -> float:
    """The usual distance of two lines, in type sizes."""
    gaps = [
        (below.top - above.top) / above.size
        for _, items in pages
        for above, below in pairwise(items)
        if isinstance(above, Line) and isinstance(below, Line) and above.size == below.size and below.top > above.top
    ]
    return min(median(gaps), 2.0) if gaps else 1.5


def _groups(items: Iterable[Item], pitch: float) -> Iterator[list[Item]]:
    """Lines of one paragraph together, a table alone."""
    group: list[Item] = []
    for item in items:
        last = group[-1] if group else None
        near = (
            isinstance(last, Line)
            and isinstance(item, Line)
            and last.size == item.size
            and 0 <= item.top - last.top <= PARAGRAPH_GAP * pitch * item.size
        )
        if group and not near:
            yield group
            group = []
        group.append(item)
    if group:
        yield group


def _continued(pages: Sequence[Sequence[Item]]) -> Iterator[tuple[int, Sequence[Item]]]:
    """Numbered pages; a group of rows that a page break cut keeps its label on the next page."""
    above: Rows = ()
    for number, items in enumerate(pages, 1):
        done = list(items)
        grids = [place for place, item in enumerate(items) if isinstance(item, Grid)]
        first = items[grids[0]] if grids else None
        if isinstance(first, Grid) and above and len(first.rows) > 1 and first.rows[0] == above[0]:
            done[grids[0]] = Grid(_carried(first.rows, above), first.top)
        last = done[grids[-1]] if grids else None
        above = last.rows if isinstance(last, Grid) else ()
        yield number, done


def _carried(rows: Rows, earlier: Rows) -> Rows:
    labels = Table(1, earlier).filled[-1]
    first = list(rows[1])
    for column, cell in enumerate(first[:-1]):
        if cell != "" or column >= len(labels):
            break
        first[column] = labels[column]
    return (rows[0], tuple(first), *rows[2:])
