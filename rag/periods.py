"""Periods on a day: a `Period` and a day flow in, its status and what is said of it flow out.

A programme is open all through its last day. A plan year that is over closes what it set a time for; of what it says
nothing of, nothing is known.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from rag.announced import HELD, held
from rag.domain import ChangeKind, Period, PeriodKind, PeriodStatus, Program, Recurrence
from rag.messages import STANDING
from rag.messages import periods as said
from rag.messages.periods import Case

UPCOMING, CLOSED, UNKNOWN = PeriodStatus.UPCOMING, PeriodStatus.CLOSED, PeriodStatus.UNKNOWN
BEST_FIRST = (
    PeriodStatus.OPEN,
    PeriodStatus.ALWAYS,
    PeriodStatus.UPCOMING,
    PeriodStatus.UNKNOWN,
    PeriodStatus.CLOSED,
    PeriodStatus.CANCELLED,
)
"""What a reader can act on comes before what is over."""
_SHORTEST_MONTH = 28
UNSTATED = Period(PeriodKind.UNSTATED, "")
_RUNNING = (PeriodKind.FIXED, PeriodKind.ALWAYS, PeriodKind.UNTIL_SPENT)


def period_status(period: Period, program: Program, as_of: date) -> PeriodStatus:
    """What the period means on the day; `program.year` is the plan year it belongs to."""
    period = on_day(period, program, as_of)
    over = program.year is not None and as_of.year > program.year
    if period.is_cancelled:
        return PeriodStatus.CANCELLED
    if period.unread:
        return UNKNOWN
    if period.opens_on and as_of < period.opens_on:
        return PeriodStatus.UPCOMING
    match period.kind:
        case PeriodKind.FIXED if period.closes_on:
            return PeriodStatus.OPEN if as_of <= period.closes_on else PeriodStatus.CLOSED
        case PeriodKind.FIXED | PeriodKind.UNTIL_SPENT:
            return PeriodStatus.CLOSED if over else PeriodStatus.OPEN
        case PeriodKind.ALWAYS:
            return PeriodStatus.UNKNOWN if over else PeriodStatus.ALWAYS
        case PeriodKind.ANNOUNCED if over:
            return PeriodStatus.CLOSED
        case PeriodKind.ANNOUNCED if period.expected_from and as_of < period.expected_from:
            return PeriodStatus.UPCOMING
        case _:
            # From the first day of the month announced, the notice may be out or not.
            return PeriodStatus.UNKNOWN


def best_period(periods: Sequence[Period], program: Program, as_of: date) -> tuple[Period, PeriodStatus]:
    """Of several periods the one a reader can best act on; an unstated one where there is none.

    Of several that are over it is the last one, of several to come the next.
    """
    own = [on_day(period, program, as_of) for period in periods or (UNSTATED,)]
    return min(((period, period_status(period, program, as_of)) for period in own), key=lambda pair: _rank(*pair))


def _rank(period: Period, status: PeriodStatus) -> tuple[int, int]:
    """How well a reader can act on a period, the best first; one of several rounds by its days."""
    if not period.round or not period.closes_on or not period.opens_on:
        return BEST_FIRST.index(status), 0
    day = -period.closes_on.toordinal() if status is CLOSED else period.opens_on.toordinal()
    return BEST_FIRST.index(status), day


def on_day(period: Period, program: Program, as_of: date) -> Period:
    """The period as it is on a day: of one that comes again every month or week, the window of that day or the next.

    Where no other comes before the last day of all ("2월부터 10월까지 매월 1~7일"), the last one. Of the years before
    the one before its own, one without a first day says nothing. What staff announced of its intake holds on the day.
    """
    period = held(period, program, as_of)
    if _is_untold(period, program, as_of):
        return replace(period, kind=PeriodKind.UNSTATED)
    if not period.recurs or (program.year is not None and as_of.year > program.year):
        return period
    start = max(as_of, period.opens_on or as_of)
    windows = [_window(period.recurs, start, step) for step in range(-1, 3)]
    first, last = next(found for found in windows if found[1] >= start)
    if period.closes_on and first > period.closes_on:
        near = _window(period.recurs, period.closes_on, 0)
        first, last = near if near[0] <= period.closes_on else _window(period.recurs, period.closes_on, -1)
    return replace(
        period,
        kind=PeriodKind.FIXED,
        opens_on=max(first, period.opens_on or first),
        closes_on=last,
        until_spent=period.until_spent or period.kind is PeriodKind.UNTIL_SPENT,
    )


def _is_untold(period: Period, program: Program, as_of: date) -> bool:
    """Whether a day is too early for a period without a first day: a plan is told of in the year before, at most."""
    is_early = program.year is not None and as_of.year < program.year - 1
    return is_early and period.opens_on is None and period.kind in _RUNNING


def _window(recurs: Recurrence, near: date, step: int) -> tuple[date, date]:
    """The window of the month or week in which a day lies, or so many steps after it."""
    if recurs.unit == "week":
        monday = near - timedelta(days=near.weekday()) + timedelta(weeks=step)
        length = (recurs.last - recurs.first) % 7
        first = monday + timedelta(days=recurs.first)
        return first, first + timedelta(days=length)
    year, month = near.year + (near.month - 1 + step) // 12, (near.month - 1 + step) % 12 + 1
    end = monthrange(year, month)[1]
    return date(year, month, min(recurs.first, end)), date(year, month, min(recurs.last, end))


def days_left(period: Period, as_of: date) -> int | None:
    """Whole days until the last day, 0 on the last day itself; `None` without a last day or when it is past."""
    if period.closes_on is None or as_of > period.closes_on:
        return None
    return (period.closes_on - as_of).days


def korean_date(day: date) -> str:
    """ "2026년 4월 20일"."""
    return said.DAY.format(day)


def span(period: Period) -> str:
    """From when to when, as far as days are written: "2026년 3월 19일부터 4월 20일까지"; "" where none is."""
    opens, closes = period.opens_on, period.closes_on
    if opens and opens == closes:
        return said.ONE_DAY.format(korean_date(opens))
    if opens and closes and opens.year == closes.year:
        return said.FROM_TO.format(korean_date(opens), said.DAY_OF_YEAR.format(closes))
    return _days(period)


def month(period: Period) -> str:
    """The month or months in which a notice is expected: "2026년 2~3월"; "" where none is written."""
    start, end = period.expected_from or period.expected_to, period.expected_to or period.expected_from
    if not start or not end:
        return ""
    if start.year != end.year:
        return f"{said.MONTH.format(start)}~{said.MONTH.format(end)}"
    return (said.MONTH if start.month == end.month else said.MONTHS).format(start, end)


def when(period: Period | None, status: PeriodStatus, as_of: date) -> str:
    """One short sentence for an answer: whether one may apply on the day, and until or from when."""
    period = period or UNSTATED
    told = said.IN_ANSWER[_case(period, status, as_of)].format(**_words(period, as_of))
    return " ".join(filter(None, (told, again(period), _ends_early(period, status))))


def again(period: Period) -> str:
    """That a window comes again, and when; "" where none does."""
    if not period.recurs:
        return ""
    first, last = period.recurs.first, period.recurs.last
    if period.recurs.unit == "week":
        return said.WEEKLY.format(first=said.WEEKDAYS[first], last=said.WEEKDAYS[last])
    return (said.MONTHLY_TO_END if last > _SHORTEST_MONTH else said.MONTHLY).format(first=first, last=last)


def _ends_early(period: Period, status: PeriodStatus) -> str:
    is_ahead = status in (PeriodStatus.OPEN, UPCOMING)
    return said.ENDS_EARLY if period.until_spent and period.closes_on and is_ahead else ""


def describe(period: Period, status: PeriodStatus, as_of: date) -> str:
    """A full sentence on when one may apply, as reports give it: with what the document has and what is left open."""
    return said.IN_REPORT[_case(period, status, as_of)].format(**_words(period, as_of))


def brief(period: Period, status: PeriodStatus, as_of: date) -> str:
    """The standing on the day in a few words, for a cell of a table: "접수 중, 2026년 4월 20일까지(31일 남음)"."""
    more = said.IN_CELL.get(_case(period, status, as_of), "")
    if period.kind is PeriodKind.ANNOUNCED and not period.expected_from:
        more = ""
    return STANDING[status] + more.format(**_words(period, as_of))


def _case(period: Period, status: PeriodStatus, as_of: date) -> Case:
    """What there is to say of a period with this status on the day."""
    if status is PeriodStatus.CANCELLED:
        return Case.CANCELLED
    if period.unread:
        return Case.HELD if period.unread == HELD else Case.CHANGED
    match period.kind:
        case PeriodKind.FIXED:
            return _fixed(period, status, as_of)
        case PeriodKind.UNTIL_SPENT:
            running = Case.SPENT_UNSURE if period.confidence < 1 else Case.SPENT
            return {UPCOMING: Case.SPENT_AHEAD, CLOSED: Case.SPENT_OVER}.get(status, running)
        case PeriodKind.ALWAYS:
            running = Case.ALWAYS_UNSURE if period.confidence < 1 and period.text else Case.ALWAYS
            return {UPCOMING: Case.ALWAYS_AHEAD, UNKNOWN: Case.ALWAYS_OVER}.get(status, running)
        case PeriodKind.ANNOUNCED:
            return _announced(period, status, as_of)
    return Case.UNSTATED_BUT_WRITTEN if period.text else Case.UNSTATED


def _fixed(period: Period, status: PeriodStatus, as_of: date) -> Case:
    if not period.opens_on and not period.closes_on:
        return Case.DATELESS_OVER if status is CLOSED else Case.DATELESS
    if status is UPCOMING:
        return Case.AHEAD
    if status is CLOSED:
        if period.changed is ChangeKind.CLOSED:
            return Case.OVER_EARLY
        return Case.OVER if period.closes_on else Case.OVER_WITH_ITS_YEAR
    left = days_left(period, as_of)
    if left is None:
        return Case.RUNNING
    if left and (period.round or period.recurs):
        return Case.RUNNING_ROUND
    return Case.RUNNING_UNTIL if left else Case.LAST_DAY


def _announced(period: Period, status: PeriodStatus, as_of: date) -> Case:
    if not month(period):
        return Case.ANNOUNCED_MONTHLESS
    is_now = period.expected_to is not None and as_of <= period.expected_to
    waiting = Case.ANNOUNCED_NOW if is_now else Case.ANNOUNCED_PAST
    return {UPCOMING: Case.ANNOUNCED_AHEAD, CLOSED: Case.ANNOUNCED_OVER}.get(status, waiting)


def _words(period: Period, as_of: date) -> dict[str, object]:
    """What the slots of the sentences stand for; empty where the period has no such day."""
    opens, closes, first = period.opens_on, period.closes_on, period.expected_from
    quoted = said.QUOTED.format(period.text) if period.text else ""
    return {
        "span": span(period),
        "days": _days(period),
        "opens": korean_date(opens) if opens else "",
        "closes": f"{korean_date(closes)}{said.HOUR.format(period.closes_at) if period.closes_at else ''}"
        if closes
        else "",
        "named": f"{period.round} " if period.round else "",
        "since": f"{said.FROM.format(korean_date(opens))} " if opens else "",
        "until": (opens - as_of).days if opens else "",
        "left": days_left(period, as_of),
        "month": month(period),
        "first": said.MONTH.format(first) if first else "",
        "text": period.text,
        "quoted": quoted,
        "written": f" {quoted}" if quoted else "",
        "unread": period.unread,
        "before": said.BEFORE.format(_days(period)) if _days(period) else "",
    }


def _hour(period: Period) -> str:
    return said.HOUR.format(period.closes_at) if period.closes_at else ""


def _days(period: Period) -> str:
    """From when to when, each day with its year; "" where no day is written."""
    opens, closes = period.opens_on, period.closes_on
    if opens and closes:
        return said.FROM_TO.format(korean_date(opens), korean_date(closes))
    if closes:
        return said.UNTIL.format(korean_date(closes))
    return said.FROM.format(korean_date(opens)) if opens else ""
