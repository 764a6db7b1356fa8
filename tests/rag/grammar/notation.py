"""The notation of the examples: a value flows in, the short form that `examples.yaml` has it in flows out."""

from __future__ import annotations

from datetime import date, time

from rag.grammar.typed import (
    Age,
    Clock,
    Count,
    Days,
    Duration,
    Interval,
    Link,
    Mail,
    Money,
    Number,
    Ordinal,
    Phone,
    Registration,
    Share,
    Typed,
)


def written(value: Typed) -> str:
    """A value as the examples write it."""
    match value:
        case Number(interval):
            return f"number {bounds(interval)}"
        case Money(interval, currency, per):
            return " ".join((currency, bounds(interval), *(f"/{each}" for each in per)))
        case Share(interval, points, per):
            return " ".join((bounds(interval), "%p" if points else "%", *(f"/{each}" for each in per)))
        case Count(interval, unit, per) | Duration(interval, unit, per):
            return " ".join((bounds(interval), unit, *(f"/{each}" for each in per)))
        case Ordinal(at):
            return f"#{at}"
        case Days():
            return days(value)
        case Clock(at):
            return f"{at:%H:%M}"
        case Age(years=Interval() as years):
            return f"age {bounds(years)}"
        case Age(first, last):
            return f"founded {first}" if first == last else f"founded {first or ''}..{last or ''}"
        case Phone(numbers, extension):
            return " ".join(("phone", *numbers, *(("ext", extension) if extension else ())))
        case Mail(address):
            return f"mail {address}"
        case Link(address):
            return f"link {address}"
        case Registration(number):
            return f"registration {number}"


def bounds(interval: Interval) -> str:
    """ "~5", "<=5", "3..<7"."""
    about = "~" if interval.about else ""
    low, high = (None if end is None else f"{round(end, 3)}" for end in (interval.low, interval.high))
    if interval.low == interval.high:
        return f"{about}{low}"
    if low is None:
        return f"{about}{'<' if interval.under else '<='}{high}"
    if high is None:
        return f"{about}{'>' if interval.over else '>='}{low}"
    return f"{about}{low}{'<' if interval.over else ''}..{'<' if interval.under else ''}{high}"


def days(value: Days) -> str:
    """ "2026-03-19", "2026-03-01..2026-03-31 month", "2026-01-05.. day spent"."""
    if value.first == value.last and value.first and not value.opens:
        return value.first.isoformat()
    span = f"{_moment(value.first, value.opens)}..{_moment(value.last, value.closes)}"
    return f"{span} {value.grain}{' spent' if value.spent else ''}"


def _moment(day: date | None, at: time | None) -> str:
    return "" if day is None else f"{day}T{at:%H:%M}" if at else day.isoformat()
