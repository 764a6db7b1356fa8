"""Regions: a criterion on places and a company flow in; whether it sits where it must, and why, flows out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rag.conditions.words import WORDS, speaks_of
from rag.domain import CompanyProfile, Criterion, Finding, Result
from rag.grammar.places import Gazetteer, PlaceMention
from rag.korean import topic

SEAT, SITE = "본사", "사업장"
"""What the two places of a company are called where it has both."""
_SHORT = 3
_ASK = "회사(사업장)는 어느 시·군·구에 있나요?"


def sits(criterion: Criterion, company: CompanyProfile, as_of: date, gazetteer: Gazetteer) -> Finding:
    """The finding on where a company must be, or must not be; "본사 또는 공장" is met by either.

    Of a company with two places it is told which one was judged.
    """
    judge = _within if criterion.allowed else _outside
    return judge(criterion, company, as_of, gazetteer)


def _within(criterion: Criterion, company: CompanyProfile, as_of: date, gazetteer: Gazetteer) -> Finding:
    named = _named(criterion.allowed, gazetteer)
    told = counting(criterion.text, company)
    known = [one for place in told if (one := _known(place, company, as_of, gazetteer))]
    inside = [_lies_in(one.place, criterion.allowed, as_of, gazetteer) for one in known]
    if Result.MET in inside:
        return Finding(criterion, Result.MET, f"{topic(known[inside.index(Result.MET)].said)} 대상 지역에 포함됩니다.")
    if Result.UNKNOWN in inside:
        doubtful = known[inside.index(Result.UNKNOWN)].place
        reason = _part(doubtful, criterion.allowed, as_of, gazetteer, "대상") or f"{named}에 있는 기업만 됩니다."
        return Finding(criterion, Result.UNKNOWN, reason, _ASK)
    if not known or len(known) < len(told):
        return Finding(criterion, Result.UNKNOWN, f"{named}에 있는 기업만 됩니다.", _ASK)
    reason = f"{_where(criterion)}{named}에 있어야 하고, {topic(_listed(known))} 대상 지역이 아닙니다."
    return Finding(criterion, Result.UNMET, reason)


def _outside(criterion: Criterion, company: CompanyProfile, as_of: date, gazetteer: Gazetteer) -> Finding:
    named = _named(criterion.excluded, gazetteer)
    told = counting(criterion.text, company)
    known = [one for place in told if (one := _known(place, company, as_of, gazetteer))]
    inside = [_lies_in(one.place, criterion.excluded, as_of, gazetteer) for one in known]
    if not known or len(known) < len(told):
        return Finding(criterion, Result.UNKNOWN, f"{topic(named)} 제외됩니다.", _ASK)
    if set(inside) == {Result.MET}:
        return Finding(criterion, Result.UNMET, f"{topic(_listed(known))} 대상에서 제외됩니다.")
    if set(inside) == {Result.UNMET}:
        return Finding(criterion, Result.MET, f"{topic(_listed(known))} 제외 지역이 아닙니다.")
    doubtful = next((one.place for one, held in zip(known, inside, strict=True) if held is Result.UNKNOWN), None)
    reason = _part(doubtful, criterion.excluded, as_of, gazetteer, "제외") if doubtful else ""
    return Finding(criterion, Result.UNKNOWN, reason or f"{topic(named)} 제외됩니다.", _ASK)


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a company in its own words, and whether it is its plant or where it trains rather than its seat."""

    words: str
    is_site: bool


@dataclass(frozen=True, slots=True)
class _Known:
    """A place of a company that is known, and how it is told: with what it is, where the company has two."""

    place: PlaceMention
    said: str


def counting(text: str, company: CompanyProfile) -> tuple[Place, ...]:
    """The places of the company that some words ask for: its seat, its plant, or either; the seat first.

    Where its plant is asked for and not known, its seat stands for it.
    """
    asks_seat, asks_site = asked_places(text)
    seat, site = company.region, company.site
    if asks_seat and not asks_site:
        site = None
    elif asks_site and not asks_seat and site:
        seat = None
    both = ((seat, False), (site, True))
    return tuple(Place(words, is_site) for words, is_site in both if words)


def asked_places(text: str) -> tuple[bool, bool]:
    """Whether some words ask for the seat of a company, and whether for its plant."""
    return speaks_of(text, WORDS["seats"]), speaks_of(text, WORDS["sites"])


def _where(criterion: Criterion) -> str:
    asks_seat = speaks_of(criterion.text, WORDS["seats"])
    return "" if not asks_seat else "본사나 공장이 " if speaks_of(criterion.text, WORDS["sites"]) else "본사가 "


def _known(told: Place, company: CompanyProfile, as_of: date, gazetteer: Gazetteer) -> _Known | None:
    place = _place(told.words, as_of, gazetteer)
    if place is None:
        return None
    is_one = not (company.region and company.site) or company.region == company.site
    return _Known(place, _told(place) if is_one else f"{SITE if told.is_site else SEAT}({_told(place)})")


def _listed(known: Sequence[_Known]) -> str:
    return ", ".join(dict.fromkeys(one.said for one in known))


def _place(words: str, as_of: date, gazetteer: Gazetteer) -> PlaceMention | None:
    """The place that an address ends in."""
    found = gazetteer.address(words, as_of)
    return found[-1] if found else None


def _lies_in(place: PlaceMention, areas: tuple[str, ...], as_of: date, gazetteer: Gazetteer) -> Result:
    """Whether all that the words may mean lies in the areas; unknown where some of it does."""
    among = {_inside(candidate, areas, as_of, gazetteer) for candidate in place.candidates}
    return among.pop() if len(among) == 1 else Result.UNKNOWN


def _inside(place: str, areas: tuple[str, ...], as_of: date, gazetteer: Gazetteer) -> Result:
    found = {gazetteer.inside(place, area, as_of) for area in areas}
    return next((r for r in (Result.MET, Result.UNKNOWN) if r in found), Result.UNMET)


def _part(place: PlaceMention, areas: tuple[str, ...], as_of: date, gazetteer: Gazetteer, kind: str) -> str:
    """That some of what the words may mean lies in the areas, and which; "" where that cannot be told."""
    within = [c for c in place.candidates if _inside(c, areas, as_of, gazetteer) is Result.MET]
    if not within:
        return ""
    return f"{place.words} 가운데 {topic(', '.join(within))} {kind} 지역이고, 나머지는 아닙니다."


def _told(place: PlaceMention) -> str:
    return place.words if place.is_area or len(place.candidates) > 1 else place.candidates[0]


def _named(areas: tuple[str, ...], gazetteer: Gazetteer) -> str:
    """The areas as people say them: "부산, 대구, 경남"; with the name of a wider one where they are all of it."""
    listed = ", ".join(_short(area, gazetteer) for area in areas)
    unions = ((union.name, union.members) for union in gazetteer.regions.unions)
    wider = next((n for n, members in (*unions, *gazetteer.areas) if len(areas) > 1 and set(members) == set(areas)), "")
    return f"{wider}({listed})" if wider else listed


def _short(area: str, gazetteer: Gazetteer) -> str:
    aliases = next((p.aliases for p in gazetteer.provinces if p.name == area), ())
    return min(aliases, key=len, default=area) if len(area) > _SHORT else area
