"""Periods: a programme and the days that staff give flow in, the programme with that period flows out."""

from __future__ import annotations

from dataclasses import replace

from ingest.corrections.changes import Days
from ingest.corrections.voice import Voice, short
from rag.domain import Period, PeriodKind, Program
from rag.periods import korean_date

_ENDS = {PeriodKind.ALWAYS: "연중 상시", PeriodKind.UNTIL_SPENT: "예산 소진 시까지"}


def told(days: Days, program: Program) -> str:
    """What the documents say of the period."""
    return short(p.text for p in program.periods if days.track in (None, p.track))


def corrected(days: Days, program: Program, voice: Voice) -> Program:
    """The programme with the period in the place of all others, or of those of its track."""
    kept = [p for p in program.periods if days.track and p.track != days.track]
    gone = {p.evidence for p in program.periods if p not in kept} - {p.evidence for p in kept}
    return replace(
        program,
        periods=(*(p for p in kept if p.kind is not PeriodKind.UNSTATED), _period(days, program, voice)),
        details=tuple(detail for detail in program.details if detail.evidence not in gone),
    )


def _period(days: Days, program: Program, voice: Voice) -> Period:
    opens = f"{korean_date(days.opens_on)}부터 " if days.opens_on else ""
    text = opens + (f"{korean_date(days.closes_on)}까지" if days.closes_on else _ENDS[days.kind])
    return Period(
        kind=days.kind,
        text=text,
        evidence=voice.evidence(program, text),
        opens_on=days.opens_on,
        closes_on=days.closes_on,
        track=days.track,
    )
