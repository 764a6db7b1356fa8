"""Offices: a company's place flows in; the branch and the centres that serve it flow out."""

from __future__ import annotations

from dataclasses import replace

from rag.diagnosis.records import Case
from rag.domain import Contact, Program
from rag.knowledge import Knowledge

# So many offices, each for its own places, make a network of branches; a few with places are just contacts.
_NETWORK, _SOME = 10, 4


def branches_and_centres(
    case: Case, programs: tuple[Program, ...], knowledge: Knowledge
) -> tuple[tuple[Contact, ...], tuple[Contact, ...]]:
    """The branches (of programmes with an office for each 시·군·구) and the centres (for whole 시·도) of the place."""
    mentions = knowledge.gazetteer.address(case.company.address) if case.company.address else []
    places = mentions[-1].candidates if mentions else ()
    if len(places) != 1:
        return (), ()
    branches: list[Contact] = []
    centres: list[Contact] = []
    for program in programs:
        serving = [contact for contact in program.contacts if contact.regions]
        if len({contact.regions for contact in serving}) < _SOME:
            continue
        is_by_district = len(serving) >= _NETWORK and any(
            " " in place for contact in serving for place in contact.regions
        )
        found = [contact for contact in serving if places[0] in contact.regions]
        found = found or [contact for contact in serving if places[0].split()[0] in contact.regions]
        shown = [replace(contact, regions=_told(contact.regions, places[0])) for contact in found]
        (branches if is_by_district else centres).extend(shown)
    return tuple(dict.fromkeys(branches)), tuple(dict.fromkeys(centres))


def _told(regions: tuple[str, ...], place: str) -> tuple[str, ...]:
    """Of the many places an office serves, the one asked about."""
    return tuple(region for region in regions if region == place or place.startswith(f"{region} ")) or regions
