"""Actionable: words flow in; what a reader could call, pay, count on or apply by flows out, for comparing."""

from __future__ import annotations

from collections.abc import Iterator

from rag.domain import Benefit, Criterion, Detail, Period, Program
from rag.grammar.typed import Days, Link, Mail, Money, Phone, Share, Typed
from rag.grammar.values import ANY_DAY, read_values

Key = tuple[str, object]
"""The sort of a value and what is compared of it."""


def actionable_in(text: str) -> frozenset[Key]:
    """The numbers to call, addresses, sums, shares and days that the words tell."""
    return frozenset(key for value in read_values(text, ANY_DAY) for key in _keys(value.of))


def actionable_of(program: Program) -> frozenset[Key]:
    """The same of everything that a programme states."""
    stated: list[Detail | Benefit | Period | Criterion] = [*program.details, *program.steps]
    stated += [*program.benefits, *program.periods]
    stated += program.criteria
    numbers = (("call", "".join(filter(str.isdigit, n))) for c in program.contacts for n in (*c.phones, *c.faxes))
    addresses = (("write", address.lower()) for c in program.contacts for address in (*c.emails, *c.urls))
    said = {text for fact in stated for text in (fact.text, fact.evidence.quote if fact.evidence else "")}
    return frozenset((*numbers, *addresses, *(key for text in said for key in actionable_in(text))))


def _keys(value: Typed) -> Iterator[Key]:
    if isinstance(value, Phone):
        yield from (("call", "".join(filter(str.isdigit, number))) for number in value.numbers)
    elif isinstance(value, Mail | Link):
        yield "write", value.address.lower()
    elif isinstance(value, Money | Share):
        yield type(value).__name__, value.interval.high
    elif isinstance(value, Days):
        # Words without a year may mean any: the day of the month is what they tell.
        yield from (("day", (day.month, day.day)) for day in (value.first, value.last) if day)
