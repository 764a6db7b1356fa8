"""The month: what opens and closes on its days flows in; a calendar, the same as a list, flows out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = ("월", "화", "수", "목", "금", "토", "일")
SHOWN = 4
"""So many programmes of a day are shown; the others are folded."""


@dataclass(frozen=True, slots=True)
class Happening:
    """What happens to a programme, or a track of it, on a day: `event` is closes or opens."""

    day: date
    event: str
    name: str
    href: str
    whose: str
    at: str


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of the month with what happens on it."""

    day: date
    words: str
    is_today: bool
    shown: tuple[Happening, ...]
    folded: tuple[Happening, ...]


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month; `lead` is how many days of the week, which begins on Sunday, lie before its first."""

    first: date
    lead: int
    days: tuple[MonthDay, ...]
    closing: int
    opening: int


def month_view(first: date, happenings: Iterable[Happening], today: date) -> MonthView:
    """The month that begins on a day, with what happens in it."""
    told = list(happenings)
    days = []
    day = first
    while day.month == first.month:
        own = tuple(one for one in told if one.day == day)
        words = f"{day.month}월 {day.day}일({WEEKDAYS[day.weekday()]})"
        days.append(MonthDay(day, words, day == today, own[:SHOWN], own[SHOWN:]))
        day += timedelta(1)
    closing = sum(one.event == "closes" for one in told)
    return MonthView(first, (first.weekday() + 1) % 7, tuple(days), closing, len(told) - closing)
