"""Contacts: a programme and a place flow in; whom to call there flows out, or the question that settles it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from rag.answering import figures
from rag.answering.picking import query_of
from rag.answering.select import Asker
from rag.domain import CompanyProfile, Contact, Match, Result
from rag.korean import topic
from rag.messages import FAX, WHICH_OF, WHICH_PART_OF, WHICH_PLACE
from rag.plan import (
    Ask,
    Fact,
    Facts,
    Field,
    NotStated,
    Op,
    Outcome,
    Part,
    Plan,
    Point,
    Polarity,
    Role,
    SelectBy,
    Selection,
    Several,
    Shape,
    Span,
)
from rag.reading.operators import all_wanted
from rag.reading.ways import LISTS
from rag.shelf import Shelf
from rag.text import squash, tagged
from rag.wordlists import word_lists

# Lists of ways.yaml by the field of a contact that holds such a way; none holds what is nowhere recorded.
_RECORDED = ("emails", "urls", "person", "faxes", "extension", "nowhere")
# More offices than these are no answer but a list; the place is asked first.
_TOO_MANY = 4
_PRONOUN = "NP"


def contact_facts(
    plan: Plan, part: Part, point: Point, match: Match, tracks: Sequence[str], asker: Asker, shelf: Shelf
) -> Outcome:
    """The contacts for the place, the track and the person asked about, nearest first, or that the way is not known.

    An address of a page or of mail that no contact has is told from the statement that does.
    """
    found = _found(plan, part, match, tracks, asker, shelf)
    told = tuple(fact.contact for fact in found.facts if fact.contact) if isinstance(found, Facts) else ()
    field, way = _unrecorded(point, told)
    stated = tuple(_stated(field, part, point, match, shelf)) or tuple(_faxes(point, told))
    if stated:
        return Facts(Ask.CONTACT, match, (*stated, *(found.facts if isinstance(found, Facts) else ())))
    if not isinstance(found, Facts):
        return found
    way = way or _unheard_office(part, match)
    if not way:
        return found
    # An office of the place asked about is the one to call; of several places, none is.
    is_placed = bool(part.at or _seat(asker, shelf))
    here = tuple(replace(contact, regions=()) for contact in told) if is_placed else told
    known = replace(match, program=replace(match.program, contacts=here))
    return NotStated(Ask.CONTACT, known, way, track=found.track)


def offices(match: Match, places: Sequence[str], as_of: date, shelf: Shelf) -> tuple[Contact, ...]:
    """Whom an answer on a programme would have one call for one of the places (canonical); every office without any.

    Where no office serves the place, those for everybody; none where there is none of these either.
    """
    if not places:
        return tuple(fact.contact for fact in _facts(match.program.contacts) if fact.contact)
    name = (match.program.name,)
    part = Part((Ask.CONTACT,), Selection(SelectBy.NAMED, name, name), shape=Shape.LIST, at=tuple(places))
    found = _found(Plan("", (part,)), part, match, (), Asker(CompanyProfile(), (), as_of), shelf)
    if not isinstance(found, Facts | Several) or (isinstance(found, Facts) and found.agrees is False):
        return ()
    return tuple(fact.contact for fact in found.facts if fact.contact)


def _unrecorded(point: Point, contacts: Sequence[Contact]) -> tuple[str, str]:
    """The way of reaching somebody that is asked for and that none of the contacts has, by its field and its word."""
    said = squash(point.about).casefold()
    for field in _RECORDED:
        word = next((word for word in word_lists(LISTS)[field] if squash(word) in said), "")
        if word and not any(getattr(contact, field, ()) for contact in contacts):
            return field, word
    return "", ""


def _stated(field: str, part: Part, point: Point, match: Match, shelf: Shelf) -> Iterator[Fact]:
    """The statement nearest to what is asked that holds an address of that sort."""
    holds = figures.ADDRESSED.get(field)
    if holds is None:
        return
    query = query_of(part, point, shelf.name_words(match.program))
    for scored in shelf.picker.best(match.program, query).scored:
        statement = scored.statement
        if holds(statement.text):
            yield Fact(Ask.HOW, statement.text, (statement.evidence,), label=statement.full_label)
            return


def _faxes(point: Point, contacts: Sequence[Contact]) -> Iterator[Fact]:
    """The fax numbers of the contacts, where they are asked for."""
    said = squash(point.about).casefold()
    if any(word in said for word in word_lists(LISTS)["faxes"]):
        for contact in contacts:
            if contact.faxes:
                yield Fact(Ask.CONTACT, FAX.format(numbers=", ".join(contact.faxes)), (contact.evidence,))


def by_purpose(contacts: Sequence[Contact], words: str) -> list[Contact]:
    """The contacts whose desk is for what the words speak of, by the longest word; none where no desk is told apart."""
    said = squash(words)
    fits = [max((len(word) for word in _purposes(c) if word in said), default=0) for c in contacts]
    most = max(fits, default=0)
    return [c for c, fit in zip(contacts, fits, strict=True) if fit == most] if most and len(set(fits)) > 1 else []


def _purposes(contact: Contact) -> list[str]:
    words = contact.purpose.replace("·", " ").replace(",", " ").replace("/", " ").split()
    return [word for word in words if word not in word_lists(LISTS)["any_purpose"]]


def _unheard_office(part: Part, match: Match) -> str:
    """The office within a body that is asked for and that no contact of the programme names; "" for none."""
    told = squash(" ".join((match.program.name, *map(_all_of, match.program.contacts))))
    names = [squash(name) for name in part.select.words]
    asked = filter(_is_office, part.words.split())
    return next((w for w in asked if squash(w) not in told and not any(name in squash(w) for name in names)), "")


def _is_office(word: str) -> bool:
    """Whether a word names an office of its own: what it is for, then the sort of office ("교학처", but not "결과")."""
    lists = word_lists(LISTS)
    if not word.endswith(lists["offices"]) or word.startswith(lists["any_office"]):
        return False
    pieces = tagged(word)
    return len(pieces) > 1 and pieces[0].tag != _PRONOUN and pieces[-1].form in lists["offices"]


def _asks_general(part: Part) -> bool:
    """Whether the one number for everybody is asked for, not that of a place."""
    said = squash(part.words)
    return any(squash(word) in said for word in word_lists(LISTS)["general"])


def _found(plan: Plan, part: Part, match: Match, tracks: Sequence[str], asker: Asker, shelf: Shelf) -> Outcome:
    out = _set_aside(plan, part, shelf)
    contacts = [c for c in _of_tracks(match.program.contacts, tracks) if not any(_names(words, c) for words in out)]
    wanted = _named_bodies(plan, match, contacts)
    if wanted:
        contacts = wanted
    elif desks := by_purpose(contacts, part.words):
        contacts = desks
    placed = [contact for contact in contacts if contact.regions]
    general = [contact for contact in contacts if not contact.regions]
    if general and not part.at and _asks_general(part):
        return Facts(Ask.CONTACT, match, _facts(general))
    places = part.at or _seat(asker, shelf)
    if placed and not wanted:
        if places:
            here = [c for c in placed if serves(c, places, asker, shelf)]
            if _is_ambiguous(places) and len({c.organisation for c in here}) > 1:
                return _each(places, here, asker, shelf)
            is_one = part.shape is Shape.ONE and not all_wanted(part.words)
            if len(places) == 1 and len({c.organisation for c in here}) > _TOO_MANY and is_one:
                return _several(here, asker, shelf, within=places[0])
            contacts = here or general
            if not contacts and len({c.organisation for c in placed}) <= _TOO_MANY:
                return Facts(Ask.CONTACT, match, _facts(placed), agrees=False)
        elif len({contact.organisation for contact in placed}) > _TOO_MANY:
            return _several(placed, asker, shelf, _facts(general))
    if not contacts:
        return NotStated(Ask.CONTACT, match, part.thing, track=tracks[0] if tracks else None)
    return Facts(Ask.CONTACT, match, _facts(contacts), tracks[0] if len(tracks) == 1 else None)


def _seat(asker: Asker, shelf: Shelf) -> tuple[str, ...]:
    """The place of the plant, else of the company, canonical, or all it may be."""
    told = asker.company.site or asker.company.region
    return shelf.gazetteer.seat(told, asker.as_of) if told else ()


def serves(contact: Contact, places: Sequence[str], asker: Asker, shelf: Shelf) -> bool:
    """Whether an office serves one of the places, or, where a whole 시·도 is asked about, some place in it."""
    inside = shelf.gazetteer.inside
    return any(
        inside(place, region, asker.as_of) is Result.MET
        or (" " not in place and inside(region, place, asker.as_of) is Result.MET)
        for place in places
        for region in contact.regions
    )


def _is_ambiguous(places: Sequence[str]) -> bool:
    """Whether the places are those of one name ("중구"), of which the asker means one."""
    return len(places) > 1 and len({place.split()[-1] for place in places}) == 1


def _each(places: Sequence[str], contacts: Sequence[Contact], asker: Asker, shelf: Shelf) -> Several:
    """The office of each place of one name, with the question which is meant."""
    facts = tuple(
        replace(_facts((contact,))[0], label=place)
        for place in places
        for contact in contacts
        if serves(contact, (place,), asker, shelf)
    )
    return Several(WHICH_OF.format(place=topic(places[0].split()[-1])), tuple(places), facts)


def _several(
    contacts: Sequence[Contact], asker: Asker, shelf: Shelf, facts: tuple[Fact, ...] = (), within: str = ""
) -> Several:
    """Which place is meant, where many offices serve places: of a 시·도 its parts are offered, else the 시·도."""
    question = WHICH_PART_OF.format(place=within) if within else WHICH_PLACE
    served = [region for contact in contacts for region in contact.regions]
    if not within:
        return Several(question, tuple(dict.fromkeys(region.split()[0] for region in served)), facts)
    parts = dict.fromkeys(
        r for r in served if r != within and shelf.gazetteer.inside(r, within, asker.as_of) is Result.MET
    )
    return Several(question, tuple(parts), facts)


def _facts(contacts: Sequence[Contact]) -> tuple[Fact, ...]:
    """The contacts as facts, one office once with all its numbers."""
    facts: list[Fact] = []
    several = len({contact.purpose for contact in contacts}) > 1
    for contact in contacts:
        label = contact.track or (contact.purpose if several else "")
        if not any(known.contact and _same(known.contact, contact) for known in facts):
            facts.append(Fact(Ask.CONTACT, "", (contact.evidence,), label=label, contact=contact))
    return tuple(facts)


def _same(one: Contact, other: Contact) -> bool:
    own = (one.organisation, one.department, one.person, one.phones, one.track)
    return own == (other.organisation, other.department, other.person, other.phones, other.track)


def _of_tracks(contacts: Sequence[Contact], tracks: Sequence[str]) -> list[Contact]:
    """The contacts of the tracks asked about, and where a track has none those of the programme."""
    own = [c for c in contacts if c.track and any(_is_track(c.track, track) for track in tracks)]
    return own or list(contacts)


def _is_track(one: str, other: str) -> bool:
    return squash(one) in squash(other) or squash(other) in squash(one)


def _named_bodies(plan: Plan, match: Match, contacts: Sequence[Contact]) -> list[Contact]:
    """The contacts whose office or person the question names.

    The body that runs the whole programme tells none of its offices from another.
    """
    whole = squash(f"{match.program.ministry} {match.program.agency}")
    said = (s for s in plan.spans if s.role in (Role.BODY, Role.PERSON) and s.polarity is not Polarity.OUT)
    named = [word for word in (squash(s.words) for s in said) if word not in whole]
    return [c for c in contacts if any(word in _all_of(c) for word in named)]


def _set_aside(plan: Plan, part: Part, shelf: Shelf) -> set[str]:
    """The offices and persons that the question sets aside, without white space; words side by side name one.

    A mere place is no office: it is set aside where places are read.
    """
    named = (c.value for c in part.where if c.field in _OF_OFFICES and c.op is Op.OUT)
    said: list[Span] = []
    for span in plan.spans:
        if span.role not in _ROLES_OF_OFFICES or span.polarity is not Polarity.OUT:
            continue
        if said and not plan.text[said[-1].end : span.start].strip():
            span = replace(span, start=said[-1].start, words=plan.text[said[-1].start : span.end])
            said.pop()
        said.append(span)
    offices = (s.words for s in said if not any(m.words == s.words for m in shelf.gazetteer.mentions(s.words)))
    return {squash(words) for words in (*named, *offices)}


_OF_OFFICES = (Field.BODY, Field.PERSON, Field.AGENCY)
_ROLES_OF_OFFICES = (Role.BODY, Role.PERSON, Role.PLACE)
_BEGINNING = 2


def _names(words: str, contact: Contact) -> bool:
    """Whether words name a contact: they stand in it, or are its office's letters in order, the first of them alike."""
    office = squash(contact.department or contact.organisation)
    if len(words) < _BEGINNING:
        return False
    rest = iter(office)
    return words in _all_of(contact) or (words[:_BEGINNING] == office[:_BEGINNING] and all(c in rest for c in words))


def _all_of(contact: Contact) -> str:
    return squash(" ".join(filter(None, (contact.organisation, contact.department, contact.person))))
