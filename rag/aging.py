"""Aging: programmes, their sources and a day flow in; what is out of date on that day flows out for review."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from rag.domain import Period, PeriodKind, PeriodStatus, Program, ReviewCode, ReviewItem, Source
from rag.messages import review as said
from rag.periods import korean_date, period_status
from rag.trust import sure

OLD_DAYS = 365
"""Days after its publication from which on a document is taken to be old."""


def aged(programs: Sequence[Program], sources: Iterable[Source], as_of: date) -> Iterator[ReviewItem]:
    """Documents published more than a year before the day, then programmes that are over on it.

    An edition that a later one supersedes is over by nature and not listed.
    """
    known = {source.id: source for source in sources}
    for source in known.values():
        latest = latest_day(source.published_on)
        if latest and (as_of - latest).days > OLD_DAYS:
            yield ReviewItem(
                code=ReviewCode.STALE,
                source_id=source.id,
                file=source.path,
                message=said.OLD.format(published_on=source.published_on),
                action=said.LOOK_FOR_NEWER,
                field="published_on",
            )
    superseded = {program.supersedes for program in programs}
    for program in programs:
        if program.id not in superseded:
            yield from _over(program, known, as_of)


def latest_day(published_on: str) -> date | None:
    """The last day that "2026", "2026-02" or "2026-02-04" can mean; `None` for anything else."""
    parts = published_on.split("-")
    if not published_on or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    year, month, day = (*map(int, parts), 0, 0)[:3]
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def _over(program: Program, known: Mapping[str, Source], as_of: date) -> Iterator[ReviewItem]:
    periods = [period for period in sure(program.periods) if period.kind is not PeriodKind.UNSTATED]
    judged = {period_status(period, program, as_of) for period in periods}
    waiting = [p for p in periods if p.kind is PeriodKind.ANNOUNCED and not (p.expected_to and as_of <= p.expected_to)]
    if judged == {PeriodStatus.CLOSED}:
        told = said.ALL_PAST.format(last_day=_last_day(periods))
        yield _item(program, known, periods[-1], told, said.LOOK_FOR_NOTICE)
    elif waiting and judged <= {PeriodStatus.CLOSED, PeriodStatus.UNKNOWN}:
        yield _item(program, known, waiting[-1], said.STILL_ANNOUNCED, said.LOOK_FOR_DAYS)


def _last_day(periods: Sequence[Period]) -> str:
    days = [period.closes_on for period in periods if period.closes_on]
    return said.LAST_DAY.format(day=korean_date(max(days))) if days else ""


def _item(program: Program, known: Mapping[str, Source], period: Period, message: str, action: str) -> ReviewItem:
    evidence = period.evidence or program.evidence
    source = known.get(evidence.source_id)
    return ReviewItem(
        code=ReviewCode.PAST,
        source_id=evidence.source_id,
        file=source.path if source else "",
        message=message,
        action=action,
        pages=evidence.pages,
        program=program.name,
        field="period",
        quote=evidence.quote,
    )
