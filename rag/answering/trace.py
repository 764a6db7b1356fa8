"""Tracing: a number, an address, a name or a place flows in; to whom it belongs in the records flows out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rag.answering.contacts import serves
from rag.answering.select import Asker, judged
from rag.domain import Contact, Program
from rag.plan import Ask, Fact, Nothing, Outcome, Part, Plan, Role, Traced
from rag.shelf import Shelf
from rag.text import squash

_AT_MOST = 6


def trace(plan: Plan, part: Part, asker: Asker, shelf: Shelf) -> Outcome:
    """The contacts that the words of a part belong to, with their programmes; Nothing where no record has them."""
    if part.at and Ask.CONTACT in part.asks:
        placed = _offices(part.at, shelf, asker)
        if placed:
            return placed
    spans = [span for span in plan.spans if span.role in _TESTS and span.words in part.words]
    for span in sorted(spans, key=lambda span: list(_TESTS).index(span.role)):
        found = list(_holders(shelf, asker, _TESTS[span.role], squash(span.words)))
        if found:
            programs = list({program.id: program for _, program in found}.values())
            facts: dict[tuple[object, ...], Fact] = {}
            for contact, program in found:
                key = (contact.organisation, contact.department, contact.person, contact.phones)
                facts.setdefault(
                    key,
                    Fact(Ask.CONTACT, "", (contact.evidence,), label=contact.track or program.name, contact=contact),
                )
            matches = tuple(judged(shelf, asker, program) for program in programs[:_AT_MOST])
            return Traced(span.words, tuple(facts.values())[:_AT_MOST], matches)
    return Nothing(spans[0].words if spans else part.words)


def _offices(places: Sequence[str], shelf: Shelf, asker: Asker) -> Traced | None:
    """The offices that serve the places asked about, told with them; None where there are none or too many."""
    found = [
        (contact, program)
        for program in shelf.current(asker.as_of)
        for contact in program.contacts
        if contact.regions and serves(contact, places, asker, shelf)
    ]
    if not 0 < len(found) <= _AT_MOST:
        return None
    facts = tuple(Fact(Ask.CONTACT, "", (c.evidence,), label=p.name, contact=c) for c, p in found)
    programs = {program.id: program for _, program in found}
    matches = tuple(judged(shelf, asker, program) for program in programs.values())
    return Traced(", ".join(places), facts, matches, is_place=True)


def _holders(
    shelf: Shelf, asker: Asker, test: Callable[[Contact, str], bool], words: str
) -> Iterator[tuple[Contact, Program]]:
    for program in shelf.current(asker.as_of):
        yield from ((contact, program) for contact in program.contacts if test(contact, words))


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


_TESTS: dict[Role, Callable[[Contact, str], bool]] = {
    Role.PHONE: lambda contact, words: _digits(words) in {_digits(phone) for phone in contact.phones},
    Role.MAIL: lambda contact, words: any(words in squash(mail) for mail in (*contact.emails, *contact.urls)),
    Role.PERSON: lambda contact, words: bool(contact.person) and _name(words) in squash(contact.person or ""),
    Role.BODY: lambda contact, words: words in squash(f"{contact.organisation}{contact.department or ''}"),
}


def _name(words: str) -> str:
    """The name at the head of a name with its title: "곽가나 과장님" is sought by its first three letters."""
    return words[:3]
