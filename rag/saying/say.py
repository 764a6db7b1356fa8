"""Saying a plan: its outcomes flow in, part by part; one draft of short lines flows out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from rag.answering.execute import Answered
from rag.domain import AnswerStatus, Contact, Match, Result, Verdict
from rag.orders import gives_orders
from rag.plan import (
    Ask,
    Broken,
    Facts,
    Found,
    Nothing,
    NotStated,
    Outcome,
    Part,
    Passages,
    Plan,
    Refused,
    Several,
    Shape,
    Stance,
    Traced,
)
from rag.saying.draft import Draft, Line
from rag.saying.lines import lines_of
from rag.saying.onward import replies_to
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
# Letters of an answer at most, where one thing is asked of one programme and where several are.
_LONGEST, _LONGEST_OF_SEVERAL = 480, 880
# Told whole: the steps, the offices, the conditions and the types.
_WHOLE = frozenset((Ask.HOW, Ask.CONTACT, Ask.WHO_MAY, Ask.TRACKS))


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
    lines += _lines(outcomes, words, as_of)
    several = next((outcome for _, outcome in outcomes if isinstance(outcome, Several)), None)
    question, replies = _open_question([outcome for _, outcome in outcomes], words)
    if several:
        question, replies = several.question, several.replies
    if plan.stance is Stance.GENUINE and not outcomes:
        question, replies = words.say("no_question"), words.first_asks()
    if question and not several:
        lines.append(Line(question))
    return Draft(
        status=_status(plan, [outcome for _, outcome in outcomes]),
        lines=tuple(dict.fromkeys(lines)),
        matches=tuple(_matches(outcome for _, outcome in outcomes)),
        contacts=tuple(dict.fromkeys(_contacts(outcome for _, outcome in outcomes))),
        clarifying_question=question or None,
        replies=replies,
    )


def _lines(outcomes: Sequence[tuple[Part, Outcome]], words: Wording, as_of: date) -> list[Line]:
    """The lines of all outcomes; where they are too long, without what was told beside the facts that answer best."""
    asked = {outcome.ask for _, outcome in outcomes if isinstance(outcome, Facts | NotStated)}
    programs = {outcome.match.program.id for _, outcome in outcomes if isinstance(outcome, Facts | NotStated)}
    most = _LONGEST if len(outcomes) < 2 or len(asked) * len(programs) < 2 else _LONGEST_OF_SEVERAL
    kept = list(outcomes)
    while True:
        lines = [line for part, outcome in kept for line in lines_of(outcome, part, words, as_of)]
        shortest = _shortened(kept)
        if sum(len(line.text) for line in dict.fromkeys(lines)) <= most or shortest is None:
            return lines
        kept = shortest


def _shortened(outcomes: Sequence[tuple[Part, Outcome]]) -> list[tuple[Part, Outcome]] | None:
    """The outcomes without the last fact of the one that tells most; None where each tells one thing."""
    sizes = [_beside(part, outcome) for part, outcome in outcomes]
    if max(sizes, default=0) < 1:
        return None
    at = sizes.index(max(sizes))
    part, outcome = outcomes[at]
    if isinstance(outcome, Facts):
        outcome = replace(outcome, facts=outcome.facts[:-1])
    elif isinstance(outcome, NotStated):
        outcome = replace(outcome, near=outcome.near[:-1])
    return [*outcomes[:at], (part, outcome), *outcomes[at + 1 :]]


def _beside(part: Part, outcome: Outcome) -> int:
    """How many facts of an outcome stand beside its first; none where all were asked for, as of a list."""
    if part.shape is Shape.LIST or (isinstance(outcome, Facts) and outcome.ask in _WHOLE):
        return 0
    facts = outcome.facts if isinstance(outcome, Facts) else outcome.near if isinstance(outcome, NotStated) else ()
    return len(facts) - 1


def _open_question(outcomes: Sequence[Outcome], words: Wording) -> tuple[str, tuple[str, ...]]:
    """The one question that would settle whether the asker may apply, with its replies; "" where nothing is open."""
    for outcome in outcomes:
        if isinstance(outcome, Facts) and outcome.ask == "who_may" and outcome.match.verdict is Verdict.POSSIBLE:
            findings = (f for f in outcome.match.findings if f.result is Result.UNKNOWN and f.criterion.strict)
            first = next((f for f in findings if f.ask), None)
            return (first.ask or "", replies_to(first.criterion, words)) if first else ("", ())
    return "", ()


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
