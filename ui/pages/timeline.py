"""The timeline: periods flow in; twelve months of them as bars to be drawn, and in words, flow out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from rag.domain import Period, PeriodKind, PeriodStatus
from rag.periods import brief

MONTHS = 12
WIDTH = 600
"""How wide the twelve months are drawn, in units of the picture."""
_TOLD = 4
"""So many periods of one programme are told in words; of the others how many they are."""
_THINNEST = 4.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of the twelve months: `kind` is fixed (days are written), ongoing (no last day) or expected (a month)."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Strip:
    """The twelve months of one programme: bars from left to right, and the same in words."""

    bars: tuple[Bar, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Scale:
    """Twelve months beginning with the one of a day."""

    first: date
    last: date
    today: float
    months: tuple[str, ...]

    def x(self, day: date) -> float:
        """Where a day begins, from 0 to `WIDTH`."""
        share = (day - self.first).days / ((self.last - self.first).days + 1)
        return round(min(max(share, 0.0), 1.0) * WIDTH, 1)


def scale_of(as_of: date) -> Scale:
    """The twelve months from the one of a day on."""
    begins = [(as_of.year + (as_of.month - 1 + n) // 12, (as_of.month - 1 + n) % 12 + 1) for n in range(MONTHS + 1)]
    first, last = date(*begins[0], 1), date(*begins[MONTHS], 1) - timedelta(1)
    names = tuple(f"{month}월" for _, month in begins[:MONTHS])
    scale = Scale(first, last, 0.0, names)
    return Scale(first, last, scale.x(as_of), names)


def strip_of(told: Iterable[tuple[Period, PeriodStatus]], scale: Scale, as_of: date) -> Strip:
    """The periods of one programme, each with its standing on the day; what was called off is told and not drawn."""
    told = list(told)
    bars = [bar for period, status in told if (bar := _bar(period, status, scale))]
    words = list(dict.fromkeys(_words(period, status, as_of) for period, status in told))
    more = f" 외 {len(words) - _TOLD}개" if len(words) > _TOLD else ""
    return Strip(tuple(dict.fromkeys(bars)), "; ".join(words[:_TOLD]) + more)


def _words(period: Period, status: PeriodStatus, as_of: date) -> str:
    named = " ".join(filter(None, (period.track, period.round)))
    told = brief(period, status, as_of)
    return f"{named}: {told}" if named else told


def _bar(period: Period, status: PeriodStatus, scale: Scale) -> Bar | None:
    if status is PeriodStatus.CANCELLED or period.kind is PeriodKind.UNSTATED:
        return None
    if period.kind is PeriodKind.ANNOUNCED:
        first, last = period.expected_from or period.expected_to, period.expected_to or period.expected_from
        return _between("expected", first, last, scale) if first else None
    if period.closes_on or period.opens_on:
        kind = "fixed" if period.closes_on else "ongoing"
        return _between(kind, period.opens_on, period.closes_on, scale)
    is_over = status in (PeriodStatus.CLOSED, PeriodStatus.UNKNOWN)
    return None if is_over else _between("ongoing", None, None, scale)


def _between(kind: str, first: date | None, last: date | None, scale: Scale) -> Bar | None:
    """What of some days lies within the twelve months; nothing where none does."""
    first, last = max(first or scale.first, scale.first), min(last or scale.last, scale.last)
    if first > last:
        return None
    start = min(scale.x(first), WIDTH - _THINNEST)
    return Bar(kind, start, round(max(scale.x(last + timedelta(1)) - start, _THINNEST), 1))
