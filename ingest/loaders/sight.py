"""Sight: the bytes of a PDF flow in; which pages are ruled, and where words stand that nobody sees, flows out."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium  # type: ignore[import-untyped]
from numpy.typing import NDArray
from pypdfium2 import raw as api

from ingest.loaders.layout import Box

RULED = 3
"""A page with this many drawn paths may hold a table."""
CONTRAST = 20
"""Steps of brightness (of 255) between neighbouring points from which on an eye sees an edge."""
LOWEST = 1.2
"""Points; letters lower than this are not meant to be read."""
VISIBLE_SHARE = 0.2
"""A word is hidden where fewer of its characters than this show an edge on the page as drawn."""
LARGEST_SIDE = 3_000
"""Points; a page larger than this is drawn smaller, to bound the memory."""
_INVISIBLE = 3
_AFAR = 1_000

Boxes = NDArray[np.float64]
"""One row for each character: left, top, right, bottom in points of the page as shown."""


@dataclass(frozen=True, slots=True)
class Sight:
    """One page: whether it may hold a table, and the boxes of hidden words in points from its upper left corner."""

    ruled: bool
    hidden: tuple[Box, ...]


def survey(raw: bytes) -> list[Sight]:
    """Every page of the file. Raises PdfiumError where it cannot be opened."""
    document = pdfium.PdfDocument(raw)
    try:
        return [_sight(document, number) for number in range(len(document))]
    finally:
        document.close()


def _sight(document: pdfium.PdfDocument, number: int) -> Sight:
    page = document[number]
    text = page.get_textpage()
    try:
        kinds: list[int] = []
        invisible = False
        for item in page.get_objects():
            kinds.append(item.type)
            invisible |= (
                item.type == api.FPDF_PAGEOBJ_TEXT and api.FPDFTextObj_GetTextRenderMode(item.raw) == _INVISIBLE
            )
        boxes, words = _characters(page, text)
        unseen = _unseen(page, boxes)
        if invisible and api.FPDF_PAGEOBJ_IMAGE not in kinds:  # over a picture they are what was read from it
            unseen |= _drawn_invisible(text, boxes)
        return Sight(kinds.count(api.FPDF_PAGEOBJ_PATH) >= RULED, tuple(_hidden(boxes, words, unseen)))
    finally:
        text.close()
        page.close()


def _characters(page: pdfium.PdfPage, text: pdfium.PdfTextPage) -> tuple[Boxes, NDArray[np.int64]]:
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
    return _shown(page, boxes), words


def _shown(page: pdfium.PdfPage, boxes: Boxes) -> Boxes:
    """Boxes of the file's own coordinates as they lie on the page as shown, turned and cropped."""
    width, height = page.get_size()
    x, y = ctypes.c_int(), ctypes.c_int()
    ends = []
    for point in ((0, 0), (_AFAR, 0), (0, _AFAR)):
        size = (int(width * _AFAR), int(height * _AFAR))
        api.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, *point, x, y)
        ends.append(np.array([x.value, y.value]) / _AFAR)
    origin, across, up = ends[0], (ends[1] - ends[0]) / _AFAR, (ends[2] - ends[0]) / _AFAR
    first = origin + boxes[:, [0]] * across + boxes[:, [1]] * up
    second = origin + boxes[:, [2]] * across + boxes[:, [3]] * up
    placed = np.hstack([np.minimum(first, second), np.maximum(first, second)])
    placed[~boxes.any(axis=1)] = 0
    return placed


def _unseen(page: pdfium.PdfPage, boxes: Boxes) -> NDArray[np.bool_]:
    """Which characters leave no edge on the page as drawn, lie beside it, or are too low to read."""
    scale = min(1.0, LARGEST_SIDE / max(page.get_size()))
    drawn = page.render(scale=scale, grayscale=True).to_numpy()
    drawn = drawn.reshape(drawn.shape[0], -1).astype(np.int16)
    edges = np.zeros((drawn.shape[0] + 1, drawn.shape[1] + 1), np.int64)
    edges[1:-1, 1:-1] = (np.abs(np.diff(drawn, axis=0)) > CONTRAST)[:, :-1]
    edges[1:-1, 1:-1] |= (np.abs(np.diff(drawn, axis=1)) > CONTRAST)[:-1]
    total = edges.cumsum(0).cumsum(1)
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


def _hidden(boxes: Boxes, words: NDArray[np.int64], unseen: NDArray[np.bool_]) -> Iterator[Box]:
    """The boxes of the characters of words of which next to nothing is seen."""
    inked = boxes.any(axis=1)
    for word in np.unique(words[unseen & inked]):
        own = (words == word) & inked
        if (~unseen[own]).mean() < VISIBLE_SHARE:
            yield from ((float(a), float(b), float(c), float(d)) for a, b, c, d in boxes[own])
