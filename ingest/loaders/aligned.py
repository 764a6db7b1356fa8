"""Aligned: lines of plain text flow in, runs of them that are set in columns flow out as rows, the rest as lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

_WORD = re.compile(r"\S+(?: \S+)*")
LEAST_COLUMNS = 3
"""Two columns are a label and its value, which need no table."""
LEAST_ROWS = 2
NEAR = 2
"""Columns of the page (a Hangul syllable is two wide) by which a cell may stand off the head of its column."""
LONGEST_NAME = 20
_FIGURES = re.compile(r"\d{2}")
_BULLET = re.compile(r"[^\w가-힣(]|\d{1,2}[.)]\s|[가-하]\.\s|\(?\d\)")

Run = list[list[str]] | str
"""The rows of a run of columns, all of one width, or one line that stands in none."""


def runs(lines: Sequence[str]) -> Iterator[Run]:
    """The lines in order: tables under a row of names, everything else as it was."""
    index = 0
    while index < len(lines):
        rows = _table(lines, index)
        if len(rows) > LEAST_ROWS:
            yield [row for row, _ in rows]
            index = rows[-1][1]
        else:
            yield lines[index]
            index += 1


def _table(lines: Sequence[str], start: int) -> list[tuple[list[str], int]]:
    """The rows that begin at a line, each with the place of the line after it; empty where no names stand there."""
    names = _cells(lines[start])
    if not _are_names([text for _, text in names]):
        return []
    rows = [([text for _, text in names], start + 1)]
    for index in range(start + 1, len(lines)):
        cells = _cells(lines[index])
        row = _row(cells, names)
        if row is None and len(rows) > 1 and len(cells) == 1 and (place := _column(cells[0][0], names)):
            # A line under one column alone goes on in its cell.
            rows[-1][0][place] = f"{rows[-1][0][place]} {cells[0][1]}".strip()
            rows[-1] = (rows[-1][0], index + 1)
        elif row is None:
            break
        else:
            rows.append((row, index + 1))
    return rows


def _row(cells: list[tuple[int, str]], names: list[tuple[int, str]]) -> list[str] | None:
    """The cells of a line under their names: as many as there are names, or each at the head of a column."""
    if len(cells) == len(names):
        return [text for _, text in cells]
    places = [_column(start, names) for start, _ in cells]
    if len(cells) < 2 or places[0] != 0 or None in places or len(set(places)) != len(places):
        return None
    row = [""] * len(names)
    for place, (_, text) in zip(places, cells, strict=True):
        row[place or 0] = text
    return row


def _column(start: int, names: list[tuple[int, str]]) -> int | None:
    return next((index for index, (head, _) in enumerate(names) if abs(head - start) <= NEAR), None)


def _are_names(texts: list[str]) -> bool:
    """Whether the cells of a line name columns: short words without bullets or figures."""
    if len(texts) < LEAST_COLUMNS or _BULLET.match(texts[0]) or sum(len(text) > 1 for text in texts) < 2:
        return False
    return all(
        len(text) <= LONGEST_NAME
        and re.search(r"[가-힣A-Za-z]", text)
        and ":" not in text
        and not _FIGURES.search(text)
        for text in texts
    )


def _cells(line: str) -> list[tuple[int, str]]:
    """The texts between gaps of two or more spaces, each with the column of the page it begins at."""
    return [(_width(line[: match.start()]), match[0]) for match in _WORD.finditer(line)]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
