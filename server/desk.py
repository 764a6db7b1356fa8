"""The desk: a data directory flows in, the open generation with its advisor flows out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rag.diagnosis.records import Case, Diagnosis
from rag.domain import Answer, CompanyProfile, Generation, Match, Question
from rag.match import match_program
from rag.settings import Settings

if TYPE_CHECKING:
    from rag.advisor import Advisor
    from rag.catalogue import Catalogue
    from rag.generation import OpenGeneration
    from rag.ports import Embedder


@dataclass(frozen=True, slots=True)
class OpenDesk:
    """One open generation and the advisor that answers from it."""

    generation: OpenGeneration
    advisor: Advisor

    @property
    def record(self) -> Generation:
        """Which generation this is."""
        return self.generation.record

    @property
    def catalogue(self) -> Catalogue:
        """What it knows by name."""
        return self.generation.catalogue

    def answer(self, question: Question) -> Answer:
        """Answer from this generation."""
        return self.advisor.answer(question)

    def match(self, profile: CompanyProfile, as_of: date) -> tuple[Match, ...]:
        """Every programme against a profile on a day."""
        knowledge = self.advisor.knowledge
        return tuple(match_program(program, profile, as_of, knowledge.gazetteer) for program in knowledge.programs)

    def knows_place(self, words: str) -> bool:
        """Whether the words name a place (시·도 or 시·군·구)."""
        return bool(self.advisor.knowledge.gazetteer.address(words))

    def diagnose(self, case: Case, as_of: date) -> Diagnosis:
        """A company with its survey against this generation on a day."""
        from rag.diagnosis.diagnose import diagnose

        return diagnose(case, self.advisor.knowledge, as_of, self.record.id)

    def close(self) -> None:
        """Release it; nobody asks it afterwards."""
        self.generation.close()


@contextmanager
def opened(settings: Settings) -> Iterator[OpenDesk]:
    """The served generation for one command. Raises IndexMissing, IndexMismatch, IndexDamaged or ModelUnavailable."""
    desk = opener(settings)()
    try:
        yield desk
    finally:
        desk.close()


def opener(settings: Settings) -> Callable[[], OpenDesk]:
    """A function that opens what CURRENT names; the embedder is made once, at the first opening.

    It raises IndexMissing, IndexMismatch, IndexDamaged or ModelUnavailable.
    """
    made: list[Embedder] = []

    def open_desk() -> OpenDesk:
        from rag.advisor import Advisor
        from rag.embedders import open_embedder
        from rag.generation import open_current

        if not made:
            made.append(open_embedder(settings.embedder, settings.data_dir))
        generation = open_current(settings.data_dir, made[0])
        return OpenDesk(generation, Advisor(generation))

    return open_desk
