"""Judging for the portal: a company and a day flow in; all programmes judged for them flow out, the last ones kept.

A portal asks the same day again and again, mostly without a company: what was judged for the last few is not judged
again. Each worker keeps its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from datetime import date
from functools import lru_cache
from typing import Any

from rag.announced import posted
from rag.answering.contacts import offices
from rag.answering.select import admits_size
from rag.conditions.judge import deciding, judge
from rag.diagnosis.fitting import Fitting, fitting
from rag.domain import CompanyProfile, Contact, CriterionField, Match, Result, SizeClass
from rag.shelf import Shelf

_Order = Callable[[Match], Any]
# Of a thousand programmes, all judged for one company and day are some megabytes.
KEPT = 8


class Judged:
    """The programmes of one shelf, judged; safe to share between threads."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._by_id = {program.id: program for program in shelf.programs}
        # What is announced decides too, so what was judged under other announcements does not count.
        self._matches: Callable[[CompanyProfile, date, str], tuple[Match, ...]] = lru_cache(KEPT)(self._match)
        self._ordered: Callable[[_Order, date, str], tuple[Match, ...]] = lru_cache(KEPT)(self._in_order)
        self._fits: Callable[[CompanyProfile, date, str], Fitting] = lru_cache(KEPT)(self._fit)
        self._served: Callable[[str, date, str], Mapping[str, Result] | None] = lru_cache(KEPT)(self._serving)
        self._admitted: Callable[[SizeClass, date], Set[str]] = lru_cache(KEPT)(self._admitting)

    def match(self, profile: CompanyProfile, as_of: date) -> tuple[Match, ...]:
        """Every programme, in every edition, against a profile on a day."""
        return self._matches(profile, as_of, posted().stamp)

    def in_order(self, order: Callable[[Match], Any], as_of: date) -> tuple[Match, ...]:
        """Every programme without a company on a day, in an order told by a function of module level."""
        return self._ordered(order, as_of, posted().stamp)

    def match_one(self, program_id: str, profile: CompanyProfile, as_of: date) -> Match | None:
        """The programme of that id against a profile on a day, and no other; None for none."""
        one = self._by_id.get(program_id)
        return judge(one, profile, (), as_of, self._shelf.gazetteer) if one else None

    def fit(self, profile: CompanyProfile, as_of: date) -> Fitting:
        """The programmes of a day for a company, best first."""
        return self._fits(profile, as_of, posted().stamp)

    def serving(self, region: str, as_of: date) -> Mapping[str, Result] | None:
        """Whether each programme, by its id, is for a place; None where the words name no place."""
        return self._served(region, as_of, posted().stamp)

    def admitting(self, size: SizeClass, as_of: date) -> Set[str]:
        """The ids of the programmes that are open to firms of a size."""
        return self._admitted(size, as_of)

    def offices(self, match: Match, region: str | None, as_of: date) -> tuple[Contact, ...]:
        """Whom to call on a programme from a place, as answers tell it; every office where no place is told."""
        return offices(match, self._shelf.gazetteer.seat(region, as_of) if region else (), as_of, self._shelf)

    def _match(self, profile: CompanyProfile, as_of: date, _: str) -> tuple[Match, ...]:
        return tuple(judge(one, profile, (), as_of, self._shelf.gazetteer) for one in self._shelf.programs)

    def _fit(self, profile: CompanyProfile, as_of: date, _: str) -> Fitting:
        return fitting(profile, as_of, self._shelf)

    def _in_order(self, order: _Order, as_of: date, _: str) -> tuple[Match, ...]:
        return tuple(sorted(self.match(CompanyProfile(), as_of), key=order))

    def _serving(self, region: str, as_of: date, _: str) -> Mapping[str, Result] | None:
        places = self._shelf.gazetteer.seat(region, as_of)
        if not places:
            return None
        found = {}
        for match in self.match(CompanyProfile(region=region), as_of):
            shut = any(f.criterion.field is CriterionField.REGION for f in deciding(match.findings, Result.UNMET))
            found[match.program.id] = Result.UNMET if shut else self._shelf.is_for(match.program, places, as_of)
        return found

    def _admitting(self, size: SizeClass, as_of: date) -> Set[str]:
        return frozenset(one.id for one in self._shelf.programs if admits_size(one, size, as_of, self._shelf))
