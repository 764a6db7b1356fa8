"""Blocks: the lines of a notice or booklet flow in, the parts that a head each gives to one programme flow out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.identity.titles import reads_as_programme
from ingest.labels.fields import CORE, canonical, has_number, said
from ingest.labels.labelled import labelled
from ingest.labels.outline import PLAIN, Mark, heading, mark_of, unbulleted
from ingest.labels.text_lines import Line
from rag.text import squash

# "[사업 1] …", "사업 2. …": the head says itself that a programme follows.
_NUMBERED = re.compile(
    r"^\W*(?:(?:세부|내역|단위|지원)?사업|프로그램)\s?(?:\d{1,2}|[①-⑳ⅠⅡⅢⅣ]|[가-바](?=[.)\]]))\s?[\]】>).:\-]*\s*(?=[가-힣A-Z「『])"
)
# What ends the part of the last programme: matters of all.
_OF_ALL = ("공통", "유의", "주의", "문의", "기타", "참고", "붙임", "첨부", "설명회", "일반사항", "그밖")
_NO_NAME = ("공통", "유의")
_NO_NAME_ENDS = ("안내", "개요", "다", "요", "음", "함")
_LONGEST_NAME = 50
_LEAST_LABELS = 2
# A programme of its own says more than the track of one: whom, what, when or how, and whom to ask.
_LEAST_OF_CARD = 4
# Lines between the name of a programme and its first label: what it is about in a sentence or two.
_LONGEST_LEAD = 4
_COUNTED = re.compile(r"^\W*\d{1,2}\s+(?=[가-힣A-Z「『])")
_PAGE_MARKS = " -–—·|[]()<>~"
# "경영지원" over a page is the chapter of many programmes.
_LONGEST_CHAPTER = 6


@dataclass(frozen=True, slots=True)
class Segment:
    """The lines about one programme; `chapter` is the ministry chapter it stands in, "" outside of any."""

    name: str
    chapter: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The lines from `start` up to `end` under the name of a programme."""

    name: str
    start: int
    end: int


def headed_parts(lines: Sequence[Line], listed: frozenset[str]) -> list[Part]:
    """Parts under heads of one rank that have labels in common; `listed` are squashed names a table lists.

    Heads of which fewer than half read as names of programmes are the sections or tracks of one programme.
    """
    marks = [_mark(line) for line in lines]
    by_kind: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if not line.cells and marks[index] is not PLAIN and is_name(line):
            by_kind.setdefault("사업" if _NUMBERED.match(line.text) else marks[index].kind, []).append(index)
    for starts in sorted(by_kind.values(), key=lambda starts: marks[starts[0]].rank):
        parts = [_part(lines, marks, start, end) for start, end in pairwise([*starts, len(lines)])]
        held = {part: labels_of(lines[part.start : part.end]) for part in parts}
        kept = [part for part in parts if len(held[part]) >= _LEAST_LABELS]
        alike = [part for part in kept if reads_as_programme(part.name) or squash(part.name) in listed]
        is_told = all(_NUMBERED.match(lines[part.start].text) for part in kept)
        shared = [
            part for part in kept if any(len(held[part] & held[p]) >= _LEAST_LABELS for p in kept if p is not part)
        ]
        if len(shared) >= 2 and (is_told or len(alike) * 2 > len(kept)):
            return shared
    return []


def label_of(line: Line) -> str | None:
    """The label that a line or row begins with."""
    if line.cells:
        return canonical(line.cells[0])
    found = labelled(line.text)
    return found[0] if found else None


def labels_of(lines: Sequence[Line]) -> set[str]:
    """The labels that lines about one programme share with those about others."""
    return {label for line in lines if (label := label_of(line))} & CORE


def _mark(line: Line) -> Mark:
    if line.is_heading:
        return heading(len(line.path))
    return Mark("사업", 2) if _NUMBERED.match(line.text) else mark_of(line.text)


def is_name(line: Line) -> bool:
    """Whether a line may be the name of a programme that stands over what is said of it."""
    name = name_of(line)
    if not 4 <= len(name) <= _LONGEST_NAME or canonical(name) is not None or said(name) is not None:
        return False
    return bool(_NUMBERED.match(line.text)) or not _says(name)


def _says(name: str) -> bool:
    """Whether words speak of all programmes, or state something: no name of one."""
    is_stating = has_number(name) or bool(name.replace("：", ":").partition(":")[2].strip())
    return is_stating or any(w in name for w in _NO_NAME) or name.removesuffix(".").endswith(_NO_NAME_ENDS)


def name_of(line: Line) -> str:
    """The words of a head without its mark and number."""
    bare = _NUMBERED.sub("", line.text)
    return unbulleted(bare).lstrip("0123456789.- \t").strip("「」『』 ")


def _part(lines: Sequence[Line], marks: Sequence[Mark], start: int, end: int) -> Part:
    """The part of a head: up to the next one, a head of higher rank, or one of its own on matters of all."""
    own = marks[start]
    for index in range(start + 1, end):
        mark = marks[index]
        above = mark.rank < own.rank or (mark.rank == own.rank == 0 and mark.kind < own.kind)
        beside = (
            mark.kind == own.kind
            and any(word in squash(lines[index].text) for word in _OF_ALL)
            and len(lines[index].text) <= _LONGEST_NAME
        )
        if mark is not PLAIN and not lines[index].cells and (above or beside):
            end = index
            break
    return Part(name_of(lines[start]), start, end)


def cards(lines: Sequence[Line]) -> list[Part]:
    """The programmes of a booklet, each from its name to the next one; none where fewer than two read as such."""
    starts = _starts(lines)
    parts = [Part(name_of(lines[start]), start, end) for start, end in pairwise([*starts, len(lines)])]
    held = [part for part in parts if len(labels_of(lines[part.start : part.end])) >= _LEAST_OF_CARD]
    alike = [part for part in held if reads_as_programme(part.name)]
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
        return _is_chapter(name), not reads_as_programme(name), place

    return min(places, key=rank)


def _is_like(line: Line, kind: str) -> bool:
    """Whether a line may be a name beside others that stand behind the same kind of mark."""
    return not line.cells and _kind(line) == kind and is_name(line) and not line.text.strip(_PAGE_MARKS).isdecimal()


def _is_title(line: Line) -> bool:
    name = name_of(line)
    if line.cells or line.text.strip(_PAGE_MARKS).isdecimal() or not is_name(line):
        return False
    return _kind(line) != "" or (bool(reads_as_programme(name)) and not _is_chapter(name))


def _is_chapter(name: str) -> bool:
    return " " not in name and len(name) <= _LONGEST_CHAPTER


def _kind(line: Line) -> str:
    """What tells the line from running text: a heading's depth, a mark or a number; "" for none."""
    if line.is_heading:
        return f"#{len(line.path)}"
    return "1" if _COUNTED.match(line.text) else mark_of(line.text).kind
