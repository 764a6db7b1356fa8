"""Limits: a plan and the programmes flow in; what documents say of each of its fields, by track, flows out.

Where documents say nothing of a field, nothing is told: no limit is ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rag.diagnosis.excluding import EXCLUDED, excluded
from rag.diagnosis.telling import as_line
from rag.domain import Detail, Evidence, Period, Program
from rag.engagement.items import Plan, PlanKind
from rag.engagement.payers import payer_of
from rag.grammar.typed import Count, Duration, Interval, Money, Share, Unit
from rag.grammar.values import ANY_DAY, read_values
from rag.periods import korean_date
from rag.text import squash
from rag.tracks import asked_track, members_of, named_in_full

THEME, TEAM, PEOPLE, HOURS, SPAN, COST, OWN = "theme", "team", "people", "hours", "span", "cost", "own"
"""The fields of a plan that documents may limit: its theme, who makes it, for whom, how long, when, what it costs."""
_MEANT = {
    PlanKind.PROBLEM: ("PBL", "문제해결형 PBL 훈련과정 개발"),
    PlanKind.ON_JOB: ("S-OJT", "S-OJT 자체훈련 훈련과정개발"),
}
"""How documents name the kind of a plan, and in which words its track is looked for."""
_TRAINED = re.compile("훈련생|훈련\\s*인원|수강|참여\\s*인원|교육생")
_ROLE = re.compile("전문가|훈련교사|강사|컨설턴트")
"""Of a team several are named. A course is planned without one."""
_CONTENT = "훈련내용"
_FREE = re.compile(r"(?:부담|비용)[^.]{0,8}없")
_GIVES = ("지원내용", "지원조건", "지원한도", "지원금액")
_MONTHLY = {Unit.MONTHS: 1, Unit.YEARS: 12}


@dataclass(frozen=True, slots=True)
class Limit:
    """What a document says of one field of a plan, and whether the plan keeps to it; None where that cannot be told."""

    field: str
    text: str
    evidence: Evidence
    is_kept: bool | None = None


def limits_of(plan: Plan, programs: Sequence[Program]) -> tuple[Limit, ...]:
    """Everything that the documents of its payer, or of what its kind is for, say of the fields of a plan."""
    found: list[Limit] = []
    for program, track in grounds_of(plan, programs):
        is_whole = track is None and not program.tracks
        own = [d for d in program.details if is_whole or (track and d.track in members_of(program, track))]
        shared = [d for d in program.details if d.track is None]
        found += _told(plan, own, [*own, *shared])
        found += _of_days(plan, program, track)
    return tuple(dict.fromkeys(found))


def grounds_of(plan: Plan, programs: Sequence[Program]) -> tuple[tuple[Program, str | None], ...]:
    """The programmes whose word counts for a plan, each with its track: the payer, else all that are for its kind."""
    payer = payer_of(plan, programs)
    name, words = _MEANT.get(plan.kind, ("", ""))
    asked = (payer,) if payer else tuple(p for p in programs if name and _is_for(p, name))
    found = []
    for program in asked:
        in_full = named_in_full(program.tracks, plan.title or "")
        track = asked_track(program, words) if words else (in_full[0] if len(in_full) == 1 else None)
        if track and name and not _is_for(program, name, track):
            continue
        if track or not program.tracks or not name:
            found.append((program, track))
    return tuple(found)


def _is_for(program: Program, name: str, track: str | None = None) -> bool:
    """Whether a programme, or one track of it, speaks of a kind of training by its name."""
    tracks = members_of(program, track) if track else ()
    details = [d for d in program.details if not track or d.track in tracks]
    told = (*(() if track else (program.name,)), *tracks, *(t for d in details for t in (d.text, d.evidence.section)))
    return any(squash(name) in squash(text) for text in told)


def _told(plan: Plan, own: Sequence[Detail], whole: Sequence[Detail]) -> Iterator[Limit]:
    theme = " ".join(filter(None, (plan.title, plan.issue, plan.goal)))
    left_out = excluded(theme, own)
    for detail in own:
        if EXCLUDED in detail.label:
            yield Limit(THEME, as_line(detail.text), detail.evidence, False if detail in left_out else None)
        elif squash(detail.label) == _CONTENT:
            yield Limit(THEME, as_line(detail.text), detail.evidence)
        if plan.kind is not PlanKind.COURSE and len(_ROLE.findall(detail.text)) > 1:
            yield Limit(TEAM, as_line(detail.text), detail.evidence)
        yield from _of_figures(plan, detail)
    for detail in whole:
        if _FREE.search(detail.text):
            yield Limit(OWN, as_line(detail.text), detail.evidence, None if not plan.own_share else False)


def _of_figures(plan: Plan, detail: Detail) -> Iterator[Limit]:
    """What a statement says of hours, people, months and sums in figures."""
    for value in read_values(detail.text, ANY_DAY):
        line = as_line(detail.text)
        match value.of:
            case Duration(interval=interval, unit=Unit.HOURS):
                yield Limit(HOURS, line, detail.evidence, _keeps(plan.whole_hours, interval))
            case Duration(interval=interval, unit=unit) if unit in _MONTHLY:
                months = plan.months
                yield Limit(SPAN, line, detail.evidence, _keeps(months, interval, _MONTHLY[unit]))
            case Count(interval=interval, unit=Unit.PEOPLE) if _TRAINED.search(f"{detail.label} {detail.text}"):
                yield Limit(PEOPLE, line, detail.evidence, _keeps(plan.people, interval))
            case Money() | Share() if detail.label in _GIVES:
                yield Limit(COST, line, detail.evidence)


def _keeps(value: int | None, bound: Interval, each: int = 1) -> bool | None:
    """Whether a value lies within a bound, as far as the bound goes; None where either is not known for sure."""
    if value is None or bound.about:
        return None
    low, high = bound.low, bound.high
    if low == high and not (bound.over or bound.under):
        return None  # one figure alone is an example, or what is given, and no bound
    is_enough = low is None or (value > low * each if bound.over else value >= low * each)
    is_little = high is None or (value < high * each if bound.under else value <= high * each)
    return is_enough and is_little


def _of_days(plan: Plan, program: Program, track: str | None) -> Iterator[Limit]:
    """That one must apply by a day, and whether the plan begins after it."""
    for period in program.periods:
        if period.closes_on and period.evidence and (period.track is None or period.track == track):
            said = f"신청은 {korean_date(period.closes_on)}까지입니다."
            yield Limit(SPAN, said, period.evidence, _is_before(plan, period))


def _is_before(plan: Plan, period: Period) -> bool | None:
    if plan.first_month is None or period.closes_on is None:
        return None
    begins = date(int(plan.first_month[:4]), int(plan.first_month[5:]), 1)
    return None if begins <= period.closes_on else False


FIELDS: Mapping[str, str] = {
    THEME: "주제",
    TEAM: "팀",
    PEOPLE: "인원",
    HOURS: "시간",
    SPAN: "기간",
    COST: "비용",
    OWN: "자부담",
}
"""What documents of ours call the fields that may be limited."""
