"""Segments: the lines of a document flow in, the stretches that each describe one programme flow out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.identity.titles import (
    bare_title,
    document_name,
    is_other_matter,
    known_program,
    programme_name,
    reads_as_programme,
    stated_name,
)
from ingest.labels.fields import CORE, Column, canonical, column_of, has_number, labelled, said
from ingest.labels.lines import Line
from ingest.labels.outline import PLAIN, Mark, heading, mark_of, unbulleted
from ingest.labels.typed_rows import WORDS, names_parts
from rag.domain import Source
from rag.lexicon import Lexicon
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
# The budget of all is that of none, and a period of all is told where a programme tells none.
_NOT_COMMON = frozenset({"예산", "목적", "개요", "사업명", "지원규모", "추진배경", "추진근거", "기대효과"})
_CONTENTS_LINE = re.compile(r"^(?:\d{1,2}[.\-\d]*\s+)?(?P<name>\S.*?)[\s.·…]+\d{1,3}$")
_CHAPTER = re.compile(r"^(?:\d{1,2}\.|[ⅠⅡⅢⅣⅤⅥ]+\.?)\s*(?P<name>[가-힣][가-힣\s·]{1,20})$")
_OPENING = frozenset({"목적", "개요"})
_CLOSING = frozenset({"문의처", "신청기간", "신청방법"})


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
