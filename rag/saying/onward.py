"""Onward: the programmes of an answer and what was asked flow in; what may be asked next, or replied, flows out."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from rag.answering.statements import label_weight, statements_of
from rag.domain import AnswerStatus, Criterion, CriterionField, Match
from rag.plan import Ask, Plan, Stance
from rag.saying.draft import Draft
from rag.saying.wording import Wording

_NEXT = (Ask.WHO_MAY, Ask.AMOUNT, Ask.PERIOD, Ask.CONTACT, Ask.HOW, Ask.PAPERS, Ask.OWN_SHARE)
_MOST, _PROGRAMS, _PLACES = 3, 2, 3
_TOLD = (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL, AnswerStatus.NOT_FOUND)
# A label that only holds the word of an ask tells something else as often.
_SURELY = 0.4


def follow_ups(draft: Draft, plan: Plan) -> tuple[str, ...]:
    """Questions that the records answer and nobody has asked yet; of several programmes one each of the first."""
    if plan.stance is not Stance.GENUINE or draft.status not in _TOLD or draft.replies:
        return ()
    words = Wording("en" if plan.language == "en" else "ko")
    asked = {ask for part in plan.parts for ask in part.asks}
    if any(phone in line.text for line in draft.lines for phone in _phones(draft)):
        asked.add(Ask.CONTACT)
    names = tuple(dict.fromkeys(match.program.name for match in draft.matches))
    if not names:
        return words.first_asks()
    if len(names) == 1:
        return tuple(words.onward(ask) for ask in _unasked(draft.matches[0], asked))[:_MOST]
    firsts = {match.program.name: match for match in reversed(draft.matches)}
    offered = ((name, next(_unasked(firsts[name], asked), None)) for name in names[:_PROGRAMS])
    return tuple(f"{name} {words.onward(ask)}" for name, ask in offered if ask)


def replies_to(criterion: Criterion, words: Wording) -> tuple[str, ...]:
    """What one may say to the question whether a criterion is met."""
    if criterion.field is CriterionField.REGION:
        told = words.replies("region")
        return (*(told[0].format(place=place) for place in criterion.allowed[:_PLACES]), *told[1:])
    return words.replies(criterion.field)


def _phones(draft: Draft) -> Iterator[str]:
    return (phone for match in draft.matches for contact in match.program.contacts for phone in contact.phones)


def _unasked(match: Match, asked: Collection[Ask]) -> Iterator[Ask]:
    return (ask for ask in _NEXT if ask not in asked and _is_stated(match, ask))


def _is_stated(match: Match, ask: Ask) -> bool:
    """Whether the records of a programme tell something of a thing that may be asked."""
    program = match.program
    benefits = [b for b in program.benefits if match.track is None or b.track in (None, match.track)]
    if ask is Ask.WHO_MAY:
        return bool(program.criteria)
    if ask is Ask.AMOUNT:
        return any(b.ceiling or b.rate is not None for b in benefits)
    if ask is Ask.OWN_SHARE:
        return any(b.own_share is not None or b.rate is not None for b in benefits)
    if ask is Ask.PERIOD:
        return match.period is not None
    if ask is Ask.CONTACT:
        return any(contact.phones for contact in program.contacts)
    return any(label_weight(ask, statement.label) >= _SURELY for statement in statements_of(program))
