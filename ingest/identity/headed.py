"""Headed parts: the lines of a notice flow in, the parts that a parallel head each gives to one programme flow out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.identity.titles import PROGRAMME_LIKE
from ingest.labels.fields import CORE, canonical, said
from ingest.labels.labelled import labelled
from ingest.labels.outline import PLAIN, Mark, heading, mark_of, unbulleted
from ingest.labels.text_lines import Line
from rag.text import squash

# "[사업 1] …", "사업 2. …": the head says itself that a programme follows.
_NUMBERED = re.compile(
    r"^\W*(?:(?:세부|내역|단위|지원)?사업|프로그램)\s?(?:\d{1,2}|[①-⑳ⅠⅡⅢⅣ]|[가-바](?=[.)\]]))\s?[\]】>).:\-]*\s*(?=[가-힣A-Z「『])"
)
_NOT_A_NAME = re.compile(r"공통|유의|안내$|개요$|\d{2}|[:：]\s*\S|[다요음함]\.?$")
# What ends the part of the last programme: matters of all.
_OF_ALL = re.compile(r"공통|유의|주의|문의|기타|참고|붙임|첨부|설명회|일반\s?사항|그\s?밖")
_LONGEST_NAME = 50
_LEAST_LABELS = 2


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
        alike = [part for part in kept if PROGRAMME_LIKE.search(part.name) or squash(part.name) in listed]
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
    return bool(_NUMBERED.match(line.text)) or not _NOT_A_NAME.search(name)


def name_of(line: Line) -> str:
    """The words of a head without its mark and number."""
    bare = _NUMBERED.sub("", line.text)
    return re.sub(r"^[\d.\-\s]+", "", unbulleted(bare)).strip("「」『』 ")


def _part(lines: Sequence[Line], marks: Sequence[Mark], start: int, end: int) -> Part:
    """The part of a head: up to the next one, a head of higher rank, or one of its own on matters of all."""
    own = marks[start]
    for index in range(start + 1, end):
        mark = marks[index]
        above = mark.rank < own.rank or (mark.rank == own.rank == 0 and mark.kind < own.kind)
        beside = (
            mark.kind == own.kind
            and bool(_OF_ALL.search(lines[index].text))
            and len(lines[index].text) <= _LONGEST_NAME
        )
        if mark is not PLAIN and not lines[index].cells and (above or beside):
            end = index
            break
    return Part(name_of(lines[start]), start, end)
