"""PDF: bytes flow in, a Document of headings, paragraphs and tables in reading order flows out."""

from __future__ import annotations

import io

import pdfplumber
import pypdf
import pypdfium2  # type: ignore[import-untyped]
from pdfplumber.page import Page
from pypdfium2.raw import FPDF_PAGEOBJ_PATH  # type: ignore[import-untyped]

from ingest.loaders.layout import Box, Grid, Item, Line, Piece, blocks, cell_text, line_of, lines
from rag.domain import Document, Source
from rag.errors import LoadError

RULED = 3
"""A page with this many drawn paths may hold a table and is read by the slower, table-aware reader."""


def read(raw: bytes, source: Source) -> Document:
    """Read a PDF. Raises LoadError where it is locked, damaged or holds no text."""
    try:
        pages = _pages(raw, source)
    except LoadError:
        raise
    except Exception as error:  # the parsers raise errors of every kind on a damaged file
        raise LoadError(
            f"{source.path}: 손상된 PDF라 읽을 수 없습니다({type(error).__name__}). 원본을 다시 받아 주세요."
        ) from error
    found = tuple(blocks(pages))
    if not any(block.text.strip() for block in found):
        raise LoadError(
            f"{source.path}: 글자가 없는 PDF입니다(스캔한 그림일 수 있음). 글자가 들어 있는 파일로 바꿔 주세요."
        )
    return Document(source, found, len(pages))


def _pages(raw: bytes, source: Source) -> list[list[Item]]:
    reader = pypdf.PdfReader(io.BytesIO(raw))
    if reader.is_encrypted and not reader.decrypt(""):
        raise LoadError(f"{source.path}: 암호가 걸린 PDF라 읽을 수 없습니다. 암호를 푼 파일로 바꿔 주세요.")
    ruled = _ruled_pages(raw)
    with pdfplumber.open(io.BytesIO(raw)) as plumber:
        return [
            _table_page(plumber.pages[number]) if number in ruled else _text_page(page)
            for number, page in enumerate(reader.pages)
        ]


def _ruled_pages(raw: bytes) -> set[int]:
    pdf = pypdfium2.PdfDocument(raw)
    try:
        return {
            number
            for number in range(len(pdf))
            if sum(1 for _ in pdf[number].get_objects(filter=[FPDF_PAGEOBJ_PATH])) >= RULED
        }
    finally:
        pdf.close()


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


def _table_page(page: Page) -> list[Item]:
    """Lines and tables of a page, from top to bottom; a table of one cell is a frame around running text."""
    found = [(table.bbox, [row.cells for row in table.rows]) for table in page.find_tables() if len(table.cells) > 1]
    tables = sorted(found, key=lambda table: _area(table[0]))
    held: dict[Box, list[Piece]] = {cell: [] for _, rows in tables for row in rows for cell in row if cell}
    free: list[Piece] = []
    for char in page.chars:
        piece = Piece(char["text"], char["x0"], char["x1"], char["top"], char["size"])
        home = next((cell for cell in held if _inside(piece, cell)), None)
        (free if home is None else held[home]).append(piece)
    page.close()
    items: list[Item] = list(lines(free))
    for box, rows in tables:
        cells = tuple(tuple(None if cell is None else cell_text(held[cell], cell) for cell in row) for row in rows)
        if any(cell for row in cells for cell in row):
            items.append(Grid(cells, box[1]))
    return sorted(items, key=lambda item: item.top)


def _area(box: Box) -> float:
    left, top, right, bottom = box
    return (right - left) * (bottom - top)


def _inside(piece: Piece, box: Box) -> bool:
    left, top, right, bottom = box
    return left <= (piece.left + piece.right) / 2 <= right and top <= piece.top + piece.size / 2 <= bottom
