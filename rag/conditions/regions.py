"""Regions: a criterion on places and a company flow in; whether it sits where it must, and why, flows out."""

from __future__ import annotations

from datetime import date

from rag.conditions.words import WORDS, speaks_of
from rag.domain import CompanyProfile, Criterion, Finding, Result
from rag.grammar.places import Gazetteer, PlaceMention
from rag.korean import topic

_SHORT = 3
_ASK = "회사(사업장)는 어느 시·군·구에 있나요?"


def sits(criterion: Criterion, company: CompanyProfile, as_of: date, gazetteer: Gazetteer) -> Finding:
    """The finding on where a company must be, or must not be; "본사 또는 공장" is met by either."""
    judge = _within if criterion.allowed else _outside
    return judge(criterion, company, as_of, gazetteer)


def _within(criterion: Criterion, company: CompanyProfile, as_of: date, gazetteer: Gazetteer) -> Finding:
    named = _named(criterion.allowed, gazetteer)
    told = _counting(criterion, company)
    known = [place for words in told if (place := _place(words, as_of, gazetteer))]
    inside = [_lies_in(place, criterion.allowed, as_of, gazetteer) for place in known]
    if Result.MET in inside:
        return Finding(
            criterion, Result.MET, f"{topic(_told(known[inside.index(Result.MET)]))} 대상 지역에 포함됩니다."
        )
    if Result.UNKNOWN in inside:
        doubtful = known[inside.index(Result.UNKNOWN)]
        reason = _part(doubtful, criterion.allowed, as_of, gazetteer, "대상") or f"{named}에 있는 기업만 됩니다."
        return Finding(criterion, Result.UNKNOWN, reason, _ASK)
    if not known or len(known) < len(told):
        return Finding(criterion, Result.UNKNOWN, f"{named}에 있는 기업만 됩니다.", _ASK)
    reason = f"{_where(criterion)}{named}에 있어야 하고, {topic(_told(known[0]))} 대상 지역이 아닙니다."
    return Finding(criterion, Result.UNMET, reason)


def _outside(criterion: Criterion, company: CompanyProfile, as_of: date, gazetteer: Gazetteer) -> Finding:
    named = _named(criterion.excluded, gazetteer)
    place = _place(company.region, as_of, gazetteer) if company.region else None
    if place is None:
        return Finding(criterion, Result.UNKNOWN, f"{topic(named)} 제외됩니다.", _ASK)
    inside = _lies_in(place, criterion.excluded, as_of, gazetteer)
    if inside is Result.UNKNOWN:
        reason = _part(place, criterion.excluded, as_of, gazetteer, "제외") or f"{topic(named)} 제외됩니다."
        return Finding(criterion, Result.UNKNOWN, reason, _ASK)
    if inside is Result.MET:
        return Finding(criterion, Result.UNMET, f"{topic(_told(place))} 대상에서 제외됩니다.")
    return Finding(criterion, Result.MET, f"{topic(_told(place))} 제외 지역이 아닙니다.")


def _counting(criterion: Criterion, company: CompanyProfile) -> tuple[str, ...]:
    """The places of the company that the words of the criterion ask for: its seat, its plant, or either."""
    seat, site = company.region, company.site
    asks_seat = speaks_of(criterion.text, WORDS["seats"])
    asks_site = speaks_of(criterion.text, WORDS["sites"])
    if asks_seat and not asks_site:
        site = None
    elif asks_site and not asks_seat and site:
        seat = None
    return tuple(words for words in (seat, site) if words)


def _where(criterion: Criterion) -> str:
    asks_seat = speaks_of(criterion.text, WORDS["seats"])
    return "" if not asks_seat else "본사나 공장이 " if speaks_of(criterion.text, WORDS["sites"]) else "본사가 "


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
