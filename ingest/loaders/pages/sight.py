"""Sight: the bytes of a PDF flow in; what an eye sees of each page flows out: characters, ruling lines, a picture."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium  # type: ignore[import-untyped]
from numpy.typing import NDArray
from pypdfium2 import raw as api

from ingest.loaders.pages.layout import GONE, Box, Piece
from ingest.loaders.pages.scan import DPI, Picture
from rag.domain import Sign

RULED = 3
"""A page with this many drawn paths may hold a table."""
STRAIGHT = 1.0
"""Points a ruling line may lean by."""
CONTRAST = 20
"""Steps of brightness (of 255) between neighbouring points from which on an eye sees an edge."""
LOWEST = 1.2
"""Points; letters lower than this are not meant to be read."""
VISIBLE_SHARE = 0.2
"""A word is hidden where fewer of its characters than this show an edge on the page as drawn."""
THIN, FLATTEST = 2.5, 3.0
"""Points; a stroke through words is at most as thick, and the words at least as high."""
MIDDLE = 0.15, 0.85
"""Shares of the height of a letter between which a stroke crosses it out; lower it underlines, higher it tops it."""
MOSTLY = 0.75
"""Share of the letters beside a stroke of which it crosses more than this through the middle."""
OVERHANG = 0.6
"""Of their height, by which a stroke may reach over the ends of the words it crosses out; a ruling line goes on."""
NEAR = 0.8
"""Of their height, within which the middle of what stands on the same line lies."""
WIDEST_GAP = 1.5
"""Of their height, between two letters under one stroke; a ruling line goes on over wider ones."""
LARGEST_SIDE = 3_000
"""Points; a page larger than this is drawn smaller, to bound the memory."""
LARGEST_PICTURE = 3_500
"""Dots along the longer side of a page drawn for recognition, to bound the memory and the time."""
PICTURED = 0.5
"""Share of a page that pictures cover from which on it may be a scan."""
FEWEST_TURNED = 40
MOST_TURNED = 0.1
"""From so many letters, and such a share of a page, set across the rest of it, their words are said to be lost."""
WIDEST_SPACE = 0.5
"""Of the size of type; some fonts tell no width."""
UNKNOWN = "\ufffd"
_INVISIBLE = 3
_SAMPLED = 8
_GRID = 64
_AFAR = 1_000
_HYPHEN = 2
_SURROGATES = range(0xD800, 0xE000)

Boxes = NDArray[np.float64]
"""One row for each character: left, top, right, bottom in points of the page as shown."""
Matrix = tuple[float, float, float, float, float, float]
"""x' = a x + c y + e, y' = b x + d y + f."""
_STILL: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Sight:
    """One page, in points from the upper left corner of the page as shown.

    `hidden` are the boxes of words that are hidden or, as `signs` tell, struck out; `pieces` are the characters that
    are left, `edges` the horizontal and vertical ruling lines. The last two are empty where the page is not `ruled`
    and leaves nothing out, and where it is not `measured`: it is set in a type whose letters are drawings without a
    width that is told. A page whose letters lie on their side is told as if turned upright; it is `skewed` where too
    many lie across the others. `is_picture` where pictures cover a page without a word; `recognised` where all its
    words lie unseen behind a picture of them.
    """

    ruled: bool
    hidden: tuple[Box, ...] = ()
    measured: bool = True
    pieces: tuple[Piece, ...] = ()
    edges: tuple[Box, ...] = ()
    skewed: bool = False
    is_picture: bool = False
    recognised: bool = False
    signs: frozenset[Sign] = frozenset()


@dataclass(frozen=True, slots=True)
class Type:
    """How some characters are set: size, reach below their line, start, width of a space.

    `is_blank` where they leave no ink, `measured` where their font tells how wide each is.
    """

    size: float
    below: float
    start: tuple[float, float]
    gap: float
    is_blank: bool
    measured: bool

    @property
    def space(self) -> Piece:
        left, line = self.start
        right = left + min(self.gap, self.size * WIDEST_SPACE)
        return Piece(" ", left, right, line + self.below - self.size, self.size)


def survey(raw: bytes) -> Iterator[Sight]:
    """Every page of the file. Raises PdfiumError where it cannot be opened."""
    document = pdfium.PdfDocument(raw)
    try:
        for number in range(len(document)):
            yield _sight(document, number)
    finally:
        document.close()


def picture(raw: bytes, number: int) -> Picture:
    """One page (counted from 0) as drawn, for letters to be recognised. Raises PdfiumError where it cannot be."""
    document = pdfium.PdfDocument(raw)
    try:
        page = document[number]
        scale = min(DPI / 72, LARGEST_PICTURE / max(page.get_size()))
        drawn: Picture = page.render(scale=scale, grayscale=True).to_numpy()
        return drawn.reshape(drawn.shape[0], -1).copy()
    finally:
        document.close()


def _sight(document: pdfium.PdfDocument, number: int) -> Sight:
    page = document[number]
    text = page.get_textpage()
    try:
        turns, skewed = _turns(text, page)
        if turns:
            page.set_rotation((page.get_rotation() + 90 * turns) % 360)
        drawn = list(_objects(page))
        kinds = [kind for kind, _, _ in drawn]
        shown = _shown(page)
        boxes, words = _characters(text, shown)
        unseen = _unseen(page, boxes)
        inkless = [
            api.FPDFTextObj_GetTextRenderMode(item) == _INVISIBLE
            for kind, item, _ in drawn
            if kind == api.FPDF_PAGEOBJ_TEXT
        ]
        recognised = False
        if api.FPDF_PAGEOBJ_IMAGE in kinds:
            if not _has_words(text) and _covered(page, drawn, shown) >= PICTURED:
                return Sight(False, is_picture=True)
            recognised = bool(inkless) and all(inkless)  # over a picture they are what was read from it
        elif any(inkless):
            unseen |= _drawn_invisible(text, boxes)
        hidden = _hidden(boxes, words, unseen)
        paths = [(item, _times(matrix, shown)) for kind, item, matrix in drawn if kind == api.FPDF_PAGEOBJ_PATH]
        strokes = [
            *(stroke for item, matrix in paths for stroke in _strokes(item, matrix)),
            *_struck_notes(page, shown),
        ]
        struck, across = _crossed(boxes, strokes)
        signs = frozenset(sign for sign, found in ((Sign.HIDDEN_TEXT, hidden), (Sign.STRUCK, struck)) if found.any())
        hidden |= struck
        ruled = kinds.count(api.FPDF_PAGEOBJ_PATH) >= RULED
        veiled = tuple((float(a), float(b), float(c), float(d)) for a, b, c, d in boxes[hidden])
        if not ruled and not veiled:
            return Sight(False, recognised=recognised)
        types = {
            ctypes.addressof(item.contents): _type(item, _times(matrix, shown))
            for kind, item, matrix in drawn
            if kind == api.FPDF_PAGEOBJ_TEXT
        }
        if not all(kind.measured for kind in types.values()):
            return Sight(ruled, veiled, False, skewed=skewed or turns != 0, recognised=recognised, signs=signs)
        edges = (edge for item, matrix in paths for edge in _edges(item, matrix))
        ruling = tuple(edge for edge in edges if not any(_lies_in(edge, stroke) for stroke in across))
        pieces = tuple(_pieces(text, types, shown, boxes, hidden, struck))
        return Sight(ruled, veiled, True, pieces, ruling, skewed, recognised=recognised, signs=signs)
    finally:
        text.close()
        page.close()


def _turns(text: pdfium.PdfTextPage, page: pdfium.PdfPage) -> tuple[int, bool]:
    """How many quarter turns clockwise set most letters upright, and whether many lie across those."""
    standing = page.get_rotation() // 90
    ways = [0] * 4
    for at in range(0, text.count_chars(), _SAMPLED):
        angle = api.FPDFText_GetCharAngle(text.raw, at)
        if _letter(text, at).isalnum() and angle >= 0:
            ways[(-round(angle * 2 / np.pi) - standing) % 4] += 1  # the angle counts clockwise
    most = max(range(4), key=ways.__getitem__)
    across = sum(ways) - ways[most]
    return most, across * _SAMPLED >= FEWEST_TURNED and across > MOST_TURNED * sum(ways)


def _has_words(text: pdfium.PdfTextPage) -> bool:
    return any(_letter(text, at).isalpha() for at in range(text.count_chars()))


def _covered(page: pdfium.PdfPage, drawn: Iterable[tuple[int, api.FPDF_PAGEOBJECT, Matrix]], shown: Matrix) -> float:
    """The share of the page that pictures cover."""
    width, height = page.get_size()
    cells = np.zeros((_GRID, _GRID), np.bool_)
    for kind, item, around in drawn:
        if kind == api.FPDF_PAGEOBJ_IMAGE:
            matrix = _times(_times(_matrix(item), around), shown)
            across, down = zip(*(_placed(x, y, matrix) for x in (0, 1) for y in (0, 1)), strict=True)
            left, right = (round(_GRID * min(max(x / width, 0), 1)) for x in (min(across), max(across)))
            top, bottom = (round(_GRID * min(max(y / height, 0), 1)) for y in (min(down), max(down)))
            cells[top:bottom, left:right] = True
    return float(cells.mean())


def _objects(page: pdfium.PdfPage) -> Iterator[tuple[int, api.FPDF_PAGEOBJECT, Matrix]]:
    """Kind, handle and surrounding matrix of everything drawn, also within forms."""
    handles = (api.FPDFPage_GetObject(page.raw, at) for at in range(api.FPDFPage_CountObjects(page.raw)))
    waiting = [(handle, _STILL) for handle in handles]
    while waiting:
        handle, matrix = waiting.pop()
        kind = api.FPDFPageObj_GetType(handle)
        yield kind, handle, matrix
        if kind == api.FPDF_PAGEOBJ_FORM:
            inner = _times(_matrix(handle), matrix)
            parts = (api.FPDFFormObj_GetObject(handle, at) for at in range(api.FPDFFormObj_CountObjects(handle)))
            waiting.extend((part, inner) for part in parts)


def _matrix(handle: api.FPDF_PAGEOBJECT) -> Matrix:
    own = api.FS_MATRIX()
    api.FPDFPageObj_GetMatrix(handle, own)
    return own.a, own.b, own.c, own.d, own.e, own.f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _placed(x: float, y: float, by: Matrix) -> tuple[float, float]:
    return by[0] * x + by[2] * y + by[4], by[1] * x + by[3] * y + by[5]


def _edges(path: api.FPDF_PAGEOBJECT, around: Matrix) -> Iterator[Box]:
    """The upright and level strokes and sides of a path."""
    matrix = _times(_matrix(path), around)
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for at in range(api.FPDFPath_CountSegments(path)):
        segment = api.FPDFPath_GetPathSegment(path, at)
        api.FPDFPathSegment_GetPoint(segment, x, y)
        point = _placed(x.value, y.value, matrix)
        kind = api.FPDFPathSegment_GetType(segment)
        if kind == api.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == api.FPDF_SEGMENT_LINETO:
            yield from _edge(last, point)
        if api.FPDFPathSegment_GetClose(segment):
            yield from _edge(point, start)
        last = point


def _edge(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Box]:
    (left, right), (top, bottom) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    if min(right - left, bottom - top) <= STRAIGHT < max(right - left, bottom - top):
        level = right - left > bottom - top
        yield (left, top, right, top) if level else (left, top, left, bottom)


def _strokes(path: api.FPDF_PAGEOBJECT, around: Matrix) -> Iterator[Box]:
    """The parts of a path that are level and thin and leave ink, lines or rectangles."""
    matrix = _times(_matrix(path), around)
    x, y, width = ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
    fill, line = ctypes.c_int(), ctypes.c_int()
    api.FPDFPath_GetDrawMode(path, fill, line)
    api.FPDFPageObj_GetStrokeWidth(path, width)
    if not (fill.value or line.value) or (line.value and width.value * abs(matrix[3]) > THIN):
        return  # a thick line marks words with colour
    points: list[tuple[float, float]] = []
    for at in range(api.FPDFPath_CountSegments(path)):
        segment = api.FPDFPath_GetPathSegment(path, at)
        api.FPDFPathSegment_GetPoint(segment, x, y)
        if api.FPDFPathSegment_GetType(segment) == api.FPDF_SEGMENT_MOVETO:
            yield from _stroke(points)
            points = []
        points.append(_placed(x.value, y.value, matrix))
    yield from _stroke(points)


def _stroke(points: Sequence[tuple[float, float]]) -> Iterator[Box]:
    if points:
        across, down = zip(*points, strict=True)
        box = min(across), min(down), max(across), max(down)
        if box[3] - box[1] <= min(THIN, (box[2] - box[0]) / 2):
            yield box


def _struck_notes(page: pdfium.PdfPage, shown: Matrix) -> Iterator[Box]:
    """A stroke through the middle of each stretch that a note of the file marks as struck out."""
    quad = api.FS_QUADPOINTSF()
    for at in range(api.FPDFPage_GetAnnotCount(page.raw)):
        note = api.FPDFPage_GetAnnot(page.raw, at)
        if api.FPDFAnnot_GetSubtype(note) == api.FPDF_ANNOT_STRIKEOUT:
            for part in range(api.FPDFAnnot_CountAttachmentPoints(note)):
                api.FPDFAnnot_GetAttachmentPoints(note, part, quad)
                corners = [(quad.x1, quad.y1), (quad.x2, quad.y2), (quad.x3, quad.y3), (quad.x4, quad.y4)]
                across, down = zip(*(_placed(x, y, shown) for x, y in corners), strict=True)
                yield min(across), sum(down) / 4, max(across), sum(down) / 4
        api.FPDFPage_CloseAnnot(note)


def _crossed(boxes: Boxes, strokes: Iterable[Box]) -> tuple[NDArray[np.bool_], list[Box]]:
    """Which characters are crossed out, and the strokes that do it; the boxes of low ones grow to those of the line."""
    done = np.zeros(len(boxes), np.bool_)
    across: list[Box] = []
    middles, heights = (boxes[:, 0] + boxes[:, 2]) / 2, boxes[:, 3] - boxes[:, 1]
    for stroke in strokes:
        left, top, right, bottom = stroke
        line = (top + bottom) / 2
        along = (left <= middles) & (middles <= right) & boxes.any(axis=1)
        share = np.divide(line - boxes[:, 1], heights, out=np.zeros_like(heights), where=heights > 0)
        struck = along & (heights >= FLATTEST) & (share >= MIDDLE[0]) & (share <= MIDDLE[1])
        if not struck.any():
            continue
        top, bottom = float(boxes[struck, 1].min()), float(boxes[struck, 3].max())
        # What stands lower or higher than the line, such as a full stop, goes with its neighbours.
        near = along & (np.abs((boxes[:, 1] + boxes[:, 3]) / 2 - line) < NEAR * (bottom - top))
        touched = near & (heights >= FLATTEST)
        if struck.sum() <= MOSTLY * touched.sum():
            continue  # it underlines letters of which some reach lower, or rules between lines
        if _crosses_out(boxes[near], bottom - top, stroke):
            done |= near
            boxes[near, 1] = boxes[near, 1].clip(max=top)
            boxes[near, 3] = boxes[near, 3].clip(min=bottom)
            across.append(stroke)
    return done, across


def _crosses_out(words: Boxes, height: float, stroke: Box) -> bool:
    """Whether a stroke that goes through the middle of words goes from their first to their last, and no further."""
    placed = words[np.argsort(words[:, 0])]
    over = max(placed[0, 0] - stroke[0], stroke[2] - placed[:, 2].max())
    gaps = placed[1:, 0] - placed[:-1, 2]
    return bool(
        stroke[3] - stroke[1] <= height / 2
        and over <= OVERHANG * height
        and gaps.max(initial=0.0) <= WIDEST_GAP * height
    )


def _lies_in(edge: Box, stroke: Box) -> bool:
    return all(abs(one - other) <= STRAIGHT for one, other in zip(edge[::2], stroke[::2], strict=True)) and (
        stroke[1] - STRAIGHT <= edge[1] <= edge[3] <= stroke[3] + STRAIGHT
    )


def _pieces(
    text: pdfium.PdfTextPage,
    types: dict[int, Type],
    shown: Matrix,
    inked: Boxes,
    hidden: NDArray[np.bool_],
    struck: NDArray[np.bool_],
) -> list[Piece]:
    """The characters that are not hidden, what stands for those struck, and the spaces that are set by themselves."""
    done: list[Piece] = []
    box, x, y = api.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    blank = dict(types)
    for at in range(len(hidden)):
        handle = api.FPDFText_GetTextObject(text.raw, at)
        if not handle or api.FPDFText_IsGenerated(text.raw, at) == 1:
            continue
        address = ctypes.addressof(handle.contents)
        blank.pop(address, None)
        api.FPDFText_GetLooseCharBox(text.raw, at, box)
        api.FPDFText_GetCharOrigin(text.raw, at, x, y)
        left, right = sorted((_placed(box.left, box.bottom, shown)[0], _placed(box.right, box.top, shown)[0]))
        size, below = types[address].size, types[address].below
        bottom = _placed(x.value, y.value, shown)[1] + below
        middle = bottom - size / 2
        if hidden[at] and inked[at, 1] - 1 <= middle <= inked[at, 3] + 1:  # else the font tells a wrong box for it
            if struck[at]:
                done.append(Piece(GONE, left, right, bottom - size, size))
            continue
        done.append(Piece(_letter(text, at), left, right, bottom - size, size))
    return [*done, *(kind.space for kind in blank.values() if kind.is_blank)]


def _type(handle: api.FPDF_PAGEOBJECT, around: Matrix) -> Type:
    matrix = _times(_matrix(handle), around)
    size, descent, width = ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
    font = api.FPDFTextObj_GetFont(handle)
    api.FPDFTextObj_GetFontSize(handle, size)
    api.FPDFFont_GetDescent(font, size, descent)
    api.FPDFFont_GetGlyphWidth(font, ord(" "), size, width)
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    api.FPDFPageObj_GetBounds(handle, left, bottom, right, top)
    scale = float(np.hypot(matrix[2], matrix[3]))
    return Type(
        abs(size.value) * scale,
        abs(descent.value) * scale,
        matrix[4:],
        abs(width.value) * float(np.hypot(matrix[0], matrix[1])),
        left.value == right.value or bottom.value == top.value,
        api.FPDFFont_GetBaseFontName(font, None, 0) > 1,  # a font of drawings (Type 3) has no name
    )


def _letter(text: pdfium.PdfTextPage, at: int) -> str:
    letter = int(api.FPDFText_GetUnicode(text.raw, at))
    if letter == _HYPHEN:
        return "-"
    return UNKNOWN if letter == 0 or letter in _SURROGATES else chr(letter)


def _characters(text: pdfium.PdfTextPage, shown: Matrix) -> tuple[Boxes, NDArray[np.int64]]:
    """The box of every character, all zero for white space, and the number of the word it belongs to."""
    count = text.count_chars()
    boxes = np.zeros((count, 4))
    words = np.zeros(count, np.int64)
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    word = 0
    for at in range(count):
        letter = api.FPDFText_GetUnicode(text.raw, at)
        is_space = letter == 0 or chr(letter).isspace()
        word += is_space
        words[at] = word
        if not is_space and api.FPDFText_GetCharBox(text.raw, at, left, right, bottom, top):
            boxes[at] = left.value, top.value, right.value, bottom.value
    return _turned(boxes, shown), words


def _shown(page: pdfium.PdfPage) -> Matrix:
    """From the file's own coordinates to the page as shown, turned and cropped."""
    width, height = page.get_size()
    x, y = ctypes.c_int(), ctypes.c_int()
    ends = []
    for point in ((0, 0), (_AFAR, 0), (0, _AFAR)):
        size = (int(width * _AFAR), int(height * _AFAR))
        api.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, *point, x, y)
        ends.append((x.value / _AFAR, y.value / _AFAR))
    (left, top), across, up = ends
    return (
        *((across[0] - left) / _AFAR, (across[1] - top) / _AFAR),
        *((up[0] - left) / _AFAR, (up[1] - top) / _AFAR),
        *(left, top),
    )


def _turned(boxes: Boxes, shown: Matrix) -> Boxes:
    origin, across, up = np.array(shown[4:]), np.array(shown[:2]), np.array(shown[2:4])
    first = origin + boxes[:, [0]] * across + boxes[:, [1]] * up
    second = origin + boxes[:, [2]] * across + boxes[:, [3]] * up
    placed = np.hstack([np.minimum(first, second), np.maximum(first, second)])
    placed[~boxes.any(axis=1)] = 0
    return placed


def _unseen(page: pdfium.PdfPage, boxes: Boxes) -> NDArray[np.bool_]:
    """Which characters leave no edge on the page as drawn, lie beside it, or are too low to read."""
    scale = min(1.0, LARGEST_SIDE / max(page.get_size()))
    drawn = page.render(scale=scale, grayscale=True).to_numpy()
    drawn = drawn.reshape(drawn.shape[0], -1)
    total = np.zeros((drawn.shape[0] + 1, drawn.shape[1] + 1), np.int32)
    edges = _steps(drawn[1:], drawn[:-1])[:, :-1] | _steps(drawn[:, 1:], drawn[:, :-1])[:-1]
    np.cumsum(edges, axis=1, dtype=np.int32, out=total[1:-1, 1:-1])
    total[:, -1] = total[:, -2]
    np.cumsum(total, axis=0, out=total)
    limits = np.array([drawn.shape[1], drawn.shape[0]] * 2)
    corners = np.clip(np.hstack([np.floor(boxes[:, :2] * scale), np.ceil(boxes[:, 2:] * scale)]), 0, limits)
    left, top, right, bottom = corners.astype(int).T
    count = total[bottom, right] - total[top, right] - total[bottom, left] + total[top, left]
    low = np.minimum(boxes[:, 3] - boxes[:, 1], boxes[:, 2] - boxes[:, 0]) < LOWEST / 4
    low &= np.maximum(boxes[:, 3] - boxes[:, 1], boxes[:, 2] - boxes[:, 0]) < LOWEST
    return np.asarray((count == 0) | low)


def _drawn_invisible(text: pdfium.PdfTextPage, boxes: Boxes) -> NDArray[np.bool_]:
    """Which characters are drawn in the mode that leaves no ink."""
    objects = (api.FPDFText_GetTextObject(text.raw, at) for at in range(len(boxes)))
    return np.array([bool(o) and api.FPDFTextObj_GetTextRenderMode(o) == _INVISIBLE for o in objects], bool)


def _steps(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> NDArray[np.bool_]:
    return np.asarray(np.maximum(one, other) - np.minimum(one, other) > CONTRAST)


def _hidden(boxes: Boxes, words: NDArray[np.int64], unseen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The characters of words of which next to nothing is seen."""
    inked = boxes.any(axis=1)
    letters = np.bincount(words[inked], minlength=1)
    seen = np.bincount(words[inked & ~unseen], minlength=len(letters))
    veiled = (letters > 0) & (seen < VISIBLE_SHARE * letters)
    return np.asarray(inked & veiled[np.minimum(words, len(letters) - 1)])
