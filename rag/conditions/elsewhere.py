"""Elsewhere: a programme and a company flow in; whether the place of the company shuts it out, seen at a glance, flows
out.

Of thousands of programmes most are for other places; those need not be judged condition by condition.
"""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date

from rag.conditions.regions import asked_places, sits
from rag.conditions.tree import grown
from rag.domain import CompanyProfile, Criterion, CriterionField, Program, Result
from rag.grammar.places import Gazetteer
from rag.remembered import remembered
from rag.trust import is_sure

# Places are told in any words: what is remembered of them has an end.
_MOST = 20_000


def is_shut_out(program: Program, company: CompanyProfile, as_of: date, gazetteer: Gazetteer) -> bool:
    """Whether a programme asks of all its tracks that a company be in other places: then no judgement admits it."""
    if not (company.region or company.site):
        return False
    known = _seen(gazetteer)
    for criterion, key in _asked_of_all(program):
        at = (*key, company.region, company.site, as_of)
        if at not in known:
            if len(known) >= _MOST:
                known.clear()
            known[at] = sits(criterion, company, as_of, gazetteer).result is Result.UNMET
        if known[at]:
            return True
    return False


@remembered
def _asked_of_all(program: Program) -> tuple[tuple[Criterion, tuple[Hashable, ...]], ...]:
    """The criteria on places that every track asks, each with all that the finding on it depends on."""
    condition = program.condition or grown(program.criteria)
    own = (c for c in condition.criteria if c.field is CriterionField.REGION and is_sure(c))
    return tuple((c, (c.allowed, c.excluded, asked_places(c.text))) for c in own)


@remembered
def _seen(_: Gazetteer) -> dict[tuple[Hashable, ...], bool]:
    """What was found out by places asked, places told and day."""
    return {}
