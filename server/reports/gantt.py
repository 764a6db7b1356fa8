"""The roadmap picture: a Gantt flows in, SVG and PNG flow out, or a table that says the same in words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from rag.diagnosis.records import Window
from rag.diagnosis.tree import Bar, Gantt, Grid

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
    return Grid(("과정", "수준", *gantt.months), tuple(rows))


def _cell(bar: Bar, month: int) -> str:
    planned = f"{PLANNED} " if bar.first <= month <= bar.last else ""
    window = bar.windows[month] if month < len(bar.windows) else Window.UNKNOWN
    return planned + SIGNS[window][0]
