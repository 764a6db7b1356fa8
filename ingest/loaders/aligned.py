"""Aligned text: lines of plain text flow in, stretches whose words stand in columns set with spaces flow out as rows.

A typist makes a table with runs of spaces: the second words of neighbouring lines begin in one column. A line that
begins there too goes on with the cell above.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_GAP = re.compile(r"\s{2,}")
_NEAR = 3
"""Columns by which words may miss the start of their column; marks such as ○ are one column wide or two."""
_LEAST_COLUMNS = 3
_LONGEST_NAME = 40
"""Columns that the first cell takes at most; what is longer is running text with a hole in it."""
_MARK = re.compile(r"(?:[Ⅰ-Ⅻ]\.?|\d{1,2}[.)]|\d{1,2}[-.]\d{1,2}\.?|[가-하][.)]|\(\d{1,2}\)|[^\w\s\[(\"'「『<]{1,2})$")
# What begins a statement of its own in the line below.
_ITEM = re.compile(r"[^\w\s(\"'「『<가-힣]|\d{1,2}(?:회차|차|[.)])|[가-하][.)]|\(?\d\)")
_ENCLOSED = re.compile(r"(?:붙임|첨부|별첨|별지)")
_REACH = re.compile(r"\d{3,4}-\d{4}")
_RULE = re.compile(r"[\s\-=─━═_*~·.│┃┌┐└┘├┤┬┴┼╔╗╚╝╠╣]+$")
_BOX = re.compile(r"[│┃┌┐└┘├┤║]")


@dataclass(frozen=True, slots=True)
class _Cells:
    """The words of a line between gaps, and the column each begins in."""

    words: tuple[str, ...]
    starts: tuple[int, ...]


Run = list[list[str]] | str
"""The rows of a stretch in columns, all of one width, or one line that stands in none."""


def runs(lines: Sequence[str]) -> Iterator[Run]:
    """The lines in order: stretches in columns as rows of cells, everything else as it was."""
    index = 0
    while index < len(lines):
        count, rows = _table(lines, index)
        if rows:
            yield rows
        else:
            yield lines[index]
        index += count or 1


def _table(lines: Sequence[str], begin: int) -> tuple[int, list[list[str]]]:
    """How many lines from `begin` on stand in columns, and their rows; no rows where they do not."""
    first = _cells(lines[begin])
    if len(first.words) < 2 or _ENCLOSED.match(first.words[0]) or first.starts[1] - first.starts[0] > _LONGEST_NAME:
        return 0, []
    rows = [first]
    more: list[list[tuple[int, str]]] = [[]]
    index = begin + 1
    while index < len(lines):
        cells = _cells(lines[index])
        if not cells.words:
            break
        if len(rows) == 1 and _is_head(first, cells):
            rows.append(cells)
            more.append([])
            index += 1
            continue
        seen = {start for row in rows for start in row.starts[1:]}
        if len(cells.words) > 1 and _is_near(cells.starts[1], seen) and _is_near(cells.starts[0], {first.starts[0]}):
            rows.append(cells)
            more.append([])
        elif cells.starts[0] >= min(seen) - _NEAR and cells.starts[0] > first.starts[0] + _NEAR:
            is_row = len(cells.words) > 1 and all(_is_near(start, seen) for start in cells.starts)
            if is_row and _REACH.search(cells.words[-1]):
                # One more office with its phone beside the label above.
                rows.append(cells)
                more.append([])
            elif is_row:
                more[-1] += zip(cells.starts, cells.words, strict=True)
            else:
                more[-1].append((cells.starts[0], lines[index].strip()))
        elif len(cells.words) == 1 and _goes_on(lines, index + 1, first, seen):
            rows.append(cells)
            more.append([])
        else:
            break
        index += 1
    if len(rows) < 2 and not (more[0] and len(first.words) == 2):
        return 0, []
    # Letters set wide apart ("시   장") are one word.
    if any(sum(len(word) > 1 for word in row.words) < min(2, len(row.words)) for row in rows[:1]):
        return 0, []
    columns = max(rows, key=lambda row: len(row.words)).starts
    return index - begin, [_row(row, columns, extra) for row, extra in zip(rows, more, strict=True)]


def _goes_on(lines: Sequence[str], index: int, first: _Cells, seen: set[int]) -> bool:
    """Whether a table of three columns or more goes on at a line, below a note that stands between its rows."""
    below = _cells(lines[index]) if index < len(lines) else _Cells((), ())
    is_row = len(below.words) >= _LEAST_COLUMNS and len(below.words) == len(first.words)
    return is_row and all(_is_near(start, seen | {first.starts[0]}) for start in below.starts)


def _is_head(above: _Cells, below: _Cells) -> bool:
    """Whether a line names the columns of the line below it, which has more of them."""
    is_named = not any(character.isdigit() for word in above.words for character in word)
    return is_named and 1 < len(above.words) < len(below.words) and _is_near(above.starts[0], {below.starts[0]})


def _row(cells: _Cells, columns: Sequence[int], more: Sequence[tuple[int, str]]) -> list[str]:
    """The cells of a line, each in the column it begins nearest to, with the lines that go on below them."""
    row = [""] * len(columns)
    cells = _parted(cells, columns)
    for start, words in [*zip(cells.starts, cells.words, strict=True), *more]:
        place = min(range(len(columns)), key=lambda column: abs(columns[column] - start))
        link = "\n" if row[place] and _ITEM.match(words) else " "
        row[place] = f"{row[place]}{link}{words}".strip()
    return row


def _parted(cells: _Cells, columns: Sequence[int]) -> _Cells:
    """The cells, a name that is as wide as its column cut where the second column begins with a space before it."""
    if not _LEAST_COLUMNS <= len(columns) == len(cells.words) + 1 or _is_near(columns[1], set(cells.starts)):
        return cells
    start, word = cells.starts[0], cells.words[0]
    for place, letter in enumerate(word):
        if letter == " " and start + _columns(word[: place + 1]) == columns[1]:
            return _Cells((word[:place], word[place + 1 :], *cells.words[1:]), (start, columns[1], *cells.starts[1:]))
    return cells


def _cells(line: str) -> _Cells:
    if _RULE.match(line) or _BOX.search(line):
        return _Cells((), ()) if not line.strip() else _Cells((line.strip(),), (0,))
    words: list[str] = []
    starts: list[int] = []
    body = line.rstrip()
    begin = len(body) - len(body.lstrip())
    for gap in [*_GAP.finditer(body, begin), None]:
        end = gap.start() if gap else len(body)
        if end > begin:
            # A mark set apart from its words is no cell of its own.
            if len(words) == 1 and _MARK.match(words[0]):
                words[0] = f"{words[0]} {body[begin:end]}"
            else:
                words.append(body[begin:end])
                starts.append(_columns(body[:begin]))
        begin = gap.end() if gap else end
    return _Cells(tuple(words), tuple(starts))


def _is_near(start: int, columns: set[int]) -> bool:
    return any(abs(start - column) <= _NEAR for column in columns)


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
