"""The port of publishing: generations and how they stand flow out, with checks; decisions of staff flow in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from rag.publishing.items import Check
from ui.rooms.visitor import Visitor


class Stand(StrEnum):
    """How a generation stands: served, checked against what is served, staged, served earlier, or built and left."""

    SERVED = "served"
    CHECKED = "checked"
    STAGED = "staged"
    EARLIER = "earlier"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class GenerationLine:
    """One generation; of one that is checked also how much blocks it, and how much of that is not decided."""

    id: str
    built: str
    stand: Stand
    sources: int
    programs: int
    blocking: int | None = None
    left: int | None = None
    checked: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """Who decided something, when and why; `what` says what was decided."""

    at: str
    person: str
    reason: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class CheckView:
    """The last check of a candidate, with what of it was accepted, by id; outdated where another is served by now."""

    check: Check
    at: str
    person: str
    accepted: Mapping[str, DecisionLine]
    is_outdated: bool

    @property
    def left(self) -> int:
        """How much that blocks is not decided."""
        return sum(item.blocks and item.id not in self.accepted for item in self.check.items)


class PublishingOffice(Protocol):
    """What staff do with generations."""

    def all(self, visitor: Visitor) -> tuple[GenerationLine, ...]:
        """Every generation there is, newest first."""

    def deeds(self, visitor: Visitor) -> tuple[DecisionLine, ...]:
        """Who had which one served or went back to it, newest first."""

    def seen(self, visitor: Visitor, id_: str) -> CheckView | None:
        """The last check of a candidate; None where there is none."""

    def check(self, visitor: Visitor, id_: str) -> CheckView:
        """Hold a candidate against what is served; this takes seconds to minutes."""

    def accept(self, visitor: Visitor, id_: str, items: Collection[str], reason: str) -> CheckView:
        """Accept some of what blocks a candidate."""

    def publish(self, visitor: Visitor, id_: str, reason: str) -> None:
        """Serve a candidate of which nothing is left to decide."""

    def roll_back(self, visitor: Visitor, id_: str, reason: str) -> None:
        """Serve one again that was served earlier, the last one where `id_` is empty."""
