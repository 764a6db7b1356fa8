"""The port of figures: how much was asked, how it ended and how long it took, and what is served, flows out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from rag.domain import AnswerStatus
from ui.rooms.visitor import Visitor


@dataclass(frozen=True, slots=True)
class Waits:
    """How long answers took, in seconds: half of them no longer than `middle`, nineteen in twenty than `slow`."""

    middle: float
    slow: float
    count: int


@dataclass(frozen=True, slots=True)
class ServedLine:
    """What is served: its id, when it was built, how many days ago, and how much is in it."""

    id: str
    built: str
    age_days: int
    programs: int
    sources: int


@dataclass(frozen=True, slots=True)
class UsageView:
    """Figures of some days, by day; `idle` workers have nothing to do, `waiting` pieces of work wait for one."""

    days: tuple[date, ...]
    ends: Mapping[date, Mapping[AnswerStatus, int]]
    waits: Mapping[date, Waits]
    whole: Waits | None
    opinions: Mapping[date, tuple[int, int]]
    served: ServedLine | None
    idle: int
    waiting: int


class UsageOffice(Protocol):
    """How things stand."""

    def view(self, visitor: Visitor, days: int) -> UsageView:
        """The figures of the last days."""
