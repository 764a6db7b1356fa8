"""Whom to ask: a programme and a request flow in, the contacts for the place, track or person asked flow out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.compose.draft import Statement, reach
from rag.domain import Contact, Program
from rag.knowledge import Knowledge
from rag.korean import topic
from rag.messages import NO_INVENTION
from rag.text import squash
from rag.tracks import named_tracks
from rag.understand import Request

_MANY = 6
_FEW = 3
# The one number for all places.
_GENERAL = re.compile(r"고객\s*센터|콜\s*센터|대표\s*(?:번호|전화|고객)|전국\s*(?:공통|대표)")
_SEAT = r"(?:본사|본점|본부\s*사무실|주소지|소재지|등기)"
_ASIDE = re.compile(r"(\S+)\s*말고")


def contacts_of(program: Program, request: Request, knowledge: Knowledge) -> list[Contact]:
    """The contacts that answer: those named; else, of the track asked about, those of the place or the general ones."""
    contacts = _unless_left_out(program.contacts, request.text, knowledge)
    general = [c for c in contacts if not c.regions and not c.track]
    wanted = _GENERAL.search(request.text)
    if general and wanted:
        # "Its main number" of the office for a place is that office's.
        of_place = _of_places(contacts, _places(request, knowledge)) if wanted[0].startswith("대표") else []
        return [*of_place, *general]
    named = _named(contacts, request.text)
    pool = _of_track(contacts, _with_synonyms(request.text, knowledge)) or list(contacts)
    local = _of_places(pool, _places(request, knowledge)) if any(c.regions for c in pool) else []
    # An office named that serves another place than the one asked about is the wrong one.
    if named and not (local and all(c.regions and c not in local for c in named)):
        return named
    if any(c.regions for c in pool):
        if local:
            return local
        return [c for c in pool if not c.regions] or (pool if len(pool) <= _MANY else [])
    return pool


def contact_statements(
    program: Program, request: Request, knowledge: Knowledge
) -> tuple[list[Statement], list[Contact], str | None]:
    """The lines on whom to ask, the contacts they name, and the question that would make them exact."""
    found = contacts_of(program, request, knowledge)
    regional = any(c.regions for c in program.contacts) and not _named(program.contacts, request.text)
    statements: list[Statement] = []
    ask = None
    if request.wants_invention:
        statements.append(Statement(NO_INVENTION))
    ambiguous = [m for m in request.places if not m.is_clear]
    areas = [m for m in request.places if m.is_area]
    if regional and ambiguous and any(c.regions for c in found):
        ask = f"{topic(ambiguous[0].words)} 여러 곳에 있습니다. {', '.join(ambiguous[0].candidates)} 가운데 어디인가요?"
    elif regional and areas and len(found) > _FEW:
        ask = f"{topic(areas[0].words)} 여러 기관이 나누어 맡습니다. 회사(훈련 장소)는 어느 시·군·구에 있나요?"
    elif regional and not any(c.regions for c in found):
        ask = "회사(훈련 장소)는 어느 시·군·구에 있나요? 알려 주시면 관할 기관의 번호를 안내합니다."
    if found and not any(c.phones for c in found):
        found = [*found, *_agency_contacts(program, knowledge)]
    if found:
        statements.append(Statement(f"**{program.name}** 문의처입니다."))
        statements.extend(reach(shown_for(contact, request, knowledge)) for contact in found)
    else:
        asked = [d for d in program.details if d.label == "문의처"]
        statements.append(Statement(f"**{program.name}**의 전화번호는 문서에서 확인되지 않습니다."))
        statements.extend(Statement(f"- 문의처: {d.text}", (d.evidence,)) for d in asked[:2])
    return statements, found, ask


def _agency_contacts(program: Program, knowledge: Knowledge) -> list[Contact]:
    """The general contact of the same agency in other programmes, for one whose own number is not known."""
    return [
        c
        for other in knowledge.programs
        if other.id != program.id and other.agency == program.agency
        for c in other.contacts
        if c.phones and not c.regions and not c.track
    ][:1]


def shown_for(contact: Contact, request: Request, knowledge: Knowledge) -> Contact:
    """The contact as shown: of many places served, only those asked about."""
    asked = {place for candidates in _places(request, knowledge) for place in candidates}
    shown = tuple(
        r for r in contact.regions if r in asked or any(a.startswith(f"{r} ") or r.startswith(f"{a} ") for a in asked)
    )
    return replace(contact, regions=shown or (contact.regions if len(contact.regions) <= 8 else ()))


def _places(request: Request, knowledge: Knowledge) -> list[tuple[str, ...]]:
    """The places of the question, else that of the company, however it was written."""
    mentions = request.places or knowledge.gazetteer.address(request.profile.region or "")
    # Offices are divided by where a training takes place, not by where the company is registered.
    sites = [m for m in mentions if not _is_seat(m.words, request.text)]
    return [m.candidates for m in sites or mentions]


def _is_seat(place: str, text: str) -> bool:
    """Whether the text tells the place as that of the company's head office."""
    name = re.escape(place)
    return bool(re.search(rf"{_SEAT}[은는이가만]?\s*(?:[가-힣]{{2,4}}\s)?{name}|{name}\S{{0,3}}\s?{_SEAT}", text))


def _unless_left_out(contacts: Sequence[Contact], text: str, knowledge: Knowledge) -> tuple[Contact, ...]:
    """The contacts without those of an organisation that the question sets aside ("중기부 말고")."""
    aside = " ".join(match[1] for match in _ASIDE.finditer(text))
    name = knowledge.lexicon.organisation_named(aside) if aside else None
    kept = tuple(c for c in contacts if not name or name not in c.organisation)
    return kept or tuple(contacts)


def _with_synonyms(text: str, knowledge: Knowledge) -> str:
    return " ".join((text, *(word for word, _ in knowledge.statements.terms(text).weights)))


def _named(contacts: Sequence[Contact], text: str) -> list[Contact]:
    """Contacts whose organisation, department, person or role the question names."""
    bare = squash(text)
    people = [c for c in contacts if c.person and (squash(c.person) in bare or squash(c.person.split()[0]) in bare)]
    if people:
        return people
    roles = [c for c in contacts if c.person and c.person.split()[-1] in bare]
    bodies = [c for c in contacts if len(name := _plain(c.organisation)) >= 4 and name in bare]
    bodies = bodies or [c for c in contacts if len(last := squash(c.organisation.split()[-1])) >= 4 and last in bare]
    exact = [c for c in roles if not bodies or c in bodies]
    return exact or [c for c in bodies if not (c.regions == () and len(bodies) > _MANY)]


def _plain(organisation: str) -> str:
    """An organisation's name for comparing, without its legal form or a remark in brackets."""
    return squash(re.sub(r"\([^)]*\)|주식회사", "", organisation))


def _of_track(contacts: Sequence[Contact], text: str) -> list[Contact]:
    """Contacts of the track that the question names."""
    asked = named_tracks((c.track for c in contacts if c.track), text)
    return [c for c in contacts if c.track in asked]


def _of_places(contacts: Sequence[Contact], places: Sequence[Sequence[str]]) -> list[Contact]:
    """Contacts that serve a place: by the place itself, by its whole 시·도, or within the 시·도 asked about."""
    found: list[Contact] = []
    for candidates in places:
        for place in candidates:
            exact = [c for c in contacts if place in c.regions]
            whole = [c for c in contacts if place.split()[0] in c.regions]
            inside = [c for c in contacts if any(r.startswith(f"{place} ") for r in c.regions)]
            for contact in exact or whole or inside:
                if contact not in found:
                    found.append(contact)
    return found
