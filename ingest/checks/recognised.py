"""Recognised: programmes as read from a source flow in; with the facts of its recognised pages doubted, they flow out.

A recognised digit is wrong now and then, and a wrong phone number is worse than none: such facts wait for staff.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from rag.domain import Benefit, Contact, Criterion, Detail, Evidence, Period, Program, Source
from rag.trust import REACH

Fact = TypeVar("Fact", Criterion, Benefit, Period, Contact)

PERHAPS_MISREAD = 0.4
"""Confidence of a fact from a recognised page, below the trust threshold."""


def doubted(programs: Iterable[Program], source: Source) -> list[Program]:
    """The programmes with every fact of a recognised page below the trust threshold.

    Statements stay, for they are shown with their mark; those with a phone or an address stay in the passages alone.
    """

    def is_recognised(evidence: Evidence | None) -> bool:
        return evidence is not None and source.is_recognised(evidence.pages)

    return [_doubted(program, is_recognised) for program in programs]


def _doubted(program: Program, is_recognised: Callable[[Evidence | None], bool]) -> Program:
    def told(details: Sequence[Detail]) -> tuple[Detail, ...]:
        return tuple(d for d in details if not (is_recognised(d.evidence) and REACH.search(d.text)))

    def facts(found: Sequence[Fact]) -> tuple[Fact, ...]:
        return tuple(
            replace(fact, confidence=min(fact.confidence, PERHAPS_MISREAD)) if is_recognised(fact.evidence) else fact
            for fact in found
        )

    return replace(
        program,
        details=told(program.details),
        steps=told(program.steps),
        criteria=facts(program.criteria),
        benefits=facts(program.benefits),
        periods=facts(program.periods),
        contacts=facts(program.contacts),
        budget=None if is_recognised(program.evidence) else program.budget,
    )
