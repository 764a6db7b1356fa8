"""Ranking: matches and the needs of a case flow in; what to recommend, and what was only just missed, flow out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from rag.compose.needs import suitability
from rag.diagnosis.needs import applicant_of, needs_of, problems_of, request_of
from rag.diagnosis.records import Case, NearMiss
from rag.domain import CriterionField, Match, PeriodStatus, Result, Verdict
from rag.knowledge import Knowledge
from rag.match import deciding, is_for_authorities

SHOWN = 3
_NEAR_SHOWN = 4
# On the scale of suitability (0–1.8): what is worth telling, and how far behind the best of its need.
_SUITS, _BEHIND = 0.6, 0.7
_FEW_MISSING = 2
_STANDING = {PeriodStatus.UNKNOWN: -0.1, PeriodStatus.CLOSED: -0.4}
_ELIGIBLE, _OPEN_QUESTION = 0.1, -0.1
_OTHER_YEAR = -0.2
# A programme of which no condition is known may be for somebody else altogether.
_NO_CONDITION = -0.3
# Few programmes are for authorities, and those are meant for them.
_FOR_AUTHORITIES = 1.0
# What the problems of the shop floor add to what is asked for.
_PROBLEMS = 0.2

Scores = Mapping[str, float]


def suits(case: Case, knowledge: Knowledge, as_of: date) -> tuple[dict[str, float], ...]:
    """How well each programme suits each thing wanted (0–1.8), by programme id; a mapping for every need."""
    problems = problems_of(case)
    of_problems = _suits(case, problems, knowledge, as_of) if problems else {}
    found = (_suits(case, need, knowledge, as_of) for need in needs_of(case))
    return tuple(
        {id_: score + _PROBLEMS * of_problems.get(id_, 0.0) for id_, score in of_need.items()} for of_need in found
    )


def _suits(case: Case, need: str, knowledge: Knowledge, as_of: date) -> dict[str, float]:
    return suitability(need, request_of(case, need, knowledge, as_of), knowledge)


def best_needs(case: Case, scores: Sequence[Scores]) -> dict[str, str]:
    """For each programme id the need it suits best: of its tracks, the one so named is meant."""
    needs = needs_of(case)
    ids = dict.fromkeys(id_ for of_need in scores for id_ in of_need)
    return {id_: max(zip(needs, scores, strict=True), key=lambda pair: pair[1].get(id_, 0.0))[0] for id_ in ids}


def recommended(matches: Sequence[Match], scores: Sequence[Scores], as_of: date) -> tuple[Match, ...]:
    """One to three programmes whose conditions the company does not fail: in turn the best for every need."""
    queues = [_queue(matches, of_need, as_of) for of_need in scores]
    chosen: dict[str, Match] = {}
    while any(queues) and len(chosen) < SHOWN:
        for queue in queues:
            best = next((match for match in queue if match.program.id not in chosen), None)
            queue[:] = queue[queue.index(best) + 1 :] if best else []
            if best and len(chosen) < SHOWN:
                chosen[best.program.id] = best
    return tuple(chosen.values())


def near_misses(
    matches: Sequence[Match], scores: Sequence[Scores], case: Case, chosen: Sequence[Match]
) -> tuple[NearMiss, ...]:
    """Programmes that suit a need, and the few conditions that shut the company out; fewest missing first.

    What is not among the `chosen` only because its period is over is missed too, with no condition missing.
    """
    best = {m.program.id: max((of_need.get(m.program.id, 0.0) for of_need in scores), default=0.0) for m in matches}
    late = [
        NearMiss(match, ())
        for match in matches
        if match.verdict is Verdict.ELIGIBLE
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


def _is_of_its_kind(match: Match, case: Case) -> bool:
    """Whether the programme is for such applicants at all: a firm never becomes an authority, nor the reverse."""
    for_authorities = any(map(is_for_authorities, match.program.criteria))
    if applicant_of(case):
        return for_authorities
    return not any(f.criterion.field is CriterionField.APPLICANT and f.result is Result.UNMET for f in match.findings)


def _queue(matches: Sequence[Match], scores: Scores, as_of: date) -> list[Match]:
    """The programmes worth recommending for one need, best first: not far behind even what shuts the company out."""
    ranks = {m.program.id: _rank(m, scores, as_of) for m in matches}
    top = max(ranks.values(), default=0.0)
    fits = [m for m in matches if m.verdict is not Verdict.INELIGIBLE]
    worth = [m for m in fits if ranks[m.program.id] >= max(_BEHIND * top, 0.3)]
    return sorted(worth, key=lambda m: (-ranks[m.program.id], m.program.id))


def _rank(match: Match, scores: Scores, as_of: date) -> float:
    other_year = _OTHER_YEAR if match.program.year and match.program.year < as_of.year else 0.0
    unknown = _NO_CONDITION if not match.findings else 0.0
    standing = _STANDING.get(match.status, 0.1)
    if any(map(is_for_authorities, match.program.criteria)):
        standing += _FOR_AUTHORITIES
    return scores.get(match.program.id, 0.0) + standing + _certainty(match) + other_year + unknown


def _certainty(match: Match) -> float:
    """That the company fits for sure counts for a programme, every condition still to be settled against it."""
    if match.verdict is Verdict.POSSIBLE:
        return _OPEN_QUESTION * len(deciding(match.findings, Result.UNKNOWN))
    return _ELIGIBLE if match.verdict is Verdict.ELIGIBLE else 0.0
