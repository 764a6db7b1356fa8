"""The desk: a data directory flows in, the open generation with its advisor flows out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from rag.diagnosis.records import Case, Diagnosis
from rag.domain import Answer, CompanyProfile, Contact, Generation, Match, Question, Result, SizeClass
from rag.settings import Settings
from server.logs import log, set_up

if TYPE_CHECKING:
    from rag.advisor import Advisor
    from rag.catalogue import Catalogue
    from rag.diagnosis.fitting import Fitting
    from rag.generation import OpenGeneration
    from rag.plan import Plan
    from rag.ports import Embedder
    from rag.reading.labelling import Labelled
    from rag.rerank import Reranking
    from rag.writing.brief import Brief
    from server.desks.judged import Judged


@dataclass(frozen=True, slots=True)
class OpenDesk:
    """One open generation and the advisor that answers from it."""

    generation: OpenGeneration
    advisor: Advisor
    _judged: Judged = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        from server.desks.judged import Judged

        object.__setattr__(self, "_judged", Judged(self.advisor.shelf))

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

    def read(self, question: Question, labels: Labelled | None = None) -> Plan:
        """How the question is understood; `labels` are those that a language model gave it."""
        return self.advisor.read(question, labels)

    def brief(self, question: Question, labels: Labelled | None = None) -> Brief:
        """The answer with what a language model may write it from."""
        return self.advisor.brief(question, labels)

    def match(self, profile: CompanyProfile, as_of: date) -> tuple[Match, ...]:
        """Every programme against a profile on a day."""
        return self._judged.match(profile, as_of)

    def in_order(self, order: Callable[[Match], Any], as_of: date) -> tuple[Match, ...]:
        """Every programme without a company on a day, in an order told by a function of module level."""
        return self._judged.in_order(order, as_of)

    def match_one(self, program_id: str, profile: CompanyProfile, as_of: date) -> Match | None:
        """The programme of that id against a profile on a day; None for none."""
        return self._judged.match_one(program_id, profile, as_of)

    def fit(self, profile: CompanyProfile, as_of: date) -> Fitting:
        """The programmes of a day for a company, best first."""
        return self._judged.fit(profile, as_of)

    def serving(self, region: str, as_of: date) -> Mapping[str, Result] | None:
        """Whether each programme, by its id, is for a place; None where the words name no place."""
        return self._judged.serving(region, as_of)

    def admitting(self, size: SizeClass, as_of: date) -> Set[str]:
        """The ids of the programmes that are open to firms of a size."""
        return self._judged.admitting(size, as_of)

    def offices(self, match: Match, region: str | None, as_of: date) -> tuple[Contact, ...]:
        """Whom to call on a programme from a place, as answers tell it; every office where no place is told."""
        return self._judged.offices(match, region, as_of)

    def knows_place(self, words: str) -> bool:
        """Whether the words name a place (시·도 or 시·군·구)."""
        return bool(self.advisor.shelf.gazetteer.address(words))

    def diagnose(self, case: Case, as_of: date, planned: Collection[str] = ()) -> Diagnosis:
        """A company with its survey against this generation on a day, and the programmes planned with, by id."""
        from rag.diagnosis.diagnose import diagnose

        return diagnose(case, self.advisor.shelf, as_of, self.record.id, self.catalogue.review(), planned)

    def open_vectors(self) -> None:
        """Open what does not survive a fork. Raises IndexDamaged."""
        self.generation.open_vectors()

    def close(self) -> None:
        """Release it; nobody asks it afterwards."""
        self.generation.close()


@contextmanager
def opened(settings: Settings) -> Iterator[OpenDesk]:
    """The served generation for one command, as all servers have it.

    Raises IndexMissing, IndexDamaged, ModelUnavailable, StorageUnavailable or StoreUnavailable.
    """
    from server.sharing.catching_up import caught_up

    set_up(settings.log_level)
    caught_up(settings)
    desk = opener(settings)()
    try:
        yield desk
    finally:
        desk.close()


def opener(
    settings: Settings, rehearsed: Sequence[Question] = (), *, vectors_later: bool = False
) -> Callable[[], OpenDesk]:
    """A function that opens what CURRENT names; the models are had once for all generations.

    A generation is searched by the embedder that built it, whatever the settings name for the next; where that cannot
    be had any more, by words alone, and its answers are `degraded`. What is opened has answered the questions
    `rehearsed` already, so that no asker waits for what is read only when it is first asked for; with `vectors_later`
    they are searched by words, until the vectors are opened. Raises ModelUnavailable where the reranker cannot be had;
    the function raises IndexMissing or IndexDamaged.
    """
    embedder_of, reranking = embedders(settings), _reranking(settings)

    def open_desk() -> OpenDesk:
        from rag.advisor import Advisor
        from rag.generation import open_served

        generation = open_served(
            settings.data_dir,
            embedder_of,
            reranking,
            vectors_later=vectors_later,
            chroma_url=settings.chroma_url,
        )
        advisor = Advisor(generation)
        for question in rehearsed:
            advisor.answer(question)
        return OpenDesk(generation, advisor)

    return open_desk


def open_to_fork(settings: Settings, rehearsed: Sequence[Question]) -> OpenDesk:
    """What CURRENT names now, opened but for the vectors. Raises ModelUnavailable, IndexMissing or IndexDamaged."""
    return opener(settings, rehearsed, vectors_later=True)()


def try_models(settings: Settings) -> None:
    """Have what the settings name once and let it go: whoever starts a server is told what cannot be had.

    Raises ModelUnavailable where the reranker cannot be had.
    """
    _reranking(settings)


def embedders(settings: Settings) -> Callable[[Generation], Embedder | None]:
    """A function that has the embedder of a generation, once for all built by it; None, which is logged, for none."""
    known: dict[str, Embedder] = {}

    def embedder_of(record: Generation) -> Embedder | None:
        if record.embedder not in known:
            found = embedder_for(record, settings)
            if isinstance(found, str):
                log().warning("embedder_missing", embedder=record.embedder, reason=found)
                return None
            known[record.embedder] = found
        return known[record.embedder]

    return embedder_of


def embedder_for(record: Generation, settings: Settings) -> Embedder | str:
    """The embedder that built a generation, or in a sentence why it cannot be had any more."""
    from rag.embedders import reopened
    from rag.errors import ModelUnavailable

    try:
        return reopened(
            record.embedder, settings.data_dir, weight=settings.embedder_weight, batch=settings.embedder_batch
        )
    except ModelUnavailable as error:
        return str(error)


def searched_by(record: Generation, settings: Settings) -> str:
    """A sentence on what finds passages of a generation by their meaning, and why nothing does or why it is Kiwi."""
    from rag.embedders import AUTO, e5
    from rag.messages import models as said

    found = embedder_for(record, settings)
    if isinstance(found, str):
        return said.SEARCHES_BY_WORDS.format(name=record.embedder, reason=found)
    reason = e5.why_not() if settings.embedder == AUTO else ""
    told = said.SEARCHES_WITHOUT_E5 if reason else said.SEARCHES_BY
    return told.format(name=record.embedder, reason=reason)


def _reranking(settings: Settings) -> Reranking | None:
    if not settings.reranker:
        return None
    from rag.rerank import Reranking
    from rag.rerankers import open_reranker

    def note(reason: str) -> None:
        log().warning("not_reranked", reranker=settings.reranker, reason=reason)

    return Reranking(open_reranker(settings.reranker), settings.reranker_timeout_s, note)
