"""Standings: a desk, a company and a day flow in; how each programme stands for the company flows out, best first."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from hashlib import sha256

from rag.domain import (
    TRUSTED,
    CompanyProfile,
    Finding,
    Match,
    PeriodStatus,
    Program,
    ProgramKey,
    Result,
    Verdict,
)
from rag.messages import AT_MOST
from rag.money import won
from rag.periods import days_left, on_day, period_status, when
from server.alerts.records import Fact, Window
from server.asking.making import verdict_out
from server.desks.desks import Desk

ACTIONABLE = (PeriodStatus.OPEN, PeriodStatus.ALWAYS, PeriodStatus.UPCOMING)
WEEKLY = "week"


def facts(desk: Desk, company: CompanyProfile, day: date, known: Collection[str]) -> tuple[Fact, ...]:
    """The programmes that fit and can be applied for, and those of the `known` keys as they stand now."""
    return tuple(
        fact_of(desk, match, company, day)
        for match in desk.fit(company, day).matches
        if _fits(match, day) or key_of(match.program) in known
    )


def matching(desk: Desk, company: CompanyProfile, day: date) -> tuple[Match, ...]:
    """The programmes that fit and can be applied for, or were called off; best first."""
    return tuple(match for match in desk.fit(company, day).matches if _fits(match, day) or _is_off(match))


def key_of(program: Program) -> str:
    """A digest of what tells a call from others, the same in every generation."""
    key = program.key or ProgramKey(program.name, year=program.year)
    # Two calls of unknown years are not known to be one.
    own = program.source_id if key.year is None else ""
    told = (key.name, key.authority, key.region, str(key.year), key.round, own)
    return sha256(chr(31).join(told).encode()).hexdigest()[:32]


def _fits(match: Match, day: date) -> bool:
    program = match.program
    is_told_of = program.year is None or program.year >= day.year
    is_open = match.status in ACTIONABLE or (match.status is PeriodStatus.UNKNOWN and is_told_of)
    return is_open and _admits(match)


def _is_off(match: Match) -> bool:
    return match.status is PeriodStatus.CANCELLED and _admits(match)


def _admits(match: Match) -> bool:
    return match.verdict in (Verdict.ELIGIBLE, Verdict.POSSIBLE)


def fact_of(desk: Desk, match: Match, company: CompanyProfile, day: date) -> Fact:
    """One programme as it stands for the company."""
    program = match.program
    source = desk.catalogue.source(program.source_id)
    return Fact(
        key=key_of(program),
        program_id=program.id,
        name=program.name,
        year=program.year,
        agency=program.agency or program.ministry,
        verdict=verdict_out(match),
        fits=_fits(match, day),
        reason=" ".join(_reasons(match.findings)),
        ask=next((f.ask for f in match.findings if f.result is Result.UNKNOWN and f.ask and f.criterion.strict), ""),
        status=match.status,
        standing=when(match.period, match.status, day),
        windows=tuple(_windows(program, day)),
        amount=_amount(program),
        phones=_phones(desk, match, company, day),
        seat=company.region or "",
        url=(source.url or "") if source else "",
    )


def _reasons(findings: tuple[Finding, ...]) -> Iterator[str]:
    """What is met, else the first thing that is not known: a message has room for one or two sentences."""
    strict = [finding for finding in findings if finding.criterion.strict]
    met = [finding.reason for finding in strict if finding.result is Result.MET]
    yield from dict.fromkeys(met[:2] or [finding.reason for finding in strict if finding.result is Result.UNKNOWN][:1])


def _windows(program: Program, day: date) -> Iterator[Window]:
    named: dict[tuple[str, str], int] = {}
    for period in program.periods:
        place = (period.track or "", period.round)
        named[place] = named.get(place, 0) + 1
        if period.confidence < TRUSTED:
            continue
        is_open = period_status(period, program, day) is PeriodStatus.OPEN
        window = on_day(period, program, day)
        yield Window(
            place="|".join((*place, str(named[place]))),
            label=" ".join(filter(None, place)),
            opens_on=window.opens_on,
            closes_on=window.closes_on,
            days_left=days_left(window, day) if is_open else None,
            recurs=period.recurs is not None,
            is_called=period.recurs is None or period.recurs.unit != WEEKLY,
        )


def _amount(program: Program) -> str:
    """The highest ceiling that is stated for all that an applicant gets."""
    sums = [benefit.whole for benefit in program.benefits if benefit.whole and benefit.confidence >= TRUSTED]
    return AT_MOST.format(sum=won(max(sums))) if sums else ""


def _phones(desk: Desk, match: Match, company: CompanyProfile, day: date) -> tuple[str, ...]:
    """The numbers that an answer would tell the company, where they are few enough to be its own."""
    offices = desk.offices(match, company.region, day)
    found = dict.fromkeys(phone for office in offices for phone in office.phones)
    return tuple(found) if len(found) <= FEW else ()


FEW = 3
"""More numbers are those of every branch, of which most are not the company's."""
