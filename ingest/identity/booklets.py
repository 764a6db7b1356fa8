"""Cards: the lines of a booklet flow in, the parts that each begin with a name over a block of labels flow out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ingest.identity.headed import Part, is_name, label_of, labels_of, name_of
from ingest.identity.titles import PROGRAMME_LIKE
from ingest.labels.outline import mark_of
from ingest.labels.text_lines import Line

# A programme of its own says more than the track of one: whom, what, when or how, and whom to ask.
_LEAST_LABELS = 4
# Lines between the name of a programme and its first label: what it is about in a sentence or two.
_LONGEST_LEAD = 4
_NUMBERED = re.compile(r"^\W*\d{1,2}\s+(?=[가-힣A-Z「『])")
_PAGE = re.compile(r"\W*\d{1,3}\W*")
# "경영지원" over a page is the chapter of many programmes.
_LONGEST_CHAPTER = 6


def cards(lines: Sequence[Line]) -> list[Part]:
    """The programmes of a booklet, each from its name to the next one; none where fewer than two read as such."""
    starts = _starts(lines)
    parts = [Part(name_of(lines[start]), start, end) for start, end in pairwise([*starts, len(lines)])]
    held = [part for part in parts if len(labels_of(lines[part.start : part.end])) >= _LEAST_LABELS]
    alike = [part for part in held if PROGRAMME_LIKE.search(part.name)]
    is_booklet = len(held) == len(parts) >= 2 and len(alike) * 2 > len(held)
    return held if is_booklet and len({part.name for part in held}) == len(held) else []


def _starts(lines: Sequence[Line]) -> list[int]:
    """Where the names stand over blocks that begin with the same label, all marked in the way most blocks have.

    Beside names that read as such, one that does not ("금형 업체 이차보전") is told by its place and mark.
    """
    often = Counter(line.text for line in lines)
    blocks: list[tuple[str, list[int]]] = []
    gap: list[int] = []
    for index, line in enumerate(lines):
        if label := label_of(line):
            blocks.append((label, [i for i in gap if index - i <= _LONGEST_LEAD and often[lines[i].text] == 1]))
            gap = []
        else:
            gap.append(index)
    ways = Counter(
        way for label, places in blocks for way in {(label, _kind(lines[i])) for i in places if _is_title(lines[i])}
    )
    # A mark tells a name from running text better than its place.
    usual = max(ways, key=lambda way: (ways[way], bool(way[1])), default=None)
    if usual is None:
        return []
    found = [[i for i in places if _is_like(lines[i], usual[1])] for label, places in blocks if label == usual[0]]
    return [_first(places, lines) for places in found if places]


def _first(places: Sequence[int], lines: Sequence[Line]) -> int:
    """The first of some lines, one that reads as a name before all others."""

    def rank(place: int) -> tuple[bool, bool, int]:
        name = name_of(lines[place])
        return _is_chapter(name), not PROGRAMME_LIKE.search(name), place

    return min(places, key=rank)


def _is_like(line: Line, kind: str) -> bool:
    """Whether a line may be a name beside others that stand behind the same kind of mark."""
    return not line.cells and _kind(line) == kind and is_name(line) and not _PAGE.fullmatch(line.text)


def _is_title(line: Line) -> bool:
    name = name_of(line)
    if line.cells or _PAGE.fullmatch(line.text) or not is_name(line):
        return False
    return _kind(line) != "" or (bool(PROGRAMME_LIKE.search(name)) and not _is_chapter(name))


def _is_chapter(name: str) -> bool:
    return " " not in name and len(name) <= _LONGEST_CHAPTER


def _kind(line: Line) -> str:
    """What tells the line from running text: a heading's depth, a mark or a number; "" for none."""
    if line.is_heading:
        return f"#{len(line.path)}"
    return "1" if _NUMBERED.match(line.text) else mark_of(line.text).kind
