"""Recognising: a page of letters and the boxes of its cells flow in, the pieces of text that tesseract reads flow out.

Each cell is set below the others before it is read, since lines of neighbouring cells that do not stand level
would be read across. Tesseract is no Python package: Debian has it as tesseract-ocr, with tesseract-ocr-kor.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

import numpy as np

from ingest.loaders.pages.layout import Box, Piece
from ingest.loaders.pages.scan import DPI, INK, POINT, Picture

COMMAND, LANGUAGE = "tesseract", "kor"
LONGEST = 20.0
"""Seconds a page may take."""
LEAST_SURE = 60.0
"""Mean certainty (0–100, as tesseract tells it) below which what was read is no writing: upright Korean pages have
about 90, pages on their side 35, photographs 27."""
MARGIN = 16
"""Dots of paper around each cell."""
USUAL = 1.3
"""Lines up to this many times as high as the usual one are of the usual size of type."""

_BLANK = 255
_COLUMNS = 12
_LINE, _WORD = "4", "5"


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the page, in dots: where it lies on the page and where on the sheet that is read."""

    left: int
    top: int
    set_top: int
    letters: Picture


@dataclass(frozen=True, slots=True)
class Said:
    """A line as read: its words, and its left, top, right and bottom on the sheet in dots."""

    text: str
    box: tuple[int, int, int, int]


def engine() -> str:
    """Name and version of the recogniser with its Korean data; '' where it is not installed."""
    if not shutil.which(COMMAND):
        return ""
    try:
        known = _run(["--list-langs"], b"").split()
        return _run(["--version"], b"").split("\n")[0].strip() if LANGUAGE in known else ""
    except (OSError, subprocess.SubprocessError):
        return ""


def recognised(letters: Picture, cells: Sequence[Box]) -> list[Piece] | None:
    """The words of the page, in points of the page: none where it shows no writing, `None` where reading it failed."""
    regions = list(_regions(letters, cells))
    options = ["-l", LANGUAGE, "--psm", "6", "--dpi", str(DPI), "-c", "tessedit_create_txt=1", "tsv"]
    try:
        told = _run(["stdin", "stdout", *options], _pgm(_sheet(regions)))
    except (OSError, subprocess.SubprocessError):
        return None
    lines, sure = _read(told)
    if sure < LEAST_SURE:
        return []
    usual = median(bottom - top for _, top, _, bottom in (line.box for line in lines))
    return [piece for line in lines for piece in _pieces(line, regions, usual)]


def _run(options: Sequence[str], given: bytes) -> str:
    # One thread: more of them take longer together than one alone, and each counts against the limit of memory.
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    done = subprocess.run(
        [COMMAND, *options], input=given, capture_output=True, timeout=LONGEST, check=True, env=environment
    )
    return done.stdout.decode("utf-8", "replace")


def _pgm(letters: Picture) -> bytes:
    height, width = letters.shape
    return b"P5 %d %d 255\n" % (width, height) + letters.tobytes()


def _regions(letters: Picture, cells: Sequence[Box]) -> Iterator[Region]:
    """What stands outside all cells, then the ink of each cell, one below the other on the sheet."""
    outside = letters.copy()
    inside = []
    for box in cells:
        left, top, right, bottom = (round(edge / POINT) for edge in box)
        part = letters[top:bottom, left:right]
        outside[top:bottom, left:right] = _BLANK
        if np.median(part) < INK if part.size else False:
            part = _BLANK - part  # light letters on dark ground
        inside.append((left, top, part))
    yield Region(0, 0, 0, outside)
    set_top = outside.shape[0]
    for left, top, part in inside:
        ink = part < INK
        rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
        if len(rows):
            trimmed = part[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
            yield Region(left + int(columns[0]), top + int(rows[0]), set_top + MARGIN, trimmed)
            set_top += trimmed.shape[0] + 2 * MARGIN


def _sheet(regions: Sequence[Region]) -> Picture:
    last = regions[-1]
    sheet = np.full((last.set_top + last.letters.shape[0] + MARGIN, regions[0].letters.shape[1] + MARGIN), _BLANK)
    done: Picture = sheet.astype(np.uint8)
    for region in regions:
        height, width = region.letters.shape
        left = MARGIN if region.set_top else 0
        done[region.set_top : region.set_top + height, left : left + width] = region.letters[:, : done.shape[1] - left]
    return done


def _read(told: str) -> tuple[list[Said], float]:
    """The lines and the mean certainty of their letters.

    The table of words has the boxes; the plain text has the spaces, which the table loses between Hangul.
    """
    rows = [line.split("\t") for line in told.split("\n")]
    table = [row for row in rows if len(row) == _COLUMNS]
    texts = iter([" ".join(row[0].split()) for row in rows if len(row) == 1 and row[0].strip()])
    words = [(row[11].strip(), float(row[10])) for row in table if row[0] == _WORD and row[11].strip()]
    letters = sum(len(word) for word, _ in words)
    sure = sum(len(word) * certainty for word, certainty in words) / max(letters, 1)
    lines = []
    for _, group in groupby((row for row in table if row[0] in (_LINE, _WORD)), key=lambda row: tuple(row[2:5])):
        line, *inner = group
        if any(word[11].strip() for word in inner) and (text := next(texts, "")):
            left, top, width, height = map(int, line[6:10])
            lines.append(Said(text, (left, top, left + width, top + height)))
    return lines, sure


def _pieces(line: Said, regions: Sequence[Region], usual: float) -> Iterator[Piece]:
    """The words of a line where they stand on the page; within the line each takes room as its letters do."""
    left, top, right, bottom = line.box
    middle = (top + bottom) / 2
    region = max((r for r in regions if r.set_top <= middle), key=lambda r: r.set_top)
    across = region.left - (MARGIN if region.set_top else 0)
    size = (usual if bottom - top <= USUAL * usual else bottom - top) * POINT
    foot = (bottom - region.set_top + region.top) * POINT
    step = (right - left) / max(_width(line.text), 1)
    place = float(left + across)
    for part in re.split("( )", line.text):
        end = place + step * _width(part)
        yield Piece(part, place * POINT, end * POINT, foot - size, size)
        place = end


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
