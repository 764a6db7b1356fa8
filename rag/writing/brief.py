"""Briefs: what a model may write an answer from; the grounded answer with whatever its words are checked against."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from rag.domain import Answer, Question
from rag.plan import Ask, Plan, Shape


@dataclass(frozen=True, slots=True)
class Brief:
    """A question with its grounded answer.

    `writable` tells whether a model may be asked at all; `programs` are all canonical names of the catalogue; `unheld`
    are the words of the asker that no passage of the corpus holds, `titles` names the documents cited by their ids,
    `places_in` gives the words of a text that name a 시·도 or 시·군·구. `failed` says in a word why the model could
    not even read the question; then it is not asked to write. `heading` are lines that stand above whatever is written.
    A brief travels between processes.
    """

    question: Question
    answer: Answer
    plan: Plan
    writable: bool
    programs: tuple[str, ...]
    unheld: frozenset[str]
    titles: Mapping[str, str]
    places_in: Callable[[str], Iterable[str]]
    failed: str = ""
    heading: tuple[str, ...] = ()

    @property
    def in_english(self) -> bool:
        """Whether the answer is in English."""
        return self.plan.language == "en"

    @property
    def asks(self) -> frozenset[Ask]:
        """All that some part of the question wants to know."""
        return frozenset(ask for part in self.plan.parts for ask in part.asks)

    @property
    def compares(self) -> bool:
        """Whether some part of the question holds programmes against each other."""
        return any(part.shape is Shape.COMPARE for part in self.plan.parts)
