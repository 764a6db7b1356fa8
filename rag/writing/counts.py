"""Counts: a text flows in; its plain numbers, each with what it counts, flow out."""

from __future__ import annotations

import re
from itertools import takewhile

from rag.grammar.typed import Unit
from rag.grammar.values import Written, numbers_in
from rag.korean import is_hangul
from rag.writing.facts import MARK
from rag.writing.literals import literals
from rag.writing.numerals import in_digits

_DIGITS = re.compile(r"\d+(?:,\d{3})*")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ITEM = "개"
# "5개 과제" and "5개사" say what "5개" leaves open.
_OPEN = frozenset({Unit.ITEMS, Unit.FIRMS, Unit.PROJECTS})
_NOUN = 2


def counts(text: str) -> frozenset[tuple[str, str]]:
    """Pairs of number and unit, "" where none is told; digits of phones, days, sums and shares count nothing."""
    text = in_digits(MARK.sub(" ", text))
    owned = [(literal.start, literal.end) for literal in literals(text)]
    found = {(year, "") for year in _YEAR.findall(text)}
    for written in numbers_in(text):
        if not _meets(owned, written.start, written.end):
            found.add((str(written.number), _unit(written, text)))
            owned.append((written.start, written.end))
    for match in _DIGITS.finditer(text):
        if not _meets(owned, match.start(), match.end()):
            found.add((match[0].replace(",", ""), ""))
    return frozenset(found)


def are_told(said: frozenset[tuple[str, str]], known: frozenset[tuple[str, str]]) -> bool:
    """Whether every count that is said is known; one without a unit is like any other, "5개" like "5개 과제"."""
    return all(any(number == other and _alike(unit, its) for other, its in known) for number, unit in said)


def _alike(unit: str, other: str) -> bool:
    if not unit or not other or unit == other:
        return True
    return {unit[:1], other[:1]} == {_ITEM} and _ITEM in (unit, other)


def _unit(written: Written, text: str) -> str:
    """What a number counts: a unit of the grammar, "개" with its noun, or the word behind it."""
    word = "".join(written.word.split())
    if written.unit not in _OPEN:
        return written.unit or word
    end = written.value.end if written.value else written.end
    noun = word.removeprefix(_ITEM) if word.startswith(_ITEM) or written.unit is Unit.PROJECTS else ""
    # "개사" and "개소" are as open as "개" is.
    return f"{_ITEM}{(noun if len(noun) >= _NOUN else _noun_behind(text, end))[:_NOUN]}"


def _noun_behind(text: str, end: int) -> str:
    """The noun that "5개 " and "5개의 " go on with."""
    rest = text[end:].removeprefix("의")
    return "".join(takewhile(is_hangul, rest[1:])) if rest[:1] == " " else ""


def _meets(owned: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(begin < end and start < stop for begin, stop in owned)
