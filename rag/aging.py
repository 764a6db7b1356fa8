"""Aging: programmes, their sources and a day flow in; what is out of date on that day flows out for review."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from rag.domain import Period, PeriodKind, PeriodStatus, Program, ReviewCode, ReviewItem, Source
from rag.messages import review as said
from rag.periods import korean_date, period_status
from rag.trust import sure
from rag.wordlists import sizes

_DAYS = sizes(Path(__file__).with_suffix(".yaml"))["days"]
OLD_DAYS = int(_DAYS["published"])
"""Days after its publication from which on a document is taken to be old."""


def aged(programs: Sequence[Program], sources: Iterable[Source], as_of: date) -> Iterator[ReviewItem]:
    """Documents published long before the day or not checked for long, then programmes that are over on it, or are said
    to run on by an old document.

    An edition that a later one supersedes is over by nature and not listed.
    """
    known = {source.id: source for source in sources}
    for source in known.values():
        yield from _old(source, as_of)
    superseded = {program.supersedes for program in programs}
    for program in programs:
        if program.id not in superseded:
            yield from _over(program, known, as_of)
            yield from _running(program, known, as_of)


def _old(source: Source, as_of: date) -> Iterator[ReviewItem]:
    latest, checked = latest_day(source.published_on), latest_day(source.checked_on)
    if latest and (as_of - latest).days > OLD_DAYS:
        yield ReviewItem(
            code=ReviewCode.STALE,
            source_id=source.id,
            file=source.path,
            message=said.OLD.format(published_on=source.published_on),
            action=said.LOOK_FOR_NEWER,
            field="published_on",
        )
    if checked and (as_of - checked).days > _DAYS["checked"]:
        yield ReviewItem(
            code=ReviewCode.STALE,
            source_id=source.id,
            file=source.path,
            message=said.NOT_CHECKED.format(checked_on=source.checked_on),
            action=said.LOOK_AT_ORIGIN,
            field="checked_on",
        )


def _running(program: Program, known: Mapping[str, Source], as_of: date) -> Iterator[ReviewItem]:
    """That a programme is said to run without an end, by a document that is old by now."""
    source = known.get(program.source_id)
    latest = latest_day(source.published_on) if source else None
    if not latest or (as_of - latest).days <= _DAYS["running"]:
        return
    for period in sure(program.periods):
        endless = period.kind in (PeriodKind.ALWAYS, PeriodKind.UNTIL_SPENT) and period.closes_on is None
        if endless and period_status(period, program, as_of) in (PeriodStatus.ALWAYS, PeriodStatus.OPEN):
            told = said.STILL_RUNNING.format(published_on=source.published_on if source else "")
            yield _item(program, known, period, told, said.LOOK_WHETHER_RUNNING, ReviewCode.STALE)
            return


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


def _item(
    program: Program,
    known: Mapping[str, Source],
    period: Period,
    message: str,
    action: str,
    code: ReviewCode = ReviewCode.PAST,
) -> ReviewItem:
    evidence = period.evidence or program.evidence
    source = known.get(evidence.source_id)
    return ReviewItem(
        code=code,
        source_id=evidence.source_id,
        file=source.path if source else "",
        message=message,
        action=action,
        pages=evidence.pages,
        program=program.name,
        field="period",
        quote=evidence.quote,
    )
