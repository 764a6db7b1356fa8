"""Claims: an outcome and what the asker has heard flow in; the outcome flows out, marked where the two differ."""

from __future__ import annotations

from dataclasses import replace

from rag.answering import figures
from rag.plan import Ask, Facts, Outcome, Plan

# What is asked when a figure of this sort is claimed; a claim on anything else is held against every figure told.
_TOLD = (Ask.AMOUNT, Ask.OWN_SHARE, Ask.SELECTED, Ask.BUDGET, Ask.THING, Ask.PERIOD, Ask.WHO_MAY)


def checked(outcome: Outcome, plan: Plan) -> Outcome:
    """The outcome with whether all figures claimed of it stand in its facts; unmarked where none was claimed of it."""
    if not isinstance(outcome, Facts) or outcome.ask not in _TOLD or not plan.claims:
        return outcome
    claimed = frozenset(value for claim in plan.claims for value in figures.values_in(claim.words))
    told = frozenset(value for fact in outcome.facts for value in figures.values_in(f"{fact.label} {fact.text}"))
    comparable = {sort for sort, _ in claimed} & {sort for sort, _ in told}
    if not comparable:
        return outcome
    return replace(outcome, agrees=all(value in told for value in claimed if value[0] in comparable))
