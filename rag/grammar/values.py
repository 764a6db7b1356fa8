"""Values: a text and the day it is read on flow in; every value it states, each with its place, flows out.

The one grammar of values for questions, documents and forms. Words and rules are the YAML files beside this module;
`tests/rag/grammar/examples.yaml` tells what is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path

from rag.grammar import ages, bounds, days, numbers, phones
from rag.grammar.engine import Chart
from rag.grammar.numbers import Figure, Script
from rag.grammar.rulebook import VALUE, Book, Node, opened
from rag.grammar.typed import KINDS, Kind, Typed, Unit

ANY_DAY = date(2000, 1, 1)
"""For a text whose values do not hang on a day."""
# One question is read in several ways, each of which asks of the same statements what they state.
_TEXTS_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Value:
    """What [start, end) of a text states."""

    start: int
    end: int
    kind: Kind
    of: Typed


@dataclass(frozen=True, slots=True)
class Written:
    """A number at [start, end) as it was written, with the word behind it ("명") and the unit that is.

    `value` is what it is part of, None where that is certainly no value, as in "5단계" and "제3조".
    """

    start: int
    end: int
    number: Fraction
    script: Script
    word: str
    unit: Unit | None
    value: Value | None


@lru_cache(maxsize=_TEXTS_KEPT)
def read_values(text: str, as_of: date) -> tuple[Value, ...]:
    """All values of a text in order; none overlaps another, and the reading that owns most of the text wins."""
    return tuple(_value(node) for node in chart(text, as_of).read() if node.kind == VALUE)


def numbers_in(text: str) -> tuple[Written, ...]:
    """All single numbers of the values of a text, in order, days and phones in digits left out."""
    return tuple(
        written
        for whole in chart(text, ANY_DAY).read()
        for written in _numbers(whole, None, text, _value(whole) if whole.kind == VALUE else None)
    )


def sum_in_full(text: str, unit: int) -> Fraction | None:
    """KRW of a text that is one sum, or a bare number of `unit` KRW, and can be meant in one way only; else None."""
    read = chart(text, ANY_DAY)
    for node in read.of_kind("exact"):
        if (node.start, node.end) == (0, len(text)) and node.value.measure == "KRW" and node.value.written:
            written: Figure = node.value.written
            is_told = any(part.kind in ("won", "mark") for part in node.parts)
            return None if written.loose or (written.rest and not is_told) else node.value.single
    for node in read.of_kind("number"):
        if (node.start, node.end) == (0, len(text)) and node.value.script in (Script.DIGITS, Script.SINO):
            # "5천" without a unit is as often 5천만 원.
            return None if unit == 1 and node.value.step > 1 else node.value.low * unit
    return None


def chart(text: str, as_of: date) -> Chart:
    """Everything the grammar makes of a text."""
    return Chart(text, book(), as_of, phones.addresses(text))


@cache
def book() -> Book:
    """The rulebook, read once."""
    parts = {"numbers": numbers, "measures": bounds, "days": days, "ages": ages, "phones": phones}
    return opened(Path(__file__).parent, tuple(parts), {name: part.ACTIONS for name, part in parts.items()})


def _value(node: Node) -> Value:
    return Value(node.start, node.end, KINDS[type(node.value)], node.value)


def _numbers(node: Node, after: Node | None, text: str, value: Value | None) -> Iterator[Written]:
    """The numbers a node was made of; `after` is what stands behind it in the same rule."""
    script = Script.DIGITS if node.kind == "int" else Script.SINO
    if node.kind == "month_name":
        at = node.end - 1
        yield Written(node.start, at, Fraction(node.value), script, text[at], None, value)
    elif node.kind in ("digit", "int"):
        yield _written(node, Fraction(node.value), script, after, text, value)
    elif not isinstance(node.value, Figure):
        for part, following in zip(node.parts, (*node.parts[1:], None), strict=False):
            yield from _numbers(part, following, text, value)
    elif node.value.low == node.value.high:
        yield _written(node, node.value.low, node.value.script, after, text, value)


def _written(
    node: Node, number: Fraction, script: Script, after: Node | None, text: str, value: Value | None
) -> Written:
    word = "" if after is None or after.parts else text[after.start : after.end]
    unit = Unit(after.value) if word and after and after.value in set(Unit) else None
    return Written(node.start, node.end, number, script, word, unit, value)
