"""Nearby: words for parts of a year, weeks and days counted from today flow in; the days they mean flow out.

A weekday alone is the next one to come; weeks begin on Monday; a winter begins in December.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from rag.grammar.dates import DATES, Dated, joined, month_span, months_on
from rag.grammar.measures import Quantity
from rag.grammar.rulebook import Action, Node, registering
from rag.grammar.typed import Grain, Unit

ACTIONS: dict[str, Action] = DATES

_rule = registering(ACTIONS)
_YEAR_PARTS = {"first": (1, 2), "middle": (6, 7), "last": (11, 12)}
_WEEK_PARTS = {"first": (0, 1), "middle": (2, 3), "last": (4, 6)}


# --- parts of a month and of a year ---


@_rule
def month_part(as_of: date, parts: tuple[Node, ...]) -> Dated:
    """월말."""
    return Dated(as_of.year, as_of.month, part=parts[0].value)


def _months_of(year_: int, first: int, last: int, grain: Grain) -> Dated:
    return Dated(year_, span=(*month_span(year_, first, last - first + 1), grain))


def _year_of(as_of: date, parts: tuple[Node, ...]) -> int:
    """The year told before a part of it, or this one."""
    told = next((part.value for part in parts if part.kind in ("year", "lead_year")), None)
    return told.year if told else as_of.year + next((p.value for p in parts if p.kind == "this_time"), 0)


@_rule
def year_part(as_of: date, parts: tuple[Node, ...]) -> Dated | None:
    """연말, 내년 초: the first or last two months."""
    at = _YEAR_PARTS.get(parts[-1].value)
    if at is None:
        return None
    if parts[-1].kind == "year_part" and at[0] > 1:
        at = (12, 12)
    return _months_of(_year_of(as_of, parts), *at, Grain.SEASON)


@_rule
def within_year(as_of: date, parts: tuple[Node, ...]) -> Dated:
    """연내."""
    return Dated(as_of.year, span=(as_of, date(as_of.year, 12, 31), Grain.YEAR))


@_rule
def half_year(as_of: date, parts: tuple[Node, ...]) -> Dated:
    """하반기."""
    first = 6 * parts[-1].value - 5
    return _months_of(_year_of(as_of, parts), first, first + 5, Grain.HALF)


@_rule
def quarter(as_of: date, parts: tuple[Node, ...]) -> Dated | None:
    """3분기, 2/4분기."""
    at = parts[-2].value
    return _months_of(_year_of(as_of, parts), 3 * at - 2, 3 * at, Grain.QUARTER) if 1 <= at <= 4 else None


@_rule
def this_quarter(as_of: date, parts: tuple[Node, ...]) -> Dated | None:
    """이번 분기, 다음 분기."""
    if parts[1].end - parts[1].start != 2:
        return None
    day = months_on(as_of, 3 * parts[0].value)
    first = (day.month - 1) // 3 * 3 + 1
    return _months_of(day.year, first, first + 2, Grain.QUARTER)


@_rule
def season(as_of: date, parts: tuple[Node, ...]) -> Dated:
    """봄, 내년 봄; a winter begins in December."""
    year_, first = _year_of(as_of, parts), parts[-1].value
    return Dated(year_, span=(*month_span(year_, first, 3), Grain.SEASON))


# --- weeks and weekdays ---


def _week_of(day: date) -> tuple[date, date, Grain]:
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6), Grain.WEEK


@_rule
def week(as_of: date, parts: tuple[Node, ...]) -> Dated:
    """다음 주."""
    return Dated(span=_week_of(as_of + timedelta(weeks=parts[0].value)))


def _in_week(told: Dated, first: int, last: int, grain: Grain) -> Dated:
    assert told.span
    monday = told.span[0]
    return replace(told, span=(monday + timedelta(days=first), monday + timedelta(days=last), grain))


@_rule
def weekday(as_of: date, parts: tuple[Node, ...]) -> Dated:
    """월요일, 다음 주 월요일."""
    at = parts[-1].value
    if len(parts) == 1 or parts[0].kind == "this_time":
        back = len(parts) > 1 and parts[0].value < 0
        ahead = (at - as_of.weekday()) % 7 or 7
        day = as_of + timedelta(days=ahead - 7 if back and ahead < 7 else ahead - 14 if back else ahead)
        return Dated(span=(day, day, Grain.DAY))
    return _in_week(parts[0].value, at, at, Grain.DAY)


@_rule
def week_part(as_of: date, parts: tuple[Node, ...]) -> Dated | None:
    """다음 주 초, 이번 주 중."""
    at = _WEEK_PARTS.get(parts[1].value)
    return _in_week(parts[0].value, *at, Grain.PART) if at else parts[0].value


@_rule
def weekend(as_of: date, parts: tuple[Node, ...]) -> Dated:
    """주말, 다음 주말."""
    weeks = parts[0].value if len(parts) > 1 else 0
    return _in_week(Dated(span=_week_of(as_of + timedelta(weeks=weeks))), 5, 6, Grain.DAY)


@_rule
def nth_week(as_of: date, parts: tuple[Node, ...]) -> Dated | None:
    """4월 첫째 주: the first week of a month is that of its first Thursday (KS X ISO 8601)."""
    told = joined(as_of, tuple(part for part in parts if part.kind in ("year", "month", "relative")))
    at = next(part.value for part in parts if part.kind in ("nth", "d2"))
    if not isinstance(told, Dated) or not (1 <= at <= 5 or at == -1):
        return None
    first, last = month_span(told.year or as_of.year, told.month or as_of.month)
    thursday = first + timedelta(days=(3 - first.weekday()) % 7)
    day = thursday + timedelta(weeks=at - 1) if at > 0 else last - timedelta(days=(last.weekday() - 3) % 7)
    return Dated(span=_week_of(day))


# --- from today ---


@_rule
def near(as_of: date, parts: tuple[Node, ...]) -> Dated:
    """오늘, 모레, D-7."""
    day = as_of + timedelta(days=parts[-1].value)
    return Dated(span=(day, day, Grain.DAY))


def _moved(as_of: date, quantity: Quantity, sign: int) -> tuple[date, Grain] | None:
    """The day so long after today or before it; of years only the year is meant."""
    amount = quantity.interval.high if sign > 0 else quantity.interval.low
    if amount is None or quantity.interval.low != quantity.interval.high:
        return None
    number, unit = Fraction(amount), quantity.measure
    if number > 1000 or unit not in (Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS):
        return None
    if unit in (Unit.DAYS, Unit.WEEKS):
        return as_of + timedelta(days=sign * int(number * (7 if unit == Unit.WEEKS else 1))), Grain.DAY
    whole = int(number * (12 if unit == Unit.YEARS else 1))
    days = int((number - whole) * 30) if unit == Unit.MONTHS else 0
    day = months_on(as_of, sign * whole) + timedelta(days=sign * days)
    return day, Grain.YEAR if unit == Unit.YEARS else Grain.DAY


@_rule
def offset(as_of: date, parts: tuple[Node, ...]) -> Dated | None:
    """열흘 후, 사흘 전, 2년 뒤."""
    quantity = next(part.value for part in parts if part.kind == "exact")
    moved = _moved(as_of, quantity, -1 if parts[-1].kind == "ago" else 1)
    if moved is None:
        return None
    day, grain = moved
    if grain is Grain.YEAR:
        return Dated(day.year)
    return Dated(span=(day, day, grain))


@_rule
def by_then(as_of: date, parts: tuple[Node, ...]) -> Dated | None:
    """2주 안에."""
    moved = _moved(as_of, parts[0].value, 1)
    return Dated(span=(as_of, moved[0], Grain.DAY)) if moved else None


@_rule
def english_part(as_of: date, parts: tuple[Node, ...]) -> Dated | None:
    """Early June, the end of next month."""
    if parts[1].kind == "year":
        made: Dated | None = year_part(as_of, (parts[1], parts[0]))
        return made
    told: Dated = parts[1].value
    return replace(told, part=parts[0].value) if told.month and not told.day else None
