"""Offices: a company's place flows in; the branch and the centres that serve it flow out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rag.diagnosis.contacts import basis_of, places_of, serving
from rag.diagnosis.records import Case
from rag.domain import Contact, Program, Result
from rag.grammar.places import Gazetteer

# So many offices, each for its own places, make a network of branches; a few with places are just contacts.
_NETWORK, _SOME = 10, 4


def branches_and_centres(
    case: Case, programs: tuple[Program, ...], gazetteer: Gazetteer, as_of: date
) -> tuple[tuple[Contact, ...], tuple[Contact, ...]]:
    """The branches (of programmes with an office for each 시·군·구) and the centres (for whole 시·도) of the place."""
    branches: list[Contact] = []
    centres: list[Contact] = []
    for program in programs:
        placed = [contact for contact in program.contacts if contact.regions]
        if len({contact.regions for contact in placed}) < _SOME:
            continue
        places = places_of(case, gazetteer, as_of, basis_of(placed))
        if len(places) != 1:
            continue
        is_by_district = len(placed) >= _NETWORK and any(
            " " in place for contact in placed for place in contact.regions
        )
        found = serving(placed, places[0], gazetteer, as_of)
        shown = [replace(c, regions=_told(c.regions, places[0], gazetteer, as_of)) for c in found]
        (branches if is_by_district else centres).extend(shown)
    return tuple(dict.fromkeys(branches)), tuple(dict.fromkeys(centres))


def _told(regions: tuple[str, ...], place: str, gazetteer: Gazetteer, as_of: date) -> tuple[str, ...]:
    """Of the many places an office serves, those that the company's lies in."""
    return tuple(region for region in regions if gazetteer.inside(place, region, as_of) is Result.MET) or regions
