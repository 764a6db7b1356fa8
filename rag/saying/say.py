"""Saying a plan: its outcomes flow in, part by part; one draft of short lines flows out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from rag.answering.execute import Answered
from rag.domain import AnswerStatus, Contact, Match, Result, Verdict
from rag.orders import gives_orders
from rag.plan import (
    Broken,
    Facts,
    Found,
    Nothing,
    NotStated,
    Outcome,
    Passages,
    Plan,
    Refused,
    Several,
    Stance,
    Traced,
)
from rag.saying.draft import Draft, Line
from rag.saying.lines import lines_of
from rag.saying.wording import Wording, served_languages

_STATUS = {
    Stance.PRIVATE: AnswerStatus.REFUSED,
    Stance.FRAUD: AnswerStatus.REFUSED,
    Stance.INVENTION: AnswerStatus.REFUSED,
    Stance.ORDERS: AnswerStatus.REFUSED,
    Stance.PROMISE: AnswerStatus.REFUSED,
    Stance.CHAT: AnswerStatus.ANSWERED,
    Stance.OUTSIDE: AnswerStatus.OUT_OF_SCOPE,
}
_LOST = (Nothing, NotStated)


def say(plan: Plan, answered: Sequence[Answered], as_of: date) -> Draft:
    """The draft: what is said of the spirit of the question, then every part in the order asked, each line once."""
    words = Wording("en" if plan.language == "en" else "ko")
    lines: list[Line] = []
    served = served_languages(plan.language)
    if served:
        lines.append(Line(served))
    if plan.stance is not Stance.GENUINE:
        lines.append(Line(words.stance(plan.stance)))
    # An order to the machine in one part taints the words of all.
    is_ordered = gives_orders(plan.text)
    outcomes = [
        (replace(answer.part, words=plan.text) if is_ordered else answer.part, outcome)
        for answer in answered
        for outcome in answer.outcomes
    ]
    for part, outcome in outcomes:
        lines += lines_of(outcome, part, words, as_of)
    several = next((outcome for _, outcome in outcomes if isinstance(outcome, Several)), None)
    question = several.question if several else _open_question([outcome for _, outcome in outcomes])
    if plan.stance is Stance.GENUINE and not outcomes:
        question = words.say("no_question")
    if question and not several:
        lines.append(Line(question))
    return Draft(
        status=_status(plan, [outcome for _, outcome in outcomes]),
        lines=tuple(dict.fromkeys(lines)),
        matches=tuple(_matches(outcome for _, outcome in outcomes)),
        contacts=tuple(dict.fromkeys(_contacts(outcome for _, outcome in outcomes))),
        clarifying_question=question or None,
        replies=several.replies if several else (),
    )


def _open_question(outcomes: Sequence[Outcome]) -> str:
    """The one question that would settle whether the asker may apply; "" where nothing is open."""
    for outcome in outcomes:
        if isinstance(outcome, Facts) and outcome.ask == "who_may" and outcome.match.verdict is Verdict.POSSIBLE:
            asks = (
                f.ask for f in outcome.match.findings if f.result is Result.UNKNOWN and f.ask and f.criterion.strict
            )
            return next(asks, "") or ""
    return ""


def _status(plan: Plan, outcomes: Sequence[Outcome]) -> AnswerStatus:
    if plan.stance is not Stance.GENUINE:
        told = any(not isinstance(outcome, (*_LOST, Broken, Several)) for outcome in outcomes)
        return AnswerStatus.PARTIAL if told and plan.stance is not Stance.PRIVATE else _STATUS[plan.stance]
    if not outcomes:
        return AnswerStatus.CLARIFY
    if all(isinstance(outcome, Several) for outcome in outcomes):
        return AnswerStatus.CLARIFY
    if all(isinstance(outcome, Broken) for outcome in outcomes):
        return AnswerStatus.FAILED
    if all(map(_is_lost, outcomes)):
        return AnswerStatus.NOT_FOUND
    if any(isinstance(outcome, (*_LOST, Broken, Several)) for outcome in outcomes):
        return AnswerStatus.PARTIAL
    return AnswerStatus.ANSWERED


def _is_lost(outcome: Outcome) -> bool:
    """Whether nothing was found; what may be the answer, told with a reserve, is something."""
    return isinstance(outcome, Nothing) or (isinstance(outcome, NotStated) and not outcome.is_doubt)


def _matches(outcomes: Iterable[Outcome]) -> Iterator[Match]:
    """The programmes of the outcomes in their order, each once."""
    seen: set[str] = set()
    for outcome in outcomes:
        for match in _matches_of(outcome):
            if match.program.id not in seen:
                seen.add(match.program.id)
                yield match


def _matches_of(outcome: Outcome) -> tuple[Match, ...]:
    if isinstance(outcome, Refused) and outcome.others:
        best = outcome.others[0]
        return (replace(outcome.match, verdict=best.verdict, period=best.period, status=best.status, track=best.name),)
    if isinstance(outcome, Facts | NotStated | Refused):
        return (outcome.match,)
    return outcome.matches if isinstance(outcome, Found | Traced | Passages) else ()


def _contacts(outcomes: Iterable[Outcome]) -> Iterator[Contact]:
    for outcome in outcomes:
        facts = outcome.contacts if isinstance(outcome, Traced) else ()
        facts = outcome.facts if isinstance(outcome, Facts | Several) else facts
        yield from (fact.contact for fact in facts if fact.contact)
