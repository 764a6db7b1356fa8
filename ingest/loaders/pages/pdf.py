"""PDF: bytes flow in, a Document of headings, paragraphs and tables in reading order flows out.

A page that is a picture is read by recognising its letters, where the recogniser is installed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, groupby, islice, repeat

import numpy as np
import pdfplumber
import pypdf
from pdfplumber.page import Page
from pdfplumber.pdf import PDF
from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from ingest.checks.report import ResultCode, refusal
from ingest.loaders.pages.layout import Box, Grid, Item, Line, Piece, blocks, cell_text, line_of, lines
from ingest.loaders.pages.recognise import engine, recognised
from ingest.loaders.pages.scan import Picture, lies_on_side, scanned
from ingest.loaders.pages.sight import Sight, picture, survey
from rag.domain import Block, Document, Sign, Source
from rag.errors import LoadError

FEWEST = 20
"""Characters from which on a page's writing can be judged."""
LEAST_HANGUL = 0.02
MOST_LATIN = 0.4
MOST_LOOSE = 0.25
MOST_BROKEN = 0.3
"""Shares of a page's characters: Hangul below, Latin letters below, and either punctuation that belongs to no number
above or misread characters above, and its Hangul is lost."""
LOST_PAGES = 0.5
"""Share of lost pages from which on the whole document is."""

MOST_PICTURES = 40
"""Pages of one file whose letters are recognised, at 1 to 3 seconds each."""

SNAP = 3.0
"""Points; ruling lines this near meet, and shorter ones rule nothing."""
Cells = list[list[Box | None]]
"""The rows of a table; None where a cell from the left or above reaches over."""

_END = b"%%EOF"
_HANGUL = re.compile(r"[가-힣ㄱ-ㅎㅏ-ㅣ]")
_LATIN = re.compile(r"[A-Za-z]")
_LOOSE = re.compile(r"(?<!\d)[^\w\s]|[^\w\s](?!\d)")
_BROKEN = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\u0080-\u00b6\u00b8-\u00ff]|\(cid:\d+\)")


def read(raw: bytes, source: Source, still: Callable[[], None] = lambda: None) -> Document:
    """Read a PDF; `still` is called whenever the letters of a page are going to be recognised, which takes seconds.

    Raises LoadError where it is locked, damaged, cut off, holds no text or has lost its Hangul.
    """
    if _END not in raw[-4096:].rstrip(b"\0") and _END not in raw[-66_000:].rstrip(b"\0\r\n ")[-4096:]:
        raise refusal(source, ResultCode.TRUNCATED)
    try:
        pages, signs, known = _pages(raw, source, still)
    except (LoadError, MemoryError):
        raise
    except Exception as error:  # the parsers raise errors of every kind on a damaged file
        raise refusal(source, ResultCode.CORRUPT, type(error).__name__) from error
    found = tuple(blocks(pages))
    if not any(block.text.strip() for block in found):
        raise refusal(
            source, ResultCode.NO_TEXT, more=[ResultCode(sign) for sign in signs if sign is Sign.NO_RECOGNISER]
        )
    marked = replace(source, recognised=tuple(number + 1 for number in known))
    return Document(marked, found, len(pages), (*_lost(found, source), *signs))


def _lost(found: Sequence[Block], source: Source) -> list[Sign]:
    """The sign for single pages that have lost their Hangul. Raises LoadError where most have."""
    texts = ["".join(block.text for block in page) for _, page in groupby(found, lambda block: block.page)]
    lost = sum(map(has_lost_hangul, texts))
    if lost and lost >= LOST_PAGES * len(texts):
        raise refusal(source, ResultCode.LOST_HANGUL)
    return [Sign.LOST_HANGUL] if lost else []


def has_lost_hangul(text: str) -> bool:
    """Whether the Hangul of a page is gone or misread while its digits and punctuation remain."""
    count = len("".join(text.split()))
    if count < FEWEST or len(_HANGUL.findall(text)) > LEAST_HANGUL * count:
        return False
    if len(_BROKEN.findall(text)) > MOST_BROKEN * count:
        return True
    return len(_LATIN.findall(text)) < MOST_LATIN * count and len(_LOOSE.findall(text)) > MOST_LOOSE * count


def _pages(raw: bytes, source: Source, still: Callable[[], None]) -> tuple[list[list[Item]], list[Sign], list[int]]:
    """The items of each page, what was noticed, and which pages (from 0) hold recognised letters."""
    reader = pypdf.PdfReader(io.BytesIO(raw))
    if reader.is_encrypted and not reader.decrypt(""):
        raise refusal(source, ResultCode.ENCRYPTED)
    seen = list(_padded(survey(raw), len(reader.pages)))
    pictured, lacking = _pictured(raw, [number for number, sight in enumerate(seen) if sight.is_picture], still)
    with pdfplumber.open(io.BytesIO(raw)) as plumber:
        pages = [
            pictured.get(number) or _page(page, plumber, number, seen[number])
            for number, page in enumerate(reader.pages)
        ]
    known = [number for number, sight in enumerate(seen) if sight.recognised or pictured.get(number)]
    signs = [
        *(sign for sign in Sign if any(sign in sight.signs for sight in seen)),
        *lacking,
        *([Sign.SIDEWAYS] if any(sight.skewed for sight in seen) else []),
        *([Sign.RECOGNISED] if known else []),
    ]
    return pages, signs, known


def _pictured(
    raw: bytes, numbers: Sequence[int], still: Callable[[], None]
) -> tuple[dict[int, list[Item]], list[Sign]]:
    """The items of the pages that are pictures, as far as they can be recognised, and what is lacking."""
    if not numbers:
        return {}, []
    if not engine():
        return {}, [Sign.PARTIAL, Sign.NO_RECOGNISER]
    done: dict[int, list[Item]] = {}
    failed = False
    for number in numbers[:MOST_PICTURES]:
        items = _recognised_page(raw, number, still)
        failed |= items is None
        done[number] = items or []
    if len(numbers) > MOST_PICTURES:
        return done, [Sign.PARTIAL, Sign.TOO_MANY_PICTURES]
    return done, [Sign.PARTIAL] if failed else []


def _recognised_page(raw: bytes, number: int, still: Callable[[], None]) -> list[Item] | None:
    """Lines and tables of a page that is a picture: none where it shows no writing, `None` where reading it failed."""
    drawn = picture(raw, number)
    if lies_on_side(scanned(drawn).letters):
        drawn = np.rot90(drawn)
    for stood in (drawn, np.rot90(drawn, 2)):
        still()
        items = _writing(stood)
        if items != []:
            return items
    return []


def _writing(drawn: Picture) -> list[Item] | None:
    scan = scanned(drawn)
    tables = list(_tables(scan.edges))
    pieces = recognised(scan.letters, [cell for rows in tables for row in rows for cell in row if cell])
    return None if pieces is None else _table_page(pieces, tables)


def _page(page: pypdf.PageObject, plumber: PDF, number: int, sight: Sight) -> list[Item]:
    if not sight.ruled and not sight.hidden:
        return _text_page(page)
    if sight.measured:
        return _table_page(sight.pieces, _tables(sight.edges))
    return _measured_page(plumber.pages[number], sight.hidden)


def _padded(seen: Iterator[Sight], pages: int) -> Iterator[Sight]:
    """A sight for every page, also where the two readers count a damaged file's pages differently."""
    return islice(chain(seen, repeat(Sight(True, (), False))), pages)


def _text_page(page: pypdf.PageObject) -> list[Item]:
    """Lines of a page without ruling lines, in the order of its content."""
    done: list[Line] = []
    pieces: list[Piece] = []
    height = float(page.mediabox.top)

    def visit(text: str, matrix: list[float], text_matrix: list[float], _font: object, size: float) -> None:
        scale = abs(text_matrix[3] * matrix[3]) or abs(text_matrix[1] * matrix[2]) or 1.0
        top = height - (text_matrix[4] * matrix[1] + text_matrix[5] * matrix[3] + matrix[5])
        for position, part in enumerate(text.split("\n")):
            if position:
                done.extend(line_of(pieces))
                pieces.clear()
            if part:
                pieces.append(Piece(part, 0, 0, top, size * scale))

    page.extract_text(visitor_text=visit)
    return [*done, *line_of(pieces)]


def _measured_page(page: Page, hidden: Sequence[Box]) -> list[Item]:
    """A page whose letters only the slower reader measures."""
    tables = [[row.cells for row in table.rows] for table in page.find_tables() if len(table.cells) > 1]
    pieces = [
        Piece(char["text"], char["x0"], char["x1"], char["top"], char["size"])
        for char in page.chars
        if not _is_hidden(char, page.cropbox, hidden)
    ]
    page.close()
    return _table_page(pieces, tables)


def _is_hidden(char: Mapping[str, float], shown: Box, hidden: Sequence[Box]) -> bool:
    """Whether the middle of a character lies in one of the boxes, which count from the corner of the page as shown."""
    across = (char["x0"] + char["x1"]) / 2 - shown[0]
    down = (char["top"] + char["bottom"]) / 2 - shown[1]
    return any(left - 1 <= across <= right + 1 and top - 1 <= down <= bottom + 1 for left, top, right, bottom in hidden)


def _table_page(pieces: Iterable[Piece], found: Iterable[Cells]) -> list[Item]:
    """Lines and tables of a page, from top to bottom."""
    tables = sorted(found, key=lambda rows: _area(_bounds(rows)))
    held: dict[Box, list[Piece]] = {cell: [] for rows in tables for row in rows for cell in row if cell}
    free: list[Piece] = []
    for piece in pieces:
        home = next((cell for cell in held if _inside(piece, cell)), None)
        (free if home is None else held[home]).append(piece)
    items: list[Item] = list(lines(free))
    for rows in tables:
        cells = tuple(tuple(None if cell is None else cell_text(held[cell], cell) for cell in row) for row in rows)
        if any(cell for row in cells for cell in row):
            items.append(Grid(cells, _bounds(rows)[1]))
    return sorted(items, key=lambda item: item.top)


def _tables(edges: Sequence[Box]) -> Iterator[Cells]:
    """The rows of cells of each table; one cell alone is a frame around running text."""
    merged = merge_edges([_edge(box) for box in edges], *[SNAP] * 4)
    long = [edge for edge in merged if max(edge["x1"] - edge["x0"], edge["bottom"] - edge["top"]) >= SNAP]
    for cells in cells_to_tables(intersections_to_cells(edges_to_intersections(long, SNAP, SNAP))):
        columns = sorted({cell[0] for cell in cells})
        rows = groupby(sorted(cells, key=lambda cell: (cell[1], cell[0])), key=lambda cell: cell[1])
        yield [[found.get(left) for left in columns] for found in ({cell[0]: cell for cell in row} for _, row in rows)]


def _edge(box: Box) -> dict[str, float | str]:
    left, top, right, bottom = box
    across = "h" if right - left > bottom - top else "v"
    size = {"width": right - left, "height": bottom - top, "doctop": top}
    return {"x0": left, "x1": right, "top": top, "bottom": bottom, "orientation": across, **size}


def _bounds(rows: Cells) -> Box:
    left, top, right, bottom = zip(*[cell for row in rows for cell in row if cell], strict=True)
    return min(left), min(top), max(right), max(bottom)


def _area(box: Box) -> float:
    left, top, right, bottom = box
    return (right - left) * (bottom - top)


def _inside(piece: Piece, box: Box) -> bool:
    left, top, right, bottom = box
    return left <= (piece.left + piece.right) / 2 <= right and top <= piece.top + piece.size / 2 <= bottom
