"""Common lines: what a notice says outside of its programmes flows in, programmes with what holds for each flow out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.identity.blocks import Segment, label_of
from ingest.labels.outline import PLAIN, heading, mark_of
from ingest.labels.text_lines import Line
from rag.text import squash

# The budget of all is that of none, and a period of all is told where a programme tells none.
_NOT_COMMON = frozenset({"예산", "목적", "개요", "사업명", "지원규모", "추진배경", "추진근거", "기대효과"})


def with_common(found: Sequence[Segment], lines: Sequence[Line]) -> list[Segment]:
    """The programmes, each with the labelled lines outside of all of them that do not speak of another one."""
    used = {id(line) for segment in found for line in segment.lines}
    others = [line for line in lines if id(line) not in used]
    outside = _labelled_lines(others)
    opening = tuple(line for line in others if _tells_who(line) and line not in outside)
    return [
        replace(segment, lines=(*segment.lines[:1], *opening, *segment.lines[1:], *_for(segment, found, outside)))
        for segment in found
    ]


def _tells_who(line: Line) -> bool:
    """Whether running text outside of all programmes says who may apply for each of them."""
    return not line.is_heading and not line.cells and label_of(line) is None and "신청할수있는" in squash(line.text)


def _labelled_lines(outside: Sequence[Line]) -> list[Line]:
    """The lines from the first label or heading of a label on, without those under labels of all programmes alone."""
    kept: list[Line] = []
    is_open = False
    opened = PLAIN
    for line in outside:
        label = label_of(line)
        mark = heading(len(line.path)) if line.is_heading else mark_of(line.text)
        if label or line.is_heading:
            is_open, opened = label is not None and label not in _NOT_COMMON, mark
        elif not line.cells and (mark.kind == opened.kind or mark.rank < opened.rank) and opened is not PLAIN:
            is_open = False
        if is_open:
            kept.append(line)
    return kept


def _for(segment: Segment, found: Sequence[Segment], outside: Sequence[Line]) -> list[Line]:
    own = squash(segment.name)
    others = [squash(other.name) for other in found if squash(other.name) != own]
    has = {label_of(line) for line in segment.lines} | {name for line in segment.lines for name in _columns(line)}
    kept = []
    for line in outside:
        words = squash(line.text)
        if own not in words and any(other in words for other in others):
            continue
        if label_of(line) == "신청기간" and "신청기간" in has:
            continue
        kept.append(line)
    return kept


def _columns(line: Line) -> list[str | None]:
    return [label_of(replace(line, cells=(name,))) for name in line.header if name]
