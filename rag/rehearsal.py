"""Rehearsal: a generation that nobody has asked yet flows in, and passes once it answered the standard questions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from rag.advisor import Advisor
from rag.domain import Answer, AnswerStatus, Program, Question, Source
from rag.errors import IndexDamaged
from rag.generation import OpenGeneration
from rag.messages import index as said
from rag.messages.standard import STANDARD

Progress = Callable[[str, int, int], None]
Spread = TypeVar("Spread")

ALL_UP_TO = 60
"""Of so many programmes every standard question is asked. An answer takes .05 to .15 s."""
CHANGED_UP_TO = 20
"""Of more, every one of so many programmes that are new or have changed …"""
SPREAD = 60
"""… and one each of so many that lie evenly among the others, the standard questions in turn."""


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard question of one programme, by its name."""

    program: str
    text: str


class Sources(Protocol):
    """What knows the sources that answers cite."""

    def source(self, id_: str, /) -> Source | None:
        """The source of that id."""


class Answering(Protocol):
    """What answers from a generation, and knows its sources."""

    @property
    def catalogue(self) -> Sources:
        """Its sources."""

    def answer(self, question: Question) -> Answer:
        """Answer a question."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An open generation as one that answers."""

    advisor: Advisor
    catalogue: Sources

    def answer(self, question: Question) -> Answer:
        """Answer a question."""
        return self.advisor.answer(question)


def standard_questions(programs: Sequence[Program]) -> tuple[Standard, ...]:
    """Every standard question of every programme, those of one programme together."""
    names = dict.fromkeys(program.name for program in programs)
    return tuple(Standard(name, form.format(program=name)) for name in names for form in STANDARD)


def sample(programs: Sequence[Program], changed: Collection[str]) -> tuple[Standard, ...]:
    """What is asked before a generation is served: all where there are few programmes, else those of programmes whose
    name is among the `changed` first. The same every time.
    """
    every = standard_questions(programs)
    size = len(STANDARD)
    groups = [every[at : at + size] for at in range(0, len(every), size)]
    if len(groups) <= ALL_UP_TO:
        return every
    first = spread([group for group in groups if group[0].program in changed], CHANGED_UP_TO)
    others = spread([group for group in groups if group not in first], SPREAD)
    return (*(one for group in first for one in group), *(group[at % size] for at, group in enumerate(others)))


def rehearse(
    opened: OpenGeneration, questions: Sequence[Standard], as_of: date, progress: Progress | None = None
) -> None:
    """Ask an open generation; `progress` is told step, done and total.

    That nothing is known is an answer. Raises IndexDamaged, naming the first question that is not answered, or is
    answered from a source that the generation does not know.
    """
    tell: Progress = progress or (lambda step, done, total: None)
    asked = Asked(Advisor(opened), opened.catalogue)
    for done, question in enumerate(questions):
        tell(said.STEP_REHEARSAL, done, len(questions))
        if fault := fault_of(asked, Question(question.text, as_of)):
            raise IndexDamaged(
                said.NOT_REHEARSED.format(
                    id=opened.record.id, program=question.program, question=question.text, why=fault
                )
            )
    tell(said.STEP_REHEARSAL, len(questions), len(questions))


def fault_of(asked: Answering, question: Question) -> str:
    """What is wrong with an answer, in a sentence; empty where nothing is."""
    return tried(asked, question)[1]


def tried(asked: Answering, question: Question) -> tuple[Answer | None, str]:
    """The answer, if there is any, and what is wrong with it."""
    try:
        answer = asked.answer(question)
    except Exception as error:  # noqa: BLE001 - whatever an asker would meet, he must not
        return None, f"{said.NO_ANSWER}, {type(error).__name__}"
    if answer.status is AnswerStatus.FAILED:
        return answer, said.NO_ANSWER
    cited = (citation.evidence.source_id for citation in answer.citations)
    unknown = next((id_ for id_ in cited if asked.catalogue.source(id_) is None), None)
    return answer, said.UNKNOWN_SOURCE.format(id=unknown) if unknown is not None else ""


def spread(groups: Sequence[Spread], most: int) -> list[Spread]:
    """So many at most, evenly among all."""
    count = min(most, len(groups))
    return [groups[at * len(groups) // count] for at in range(count)]
