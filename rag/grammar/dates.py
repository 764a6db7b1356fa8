"""Dates: years, months, days and words for them flow in; what they tell of a day, and the span of days it is, flow out.

A day or month without a year is that of the year the text is read in, whether past or to come, unless words say
otherwise. A day without a month is that of the current month, a weekday alone the next one to come. Weeks begin on
Monday.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from rag.grammar.numbers import of
from rag.grammar.rulebook import HIDDEN, Action, Node, registering
from rag.grammar.typed import Grain

DATES: dict[str, Action] = {}
_rule = registering(DATES)


_THIRDS = {"first": (1, 10), "middle": (11, 20), "last": (21, 31)}
_CENTURY = 2000
_NEAR_YEARS = 6


@dataclass(frozen=True, slots=True)
class Dated:
    """A day, month or year as told: parts not told are None; `span` where words gave whole days."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: str = ""
    span: tuple[date, date, Grain] | None = None
    at: time | None = None


def months_on(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month; beyond the calendar, its first or last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return date.min if months < 0 else date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_span(year: int, month: int, months: int = 1) -> tuple[date, date]:
    first = date(year, month, 1)
    return first, months_on(first, months) - timedelta(days=1)


def spanned(told: Dated, as_of: date) -> tuple[date, date, Grain] | None:
    """First day, last day and how exact they are; None where the calendar has no such day."""
    if told.span:
        return told.span
    year = told.year or as_of.year
    if not date.min.year <= year <= date.max.year:
        return None
    if told.month is None and told.day is None:
        return date(year, 1, 1), date(year, 12, 31), Grain.YEAR
    month = told.month or as_of.month
    last = monthrange(year, month)[1]
    if told.day is not None:
        if not 1 <= told.day <= last:
            return None
        day = date(year, month, told.day)
        return day, day, Grain.DAY
    if told.part in _THIRDS:
        first, end = _THIRDS[told.part]
        return date(year, month, first), date(year, month, min(end, last)), Grain.PART
    if told.part == "end":
        return date(year, month, last), date(year, month, last), Grain.DAY
    return date(year, month, 1), date(year, month, last), Grain.MONTH


# --- years ---


@_rule
def year(as_of: date, parts: tuple[Node, ...]) -> Dated:
    """2026년, 2026년도."""
    return Dated(parts[0].value)


@_rule
def short_year(as_of: date, parts: tuple[Node, ...]) -> Dated | None:
    """'26, 26년; 98년 is of the century before."""
    node = next(part for part in parts if part.kind == "d2")
    if node.end - node.start != 2:
        return None
    return Dated(_CENTURY + node.value - (100 if node.value > as_of.year % 100 + _NEAR_YEARS else 0))


@_rule
def near_year(as_of: date, parts: tuple[Node, ...]) -> Dated | None:
    """26년 alone only where it is near this year and not round, for 20년 is more often a duration."""
    told: Dated = parts[0].value
    return told if told.year and told.year % 10 and abs(told.year - as_of.year) <= _NEAR_YEARS else None


@_rule
def year_word(as_of: date, parts: tuple[Node, ...]) -> Dated:
    """올해, 작년."""
    return Dated(as_of.year + parts[0].value)


@_rule
def bare_year(as_of: date, parts: tuple[Node, ...]) -> Dated | None:
    """2026 before a name: a year that is at most a few to come."""
    at = parts[0].value
    return Dated(at) if 1950 <= at <= as_of.year + _NEAR_YEARS else None


# --- months and days ---


@_rule
def month(as_of: date, parts: tuple[Node, ...]) -> Dated | str:
    """5월, 유월."""
    at = parts[0].value
    return Dated(month=at) if 1 <= at <= 12 else HIDDEN


@_rule
def month_word(as_of: date, parts: tuple[Node, ...]) -> Dated:
    """다음 달."""
    day = months_on(as_of.replace(day=1), parts[0].value)
    return Dated(day.year, day.month)


@_rule
def dom(as_of: date, parts: tuple[Node, ...]) -> Dated | None:
    """19일, 이십일."""
    at = parts[0].value if parts[0].kind == "d2" else of(parts[0]).low
    return Dated(day=int(at)) if 1 <= at <= 31 else None


@_rule
def joined(as_of: date, parts: tuple[Node, ...]) -> Dated | str:
    """A year, a month, a day or part of it put together; a day that no calendar has is no value."""
    told = Dated()
    for part in parts:
        if part.kind == "part":
            told = replace(told, part=part.value)
        else:
            told = Dated(part.value.year or told.year, part.value.month or told.month, part.value.day or told.day)
    return told if spanned(told, as_of) else HIDDEN


def numbered(year_: int | None, month_: int, day: int | None, as_of: date) -> Dated | None:
    if not 1 <= month_ <= 12:
        return None
    told = Dated(year_, month_, day)
    return told if spanned(told, as_of) else None


def _integers(parts: tuple[Node, ...]) -> list[int]:
    return [part.value for part in parts if part.kind in ("year4", "d2")]


@_rule
def dotted(as_of: date, parts: tuple[Node, ...]) -> Dated | str | None:
    """2026. 3. 19., 2026-03-19, 2026. 3.; a day that no calendar has is no value."""
    year_, month_, *day = _integers(parts)
    return numbered(year_, month_, day[0] if day else None, as_of) or (HIDDEN if day else None)


@_rule
def short_dotted(as_of: date, parts: tuple[Node, ...]) -> Dated | None:
    """26.4.20, '26. 4. 20."""
    year_, month_, day = _integers(parts)
    return numbered(_CENTURY + year_, month_, day, as_of) if year_ >= 10 else None


@_rule
def month_day(as_of: date, parts: tuple[Node, ...]) -> Dated | None:
    """3.19, 3. 19., 3/19, 3.5.; neither 3.5 nor 1/2, which are days only where something else says so."""
    month_, day = _integers(parts)
    is_number = parts[1].kind == "dot" and parts[-1].kind == "d2" and parts[-1].end - parts[-1].start == 1
    is_share = parts[1].kind == "slash" and month_ < day <= 5
    return None if is_number or is_share else numbered(None, month_, day, as_of)


@_rule
def loose(as_of: date, parts: tuple[Node, ...]) -> Dated | None:
    """3.5, 1/2 before a bound, a weekday or the other end of a range."""
    month_, day = _integers(parts)
    return numbered(None, month_, day, as_of)


@_rule
def compact(as_of: date, parts: tuple[Node, ...]) -> Dated | None:
    """20260319."""
    digits = parts[0].value
    if len(digits) != 8 or not "19" <= digits[:2] <= "22":
        return None
    return numbered(int(digits[:4]), int(digits[4:6]), int(digits[6:]), as_of)


# --- English ---


@_rule
def english(as_of: date, parts: tuple[Node, ...]) -> Dated | None:
    """March 19, Apr. 20, 2026, 20 April."""
    at: int = next(part.value for part in parts if part.kind in ("en_month", "en_verb"))
    year_ = next((part.value for part in parts if part.kind == "year4"), None)
    day = next((part.value for part in parts if part.kind == "d2"), None)
    return numbered(year_, at, day, as_of)


@_rule
def english_this(as_of: date, parts: tuple[Node, ...]) -> Dated:
    """Last March, next June: the one before or after this month."""
    way, month_ = (part.value for part in parts)
    year_ = as_of.year + (way if way * (month_ - as_of.month) <= 0 else 0)
    return Dated(year_, month_)
