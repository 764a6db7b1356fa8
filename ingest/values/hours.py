"""Moments: a statement on when to apply flows in; its hours, days of rest, windows and rule for the post flow out.

Hours are read by the grammar of values (`rag.grammar`); a weekday counts from 0, Monday.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, time
from pathlib import Path

from ingest.phrases import phrases
from rag.domain import Arrival, Period, PeriodKind, Recurrence
from rag.grammar.typed import Clock, Days
from rag.grammar.values import ANY_DAY, read_values

_WEEK = "월화수목금토일"
_WEEKEND = (5, 6)
_LAST_OF_MONTH = 31
_WORDS = phrases(Path(__file__).with_suffix(".yaml"))
# "매월 1일~10일", "매월 말일까지", "매주 화요일 ~ 목요일": the window of every month or week.
_WINDOW = re.compile(
    r"(?:매월|매달)\s?(?:(?P<d1>\d{1,2})\s?일?\s?(?:부터|[~-])\s?)?(?P<d2>\d{1,2}\s?일|말일?)"
    rf"|매주\s?(?:(?P<w1>[{_WEEK}])(?:요일)?\s?(?:부터|[~-])\s?)?(?P<w2>[{_WEEK}])요일"
)
_REST = rf"(?:토·일|주말|(?:법정\s?)?공휴일|휴일|[{_WEEK}]요일|(?<![가-힣])[토일](?=[\s·,/]))"
_CLOSED = re.compile(
    rf"(?P<rest>{_REST}(?:(?:[\s·,/]|및|과|와)*{_REST})*)(?:에)?(?:은|는)?\s?(?:접수\s?)?(?:제외|불가|휴무|미접수|쉽|(?:접수|받)[가-힣]{{0,3}}\s?(?:않|안))"
    r"|(?P<working>평일(?:에만?|만)?\s?(?:에\s?한|접수|방문|가능|운영|\d))"
)
_LAST_MINUTE = time(23, 59)


@dataclass(frozen=True, slots=True)
class Moments:
    """What a statement says beside its days."""

    opens_at: time | None = None
    closes_at: time | None = None
    recurs: Recurrence | None = None
    closed: tuple[int, ...] = ()
    closed_on_holidays: bool = False
    arrival: Arrival | None = None


def moments(said: str, period: Period, year: int | None) -> Moments:
    """What plain words say beside the days of the period that was read from them."""
    opens_at, closes_at = _hours(said, period, year) if _WORDS["hour"].is_in(said) else (None, None)
    closed, holidays = _rest(said)
    return Moments(opens_at, closes_at, _window(said), closed, holidays, _arrival(said))


def with_moments(period: Period, found: Moments) -> Period:
    """The period with what it lacks of these moments."""
    return replace(
        period,
        opens_at=period.opens_at or found.opens_at,
        closes_at=period.closes_at or found.closes_at,
        recurs=period.recurs or (found.recurs if _has_room(period) else None),
        closed=period.closed or found.closed,
        closed_on_holidays=period.closed_on_holidays or found.closed_on_holidays,
        arrival=period.arrival or found.arrival,
    )


def _has_room(period: Period) -> bool:
    """Whether a window may come again within a period: it has no last day, or goes on for more than a month."""
    is_short = period.opens_on and period.closes_on and (period.closes_on - period.opens_on).days <= _LAST_OF_MONTH
    return not is_short


def closing_hour(said: str) -> time | None:
    """The hour of the last day that plain words tell without a day: "각 차수 마감일 17시까지", "접수시간 09:00~18:00".

    Office hours ("평일 09:00~18:00") are none unless the words say that one hands in then.
    """
    outside = _WINDOW.sub(" ", _WORDS["beside"].without(said))
    is_last = _WORDS["hour"].is_in(outside) and _WORDS["last_hour"].is_in(outside)
    if not is_last or _WORDS["other_hour"].is_in(outside):
        return None
    values = read_values(outside, ANY_DAY)
    clocks = [value for value in values if isinstance(value.of, Clock)]
    is_span = len(clocks) == 2 and "~" in outside[clocks[0].end : clocks[1].start]
    if any(isinstance(value.of, Days) for value in values) or not (len(clocks) == 1 or is_span):
        return None
    told = clocks[-1].of
    return _end_of_day(told.at) if isinstance(told, Clock) else None


def _end_of_day(at: time | None) -> time | None:
    """The hour at which a last day ends: 24:00 is its last minute, not its first."""
    return _LAST_MINUTE if at == time(0) else at


def _hours(said: str, period: Period, year: int | None) -> tuple[time | None, time | None]:
    """The hours of the first and the last day; a clock time that one may apply until belongs to the last."""
    if period.kind is not PeriodKind.FIXED or period.closes_on is None:
        return None, None
    values = read_values(said, date(year or period.closes_on.year, 1, 1))
    days = next((v.of for v in values if isinstance(v.of, Days) and v.of.last == period.closes_on), None)
    until = (v.of.at for v in values if isinstance(v.of, Clock) and said[v.end :].lstrip().startswith(("까지", "마감")))
    closes = days.closes if days and days.closes is not None else next(until, None)
    return days.opens if days else None, _end_of_day(closes)


def _window(said: str) -> Recurrence | None:
    found = _WINDOW.search(said)
    if found is None:
        return None
    if found["w2"]:
        last = _WEEK.index(found["w2"])
        return Recurrence("week", _WEEK.index(found["w1"]) if found["w1"] else last, last)
    until = said[found.end() :].lstrip().startswith("까지")
    last = _LAST_OF_MONTH if found["d2"].startswith("말") else int(found["d2"].rstrip("일 "))
    first = int(found["d1"]) if found["d1"] else 1 if until else last
    return Recurrence("month", first, last) if 1 <= first <= last <= _LAST_OF_MONTH else None


def _rest(said: str) -> tuple[tuple[int, ...], bool]:
    """The weekdays on which nothing is received, and whether on holidays neither."""
    found = _CLOSED.search(said)
    if found is None:
        return (), False
    if found["working"]:
        return _WEEKEND, True
    rest = (named := found["rest"]).replace("공휴일", "").replace("휴일", "")
    days = {_WEEK.index(day) for day in re.findall(rf"[{_WEEK}](?=요일|[\s·,/]|$)", rest)}
    return tuple(sorted(days | (set(_WEEKEND) if "주말" in rest else set()))), "휴일" in named


def _arrival(said: str) -> Arrival | None:
    if _WORDS["postmark"].is_in(said):
        return Arrival.POSTMARK
    return Arrival.ARRIVED if _WORDS["arrived"].is_in(said) else None
