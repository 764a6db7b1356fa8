"""Days: dates, hours and words between them flow in; spans of days with their bounds flow out.

What one end of a range lacks, the other has, and its end is never before its beginning: "11월~2월" ends in the year
after. A last day without a month ("2일까지") that is over in this month is one of the next.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from rag.grammar import nearby
from rag.grammar.bounds import nothing
from rag.grammar.dates import Dated, months_on, numbered, spanned
from rag.grammar.numbers import of
from rag.grammar.rulebook import Action, Node, registering
from rag.grammar.typed import Clock, Days, Grain

ACTIONS: dict[str, Action] = nearby.ACTIONS | {"nothing": nothing}

_rule = registering(ACTIONS)
_HALF = 15
_DATED = ("dated", "loose")


@_rule
def clock(as_of: date, parts: tuple[Node, ...]) -> time | None:
    """18:00, 오후 6시, 3시 반, 6 pm."""
    kinds = [part.kind for part in parts]
    figures = [
        int(part.value if part.kind == "d2" else of(part).low) for part in parts if part.kind in ("d2", "native")
    ]
    # "10시 20", "10시 분": minutes need their unit.
    if "colon" not in kinds and (len(figures) == 2) != ("minute_unit" in kinds):
        return None
    hour, minute = figures[0], 30 if "half_hour" in kinds else figures[1] if len(figures) > 1 else 0
    later = next((part.value for part in parts if part.kind.endswith("meridiem")), None)
    hour = hour if later is None else hour % 12 + later
    return time(hour % 24, minute) if hour <= 24 and minute < 60 else None


@_rule
def noon(as_of: date, parts: tuple[Node, ...]) -> time:
    """정오, 자정."""
    return time(parts[0].value)


@_rule
def told_clock(as_of: date, parts: tuple[Node, ...]) -> Clock:
    """An hour alone."""
    return Clock(parts[0].value)


@_rule
def dated(as_of: date, parts: tuple[Node, ...]) -> Dated | None:
    """A day with the weekday and the hour told behind it."""
    made: Dated = parts[0].value
    if len(parts) == 1:
        return made
    span = spanned(made, as_of)
    if span is None or span[2] is not Grain.DAY:
        return None
    return replace(made, at=parts[-1].value) if parts[-1].kind == "clock" else made


@_rule
def days(as_of: date, parts: tuple[Node, ...]) -> Days | None:
    """What was told, in days."""
    return _days(parts[0].value, as_of)


def _days(made: Dated, as_of: date) -> Days | None:
    span = spanned(made, as_of)
    return Days(*span, made.at, made.at, year_told=made.year is not None) if span else None


@_rule
def until(as_of: date, parts: tuple[Node, ...]) -> Days | None:
    """~ 4. 20."""
    return _limited(parts[1].value, "until", as_of)


@_rule
def bounded(as_of: date, parts: tuple[Node, ...]) -> Days | None:
    """4월 20일까지, 3월부터, 6월 안에, by June 30."""
    word, made = sorted(parts, key=lambda part: part.kind in _DATED)
    return _limited(made.value, word.value, as_of)


def _limited(made: Dated, word: str, as_of: date) -> Days | None:
    if word == "until" and made.day and not made.month and made.day < as_of.day:
        later = months_on(as_of.replace(day=1), 1)
        made = replace(made, year=later.year, month=later.month)
    whole = _days(made, as_of)
    if whole is None or whole.first is None or whole.last is None or (word == "inside" and made.day):
        return None
    if word in ("until", "upto"):
        return replace(whole, first=None, opens=None)
    if word == "since":
        return replace(whole, last=None, closes=None)
    if word == "before":
        return Days(None, whole.first - timedelta(days=1), Grain.DAY, year_told=whole.year_told)
    return replace(whole, first=max(whole.first, as_of)) if whole.last >= as_of else whole


@_rule
def ranged(as_of: date, parts: tuple[Node, ...]) -> Days | None:
    """3.19 ~ 4.20, 3~5월, 3월 19일부터 25일까지."""
    first, last = (part for part in parts if part.kind in (*_DATED, "d2", "year4", "clock"))
    if last.kind == "clock":
        whole = _days(first.value, as_of)
        return replace(whole, closes=last.value) if whole and first.value.at else None
    begin, end = _as_dated(first, last), _as_dated(last, first)
    if begin is None or end is None or _is_duration(begin, end):
        return None
    if parts[0].kind == "year":
        begin = replace(begin, year=parts[0].value.year)
    return _from_to(begin, end, as_of)


def _as_dated(node: Node, other: Node) -> Dated | None:
    """A bare number at one end of a range is what the other end is: a month, a day, a year."""
    if node.kind in _DATED:
        made: Dated = node.value
        return made
    there: Dated = other.value
    if node.kind == "year4":
        return Dated(node.value) if there.year and there.month is None else None
    if there.span or (there.day is None and there.month is None):
        return None
    return replace(there, day=node.value, at=None) if there.day else numbered(there.year, node.value, None, date.min)


def _is_duration(begin: Dated, end: Dated) -> bool:
    """Whether "3~4일" is so many days: both without a month, in the first half of it."""
    return not (begin.month or end.month or begin.span or end.span) and 0 < (end.day or 0) <= _HALF


def _from_to(begin: Dated, end: Dated, as_of: date) -> Days | None:
    """The span from one day to another; what one of them lacks, the other has."""
    is_told = (begin.year or end.year) is not None
    may_wrap = end.year is None and end.span is None
    if begin.year is None and begin.month and end.month and begin.month <= end.month:
        begin = replace(begin, year=end.year)
    if end.span is None:
        year = begin.span[0].year if begin.span else begin.year
        end = replace(end, year=end.year or year, month=end.month or (begin.month if end.day else None))
    one, other = spanned(begin, as_of), spanned(end, as_of)
    if one and other and other[1] < one[0] and may_wrap:
        other = spanned(replace(end, year=one[0].year + 1), as_of)
    if one is None or other is None or other[1] < one[0]:
        return None
    grain = other[2] if one[2] == other[2] else Grain.DAY
    return Days(one[0], other[1], grain, begin.at, end.at, year_told=is_told)


@_rule
def spending(as_of: date, parts: tuple[Node, ...]) -> Days | None:
    """3월부터 예산 소진 시까지."""
    if parts[0].kind == "spent":
        return Days(None, None, Grain.DAY, spent=True)
    whole = _days(parts[0].value, as_of)
    return replace(whole, last=None, closes=None, spent=True) if whole else None
