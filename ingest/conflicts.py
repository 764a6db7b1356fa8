"""Conflicts: the programmes of all documents flow in; where two documents contradict each other flows out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from rag.domain import (
    Benefit,
    ChangeKind,
    Contact,
    Criterion,
    Evidence,
    Period,
    PeriodKind,
    Program,
    ProgramKey,
    ReviewCode,
    ReviewItem,
    Source,
)
from rag.patching import is_partial
from rag.text import squash
from rag.trust import in_force, key_of, sure

Fact = TypeVar("Fact", Criterion, Benefit, Period, Contact)

_ACTION = "두 문서를 견주어 확인하고, 틀린 문서를 빼거나 overrides.yaml에 바른 값을 적어 주세요."


def conflicts(programs: Sequence[Program], sources: Mapping[str, Source]) -> Iterator[ReviewItem]:
    """One item for each field in which an earlier document on the same programme and year differs from the latest."""
    groups: dict[ProgramKey, list[Program]] = {}
    for program in programs:
        if program.year is not None:
            groups.setdefault(key_of(program), []).append(program)
    for editions in groups.values():
        whole = [program for program in editions if not is_partial(program)]
        for notice in editions if whole else ():
            yield from _unread(notice, sources[notice.source_id])
        ordered = in_force(whole, lambda source_id: sources[source_id].published_on)
        for program in ordered[1:]:
            if program.source_id != ordered[0].source_id:
                yield from _between(program, ordered[0], sources)


def _unread(notice: Program, source: Source) -> Iterator[ReviewItem]:
    """One item for a notice that changes something of a call of which nothing could be read."""
    for patch in notice.patches:
        if patch.kind is ChangeKind.UNREAD:
            yield ReviewItem(
                code=ReviewCode.CONFLICT,
                source_id=source.id,
                file=source.path,
                message="먼저 나온 공고를 바꾸는 공고인데 바뀐 내용을 읽지 못했습니다. "
                "이 사업의 접수 여부는 알 수 없다고 답변합니다.",
                action="공고를 확인하고 바뀐 값을 overrides.yaml에 적어 주세요.",
                pages=patch.evidence.pages,
                program=notice.name,
                field="period",
                quote=patch.evidence.quote,
            )


def _between(earlier: Program, later: Program, sources: Mapping[str, Source]) -> Iterator[ReviewItem]:
    for field, name, old, new in (
        ("period", "신청기간", *_first(_periods(earlier), _periods(later))),
        ("contact", "전화번호", *_first(_phones(earlier), _phones(later))),
        ("ceiling", "지원한도", *_first(_ceilings(earlier), _ceilings(later))),
        ("target", "지원대상", *_first(_targets(earlier), _targets(later))),
    ):
        if old and new:
            page = f" {new[1].pages[0]}쪽" if sources[later.source_id].paged else ""
            mine, other = sources[earlier.source_id], sources[later.source_id]
            yield ReviewItem(
                code=ReviewCode.CONFLICT,
                source_id=mine.id,
                file=mine.path,
                message=(
                    f"{name}이(가) 문서마다 다릅니다: 이 문서는 '{old[0]}', {other.path}{page}은(는) "
                    f"'{new[0]}'. 답변에는 나중 문서({other.path})의 값을 씁니다."
                ),
                action=_ACTION,
                pages=old[1].pages,
                program=earlier.name,
                field=field,
                quote=old[1].quote,
            )


Said = tuple[str, Evidence]
Stated = dict[object, list[tuple[object, Said]]]
"""For each part of a programme (track, office) that can be compared: values, each with its words and evidence."""


def _first(earlier: Stated, later: Stated) -> tuple[Said | None, Said | None]:
    """The first part that both state and on which they agree in nothing."""
    for part, old in earlier.items():
        new = later.get(part, [])
        if new and not any(_agree(a, b) for a, _ in old for b, _ in new):
            return old[0][1], new[0][1]
    return None, None


def _agree(one: object, other: object) -> bool:
    """Whether two values can both be true; a month announced and a day within it can."""
    if isinstance(one, Period) and isinstance(other, Period):
        expected, fixed = (one, other) if one.kind is PeriodKind.ANNOUNCED else (other, one)
        if expected.kind is PeriodKind.ANNOUNCED and expected.expected_from and expected.expected_to and fixed.opens_on:
            return expected.expected_from <= fixed.opens_on <= expected.expected_to
        return _dates(one) == _dates(other)
    return one == other


def _dates(period: Period) -> tuple[object, ...]:
    return period.kind, period.opens_on, period.closes_on, period.expected_from, period.expected_to


def _periods(program: Program) -> Stated:
    found: Stated = {}
    for period in sure(program.periods):
        if period.kind is not PeriodKind.UNSTATED and period.evidence:
            found.setdefault(_key(period.track), []).append((period, (period.text, period.evidence)))
    return found


def _phones(program: Program) -> Stated:
    found: Stated = {}
    for contact in sure(program.contacts):
        part = (squash(contact.organisation), _key(contact.department), _key(contact.person), _key(contact.track))
        for phone in contact.phones:
            found.setdefault(part, []).append((phone, (f"{contact.organisation} {phone}", contact.evidence)))
    return found


def _ceilings(program: Program) -> Stated:
    highest: dict[str, Benefit] = {}
    for benefit in sure(program.benefits):
        known = highest.get(_key(benefit.track))
        if benefit.ceiling and (known is None or benefit.ceiling > (known.ceiling or 0)):
            highest[_key(benefit.track)] = benefit
    return {track: [(b.ceiling, (b.text, b.evidence))] for track, b in highest.items()}


def _targets(program: Program) -> Stated:
    """Bounds and categories of applicants; free words are left alone, since no two documents use the same."""
    values: dict[object, list[Criterion]] = {}
    for criterion in sure(program.criteria):
        if criterion.strict:
            values.setdefault((criterion.field, _key(criterion.track)), []).append(criterion)
    return {
        part: [
            (
                frozenset((frozenset(c.allowed), frozenset(c.excluded), c.minimum, c.maximum) for c in listed),
                (listed[0].text, listed[0].evidence),
            )
        ]
        for part, listed in values.items()
    }


def _key(words: str | None) -> str:
    return squash(words or "")
