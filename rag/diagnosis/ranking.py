"""Ranking: matches and the needs of a case flow in; what to recommend, and what was only just missed, flow out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from datetime import date

from rag.answering.cards import Cards
from rag.conditions.company import is_for_authorities
from rag.conditions.judge import deciding
from rag.diagnosis.needs import applicant_of, needs_of, problems_of
from rag.diagnosis.records import Case, NearMiss
from rag.domain import CriterionField, Match, PeriodStatus, Program, Result, Verdict

SHOWN = 3
_NEAR_SHOWN = 4
# How well (0–1.2) a programme must suit a need to be worth telling, how far (of the best that fits) its rank may stay
# behind, and what it must at least come to; by the companies of tests/rag/diagnosis/cases.py.
_SUITS, _BEHIND, _LEAST = 0.45, 0.6, 0.3
_FEW_MISSING = 2
_STANDING = {PeriodStatus.UNKNOWN: -0.1, PeriodStatus.CLOSED: -0.4, PeriodStatus.CANCELLED: -0.4}
_ELIGIBLE, _OPEN_QUESTION = 0.1, -0.1
# An edition of another year is over, or not out yet.
_OTHER_YEAR = -0.4
# A programme of which no condition is known may be for somebody else altogether.
_NO_CONDITION = -0.3
# Few programmes are for authorities, and those are meant for them.
_FOR_AUTHORITIES = 1.0
# What the problems of the shop floor add to what is asked for.
_PROBLEMS = 0.2

Scores = Mapping[str, float]


def suits(case: Case, programs: Sequence[Program], cards: Cards) -> tuple[dict[str, float], ...]:
    """How well each programme suits each thing wanted (0–1.2), by programme id; a mapping for every need."""
    problems = problems_of(case)
    of_problems = cards.suit(problems, programs)
    found = (cards.suit(need, programs) for need in needs_of(case))
    return tuple({id_: score + _PROBLEMS * of_problems[id_] for id_, score in of_need.items()} for of_need in found)


def best_needs(case: Case, scores: Sequence[Scores]) -> dict[str, str]:
    """For each programme id the need it suits best: of its tracks, the one so named is meant."""
    needs = needs_of(case)
    ids = dict.fromkeys(id_ for of_need in scores for id_ in of_need)
    return {id_: max(zip(needs, scores, strict=True), key=lambda pair: pair[1].get(id_, 0.0))[0] for id_ in ids}


def recommended(matches: Sequence[Match], scores: Sequence[Scores], as_of: date) -> tuple[Match, ...]:
    """One to three programmes whose conditions the company does not fail: in turn the best for every need.

    Of the needs whose turn it is, the one that is served best comes first; in what order they are given is the same.
    """
    queues = [_queue(matches, of_need, as_of) for of_need in scores]
    chosen: dict[str, Match] = {}
    served: set[int] = set()
    while len(chosen) < SHOWN:
        best = _best(queues, chosen, served)
        if best is None and not served:
            break
        if best is None:
            served.clear()
        else:
            at, match = best
            chosen[match.program.id] = match
            served.add(at)
    return tuple(chosen.values())


def _best(
    queues: Sequence[Sequence[tuple[float, Match]]], chosen: Mapping[str, Match], served: Set[int]
) -> tuple[int, Match] | None:
    """The best programme not chosen yet for a need not served yet, with the place of the need; none where none is."""
    heads = []
    for at, queue in enumerate(queues):
        left = [(-rank, match.program.id, at, match) for rank, match in queue if match.program.id not in chosen]
        heads += left[:1] if at not in served else []
    return min(heads, key=lambda head: head[:3])[2:] if heads else None


def near_misses(
    matches: Sequence[Match], scores: Sequence[Scores], case: Case, chosen: Sequence[Match], as_of: date
) -> tuple[NearMiss, ...]:
    """Programmes that suit a need, and the few conditions that shut the company out; fewest missing first.

    Of the day's year alone, and none that is for other places. What is not among the `chosen` only because its period
    is over is missed too, with no condition missing.
    """
    matches = [match for match in matches if match.program.year in (None, as_of.year) and not _is_elsewhere(match)]
    best = {m.program.id: max((of_need.get(m.program.id, 0.0) for of_need in scores), default=0.0) for m in matches}
    late = [
        NearMiss(match, ())
        for match in matches
        if match.verdict in (Verdict.ELIGIBLE, Verdict.POSSIBLE)
        and match.status is PeriodStatus.CLOSED
        and best[match.program.id] >= _SUITS
        and match not in chosen
    ]
    found = late + [
        NearMiss(match, missing)
        for match in matches
        if match.verdict is Verdict.INELIGIBLE
        and (best[match.program.id] >= _SUITS or applicant_of(case))
        and len(missing := deciding(match.findings, Result.UNMET)) <= _FEW_MISSING
        and _is_of_its_kind(match, case)
    ]
    found.sort(key=lambda near: (len(near.missing), -best[near.match.program.id]))
    return tuple(found[:_NEAR_SHOWN])


def _is_elsewhere(match: Match) -> bool:
    """Whether the programme is for other places than the company's: nobody moves for it."""
    return any(f.criterion.field is CriterionField.REGION for f in deciding(match.findings, Result.UNMET))


def _is_of_its_kind(match: Match, case: Case) -> bool:
    """Whether the programme is for such applicants at all: a firm never becomes an authority, nor the reverse."""
    for_authorities = any(map(is_for_authorities, match.program.criteria))
    if applicant_of(case):
        return for_authorities
    return not any(f.criterion.field is CriterionField.APPLICANT and f.result is Result.UNMET for f in match.findings)


def _queue(matches: Sequence[Match], scores: Scores, as_of: date) -> list[tuple[float, Match]]:
    """The programmes worth recommending for one need, each with its rank, best first.

    How well a programme suits is reckoned against all, so that what is for others does not make room for what is not
    wanted.
    """
    fits = [
        (rank(match, scores, as_of), match)
        for match in matches
        if match.verdict is not Verdict.INELIGIBLE and scores.get(match.program.id, 0.0) >= _SUITS
    ]
    top = max((rank for rank, _ in fits), default=0.0)
    worth = [(rank, match) for rank, match in fits if rank >= max(_BEHIND * top, _LEAST)]
    return sorted(worth, key=lambda ranked: (-ranked[0], ranked[1].program.id))


def rank(match: Match, scores: Scores, as_of: date) -> float:
    """How much a programme is worth telling: how well it suits, that it is open, and how little is unsettled."""
    other_year = _OTHER_YEAR if match.program.year not in (None, as_of.year) else 0.0
    is_told = any(f.criterion.field is not CriterionField.OTHER for f in match.findings)
    unknown = 0.0 if is_told else _NO_CONDITION
    standing = _STANDING.get(match.status, 0.1)
    admits = match.verdict in (Verdict.ELIGIBLE, Verdict.POSSIBLE)
    if admits and any(map(is_for_authorities, match.program.criteria)):
        standing += _FOR_AUTHORITIES
    return scores.get(match.program.id, 0.0) + standing + _certainty(match) + other_year + unknown


def _certainty(match: Match) -> float:
    """That the company fits for sure counts for a programme, every condition still to be settled against it.

    A clause that was not read only keeps the company from fitting for sure.
    """
    if match.verdict is Verdict.POSSIBLE:
        open_ = deciding(match.findings, Result.UNKNOWN)
        return _OPEN_QUESTION * sum(f.criterion.field is not CriterionField.OTHER for f in open_)
    return _ELIGIBLE if match.verdict is Verdict.ELIGIBLE else 0.0
