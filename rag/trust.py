"""Trust: a programme as read flows in; what of it may be told flows out, and the key that it is known by.

A fact below `TRUSTED` is left out, and where that leaves nothing, its absence is a fact that can be said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from rag.conditions.tree import regrown
from rag.domain import TRUSTED, Benefit, Contact, Criterion, Period, PeriodKind, Program, ProgramKey
from rag.messages.review import UNSURE_CRITERION
from rag.text import squash

Fact = TypeVar("Fact", Criterion, Benefit, Period, Contact)

REACH = re.compile(r"\d{2,4}\)?[-–‐.·~ ]{1,2}\d{3,4}[-–‐.·~ ]{1,2}\d{4}(?!\d)|(?<![\d.-])\d{4}[-–‐]\d{4}(?!\d)|@")
"""What looks like a phone number or an e-mail address, also where a character of it was misread."""


def key_of(program: Program) -> ProgramKey:
    """What tells the programme from others, its name as it is compared; of one without a key, name and year."""
    key = program.key or ProgramKey(program.name, year=program.year)
    return replace(key, name=squash(key.name))


def family_of(program: Program) -> ProgramKey:
    """What all editions of a programme share: its name as compared, who runs it and where. Siblings share the name."""
    return replace(key_of(program), year=None, round="")


def trusted(program: Program) -> Program:
    """The programme without the facts whose reading is unsure, nor the details that only repeat such a one.

    A condition that is unsure stays as one that cannot be judged, since dropping it would make everybody eligible;
    an office that is unsure stays as one whose number is not known.
    """
    told = (program.criteria, program.benefits, program.periods, program.contacts)
    if all(is_sure(fact) for facts_of_kind in told for fact in facts_of_kind):
        return program  # its condition is grown from these very criteria
    return _told_in_part(program)


def _told_in_part(program: Program) -> Program:
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
