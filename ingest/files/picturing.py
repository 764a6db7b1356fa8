"""Picturing: a page of a PDF and a quote flow in; the page as drawn, with the quote lit, flows out of this process.

It runs alone, within limits, for whoever shows pages: the file may be anybody's. One JSON object comes in on the
standard input (`path`, `digest`, `page` from 1, `mark`, `memory` in bytes); a line of JSON goes out, behind it a PNG
where its `fault` is "".
"""

from __future__ import annotations

import ctypes
import hashlib
import io
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from PIL import Image, ImageChops, ImageDraw
from pypdfium2 import raw as api

from ingest.files.limits import allow
from ingest.files.opening import contents
from rag.lit import lit

DPI = 150
LARGEST = 2_500
"""Dots along the longer side, to bound the memory and the time."""
MOST_BYTES = 2**26
LIGHT = (255, 236, 90)
AROUND = 2
"""Dots that the light reaches beyond the letters."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Told:
    """What came of it: a fault in a word ("missing", "changed", "no_page", "broken"), or how many places are lit."""

    fault: str = ""
    lit: int = 0
    pages: int = 0
    png: bytes = b""


def pictured(path: Path, digest: str, page: int, mark: str) -> Told:
    """The page with the quote lit; a fault where the file is another one, or cannot be drawn."""
    try:
        raw = contents(path, MOST_BYTES)
    except OSError:
        return Told("missing")
    if hashlib.sha256(raw).hexdigest() != digest:
        return Told("changed")
    try:
        document = pdfium.PdfDocument(raw)
        try:
            if not 1 <= page <= len(document):
                return Told("no_page", pages=len(document))
            png, found = _drawn(document[page - 1], mark)
            return Told("", found, len(document), png)
        finally:
            document.close()
    except (pdfium.PdfiumError, MemoryError, ValueError, OSError):
        return Told("broken")


def _drawn(page: pdfium.PdfPage, mark: str) -> tuple[bytes, int]:
    scale = min(DPI / 72, LARGEST / max(page.get_size()))
    image = page.render(scale=scale).to_pil().convert("RGB")
    boxes = list(_boxes(page, mark, image.size)) if mark else []
    if boxes:
        light = Image.new("RGB", image.size, (255, 255, 255))
        for left, top, right, bottom in boxes:
            ImageDraw.Draw(light).rectangle((left - AROUND, top - AROUND, right + AROUND, bottom + AROUND), fill=LIGHT)
        image = ImageChops.multiply(image, light)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue(), len(boxes)


def _boxes(page: pdfium.PdfPage, mark: str, size: tuple[int, int]) -> Iterator[Box]:
    """Where the quote stands on the page as drawn: a box for each of its stretches."""
    text = page.get_textpage()
    try:
        letters = "".join(_letter(api.FPDFText_GetUnicode(text.raw, at)) for at in range(text.count_chars()))
        for first, end in lit(letters, mark):
            for at in range(text.count_rects(first, end - first)):
                left, bottom, right, top = text.get_rect(at)
                (x0, y0), (x1, y1) = _on_picture(page, left, top, size), _on_picture(page, right, bottom, size)
                yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
    finally:
        text.close()


def _on_picture(page: pdfium.PdfPage, x: float, y: float, size: tuple[int, int]) -> tuple[int, int]:
    """A point of the page as a dot of the picture, whichever way the page is turned."""
    across, down = ctypes.c_int(), ctypes.c_int()
    api.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, x, y, across, down)
    return across.value, down.value


def _letter(code: int) -> str:
    """One letter for each of the page, so that places agree."""
    return chr(code) if 0 < code <= sys.maxunicode and not 0xD800 <= code < 0xE000 else " "


def main(asked: BinaryIO, told: BinaryIO) -> None:
    """Answer the one question."""
    given = json.load(asked)
    allow(int(given["memory"]))
    try:
        made = pictured(Path(given["path"]), given["digest"], int(given["page"]), given["mark"])
    except MemoryError:
        made = Told("broken")
    told.write(json.dumps({"fault": made.fault, "lit": made.lit, "pages": made.pages}).encode() + b"\n" + made.png)
    told.flush()


if __name__ == "__main__":
    answers = sys.stdout.buffer
    sys.stdout = sys.stderr  # a parser that prints must not spoil the answer
    main(sys.stdin.buffer, answers)
