"""Segments: the lines of a document flow in, the stretches that each describe one programme flow out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.identity.blocks import Segment, cards, headed_parts, label_of
from ingest.identity.titles import (
    bare_title,
    document_name,
    is_other_matter,
    known_program,
    programme_name,
    reads_as_programme,
    stated_name,
)
from ingest.labels.fields import CORE, Column, canonical, column_of
from ingest.labels.text_lines import Line
from ingest.labels.typed_rows import WORDS, names_parts
from ingest.programs.common import with_common
from rag.domain import Source
from rag.lexicon import Lexicon
from rag.text import squash

__all__ = ["Segment", "programme_name", "segments"]

_CONTENTS_LINE = re.compile(r"^(?:\d{1,2}[.\-\d]*\s+)?(?P<name>\S.*?)[\s.·…]+\d{1,3}$")
_CHAPTER = re.compile(r"^(?:\d{1,2}\.|[ⅠⅡⅢⅣⅤⅥ]+\.?)\s*(?P<name>[가-힣][가-힣\s·]{1,20})$")
_OPENING = frozenset({"목적", "개요"})
_CLOSING = frozenset({"문의처", "신청기간", "신청방법"})


def segments(lines: Sequence[Line], source: Source, lexicon: Lexicon) -> tuple[list[Segment], list[Line]]:
    """Cut a document into programmes; the lines that belong to none are returned beside them."""
    contents = _contents(lines, lexicon)
    starts = _titled_starts(lines, contents, lexicon)
    starts = _with_untitled(lines, contents, starts)
    if len(starts) < 2 and not known_program(source.title, lexicon) and not is_other_matter(source):
        listed = _listed(lines, lexicon)
        headed = headed_parts(lines, frozenset(map(squash, listed.values())))
        if not headed and (carded := cards(lines)):
            # The pages of a booklet have nothing in common but the cover.
            found = [Segment(part.name, "", tuple(lines[part.start : part.end])) for part in carded]
            return found, _outside(found, lines)
        starts = _stated_starts(lines, lexicon) or {part.start: part.name for part in headed} or starts
        if len(listed) >= 2 and not (len(starts) >= 2 and not _share(listed, starts)):
            return _with_listed(lines, starts, listed, {part.start: part.end for part in headed})
        if len(headed) >= 2 and starts == {part.start: part.name for part in headed}:
            found = _merged(
                [
                    Segment(part.name, _chapter_above(lines, part.start), tuple(lines[part.start : part.end]))
                    for part in headed
                ]
            )
            return with_common(found, lines), _outside(found, lines)
    if len(starts) < 2:
        name = document_name(lines, source, lexicon)
        return ([Segment(name, "", tuple(lines))], []) if name else ([], list(lines))
    ordered = sorted(starts.items())
    chapters = dict(contents)
    found = []
    for (start, name), (end, _) in zip(ordered, [*ordered[1:], (len(lines), "")], strict=True):
        body = tuple(lines[start : _chapter_end(lines, start, end)])
        found.append(Segment(name, chapters.get(name) or _chapter_above(lines, start), body))
    return _merged(found), list(lines[: ordered[0][0]])


def _contents(lines: Sequence[Line], lexicon: Lexicon) -> list[tuple[str, str]]:
    """Programme names of a table of contents with their chapter, in order; empty when there is none."""
    found: list[tuple[str, str]] = []
    chapter = ""
    last = -10
    for index, line in enumerate(lines):
        if found and index - last > 6:
            break
        heading = _CHAPTER.match(line.text)
        if heading:
            chapter = heading["name"].strip()
            last = index if found else last
            continue
        is_short = len(line.text) < 60  # asked first, for the pattern takes the square of the length
        match = _CONTENTS_LINE.match(line.text) if is_short and chapter and not line.cells else None
        if match:
            found.append((programme_name(match["name"], lexicon), chapter))
            last = index
    listed = {name for name, _ in lexicon.programs}
    alike = [name for name, _ in found if name in listed or reads_as_programme(name)]
    return found if len(found) >= 3 and len(alike) * 2 > len(found) else []


def _titled_starts(lines: Sequence[Line], contents: list[tuple[str, str]], lexicon: Lexicon) -> dict[int, str]:
    """Lines that consist of a programme's name and are soon followed by a label."""
    names = {name for name, _ in contents} | {name for name, _ in lexicon.programs}
    found: dict[int, str] = {}
    seen: set[str] = set()
    for index, line in enumerate(lines):
        if line.cells or len(line.text) > 60 or _CONTENTS_LINE.match(line.text):
            continue
        name = programme_name(line.text, lexicon)
        if name in names and name not in seen and squash(name) in squash(line.text) and _label_within(lines, index, 15):
            found[index] = name
            seen.add(name)
    return found


def _with_untitled(lines: Sequence[Line], contents: list[tuple[str, str]], starts: dict[int, str]) -> dict[int, str]:
    """Add programmes of the contents whose title is lost: they begin where 목적/개요 returns after a 문의처."""
    place = {name: index for index, name in starts.items()}
    order = [name for name, _ in contents]
    found = dict(starts)
    for number, name in enumerate(order):
        if name in place or number == 0 or order[number - 1] not in place:
            continue
        begin = place[order[number - 1]]
        end = min((place[later] for later in order[number + 1 :] if later in place), default=len(lines))
        closed = False
        for index in range(begin, end):
            label = label_of(lines[index])
            closed = closed or label in _CLOSING
            if closed and label in _OPENING:
                found[index] = name
                place[name] = index
                break
    return found


def _stated_starts(lines: Sequence[Line], lexicon: Lexicon) -> dict[int, str]:
    """Where 사업명 begins the card of a programme, if there are several; the title above a card belongs to it."""
    found: dict[int, str] = {}
    for index, line in enumerate(lines):
        name = stated_name(line)
        if name:
            start = index - 1 if index and lines[index - 1].is_heading else index
            found[start] = programme_name(bare_title(name), lexicon)
    return found if len(set(found.values())) >= 2 else {}


def _listed(lines: Sequence[Line], lexicon: Lexicon) -> dict[int, str]:
    """Rows of a table that lists programmes, a row each, beside columns headed by labels."""
    found: dict[int, str] = {}
    inner: dict[int, bool] = {}
    for index, line in enumerate(lines):
        columns = [column_of(name) for name in line.header]
        if line.cells == line.header or Column.PROGRAM not in columns or len(line.cells) != len(columns):
            continue
        name = " ".join(line.cells[columns.index(Column.PROGRAM)].split())
        if len({canonical(word) for word in line.header} & CORE) >= 2 and name:
            found[index] = programme_name(bare_title(name), lexicon)
            inner[index] = names_parts(line.header)
    are_parts = all(inner.values()) and not all(map(reads_as_programme, found.values()))
    return {} if are_parts or all(name.endswith(WORDS["kinds"]) for name in found.values()) else found


def _share(listed: dict[int, str], starts: dict[int, str]) -> bool:
    return bool({squash(name) for name in listed.values()} & {squash(name) for name in starts.values()})


def _with_listed(
    lines: Sequence[Line], starts: dict[int, str], listed: dict[int, str], ends: dict[int, int]
) -> tuple[list[Segment], list[Line]]:
    """A segment for each row of the list, with the stretch below the heading of the same name where there is one."""
    places = [*sorted(starts), len(lines)]
    headed = {squash(starts[start]): tuple(lines[start : ends.get(start, end)]) for start, end in pairwise(places)}
    found = _merged([Segment(name, "", (lines[row], *headed.get(squash(name), ()))) for row, name in listed.items()])
    return with_common(found, lines), _outside(found, lines)


def _outside(found: Sequence[Segment], lines: Sequence[Line]) -> list[Line]:
    used = {id(line) for segment in found for line in segment.lines}
    return [line for line in lines if id(line) not in used]


def _merged(found: list[Segment]) -> list[Segment]:
    """Segments of one name joined, in order of first appearance."""
    joined: dict[str, Segment] = {}
    for segment in found:
        before = joined.get(segment.name)
        joined[segment.name] = Segment(before.name, before.chapter, before.lines + segment.lines) if before else segment
    return list(joined.values())


def _label_within(lines: Sequence[Line], index: int, count: int) -> bool:
    return any(label_of(line) for line in lines[index + 1 : index + 1 + count])


def _chapter_above(lines: Sequence[Line], start: int) -> str:
    for part in reversed(lines[start].path):
        match = _CHAPTER.match(part)
        if match:
            return match["name"].strip()
    return ""


def _chapter_end(lines: Sequence[Line], start: int, end: int) -> int:
    """Where the chapter of a segment ends: at a chapter heading before the next programme."""
    for index in range(start + 1, end):
        if lines[index].is_heading and _CHAPTER.match(lines[index].text):
            return index
    return end
