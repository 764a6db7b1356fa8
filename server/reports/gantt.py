"""The roadmap picture: a Gantt flows in, SVG or PNG flows out, or a table that says the same in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from types import MappingProxyType

from rag.diagnosis.records import Window
from rag.diagnosis.tree import Bar, Gantt, Grid
from server.reports.typeset import typeset

HIGHEST = 16
"""Bars in one picture; more go to a further picture, so that each fits a page."""
HEAD = "구분 · 과정"
PLANNED = "■"
SIGNS: Mapping[Window, tuple[str, str]] = MappingProxyType(
    {
        Window.OPEN: ("●", "접수 중"),
        Window.EXPECTED: ("◐", "접수 예상"),
        Window.UNKNOWN: ("?", "확인되지 않음"),
        Window.CLOSED: ("–", "접수 없음"),
    }
)
"""For each window its sign in a table and its Korean name."""
LEGEND = " · ".join([f"{PLANNED} 계획한 달", *(f"{sign} {name}" for sign, name in SIGNS.values())])


def table(gantt: Gantt) -> Grid:
    """The picture as a table: a row for each bar, a column for each month, signs as in `LEGEND`."""
    rows = ((bar.label, bar.group, *(_cell(bar, at) for at in range(len(gantt.months)))) for bar in gantt.bars)
    return Grid(("과정", "구분", *gantt.months), tuple(rows))


def widths(gantt: Gantt) -> tuple[float, ...]:
    """The shares of the columns of `table`: a narrow one for each month."""
    month = 0.775 / len(gantt.months)
    return (0.17, 0.055, *(month,) * len(gantt.months))


def _cell(bar: Bar, month: int) -> str:
    planned = f"{PLANNED} " if bar.first <= month <= bar.last else ""
    return (planned + (SIGNS[bar.windows[month]][0] if bar.windows else "")).rstrip()


def svg(gantt: Gantt) -> Iterator[str]:
    """The picture as SVG, in pieces that fit a page."""
    for piece in pieces(gantt):
        yield typeset("picture.typ", {"gantt": piece}, "svg").decode("utf-8")


def png(gantt: Gantt) -> Iterator[bytes]:
    """The picture as PNG, in pieces that fit a page."""
    for piece in pieces(gantt):
        yield typeset("picture.typ", {"gantt": piece}, "png")


def pieces(gantt: Gantt) -> Iterator[dict[str, object]]:
    """What the template draws: bars in bands of their group, each group with the number of its shade."""
    shades = {name: shade for shade, name in enumerate(dict.fromkeys(bar.group for bar in gantt.bars))}
    for start in range(0, max(len(gantt.bars), 1), HIGHEST):
        piece = replace(gantt, bars=gantt.bars[start : start + HIGHEST])
        bands = [(name, list(bars)) for name, bars in groupby(piece.bars, lambda bar: bar.group)]
        yield {
            "head": HEAD,
            "months": piece.months,
            "alternative": spoken(piece),
            "groups": [
                {"name": name, "shade": shades[name], "bars": list(map(_drawable, bars))} for name, bars in bands
            ],
            "legend": [{"name": f"{name} 계획", "shade": shades[name]} for name in dict(bands)],
            "windows": {window.value: name for window, (_, name) in SIGNS.items()},
        }


def spoken(gantt: Gantt) -> str:
    """The words for who cannot see the picture: its own, then each bar with its months."""
    bars = (f"{bar.label} ({bar.group}): {gantt.months[bar.first]}–{gantt.months[bar.last]}" for bar in gantt.bars)
    return "; ".join(filter(None, (gantt.alternative, *bars)))


def _drawable(bar: Bar) -> dict[str, object]:
    return {
        "label": bar.label,
        "first": bar.first,
        "last": bar.last,
        "windows": [str(window) for window in bar.windows],
    }
