"""The desk: a data directory flows in, the open generation with its advisor flows out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rag.conditions.judge import judge
from rag.diagnosis.records import Case, Diagnosis
from rag.domain import Answer, CompanyProfile, Generation, Match, Question
from rag.settings import Settings
from server.logs import log, set_up

if TYPE_CHECKING:
    from rag.advisor import Advisor
    from rag.catalogue import Catalogue
    from rag.generation import OpenGeneration
    from rag.ports import ChatModel, Embedder
    from rag.reading.labelling import Labelled
    from rag.rerank import Reranking
    from rag.writing.brief import Brief


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

    async def labels(self, question: Question, model: ChatModel) -> Labelled | None:
        """How a language model reads the question; none where it cannot. Raises ModelFailed or ModelBusy."""
        return await self.advisor.labels(question, model)

    def brief(self, question: Question, labels: Labelled | None = None) -> Brief:
        """The answer with what a language model may write it from."""
        return self.advisor.brief(question, labels)

    def match(self, profile: CompanyProfile, as_of: date) -> tuple[Match, ...]:
        """Every programme against a profile on a day."""
        shelf = self.advisor.shelf
        return tuple(judge(program, profile, (), as_of, shelf.gazetteer) for program in shelf.programs)

    def knows_place(self, words: str) -> bool:
        """Whether the words name a place (시·도 or 시·군·구)."""
        return bool(self.advisor.shelf.gazetteer.address(words))

    def diagnose(self, case: Case, as_of: date) -> Diagnosis:
        """A company with its survey against this generation on a day."""
        from rag.diagnosis.diagnose import diagnose

        return diagnose(case, self.advisor.shelf, as_of, self.record.id, self.catalogue.review())

    def close(self) -> None:
        """Release it; nobody asks it afterwards."""
        self.generation.close()


@contextmanager
def opened(settings: Settings) -> Iterator[OpenDesk]:
    """The served generation for one command. Raises IndexMissing, IndexMismatch, IndexDamaged or ModelUnavailable."""
    set_up(settings.log_level)
    desk = opener(settings)()
    try:
        yield desk
    finally:
        desk.close()


def opener(settings: Settings, rehearsed: Sequence[Question] = ()) -> Callable[[], OpenDesk]:
    """A function that opens what CURRENT names; the models are had now, once for all generations.

    What is opened has answered the questions `rehearsed` already, so that no asker waits for what is read only when it
    is first asked for. Raises ModelUnavailable; the function raises IndexMissing, IndexMismatch or IndexDamaged.
    """
    embedder = embedder_of(settings)
    reranking = _reranking(settings)

    def open_desk() -> OpenDesk:
        from rag.advisor import Advisor
        from rag.generation import open_current

        generation = open_current(settings.data_dir, embedder, reranking)
        advisor = Advisor(generation)
        for question in rehearsed:
            advisor.answer(question)
        return OpenDesk(generation, advisor)

    return open_desk


def embedder_of(settings: Settings) -> Embedder:
    """The embedder that the settings name. Raises ModelUnavailable."""
    from rag.embedders import open_embedder

    return open_embedder(
        settings.embedder, settings.data_dir, weight=settings.embedder_weight, batch=settings.embedder_batch
    )


def _reranking(settings: Settings) -> Reranking | None:
    if not settings.reranker:
        return None
    from rag.rerank import Reranking
    from rag.rerankers import open_reranker

    def note(reason: str) -> None:
        log().warning("not_reranked", reranker=settings.reranker, reason=reason)

    return Reranking(open_reranker(settings.reranker), settings.reranker_timeout_s, note)
