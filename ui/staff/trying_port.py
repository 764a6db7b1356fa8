"""The port of trying out: generations to ask flow out, a question flows in, its answer as people see it flows out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rag.plan import Plan
from ui.pages.card import CardView
from ui.rooms.visitor import Visitor


@dataclass(frozen=True, slots=True)
class Tried:
    """One question and its answer: the card, the text that follow-up questions rest on, and how it was read."""

    asked: str
    text: str
    card: CardView
    plan: Plan | None
    took_ms: int


class TryingOffice(Protocol):
    """Asks any generation; nothing of it is kept."""

    def generations(self, visitor: Visitor) -> tuple[tuple[str, str], ...]:
        """What can be asked, in words and by id: the served one first."""

    def ask(self, visitor: Visitor, generation: str, day: str, words: str, talk: Sequence[Tried]) -> Tried:
        """The answer of a generation on a day (YYYY-MM-DD, "" for today), after what was asked before."""
