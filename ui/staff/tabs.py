"""Tabs: what is drawn where the page is being built flows in; what fills it whenever it is opened flows out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from ui.rooms.visitor import Visitor
from ui.rooms.wiring import Sheet, Updates


class Tab(Protocol):
    """One tab: its name in the address, its title, and how it is drawn and filled."""

    @property
    def name(self) -> str:
        """Stands in the address of the page: `?tab=`."""

    @property
    def title(self) -> str:
        """What staff read."""

    def draw(self, sheet: Sheet) -> Opened:
        """Draw the tab where the page is being built; what fills it whenever it is opened."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What fills a tab: a function of who looks, and the components it may fill."""

    fill: Callable[[Visitor], Updates]
    outputs: Sequence[Any]
