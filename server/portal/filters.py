"""Filters: what a caller wants to see of the catalogue flows in; the programmes that pass flow out, in order."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rag.answering.select import OPEN, OVER, ceiling, kinds_of
from rag.domain import BenefitKind, CompanyProfile, Match, PeriodStatus, Program, Result, SizeClass
from rag.remembered import remembered
from server.desks.desks import Desk
from server.http.fresh import Refusal

NO_PLACE = "region: 모르는 지역입니다. '경기도 화성시'처럼 시·도나 시·군·구를 적어 주세요."
MOST_AMOUNT = 10**12
"""In KRW: more is a slip."""


class Sort(StrEnum):
    """In what order a list comes."""

    DEADLINE = "deadline"
    NAME = "name"
    NEWEST = "newest"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a caller wants to see; `None` lets everything through.

    `amount` is the least that one applicant may get, in KRW; `closes_by` the last day on which what is open may close;
    `can_apply` wants what takes applications on the day, and `id` the one programme of that id.
    """

    q: str | None = None
    status: PeriodStatus | None = None
    region: str | None = None
    ministry: str | None = None
    kind: BenefitKind | None = None
    size: SizeClass | None = None
    amount: int | None = None
    closes_by: date | None = None
    can_apply: bool = False
    id: str | None = None

    def tests(self) -> Iterator[Callable[[Match], bool]]:
        """What a programme has to pass of the filters that it alone tells of: all but place and size."""
        if self.id is not None:
            yield lambda match: match.program.id == self.id
        if self.status is not None:
            yield lambda match: match.status is self.status
        if self.can_apply:
            yield lambda match: match.status in OPEN
        if (day := self.closes_by) is not None:
            yield lambda match: _closes_by(match, day)
        if (least := self.amount) is not None:
            yield lambda match: (ceiling(match.program) or 0) >= least
        if self.kind is not None:
            yield lambda match: self.kind in kinds_of(match.program)
        if self.ministry is not None:
            name = _plain(self.ministry)
            yield lambda match: name in _plain(match.program.ministry)
        if words := [_plain(word) for word in (self.q or "").split()]:
            yield lambda match: all(word in _words(match.program) for word in words)


def _closes_by(match: Match, day: date) -> bool:
    """Whether a programme, or a track of it, is open and closes on a day or before it."""
    told = ((match.period, match.status), *((track.period, track.status) for track in match.tracks))
    return any(
        period is not None and status is PeriodStatus.OPEN and period.closes_on is not None and period.closes_on <= day
        for period, status in told
    )


@dataclass(frozen=True, slots=True)
class Chosen:
    """What passes filters: the programmes judged without a company, and how far each is for the place asked about."""

    matches: tuple[Match, ...]
    places: Mapping[str, Result] | None


def chosen(desk: Desk, filters: Filters, as_of: date, sort: Sort | None = None) -> Chosen | Refusal:
    """The programmes that pass, in an order or in that of the corpus; a place nobody knows is refused."""
    places = desk.serving(filters.region, as_of) if filters.region else None
    if filters.region and places is None:
        return Refusal(422, NO_PLACE)
    tests = list(filters.tests())
    if places is not None:
        tests.append(lambda match: places[match.program.id] is not Result.UNMET)
    if filters.size is not None:
        sized = desk.admitting(filters.size, as_of)
        tests.append(lambda match: match.program.id in sized)
    found = desk.match(CompanyProfile(), as_of) if sort is None else desk.in_order(_ORDERS[sort], as_of)
    for test in tests:
        found = tuple(filter(test, found))
    return Chosen(found, places)


def _by_deadline(match: Match) -> tuple[int, date, str, str]:
    """What ends soonest first, then what has no last day, then what is over."""
    closes = match.period.closes_on if match.period else None
    if match.status in OVER:
        return 2, date.max, match.program.name, match.program.id
    return (0, closes, match.program.name, match.program.id) if closes else (1, date.max, *_by_name(match)[::2])


def _by_name(match: Match) -> tuple[str, int, str]:
    return match.program.name, -(match.program.year or 0), match.program.id


def _by_year(match: Match) -> tuple[int, str, str]:
    return -(match.program.year or 0), match.program.name, match.program.id


def _by_amount(match: Match) -> tuple[int, str, int, str]:
    """What gives most to one applicant first; what states no such sum last."""
    return -(ceiling(match.program) or 0), *_by_name(match)


_ORDERS: Mapping[Sort, Callable[[Match], tuple[object, ...]]] = {
    Sort.DEADLINE: _by_deadline,
    Sort.NAME: _by_name,
    Sort.NEWEST: _by_year,
    Sort.AMOUNT: _by_amount,
}


@remembered
def _words(program: Program) -> str:
    """All that is looked through for words, put together once."""
    said = [detail.text for detail in program.details] + [benefit.text for benefit in program.benefits]
    return _plain(" ".join((program.name, *program.aliases, program.ministry, program.agency, *said)))


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
