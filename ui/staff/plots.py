"""Plots: numbers by day or by name flow in; columns or shares to be drawn, and the same as a table, flow out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 600.0, 120.0
"""How large a plot is drawn, in units of the picture."""
_GAP = 0.25
"""What of the room of a column is left empty."""
_LOWEST = 2.0
"""As high as what is more than nothing is drawn at least, so that it is seen."""


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers of one kind by day: `kind` names the colour, `name` is for people."""

    kind: str
    name: str
    by_day: Mapping[date, float]


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle of a plot."""

    kind: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Plot:
    """Bars with what stands around them, in words, and as a table (days newest first, without those of nothing)."""

    bars: tuple[Bar, ...]
    legend: tuple[tuple[str, str], ...]
    top: str
    first: str
    last: str
    words: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole: its colour and name, how many, and how many in a hundred."""

    kind: str
    name: str
    count: int
    percent: float


def columns_of(
    days: Sequence[date], series: Sequence[Series], words: str, unit: str, *, is_stacked: bool = True
) -> Plot:
    """A column for each day: series on top of each other, or before each other with the first behind."""
    heights = [[one.by_day.get(day, 0.0) for one in series] for day in days]
    top = max((sum(told) if is_stacked else max(told, default=0.0) for told in heights), default=0.0)
    room = WIDTH / len(days) if days else WIDTH
    bars: list[Bar] = []
    for at, told in enumerate(heights):
        ground = HEIGHT
        for one, value in zip(series, told, strict=True):
            if value <= 0:
                continue
            height = round(max(value / top * HEIGHT, _LOWEST), 1)
            bars.append(
                Bar(
                    one.kind,
                    round((at + _GAP / 2) * room, 1),
                    round(max(ground - height, 0.0), 1),
                    round(room * (1 - _GAP), 1),
                    height,
                )
            )
            ground -= height if is_stacked else 0.0
    rows = [
        (told_day(day), *(f"{number(value)}{unit}" for value in told))
        for day, told in zip(reversed(days), reversed(heights), strict=True)
        if any(told)
    ]
    return Plot(
        bars=tuple(bars),
        legend=tuple((one.kind, one.name) for one in series),
        top=f"{number(top)}{unit}",
        first=told_day(days[0]) if days else "",
        last=told_day(days[-1]) if days else "",
        words=words,
        head=("날", *(one.name for one in series)),
        rows=tuple(rows),
    )


def shares_of(parts: Sequence[tuple[str, str, int]]) -> tuple[Share, ...]:
    """Parts of a whole, each with its colour, name and count, those of nothing left out."""
    whole = sum(count for _, _, count in parts)
    return tuple(Share(kind, name, count, round(count / whole * 100, 1)) for kind, name, count in parts if count)


def told_day(day: date) -> str:
    """A day in short."""
    return f"{day.month}. {day.day}."


def number(value: float) -> str:
    """A number, with a decimal only where it has one and is small."""
    return f"{value:.1f}" if value % 1 and value < 10 else f"{value:,.0f}"
