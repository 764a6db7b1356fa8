"""Numerals: a text flows in; the same text with its numbers in words ("삼억 원", "다섯 명") in digits flows out."""

from __future__ import annotations

import unicodedata

from rag.grammar.numbers import Script
from rag.grammar.typed import Count, Money, Number, Ordinal, Unit
from rag.grammar.values import Written, numbers_in

# "두 가지", "한 번" and "첫째" are ways of speaking and rarely figures.
_SPOKEN = frozenset({Unit.ITEMS, Unit.TIMES})


def in_digits(text: str) -> str:
    """The text in NFKC with every number in words that belongs to a value in digits; a bare sum is told in 원."""
    text = unicodedata.normalize("NFKC", text)
    for written in reversed(numbers_in(text)):
        if written.script in (Script.SINO, Script.NATIVE) and not _is_spoken(written):
            text = f"{text[: written.start]}{_digits(written)}{text[_resumes(text, written) :]}"
    return text


def _digits(written: Written) -> str:
    is_bare_sum = written.value and isinstance(written.value.of, Money) and not written.word
    return f"{written.number}{'원' if is_bare_sum else ''}"


def _resumes(text: str, written: Written) -> int:
    """Where the text goes on; a number as people count stands away from its unit, in digits it does not."""
    gap = len(text[written.end :]) - len(text[written.end :].lstrip(" "))
    return written.end + (gap if written.script is Script.NATIVE and written.word else 0)


def _is_spoken(written: Written) -> bool:
    """Whether a number is a way of speaking; a bound behind it ("두 번까지") makes a figure of it."""
    if written.value is None or isinstance(written.value.of, Number | Ordinal):
        return written.script is Script.NATIVE
    of = written.value.of
    is_spoken = written.script is Script.NATIVE and isinstance(of, Count) and of.unit in _SPOKEN
    return is_spoken and isinstance(of, Count) and of.interval.low == of.interval.high
