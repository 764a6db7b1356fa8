"""Segments: the lines of a document flow in, the stretches that each describe one programme flow out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.programs.labels import CORE, canonical, labelled, unbulleted
from ingest.programs.lines import Line
from rag.domain import Source
from rag.lexicon import Lexicon
from rag.text import squash

_CONTENTS_LINE = re.compile(r"^(?:\d{1,2}[.\-\d]*\s+)?(?P<name>\S.*?)[\s.·…]+\d{1,3}$")
_CHAPTER = re.compile(r"^(?:\d{1,2}\.|[ⅠⅡⅢⅣⅤⅥ]+\.?)\s*(?P<name>[가-힣][가-힣\s·]{1,20})$")
_OPENING = frozenset({"목적", "개요"})
_CLOSING = frozenset({"문의처", "신청기간", "신청방법"})
_TITLE_TAIL = re.compile(
    r"\s*(?:사업\s*)?(?:광역\s*지방정부|광역지방자치단체|참여기업|지원기업|수요기업|수혜기업)?\s*"
    r"(?:모집|공모|시행|추진|실행|운영|지원)?\s*(?:사업)?\s*"
    r"(?:실행계획|시행계획|추진계획|공고문?|보도자료|보도|안내서?|종합안내서|모집|공모)(?:\s*\(?안\)?)?$"
)
_QUOTED = re.compile(r"[「『‘'“<〈《\[]([^」』’'”>〉》\]]{4,40})[」』’'”>〉》\]]")
_PROGRAMME_LIKE = re.compile(
    r"(?:사업|지원|바우처|훈련|융자|자금|보증|센터|보급|조성|육성|아카데미|패키지|프로그램|펀드|인증|양성|도약|사다리)\s*(?:사업)?(?:\s*\([^)]*\))?$"
)
_ANNOUNCING = re.compile(r"사업|지원|모집|공모|바우처|융자|훈련|보급")


@dataclass(frozen=True, slots=True)
class Segment:
    """The lines about one programme; `chapter` is the ministry chapter it stands in, "" outside of any."""

    name: str
    chapter: str
    lines: tuple[Line, ...]


def segments(lines: Sequence[Line], source: Source, lexicon: Lexicon) -> tuple[list[Segment], list[Line]]:
    """Cut a document into programmes; the lines that belong to none are returned beside them."""
    contents = _contents(lines, lexicon)
    starts = _titled_starts(lines, contents, lexicon)
    starts = _with_untitled(lines, contents, starts)
    if len(starts) < 2 and not lexicon.program_named(source.title):
        starts = _headed_starts(lines) or starts
    if len(starts) < 2:
        name = _document_name(lines, source, lexicon)
        return ([Segment(name, "", tuple(lines))], []) if name else ([], list(lines))
    ordered = sorted(starts.items())
    chapters = dict(contents)
    found = []
    for (start, name), (end, _) in zip(ordered, [*ordered[1:], (len(lines), "")], strict=True):
        body = tuple(lines[start : _chapter_end(lines, start, end)])
        found.append(Segment(name, chapters.get(name) or _chapter_above(lines, start), body))
    return _merged(found), list(lines[: ordered[0][0]])


def programme_name(words: str, lexicon: Lexicon) -> str:
    """The canonical name for a title as printed; a title that staff have not listed is kept as it stands."""
    bare = re.sub(r"^[\d.\-\s]+(?=[가-힣A-Z「])", "", unbulleted(words.replace("*", ""))).strip()
    key = squash(bare)
    for name, aliases in lexicon.programs:
        if key in {squash(spelling) for spelling in (name, *aliases)}:
            return name
    without = re.sub(r"\s*\([^)]*\)\s*$", "", bare)
    for name, aliases in lexicon.programs:
        if squash(without) in {squash(spelling) for spelling in (name, *aliases)}:
            return name
    return bare


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
        match = _CONTENTS_LINE.match(line.text)
        if match and not line.cells and chapter and len(line.text) < 60:
            found.append((programme_name(match["name"], lexicon), chapter))
            last = index
    return found if len(found) >= 3 else []


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
            label = _label_of(lines[index])
            closed = closed or label in _CLOSING
            if closed and label in _OPENING:
                found[index] = name
                place[name] = index
                break
    return found


def _headed_starts(lines: Sequence[Line]) -> dict[int, str]:
    """Headings below which at least two core labels stand, where a document lists programmes nobody has named."""
    heads = [i for i, line in enumerate(lines) if line.is_heading and canonical(unbulleted(line.text)) is None]
    found: dict[int, str] = {}
    for start, end in zip(heads, [*heads, len(lines)][1:], strict=True):
        labels = {_label_of(line) for line in lines[start:end]} & CORE
        if len(labels) >= 2 and _PROGRAMME_LIKE.search(lines[start].text):
            found[start] = re.sub(r"^[\d.\-\s]+", "", unbulleted(lines[start].text))
    return found


def _document_name(lines: Sequence[Line], source: Source, lexicon: Lexicon) -> str | None:
    """The programme that the whole document is about, from its title or its first lines."""
    labels = {_label_of(line) for line in lines} & CORE
    if not labels and not _ANNOUNCING.search(source.title):
        return None
    known = lexicon.program_named(source.title)
    if known:
        return known
    quoted = _QUOTED.search(source.title)
    name = quoted[1] if quoted else _TITLE_TAIL.sub("", source.title)
    name = re.sub(r"^['’‘]?(?:20)?\d\d년(?:도)?\s*", "", name).strip()
    return name or source.title


def _merged(found: list[Segment]) -> list[Segment]:
    """Segments of one name joined, in order of first appearance."""
    joined: dict[str, Segment] = {}
    for segment in found:
        before = joined.get(segment.name)
        joined[segment.name] = Segment(before.name, before.chapter, before.lines + segment.lines) if before else segment
    return list(joined.values())


def _label_of(line: Line) -> str | None:
    if line.cells:
        return canonical(line.cells[0])
    found = labelled(line.text)
    return found[0] if found else None


def _label_within(lines: Sequence[Line], index: int, count: int) -> bool:
    return any(_label_of(line) for line in lines[index + 1 : index + 1 + count])


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
