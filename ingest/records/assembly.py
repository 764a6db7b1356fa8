"""Programmes: a document and its sections flow in, the support programmes it describes flow out.

extract: lines → segments (one per programme) → details → periods, contacts, criteria, benefits → Program
link:    editions of one programme over all documents, each later one superseding the one before
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from ingest.confidence import CONFLICT, GUESSED_LABEL, GUESSED_NAME, LONGEST_WINDOW, SHORT_WINDOW, SURE
from ingest.contacts.asking import contacts, table_contacts
from ingest.contacts.contact_tables import areas_of
from ingest.contacts.offices import MINISTRY
from ingest.identity.bodies import bodies
from ingest.identity.events import notice_numbers, patches_of
from ingest.identity.segments import Segment, segments
from ingest.identity.titles import is_named_after_file
from ingest.identity.twins import as_one
from ingest.labels.details import details
from ingest.labels.lines import Line, lines_of
from ingest.records.applicants import applicants
from ingest.records.gains import benefits
from ingest.records.schedule import periods
from ingest.records.tracking import Tracks, by_part, of_rows, tracks_in, with_more, with_names, with_tracks
from ingest.values.money import amounts
from rag.conditions.tree import grown, regrown
from rag.domain import Contact, Detail, Document, Period, PeriodKind, Program, ProgramKey, Section, Source
from rag.grammar.places import Gazetteer
from rag.lexicon import Lexicon
from rag.patching import is_partial, mended
from rag.standing.editions import may_be, names_any
from rag.text import squash
from rag.trust import family_of

# "제2차", "2차 모집", "하반기": which call of the year; "4차 산업" is none.
_ROUND = re.compile(
    r"제\s?(\d{1,2})\s?[차회](?![가-힣]|\s?산업)|(\d{1,2})\s?차(?=\s?(?:모집|공고|공모|접수|추가|신청|참여|[)\]]|$))|([상하]반기)"
)
# A sum with nothing before it but a year or "총", which its parts or nothing follow: bounds and sums apiece do not.
_SCALE = re.compile(r"(?:\d{4}년도?\s*)?(?:총\s*)?([\d,.]+\s?(?:조|억|천만|백만|만)\s?원)\s*(?:[:(]|$)")
# Less is what one applicant gets.
_LEAST_BUDGET = 1_000_000_000
_STEPS = frozenset({"신청방법", "전산등록방법", "제출서류", "선정절차", "운영절차", "추진일정"})


def extract(document: Document, sections: Sequence[Section], lexicon: Lexicon, gazetteer: Gazetteer) -> list[Program]:
    """The programmes of one document, in reading order; none when it describes none."""
    lines = lines_of(sections)
    found, outside = segments(lines, document.source, lexicon)
    own, others = notice_numbers(document)
    programs = [
        replace(_program(segment, document, lexicon, gazetteer), number=own, of_numbers=others) for segment in found
    ]
    return _with_outside_contacts(programs, outside, document, lexicon, gazetteer)


def _home(publisher: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """The place that a publisher governs, where one alone publishes for one place."""
    named = [m.candidates[0] for m in gazetteer.mentions(f"{publisher} ") if len(m.candidates) == 1]
    return tuple(named) if len(named) == 1 else ()


def _budget(stated: Sequence[Detail]) -> int | None:
    """The first sum that a statement of the budget gives; parts of a programme may state theirs below it."""
    told = next((sums[0] for d in stated if d.label == "예산" and (sums := amounts(d.text))), None)
    return told or next(filter(None, (_whole(d.text) for d in stated if d.label == "지원규모" and not d.track)), None)


def _whole(scale: str) -> int | None:
    """The sum that the size of a programme begins with, where it is told as one ("2026년 1,400억원: …"); else None."""
    told = _SCALE.match(scale)
    sums = amounts(told[1]) if told else ()
    return sums[0] if len(sums) == 1 and sums[0] >= _LEAST_BUDGET else None


def link(
    programs: Sequence[Program],
    published: Mapping[str, str],
    heard: Collection[str] = frozenset(),
    same: Mapping[str, str] | None = None,
) -> list[Program]:
    """All programmes, each under an id of its own and with `supersedes` set to the edition before it.

    Editions of one family follow one another by year, and within a year by `published`, the date of each source ("2026"
    to "2026-02-04"). Where several documents describe one edition, the earliest keeps the id, so that a later notice
    changes no id in use, nor does one of the sources `heard`, for which nobody vouches. `same` are twins of sources.
    """
    first: dict[str, Program] = {}
    for program in sorted(programs, key=lambda p: (p.source_id in heard, _age(p, published), p.source_id)):
        first.setdefault(program.id, program)
    apart = [p if first[p.id] is p else replace(p, id=f"{p.id}-{p.source_id}") for p in programs]
    settled = as_one(joined([_settled(program) for program in apart]), same or {})
    families: dict[ProgramKey, list[Program]] = {}
    for program in settled:
        families.setdefault(family_of(program), []).append(program)
    return [
        replace(program, supersedes=_before(program, families[family_of(program)], published)) for program in settled
    ]


def _settled(program: Program) -> Program:
    """The programme with key and condition as staff's corrections leave them."""
    authority = program.ministry or program.agency
    key = replace(program.key, name=program.name, authority=authority, year=program.year) if program.key else None
    return replace(regrown(program), key=key)


def of_year(program: Program, year: int) -> Program:
    """The programme as the edition of that year: its id, and the periods that were read with another in mind."""
    tracks = Tracks(program.tracks, (), (program.name,))
    was_read = program.periods == with_names(_periods(program.details, program.year), tracks)
    return replace(
        program,
        id=f"{year}-{program.id.partition('-')[2]}",
        year=year,
        periods=with_names(_periods(program.details, year), tracks) if was_read else program.periods,
    )


def _before(program: Program, editions: Sequence[Program], published: Mapping[str, str]) -> str | None:
    """The id of the latest earlier one of the editions of its family.

    Of two that neither year nor date tells apart, none comes before.
    """
    own = _age(program, published)
    earlier = [p for p in editions if _age(p, published) < own]
    latest = max(earlier, key=lambda p: _age(p, published), default=None)
    return latest.id if latest else None


def _age(program: Program, published: Mapping[str, str]) -> tuple[int, str]:
    return program.year or 0, published.get(program.source_id, "")


def _program(segment: Segment, document: Document, lexicon: Lexicon, gazetteer: Gazetteer) -> Program:
    source = document.source
    stated = details(segment.lines, source.id)
    year = _year(source.title) or _year(source.published_on)
    run_by = bodies(segment.lines, stated, segment.chapter, source, lexicon)
    areas = areas_of(segment.lines, gazetteer)
    desks = contacts(segment.lines, source.id, gazetteer, areas, run_by.agency, is_agency_sure=run_by.is_sure)
    opening = segment.lines[0].evidence(source.id)
    aliases = lexicon.aliases_of(segment.name)
    tracks = tracks_in(stated, desks, (segment.name,), gazetteer)
    offices = of_rows(desks, stated)
    stated = with_tracks(stated, tracks)
    home = _home(source.publisher, gazetteer)
    who = applicants(stated, gazetteer, home)
    conditions, clauses = with_names(who.criteria, tracks), with_names(who.unread, tracks)
    given = benefits(stated, segment.name, source.title) or benefits([Detail("개요", segment.name, opening)])
    gains = by_part(with_names(given, tracks), tracks)
    told = with_names(_periods(stated, year, _day(source.published_on)), tracks)
    is_read = (
        any(p.kind is not PeriodKind.UNSTATED for p in told)
        or bool(conditions)
        or any(benefit.ceiling or benefit.rate or benefit.own_share for benefit in given)
    )
    patches = patches_of(segment.lines, source, segment.name, year, _day(source.published_on), offices, is_read=is_read)
    program = Program(
        id=f"{year or 0}-{hashlib.sha256(squash(segment.name).encode()).hexdigest()[:8]}",
        name=segment.name,
        source_id=source.id,
        year=year,
        ministry=run_by.ministry,
        agency=run_by.agency,
        evidence=opening,
        aliases=aliases,
        details=stated,
        criteria=conditions,
        benefits=gains,
        periods=told,
        contacts=with_names(
            (replace(c, organisation=run_by.ministry) if c.organisation == MINISTRY else c for c in offices), tracks
        ),
        steps=tuple(d for d in stated if d.label in _STEPS),
        budget=_budget(stated),
        confidence=GUESSED_NAME if is_named_after_file(segment.name, source) else SURE,
        tracks=with_more(tracks, conditions, clauses, told, gains),
        condition=grown(conditions, clauses),
        patches=patches,
    )
    program = mended(program)
    return replace(program, key=key_of(program, source, home))


def _periods(stated: Sequence[Detail], year: int | None, published: date | None = None) -> tuple[Period, ...]:
    """The periods stated; failing that, those under a bare 기간, which are doubtful, as are those that conflict.

    What lasts no longer than people are given to apply, or ends when the money does, is taken for that time.
    """
    found = periods(stated, year, published)
    if all(period.kind is PeriodKind.UNSTATED for period in found):
        bare = [replace(detail, label="신청기간") for detail in stated if detail.label == "기간"]
        told = (
            [replace(p, confidence=min(p.confidence, _of_bare_label(p))) for p in periods(bare, year)] if bare else []
        )
        found = tuple(p for p in told if p.kind is not PeriodKind.UNSTATED) or found
    whole = [p for p in found if p.track is None and p.kind is PeriodKind.FIXED and p.opens_on and p.closes_on]
    if len({(p.opens_on, p.closes_on) for p in whole}) > 1 and len({p.opens_on for p in whole}) < len(whole):
        found = tuple(replace(p, confidence=min(p.confidence, CONFLICT)) if p in whole else p for p in found)
    return found


def _of_bare_label(period: Period) -> float:
    """How sure it is that a period under a bare 기간 is one to apply in."""
    days = (period.closes_on - period.opens_on).days if period.opens_on and period.closes_on else None
    ends_early = period.until_spent or period.kind is PeriodKind.UNTIL_SPENT
    return SHORT_WINDOW if ends_early or (days is not None and days <= LONGEST_WINDOW) else GUESSED_LABEL


def _with_outside_contacts(
    programs: list[Program], outside: Sequence[Line], document: Document, lexicon: Lexicon, gazetteer: Gazetteer
) -> list[Program]:
    """Give each phone table outside every programme to the programme that the line before it names."""
    given: dict[str, list[Contact]] = {}
    for caption, listed in table_contacts(outside, document.source.id, gazetteer):
        name = lexicon.program_named(caption.text) or lexicon.program_named(" ".join(caption.path))
        if name:
            given.setdefault(name, []).extend(listed)
    return [replace(p, contacts=(*p.contacts, *given.get(p.name, ()))) if p.name in given else p for p in programs]


def _day(text: str) -> date | None:
    """The day of a document whose publication is known to the day."""
    try:
        return date.fromisoformat(text) if len(text) == len("2026-02-04") else None
    except ValueError:
        return None


def _year(text: str) -> int | None:
    match = re.search(r"(20\d\d)", text)
    return int(match[1]) if match else None


def key_of(program: Program, source: Source, home: tuple[str, ...]) -> ProgramKey:
    """The key of a programme of a source; `home` is the one place that its publisher governs, if it governs one."""
    found = _ROUND.search(source.title)
    number = (found[1] or found[2]) if found else None
    return ProgramKey(
        name=program.name,
        authority=program.ministry or program.agency,
        region=home[0] if home else "",
        year=program.year,
        round=f"{int(number)}차" if number else (found[3] if found else ""),
    )


# What brackets in a title tell of the notice and not of its programme.
_OF_NOTICE = ("안", "변경", "연장", "재공고", "수정", "정정", "추가", "긴급", "기간", "통합", "공고", "예비")


def told_apart(programs: Sequence[Program], titles: Mapping[str, str]) -> list[Program]:
    """The programmes, those that notices of one family call alike named with what only their own title brackets.

    "가람사업 모집 공고(소재 분야)" and "가람사업 모집 공고(소비재 분야)" are two programmes, no editions of one; a
    notice that only changes something takes a name that another has, and makes none.
    """
    alike: dict[tuple[ProgramKey, int | None], list[Program]] = {}
    for program in programs:
        alike.setdefault((family_of(program), program.year), []).append(program)
    return [_named_apart(program, alike[family_of(program), program.year], titles) for program in programs]


def _named_apart(program: Program, alike: Sequence[Program], titles: Mapping[str, str]) -> Program:
    others = [_bracketed(titles.get(other.source_id, "")) for other in alike if other.source_id != program.source_id]
    if not others:
        return program
    shared = set.intersection(*map(set, others))
    if is_partial(program):
        named = [words for other in alike if not is_partial(other) for words in _bracketed(titles[other.source_id])]
        shared |= {words for words in _bracketed(titles.get(program.source_id, "")) if words not in named}
    title = titles.get(program.source_id, "")
    if squash(program.name) not in squash(title):
        return program
    own = [words for words in _bracketed(title) if words not in shared]
    beside = next((words for words in own if squash(words) not in squash(program.name)), "")
    return replace(program, name=f"{program.name}({beside})") if beside else program


def _bracketed(title: str) -> list[str]:
    """What stands in brackets in a title and tells of a part of its programme."""
    found = (piece.partition(")")[0].strip() for piece in title.split("(")[1:])
    return [words for words in found if words and not words[0].isdigit() and not words.startswith(_OF_NOTICE)]


def joined(programs: Sequence[Program]) -> list[Program]:
    """The programmes, a notice that only changes something under the key of the one call that it can mean.

    Such a notice often leaves out the round, or who gives: it means the one call of its name and year that no part of
    its own key speaks against.
    """
    calls = [program for program in programs if program.key and not is_partial(program)]
    return [_under_key(program, calls) if program.key and is_partial(program) else program for program in programs]


def _under_key(notice: Program, calls: Sequence[Program]) -> Program:
    meant = [call for call in calls if squash(call.name) == squash(notice.name) and _may_be(notice, call)]
    meant = [call for call in meant if names_any(notice, {call.number})] or meant
    keys = {call.key for call in meant}
    return replace(notice, key=next(iter(keys))) if len(keys) == 1 else notice


def _may_be(notice: Program, call: Program) -> bool:
    """Whether two keys agree in all that both tell, the round left out where the notice names the call's number."""
    if notice.key is None or call.key is None or notice.key.year != call.key.year:
        return False
    own = replace(notice.key, round="") if names_any(notice, {call.number}) else notice.key
    return may_be(own, call.key)
