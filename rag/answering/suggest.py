"""Suggesting: a wish and a company flow in; the programmes that fit it, best first, flow out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.answering.select import OVER, Asker, is_loan, judged, passing
from rag.domain import BenefitKind, Match, PeriodStatus, Verdict
from rag.plan import Field, Op, Part, Plan, Shape
from rag.shelf import Shelf

# What counts beside how well the card of a programme suits the wish (0–1); weights by the project's own questions, see
# tests/bench/RESULTS.md.
_KIND, _VERDICT, _STATUS = 0.5, 0.25, 0.2
_LESS = 0.65
# Where nothing is wished for, how the words of the question suit a card says little.
_VAGUE = 0.3
_OF_STATUS = {
    PeriodStatus.OPEN: 1.0,
    PeriodStatus.ALWAYS: 1.0,
    PeriodStatus.UPCOMING: 0.8,
    PeriodStatus.UNKNOWN: 0.4,
}
_NEAR_BEST = 0.3
_FEW, _MANY = 3, 5


def suggest(plan: Plan, part: Part, asker: Asker, shelf: Shelf, without: Sequence[str] = ()) -> tuple[Match, ...]:
    """The programmes that fit a wish, best first; none shuts the asker out, none is over while others are not."""
    fitting = [
        match
        for match in passing(shelf, part, asker)
        if match.verdict is not Verdict.INELIGIBLE and match.program.name not in without
    ]
    wants_over = any(c.field is Field.STATUS and c.value == "closed" and c.op is Op.IN for c in part.where)
    current = [match for match in fitting if match.status not in OVER]
    among = fitting if wants_over else current or fitting
    if not among:
        return ()
    wishes = _wishes(plan, part)
    weight = _VAGUE if _is_vague(plan, part) else 1.0
    part = _without_kinds(part) if weight < 1 or len(wishes) > 1 else part
    few = _MANY if part.shape is not Shape.ONE else max(_FEW // len(wishes), 1)
    out = frozenset(c.value for c in part.where if c.field is Field.TRACK and c.op is Op.OUT)
    kept: dict[str, Match] = {}
    for wish in wishes:
        for match in _best(wish, among, part, shelf, weight)[:few]:
            kept.setdefault(match.program.id, _of_track(wish, match, asker, shelf, out))
    return tuple(kept.values())


def _of_track(wish: str, match: Match, asker: Asker, shelf: Shelf, without: frozenset[str]) -> Match:
    """The programme judged for the one of its tracks that the wish is for and that admits the asker."""
    if match.track is None and len(match.tracks) < 2:
        return match
    for track in shelf.cards.tracks(wish, match.program):
        own = judged(shelf, asker, match.program, (track,))
        if own.verdict is not Verdict.INELIGIBLE and track not in without:
            return own
    return match


def _best(wish: str, among: Sequence[Match], part: Part, shelf: Shelf, weight: float) -> list[Match]:
    """The programmes that suit one wish nearly as well as the best of them."""
    suits = shelf.cards.suit(wish, [match.program for match in among])
    scored = [(_score(match, weight * suits[match.program.id], part), -at, match) for at, match in enumerate(among)]
    scored.sort(key=lambda row: (-row[0], -row[1]))
    return [match for score, _, match in scored if score >= scored[0][0] - _NEAR_BEST]


def _without_kinds(part: Part) -> Part:
    """The part without the kinds of support wanted, which of several wishes are those of all together."""
    return replace(part, select=replace(part.select, kinds=()))


def _wishes(plan: Plan, part: Part) -> list[str]:
    """The words to look for, one entry for each wish told apart; else all that the part or the company says of it."""
    told = [words for words in part.select.words if words.strip()]
    if len(told) > 1:
        return told[:_FEW]
    said = (*told, *(() if told else (part.thing,)), *plan.company.needs, plan.company.industry)
    return [" ".join(dict.fromkeys(filter(None, said))) or part.words]


def _is_vague(plan: Plan, part: Part) -> bool:
    """Whether nothing is wished for but whatever fits."""
    return not (part.select.words or part.thing or plan.company.needs)


def _score(match: Match, suit: float, part: Part) -> float:
    verdict = _VERDICT if match.verdict is Verdict.ELIGIBLE else _VERDICT * 0.6 if match.verdict else 0.0
    return suit + _KIND * _kind(match, part) + verdict + _STATUS * _OF_STATUS.get(match.status, 0.0)


def _kind(match: Match, part: Part) -> float:
    """How well (0–1) what a programme gives is of the kinds wanted; main kind and likeliest wanted count most."""
    given = _given(match)
    best = 0.0
    for wanted_at, kind in enumerate(part.select.kinds):
        if kind == BenefitKind.GRANT and BenefitKind.VOUCHER in given:
            best = max(best, _LESS**wanted_at * _LESS)
        if kind in given:
            best = max(best, _LESS**wanted_at * _LESS ** given.index(BenefitKind(kind)))
    return best


def _given(match: Match) -> list[BenefitKind]:
    """The kinds of support that a programme gives, the one it is known by first: a voucher or a loan is just that."""
    kinds = list(dict.fromkeys(benefit.kind for benefit in match.program.benefits))
    if is_loan(match.program):
        return [BenefitKind.LOAN]
    if BenefitKind.VOUCHER in kinds:
        return [BenefitKind.VOUCHER, *(k for k in kinds if k not in (BenefitKind.VOUCHER, BenefitKind.GRANT))]
    return kinds
