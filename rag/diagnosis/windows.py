"""Windows: a programme and a day flow in; whether one may apply in each of the next twelve months flows out."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from rag.diagnosis.records import Window
from rag.domain import Period, PeriodKind, PeriodStatus, Program
from rag.periods import period_status

MONTHS = 12
_ORDER = (Window.OPEN, Window.EXPECTED, Window.UNKNOWN, Window.CLOSED)


def months_from(as_of: date) -> tuple[tuple[date, date], ...]:
    """First and last day of twelve months; the first begins with the day itself."""
    spans = []
    for step in range(MONTHS):
        year, month = as_of.year + (as_of.month - 1 + step) // 12, (as_of.month - 1 + step) % 12 + 1
        first = date(year, month, 1)
        spans.append((max(first, as_of), date(year, month, monthrange(year, month)[1])))
    return tuple(spans)


def windows_of(program: Program, as_of: date) -> tuple[Window, ...]:
    """The best window of any period in each month from the day."""
    periods = program.periods or (Period(PeriodKind.UNSTATED, ""),)
    spans = months_from(as_of)
    return tuple(min((_window(p, program, as_of, *span) for p in periods), key=_ORDER.index) for span in spans)


def _window(period: Period, program: Program, as_of: date, first: date, last: date) -> Window:
    """What one period means in a month. A plan covers its own year: of the next, nothing is known."""
    if program.year is not None and first.year > program.year:
        return Window.UNKNOWN
    if period.kind is PeriodKind.UNSTATED:
        return Window.UNKNOWN
    if period.kind is PeriodKind.ANNOUNCED:
        if period.expected_from is None or period.expected_to is None:
            return Window.UNKNOWN
        if last < period.expected_from:
            return Window.CLOSED
        return Window.EXPECTED if first <= period.expected_to else Window.UNKNOWN
    if period.opens_on and last < period.opens_on:
        return Window.CLOSED
    if period.closes_on and first > period.closes_on:
        return Window.CLOSED
    if period.kind is PeriodKind.UNTIL_SPENT and period_status(period, program, as_of) is PeriodStatus.OPEN:
        # Money may run out any day: sure only of the month at hand.
        return Window.OPEN if first == as_of else Window.EXPECTED
    return Window.OPEN
