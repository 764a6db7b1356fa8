"""Contacts: a recommended programme and a company's places flow in; the offices to ask, nearest first, flow out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from rag.conditions.regions import Place, counting
from rag.diagnosis.records import Case
from rag.domain import Contact, Match, Result
from rag.grammar.places import Gazetteer
from rag.tracks import members_of, named_tracks

_OFFICES = 6
# So many places are told of an office of which none is the company's; of more, none.
_TOLD = 8


def contacts_for(match: Match, case: Case, wishes: str, gazetteer: Gazetteer, as_of: date) -> tuple[Contact, ...]:
    """The offices with a phone or an address: those of the track matched or wished for, for the company's place.

    Where no such office is for its place, one without, then those for all places, then all where they are few.
    """
    contacts = match.program.contacts
    found = [c for c in contacts if c.phones or c.emails]
    named = _tracks(match, found, wishes)
    found = [c for c in found if c.track in named] or found
    places = places_of(case, gazetteer, as_of, basis_of(found))
    if any(contact.regions for contact in found):
        here = _near(found, places, gazetteer, as_of)
        silent = _near([c for c in contacts if c not in found], places, gazetteer, as_of)
        rest = [c for c in found if not c.regions] or (found if len(found) <= _OFFICES else [])
        found = here or silent or rest
    return tuple(_shown(contact, places, gazetteer, as_of) for contact in found[:_OFFICES])


def _tracks(match: Match, contacts: Sequence[Contact], wishes: str) -> tuple[str, ...]:
    """The tracks whose offices to ask: of the one that the match is of, else of those that the wishes name."""
    own = members_of(match.program, match.track) if match.track else ()
    return own or named_tracks((c.track for c in contacts if c.track), wishes)


def places_of(case: Case, gazetteer: Gazetteer, as_of: date, basis: str = "") -> tuple[str, ...]:
    """Every canonical place that the address may mean by which offices are found; one where it is clear."""
    found = place_by(case, basis)
    mentions = gazetteer.address(found.words, as_of) if found else ()
    return mentions[-1].candidates if mentions else ()


def place_by(case: Case, basis: str = "") -> Place | None:
    """The address by which an office is found: where training is held, unless what tells of it says the seat."""
    told = counting(basis, case.company.profile)
    return told[-1] if told else None


def basis_of(contacts: Iterable[Contact]) -> str:
    """What the headings above the offices of places say of which address counts ("관할구역(훈련 실시 장소 기준)")."""
    return " ".join(dict.fromkeys(contact.evidence.section for contact in contacts if contact.regions))


def serving(contacts: Iterable[Contact], place: str, gazetteer: Gazetteer, as_of: date) -> list[Contact]:
    """The offices for this very place; where there are none, those for an area it lies in."""
    placed = [contact for contact in contacts if contact.regions]
    exact = [contact for contact in placed if place in contact.regions]
    return exact or [c for c in placed if any(_lies(place, r, gazetteer, as_of) for r in c.regions)]


def _near(contacts: Sequence[Contact], places: Sequence[str], gazetteer: Gazetteer, as_of: date) -> list[Contact]:
    """The offices that serve one of the places, or some place within it where only a 시·도 is known."""
    found: dict[Contact, None] = {}
    for place in places:
        here = serving(contacts, place, gazetteer, as_of)
        found |= dict.fromkeys(
            here or (c for c in contacts if any(_lies(region, place, gazetteer, as_of) for region in c.regions))
        )
    return list(found)


def _shown(contact: Contact, places: Sequence[str], gazetteer: Gazetteer, as_of: date) -> Contact:
    """The contact as shown: of the many places it serves, only those that have to do with the company's."""
    own = tuple(
        region
        for region in contact.regions
        if any(_lies(place, region, gazetteer, as_of) or _lies(region, place, gazetteer, as_of) for place in places)
    )
    return replace(contact, regions=own or (contact.regions if len(contact.regions) <= _TOLD else ()))


def _lies(place: str, area: str, gazetteer: Gazetteer, as_of: date) -> bool:
    return gazetteer.inside(place, area, as_of) is Result.MET
