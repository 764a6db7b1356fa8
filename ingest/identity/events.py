"""Events: the lines of a notice and its title flow in; what it changes of a call that stands already flows out.

A title that announces a change of which no sentence could be read gives a patch of its own, so that nobody believes
the earlier notice unwarned.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import takewhile
from pathlib import Path

from ingest.labels.lines import Line
from rag.domain import Changed, ChangeKind, Contact, Document, Evidence, Patch, Source
from rag.grammar.typed import Clock, Days, Grain, Money, Phone, Share, Typed
from rag.grammar.values import Value, read_values
from rag.text import squash
from rag.wordlists import word_lists

_LONGEST = 300
"""Letters of a sentence above which it is none."""
_QUOTES = (("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"), ("「", "」"), ("『", "』"))
# Between a value and the word that joins it to another stands at most so much, brackets left out.
_GAP = 4
_GIVER = 30
"""Letters of the name of who gives notice, before the number of the notice."""
_DASHES = frozenset("-‐‑–—―−")
_REACH, _NEAR = 60, 20
"""Letters on each side of a joint that are read, and within which a figure must stand for that."""


@dataclass(frozen=True, slots=True)
class _Notice:
    """A notice: its title, what its title does to the call, and the day from which days without a year count."""

    title: str
    kind: ChangeKind | None
    as_of: date

    def patch(self, kind: ChangeKind, field: Changed, evidence: Evidence) -> Patch:
        return Patch(kind, field, evidence, self.title)


def patches_of(
    lines: Sequence[Line],
    source: Source,
    name: str,
    year: int | None,
    published: date | None,
    offices: Sequence[Contact] = (),
    *,
    is_read: bool = False,
) -> tuple[Patch, ...]:
    """What a notice changes, in reading order; `offices` are the contacts read from it, `name` its programme.

    `is_read` tells that it states days, figures or conditions of its own, which then are what it changes.
    """
    notice = _Notice(source.title, announced(source.title, name), published or date(year or 1, 1, 1))
    found = [patch for line in lines for patch in _of_line(line, notice, source, offices)]
    found = _with_old_day(found, lines, notice)
    days = {patch.kind for patch in found if patch.field is Changed.PERIOD}
    if notice.kind is None:
        return tuple(found)
    opening = lines[0].evidence(source.id, source.title)
    if notice.kind is ChangeKind.CORRECTED and _says(_beyond(source.title, name), "person"):
        # Such a notice changes whom to ask, and no day.
        named = any(office.phones for office in offices) and not found
        return (*found, *((notice.patch(notice.kind, Changed.PERSON, opening),) if named else ()))
    if notice.kind is ChangeKind.CANCELLED and notice.kind not in days:
        found.append(notice.patch(notice.kind, Changed.PERIOD, opening))
    elif notice.kind is ChangeKind.CLOSED and not days and published:
        found.append(replace(notice.patch(notice.kind, Changed.PERIOD, opening), day=published))
    elif not is_read and (not found or (notice.kind in (ChangeKind.EXTENDED, ChangeKind.CLOSED) and not days)):
        found.append(notice.patch(ChangeKind.UNREAD, Changed.PERIOD, opening))
    elif not found:
        found.append(notice.patch(notice.kind, Changed.ROWS, opening))
    return tuple(found)


def notice_numbers(document: Document) -> tuple[str, tuple[str, ...]]:
    """The number of a notice itself ("2026-120"), "" where none is told, and those of the notices that it speaks of.

    Its own stands alone or behind who gives notice; within a sentence, or called the earlier one, it is another's.
    """
    own = ""
    told: dict[str, None] = {}
    lines = (line for block in document.blocks for line in block.text.split("\n"))
    for line in (document.source.title, *lines):
        if "공고" not in line or not _has_digit(line):
            continue
        words = squash(line)
        for before, number, behind in _numbered(words):
            told[number] = None
            is_earlier = _says(before, "earlier") or "".join(filter(str.isalnum, before)) == "원"
            if not (own or behind or is_earlier) and len(before) <= _GIVER:
                own = number
    return own, tuple(number for number in told if number != own)


def _numbered(words: str) -> Iterator[tuple[str, str, str]]:
    """Each number of a notice in words without white space, with what stands before "공고" and behind the number."""
    before, *parts = words.split("공고")
    for part in parts:
        rest = part.removeprefix("번호").lstrip(":：([").removeprefix("제")
        year, dash, serial = rest[:4], rest[4:5], rest[5:]
        digits = "".join(takewhile(str.isdigit, serial))
        if year.isdecimal() and dash in _DASHES and digits:
            yield before, f"{year}-{int(digits)}", serial[len(digits) :].removeprefix("호").lstrip(")]")
        before += f"공고{part}"


def _with_old_day(found: list[Patch], lines: Sequence[Line], notice: _Notice) -> list[Patch]:
    """The patches, those of days alone with the last day that a sentence tells of the time before the change."""
    moved = [p for p in found if p.field is Changed.PERIOD and p.day and not p.was]
    before = [day for line in lines if moved and _says(squash(line.text), "before") for day in _last_days(line, notice)]
    if len(set(before)) != 1:
        return found
    # The sentence on what was planned tells no new day.
    told = [p for p in found if not (p in moved and p.day == before[0])]
    return [replace(p, was_day=before[0]) if p in moved else p for p in told] if told else found


def _last_days(line: Line, notice: _Notice) -> Iterator[date]:
    """The last day of each span of days in the sentences on what was planned."""
    for sentence in line.text.replace("다. ", "다.\n").split("\n"):
        if _says(squash(sentence), "before"):
            yield from (days.last for days in _days(sentence, notice)[:1] if days.last)


def announced(title: str, name: str) -> ChangeKind | None:
    """What a title does to a call that stands already, by the words that are not the programme's name."""
    bare = _beyond(title, name)
    if _says(bare, "others") or _says(bare, "may"):
        return None
    for kind in (ChangeKind.CANCELLED, ChangeKind.EXTENDED, ChangeKind.CLOSED, ChangeKind.CORRECTED):
        if _says(bare, kind):
            return kind
    return None


def _beyond(title: str, name: str) -> str:
    return squash(title).replace(squash(name), " ")


def _of_line(line: Line, notice: _Notice, source: Source, offices: Sequence[Contact]) -> Iterator[Patch]:
    evidence = line.evidence(source.id)
    if line.is_heading:
        return
    if line.cells:
        yield from _of_row(line, notice, evidence)
        return
    for sentence in line.text.replace("다. ", "다.\n").split("\n"):
        if len(sentence) <= _LONGEST and not _says(squash(sentence), "may"):
            yield from _of_sentence(sentence, notice, evidence, offices)


def _of_row(line: Line, notice: _Notice, evidence: Evidence) -> Iterator[Patch]:
    """What a row of changes puts in the place of the one cell that stood in its column of old values."""
    if notice.kind is None or line.cells == line.header:
        return
    told = [cell.strip() for cell in line.text.split("\t")]
    kept = {cell.strip() for cell in line.cells}
    old = [at for at, cell in enumerate(told[:-1]) if cell not in kept]
    if len(old) == 1 and len(told) == len(line.cells) + 1:
        was, now = told[old[0]], told[old[0] + 1]
        if was and now:
            yield _corrected((was, now), told[0], notice, evidence)


def _of_sentence(sentence: str, notice: _Notice, evidence: Evidence, offices: Sequence[Contact]) -> Iterator[Patch]:
    """What a sentence changes: one thing in the place of another, else the call as a whole, else whom to ask."""
    bare = squash(sentence)
    if not (notice.kind or _says(bare, "replaces")):
        return
    if pairs := list(_pairs(sentence, notice)):
        # A sentence without a word of what it moves moves what the title speaks of.
        about = sentence if _says(bare, "applying") or _says(bare, "others") else f"{sentence} {notice.title}"
        told = [_corrected(pair, about, notice, evidence) for pair in pairs]
        # A guide that tells how a programme differs from last year's corrects nothing that it states.
        yield from (p for p in told if notice.kind or p.field is not Changed.WORDS or _says(bare, "mends"))
        return
    days = _days(sentence, notice)
    if patch := _ended(bare, days, notice, evidence) or _passed_on(bare, days, notice, evidence, offices):
        yield patch


def _ended(bare: str, days: Sequence[Days], notice: _Notice, evidence: Evidence) -> Patch | None:
    """That a call is cancelled, or the last day that it now has."""
    if notice.kind is ChangeKind.CANCELLED and _says(bare, ChangeKind.CANCELLED) and not _says(bare, "person"):
        return notice.patch(ChangeKind.CANCELLED, Changed.PERIOD, evidence)
    last = next((day.last for day in reversed(days) if day.last), None)
    is_end = notice.kind is ChangeKind.CLOSED and _says(bare, "ends")
    is_later = notice.kind is ChangeKind.EXTENDED and _says(bare, ChangeKind.EXTENDED)
    # An extension to a day gone by: that of the notice that is extended, or of an office that moved.
    if not last or not (is_end or (is_later and last >= notice.as_of)):
        return None
    opens = next((day.first for day in days if day.first and day.first != last and day.last == last), None)
    kind = ChangeKind.CLOSED if is_end else ChangeKind.EXTENDED
    return replace(notice.patch(kind, Changed.PERIOD, evidence), day=last, opens_on=opens)


def _passed_on(
    bare: str, days: Sequence[Days], notice: _Notice, evidence: Evidence, offices: Sequence[Contact]
) -> Patch | None:
    """Who answers from now on: the one person of the office that a sentence on a change tells."""
    persons = [c.person for c in offices if c.evidence == evidence and c.phones and c.person]
    if len(persons) != 1 or not (_says(bare, "person") and _says(bare, "replaces")):
        return None
    since = next((day.first for day in days if day.first), None)
    return replace(notice.patch(ChangeKind.CORRECTED, Changed.PERSON, evidence), now=persons[0], day=since)


def _days(sentence: str, notice: _Notice) -> list[Days]:
    """The days of a sentence that are told to the day."""
    values = (value.of for value in read_values(sentence, notice.as_of))
    return [value for value in values if isinstance(value, Days) and value.grain is Grain.DAY]


def _pairs(sentence: str, notice: _Notice) -> Iterator[tuple[str, str]]:
    """What was and what is now, where a joint stands between two values of one sort or two quotations."""
    places = [
        (at, word)
        for word in (*_words("joints"), *_words("arrows"))
        for at in range(len(sentence))
        if sentence.startswith(word, at)
    ]
    for at, word in sorted(places):
        is_arrow = word in _words("arrows")
        left, right = sentence[max(0, at - _REACH) : at], sentence[at + len(word) :][:_REACH]
        quoted = _quoted(left, right)
        if quoted and (is_arrow or quoted[2]):
            yield quoted[0], quoted[1]
            return
        if not (_has_digit(left[-_NEAR:]) and _has_digit(right[:_NEAR])):
            continue
        before, after = read_values(left, notice.as_of), read_values(right, notice.as_of)
        was = next((value for value in reversed(before) if not isinstance(value.of, Clock)), None)
        now = next((value for value in after if not isinstance(value.of, Clock)), None)
        if was is None or now is None or type(was.of) is not type(now.of) or not _is_near(left, was, right, now):
            continue
        if not isinstance(now.of, Days | Money | Phone | Share):
            continue
        if is_arrow or _rest(right[now.end :]).startswith(("로", "으로")):
            yield left[was.start : was.end], right[now.start : now.end]
            return


def _has_digit(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def _is_near(left: str, was: Value, right: str, now: Value) -> bool:
    return len(_rest(left[was.end :])) <= _GAP and len(_rest(right[: now.start])) <= _GAP


def _rest(text: str) -> str:
    """What stands beside a value, brackets, hours and marks left out."""
    outside, depth = [], 0
    for letter in text.strip():
        depth += letter in "(["
        if not depth and not letter.isspace() and letter not in ".,:'\"”’" and not letter.isdigit():
            outside.append(letter)
        depth -= letter in ")]" and depth > 0
    return "".join(outside).removeprefix("시")


def _quoted(left: str, right: str) -> tuple[str, str, bool] | None:
    """The words in quotation marks right before and right behind a joint, and whether "로" follows them."""
    left, right = left.rstrip(), right.lstrip()
    for opening, closing in _QUOTES:
        if left.endswith(closing) and right.startswith(opening):
            start, end = left.rfind(opening, 0, len(left) - 1), right.find(closing, 1)
            if start >= 0 and end > 0:
                was, now = left[start + 1 : -1].strip(), right[1:end].strip()
                return (was, now, right[end + 1 :].lstrip().startswith(("로", "으로"))) if was and now else None
    return None


def _corrected(pair: tuple[str, str], about: str, notice: _Notice, evidence: Evidence) -> Patch:
    """One thing in the place of another; other days to apply are an extension, whatever they are called.

    `about` is the sentence, or what its row calls what is changed.
    """
    was, now = pair
    old, new = _value_of(was, notice), _value_of(now, notice)
    bare = squash(about)
    is_applying = _says(bare, "applying") and not _says(bare, "others")
    if is_applying and isinstance(old, Days) and isinstance(new, Days) and old.last and new.last:
        opens = new.first if new.first != new.last else None
        patch = notice.patch(ChangeKind.EXTENDED, Changed.PERIOD, evidence)
        return replace(patch, was=was, now=now, day=new.last, was_day=old.last, opens_on=opens)
    is_phone = isinstance(old, Phone) and isinstance(new, Phone)
    patch = notice.patch(ChangeKind.CORRECTED, Changed.PHONE if is_phone else Changed.WORDS, evidence)
    since = next((days.first for days in _days(evidence.quote, notice)), None) if is_phone else None
    return replace(patch, was=was, now=now, day=since)


def _value_of(text: str, notice: _Notice) -> Typed | None:
    """The one value that some words state."""
    values = [value.of for value in read_values(text, notice.as_of) if not isinstance(value.of, Clock)]
    return values[0] if len(values) == 1 else None


def _says(text: str, sort: str) -> bool:
    return any(word in text for word in _words(sort))


@cache
def _lists() -> Mapping[str, Sequence[str]]:
    return word_lists(Path(__file__).with_name("events.yaml"))


def _words(sort: str) -> Sequence[str]:
    return _lists()[sort]
