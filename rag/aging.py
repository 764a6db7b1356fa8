"""Aging: programmes, their sources and a day flow in; what is out of date on that day flows out for review."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from rag.domain import Period, PeriodKind, PeriodStatus, Program, ReviewCode, ReviewItem, Source
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
                message=f"발행({source.published_on})한 지 1년이 넘었습니다.",
                action="새로 나온 문서가 있는지 확인하고, 있으면 바꿔 넣어 주세요.",
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
        yield _item(
            program,
            known,
            periods[-1],
            f"접수기간이 모두 지났습니다{_last_day(periods)}.",
            "올해 공고가 나왔는지 확인하고, 나왔으면 새 문서를 넣어 주세요.",
        )
    elif waiting and judged <= {PeriodStatus.CLOSED, PeriodStatus.UNKNOWN}:
        yield _item(
            program,
            known,
            waiting[-1],
            "예정된 공고 시기가 지났으나 정해진 날짜가 없습니다.",
            "확정된 공고문을 찾아 넣어 주세요.",
        )


def _last_day(periods: Sequence[Period]) -> str:
    days = [period.closes_on for period in periods if period.closes_on]
    return f"(마지막 날: {korean_date(max(days))})" if days else ""


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
