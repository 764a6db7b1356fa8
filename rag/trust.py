"""Trust: programmes as read flow in; what answers may use flows out: sure facts, one edition of each year.

A fact below `TRUSTED` is left out, and where that leaves nothing, its absence is a fact that can be said. Where two
documents describe one edition, the later publication wins and the earlier one fills what the later leaves out; one
that only changes something changes nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from rag.conditions.tree import grown, regrown, unread_of
from rag.domain import TRUSTED, Benefit, Contact, Criterion, Detail, Period, PeriodKind, Program, ProgramKey
from rag.messages.review import UNSURE_CRITERION
from rag.patching import is_partial, patched
from rag.text import squash

Fact = TypeVar("Fact", Criterion, Benefit, Period, Contact)

REACH = re.compile(r"\d{2,4}\)?[-–‐.·~ ]{1,2}\d{3,4}[-–‐.·~ ]{1,2}\d{4}(?!\d)|(?<![\d.-])\d{4}[-–‐]\d{4}(?!\d)|\S*@\S*")
"""What looks like a phone number or an e-mail address, also where a character of it was misread."""


def usable(programs: Sequence[Program], published_on: Callable[[str], str]) -> tuple[Program, ...]:
    """The programmes that answers rest on; `published_on` gives the date of a source ("2026" to "2026-02-04")."""
    groups: dict[tuple[ProgramKey, str], list[Program]] = {}
    for program in programs:
        # Two editions of unknown years are not known to be the same.
        groups.setdefault((key_of(program), "" if program.year else program.id), []).append(trusted(program))
    kept: list[Program] = []
    merged_into: dict[str, str] = {}
    for editions in groups.values():
        earliest, *later = in_force(editions, published_on)[::-1]
        merged = earliest
        for program in later:
            merged = patched(merged, program) if is_partial(program) else _filled(program, merged)
        merged_into.update({program.id: merged.id for program in editions if program.id != merged.id})
        kept.append(merged)
    return tuple(replace(p, supersedes=merged_into.get(p.supersedes or "", p.supersedes)) for p in kept)


def key_of(program: Program) -> ProgramKey:
    """What tells the programme from others, its name as it is compared; of one without a key, name and year."""
    key = program.key or ProgramKey(program.name, year=program.year)
    return replace(key, name=squash(key.name))


def family_of(program: Program) -> ProgramKey:
    """What all editions of a programme share: its name as compared, who runs it and where. Siblings share the name."""
    return replace(key_of(program), year=None, round="")


def in_force(editions: Sequence[Program], published_on: Callable[[str], str]) -> list[Program]:
    """The editions with the one that counts first: the latest publication; of two on one day, the one read later."""
    ascending = sorted(editions, key=lambda program: published_on(program.source_id))
    return ascending[::-1]


def trusted(program: Program) -> Program:
    """The programme without the facts whose reading is unsure, nor the details that only repeat such a one.

    A condition that is unsure stays as one that cannot be judged, since dropping it would make everybody eligible;
    an office that is unsure stays as one whose number is not known.
    """
    periods = sure(program.periods)
    facts: tuple[Period | Contact, ...] = (*program.periods, *program.contacts)
    unsure = {fact.evidence for fact in facts if not is_sure(fact)} - {fact.evidence for fact in facts if is_sure(fact)}
    told = replace(
        program,
        criteria=tuple(c if is_sure(c) else _unjudged(c) for c in program.criteria),
        benefits=sure(program.benefits),
        periods=periods or ((Period(PeriodKind.UNSTATED, ""),) if program.periods else ()),
        contacts=tuple(filter(None, map(_told, program.contacts))),
        details=tuple(detail for detail in program.details if detail.evidence not in unsure),
        steps=tuple(step for step in program.steps if step.evidence not in unsure),
    )
    return regrown(told) if program.condition else told


def is_sure(fact: Criterion | Benefit | Period | Contact) -> bool:
    """Whether a fact was read surely enough to be told."""
    return fact.confidence >= TRUSTED


def sure(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts that may be told."""
    return tuple(fact for fact in facts if is_sure(fact))


def is_named(contact: Contact) -> bool:
    """Whether the words a contact was read from name its organisation."""
    return squash(contact.organisation) in squash(contact.evidence.quote)


def _told(contact: Contact) -> Contact | None:
    """The contact as it may be told: an unsure one only as an office whose number is not known, if it is one."""
    if is_sure(contact):
        return contact
    return replace(contact, phones=(), emails=(), urls=()) if is_named(contact) else None


def _unjudged(criterion: Criterion) -> Criterion:
    return replace(criterion, text=UNSURE_CRITERION, allowed=(), excluded=(), minimum=None, maximum=None)


def _filled(later: Program, earlier: Program) -> Program:
    """The later edition with what only the earlier one states."""
    stated = any(period.kind is not PeriodKind.UNSTATED for period in later.periods)
    criteria = later.criteria or earlier.criteria
    unread = (*unread_of(later), *(() if later.criteria else unread_of(earlier)))
    return replace(
        later,
        aliases=tuple(dict.fromkeys((*later.aliases, *earlier.aliases))),
        details=(*later.details, *_unsaid(later.details, earlier.details)),
        criteria=criteria,
        condition=grown(criteria, unread) if later.condition or earlier.condition else None,
        tracks=later.tracks or earlier.tracks,
        benefits=later.benefits or earlier.benefits,
        periods=later.periods if stated else earlier.periods or later.periods,
        contacts=later.contacts if any(contact.phones for contact in later.contacts) else earlier.contacts,
        steps=later.steps or earlier.steps,
        supersedes=later.supersedes or earlier.supersedes,
    )


def _unsaid(later: Sequence[Detail], earlier: Sequence[Detail]) -> tuple[Detail, ...]:
    labels = {detail.label for detail in later}
    return tuple(detail for detail in earlier if detail.label not in labels)
