"""Desks: what can be asked where a generation is open, and how work gets to such a place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Set
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar

from rag.diagnosis.records import Case, Diagnosis
from rag.domain import (
    Answer,
    CompanyProfile,
    Contact,
    Document,
    Generation,
    Match,
    Program,
    Question,
    Result,
    ReviewItem,
    SizeClass,
    Source,
    SourceResult,
)
from rag.plan import Plan
from rag.reading.labelling import Labelled
from rag.writing.brief import Brief

if TYPE_CHECKING:
    from rag.diagnosis.fitting import Fitting

P = ParamSpec("P")
R = TypeVar("R")

PROBE = "지원사업 문의처를 알려 주세요"
WISH = "부산에서 직원 3명으로 음식점을 합니다. 설비를 바꾸는 비용을 받을 수 있는 사업이 있나요?"
NO_INDEX = "아직 색인이 없습니다. 'jiwon sync'를 실행해 주세요."
NOT_OPENED = "색인을 열지 못했습니다. 'jiwon sync'를 다시 실행하거나 'jiwon rollback'으로 되돌려 주세요."


def rehearsal(day: date) -> tuple[Question, ...]:
    """Questions that together ask for all that is read only when it is first asked for: facts, and what fits whom."""
    return tuple(Question(text, day) for text in (PROBE, WISH))


State = tuple[tuple[int, int, int] | None, ...]
"""What `rag.generation.state` tells of what is stored: CURRENT, then the folder of generations."""


def is_news(state: State, seen: State, *, is_served: bool) -> bool:
    """Whether what is stored has changed so that something else is to be opened.

    The folder of generations changes while one is built: that matters only where none is served.
    """
    return state[0] != seen[0] or (not is_served and state != seen)


class Catalogue(Protocol):
    """What a generation knows by name."""

    def source(self, source_id: str, /) -> Source | None:
        """One source, or None."""

    def document(self, source_id: str, /) -> Document | None:
        """One document as it was read, or None."""

    def sources(self) -> tuple[Source, ...]:
        """Every source."""

    def programs(self) -> tuple[Program, ...]:
        """Every programme as read."""

    def results(self) -> tuple[SourceResult, ...]:
        """What became of each source in the sync."""

    def review(self) -> tuple[ReviewItem, ...]:
        """What a person should look at, whatever the day."""


class Desk(Protocol):
    """One open generation with whoever answers from it."""

    @property
    def record(self) -> Generation:
        """Which generation this is."""

    @property
    def catalogue(self) -> Catalogue:
        """What it knows by name."""

    def answer(self, question: Question) -> Answer:
        """Answer from this generation."""

    def read(self, question: Question, labels: Labelled | None = None) -> Plan:
        """How the question is understood; `labels` are those that a language model gave it."""

    def brief(self, question: Question, labels: Labelled | None = None) -> Brief:
        """The answer with what a language model may write it from."""

    def match(self, profile: CompanyProfile, as_of: date) -> tuple[Match, ...]:
        """Every programme against a profile on a day."""

    def in_order(self, order: Callable[[Match], Any], as_of: date) -> tuple[Match, ...]:
        """Every programme without a company on a day, in an order told by a function of module level."""

    def match_one(self, program_id: str, profile: CompanyProfile, as_of: date) -> Match | None:
        """The programme of that id against a profile on a day; None for none."""

    def fit(self, profile: CompanyProfile, as_of: date) -> Fitting:
        """The programmes of a day for a company, best first."""

    def serving(self, region: str, as_of: date) -> Mapping[str, Result] | None:
        """Whether each programme, by its id, is for a place; None where the words name no place."""

    def admitting(self, size: SizeClass, as_of: date) -> Set[str]:
        """The ids of the programmes that are open to firms of a size."""

    def offices(self, match: Match, region: str | None, as_of: date) -> tuple[Contact, ...]:
        """Whom to call on a programme from a place, as answers tell it; every office where no place is told."""

    def knows_place(self, words: str) -> bool:
        """Whether the words name a place."""

    def diagnose(self, case: Case, as_of: date, planned: Collection[str] = ()) -> Diagnosis:
        """A company with its survey against this generation on a day, and the programmes planned with, by id."""

    def close(self) -> None:
        """Release it; nobody asks it afterwards."""


class Forked(Desk, Protocol):
    """A desk of which workers are forked."""

    def open_vectors(self) -> None:
        """Open what does not survive a fork. Raises IndexDamaged."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How the desks stand: the generation served, how many are free, and how much work waits for one."""

    record: Generation | None
    idle: int
    waiting: int


class Desks(Protocol):
    """Where work is done at a desk of the served generation, by name of a function and what it is given."""

    async def run(self, work: Callable[Concatenate[Desk, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """What the work gives. Raises what it raises, and IndexMissing, saying why, where nothing is served."""

    def check(self) -> None:
        """Raise at once what `run` would for want of a generation or of room."""

    def standing(self) -> Standing:
        """How they stand now."""

    def wait(self, work: Callable[Concatenate[Desk, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The same for a thread that waits."""
