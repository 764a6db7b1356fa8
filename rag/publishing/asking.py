"""Asking: the programmes that change flow in; where the served and the candidate answer of them otherwise flows out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rag.domain import AnswerStatus, Program, ProgramKey, Question
from rag.expectations import shown
from rag.messages import publishing as said
from rag.messages.standard import STANDARD
from rag.publishing.difference import ProgramDifference, Shift
from rag.publishing.items import Item, ItemKind, item
from rag.rehearsal import Answering, spread, tried

Progress = Callable[[str, int, int], None]

MOST = 20
"""Of so many programmes that change or come every standard question is asked, of more of so many that lie evenly among
them, those that change first: an answer takes .05 to .15 s, and each is asked twice."""
_TELLS = {AnswerStatus.ANSWERED: 2, AnswerStatus.PARTIAL: 1}


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered, without marks, and what is wrong with it, "" where nothing is."""

    status: AnswerStatus
    text: str
    fault: str


@dataclass(frozen=True, slots=True)
class Asking:
    """One programme that is asked about, by its name in either catalogue; `was` is "" where only the new one has it."""

    key: ProgramKey
    was: str
    now: str


def chosen(found: Sequence[ProgramDifference], old: Sequence[Program], new: Sequence[Program]) -> tuple[Asking, ...]:
    """Of which programmes is asked: of all that change or come, up to `MOST`."""
    names = [Counter(program.name for program in programs) for programs in (old, new)]
    asked = [
        Asking(
            one.key,
            _named(one.was, one.was.name if one.was else "", names[0]),
            _named(one.now, one.now.name, names[1]),
        )
        for one in sorted(found, key=lambda one: one.shift is Shift.ADDED)
        if one.now
    ]
    known = spread([one for one in asked if one.was], MOST)
    return (*known, *spread([one for one in asked if not one.was], MOST - len(known)))


def replies(
    asked: Answering, questions: Sequence[Question], step: str, progress: Progress | None = None
) -> Mapping[Question, Reply]:
    """What an open generation answers; `progress` is told step, done and total."""
    tell: Progress = progress or (lambda step, done, total: None)
    found: dict[Question, Reply] = {}
    for done, question in enumerate(questions):
        tell(step, done, len(questions))
        answer, fault = tried(asked, question)
        status = answer.status if answer else AnswerStatus.FAILED
        found[question] = Reply(status, shown(answer) if answer else "", fault)
    tell(step, len(questions), len(questions))
    return found


def questions_of(asked: Sequence[Asking], day: date) -> tuple[tuple[Question, ...], tuple[Question, ...]]:
    """What the served generation is asked, and what the candidate is."""
    old = [Question(form.format(program=one.was), day) for one in asked for form in STANDARD if one.was]
    new = [Question(form.format(program=one.now), day) for one in asked for form in STANDARD]
    return tuple(dict.fromkeys(old)), tuple(dict.fromkeys(new))


def compared(
    asked: Sequence[Asking], day: date, old: Mapping[Question, Reply], new: Mapping[Question, Reply]
) -> Iterator[Item]:
    """An item for each answer that fails, that tells less than the served one did, or that differs."""
    for one in asked:
        for form in STANDARD:
            was = old.get(Question(form.format(program=one.was), day)) if one.was else None
            yield from _item(one, form.format(program=one.now), was, new[Question(form.format(program=one.now), day)])


def _item(one: Asking, question: str, was: Reply | None, now: Reply) -> Iterator[Item]:
    name, before = one.key.name, was.text if was else ""
    if now.fault:
        told = said.FAILED.format(program=name, question=question, why=now.fault)
        yield item(
            ItemKind.FAILED, told, blocks=True, key=one.key, question=question, part=now.fault, was=before, now=now.text
        )
    elif was and not was.fault and was.text != now.text:
        is_less = _TELLS.get(now.status, 0) < _TELLS.get(was.status, 0)
        form = said.LOST if is_less else said.ANSWERED_OTHERWISE
        yield item(
            ItemKind.LOST if is_less else ItemKind.ANSWER,
            form.format(program=name, question=question),
            blocks=is_less,
            key=one.key,
            question=question,
            was=before,
            now=now.text,
        )


def _named(program: Program | None, name: str, known: Mapping[str, int]) -> str:
    """The name by which a programme is asked about, with its place where another has the same."""
    region = program.key.region if program and program.key else ""
    return f"{region} {name}" if region and known[name] > 1 else name
