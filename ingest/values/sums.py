"""Sums: the words of an official flow in, the sums of money and the percentages they state flow out, each in its place.

What a sum or a share is, the grammar of values (`rag.grammar`) knows; here stand what documents add to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from ingest.phrases import phrases
from rag.grammar.measures import NUMBER, SHARE
from rag.grammar.rulebook import VALUE, Node
from rag.grammar.values import ANY_DAY, chart

_WORDS = phrases(Path(__file__).with_suffix(".yaml"))
_KRW = "KRW"
_UNITS = frozenset("원억만천조₩")
_UNIT_LETTERS = "백천만억원%"
_SCALES = "십백천만억조"
_WHOLES = (10, 100)


class Told(NamedTuple):
    """A sum in KRW or a share in percent at [start, end) of a text, without the words that bound it; of a range both
    ends, else the same twice."""

    start: int
    end: int
    low: float
    high: float


def sums_in(text: str) -> list[Told]:
    """The sums of money in a text, in order."""
    is_told = not _UNITS.isdisjoint(text) and ("만원" in text or any(letter.isdecimal() for letter in text))
    return list(_told(text, _KRW)) if is_told else []


def shares_in(text: str) -> list[Told]:
    """The percentages in a text, in order; percentage points are none, nor are shares without a figure ("절반")."""
    told = _told(text, SHARE) if _WORDS["percent"].is_in(text) else ()
    return [share for share in told if any(letter.isdecimal() for letter in text[share.start : share.end])]


def _told(text: str, measure: str) -> Iterator[Told]:
    for node in _values(text):
        for one in _of_measure(node, measure):
            interval = one.value.interval
            # A unit alone ("백만원") is the name of one.
            if interval.high and text[one.start] not in _SCALES:
                yield Told(one.start, one.end, float(interval.low or 0), float(interval.high))


@lru_cache(maxsize=256)
def _values(text: str) -> tuple[Node, ...]:
    """What the grammar reads in a text; sums and shares of one statement are asked for one after the other."""
    return tuple(node for node in chart(text, ANY_DAY).read() if node.kind == VALUE)


def _of_measure(node: Node, measure: str) -> Iterator[Node]:
    """The parts of a value that state so much of a measure, the words that bound them left out."""
    # "2억 이상 5억 미만": the first half has its measure from the second.
    is_joint = node.kind == "quantity" and node.parts[0].value.measure == NUMBER
    if (is_joint or node.kind in ("core", "exact")) and node.value.measure == measure:
        yield node
    else:
        for part in node.parts:
            yield from _of_measure(part, measure)


def unit_in(text: str) -> str | None:
    """The unit that a caption or the name of a column gives to bare figures: "(단위: 천원)", "한도(만원)"."""
    found = _WORDS["caption"].first(text)
    return (
        "".join(found.words.strip("([<【「『)]>】」』").removeprefix("단위").strip(" :：").split()) if found else None
    )


def amounts(text: str) -> tuple[int, ...]:
    """All sums of money in the text, in KRW, in order; of a range ("1~3억원") its lower and its upper end."""
    return tuple(int(end) for told in sums_in(text) for end in dict.fromkeys((told.low, told.high)) if int(end))


def percents(text: str) -> tuple[float, ...]:
    """All percentages in the text, in order; percentage points (%p) are not percentages.

    A proportion counts where the parties stand before it in the same order ("국비:지방비 = 6:4") and make a whole;
    of a range ("50~70%") the upper end counts.
    """
    found = [(told.start, told.high) for told in shares_in(text)]
    found += [(start, share) for start, share, _ in proportions(text)]
    return tuple(share for _, share in sorted(found, key=lambda placed: placed[0]))


def proportions(text: str) -> list[tuple[int, float, str]]:
    """Parties and figures in one order ("국비:지방비 = 6:4"): where each figure stands, its percentage and whose."""
    found = []
    for hit in _WORDS["proportion"].all(text):
        at = next(place for place, letter in enumerate(hit.words) if letter.isdecimal())
        parts = [int(part) if part.strip().isdecimal() else 0 for part in hit.words[at:].replace("：", ":").split(":")]
        names = _WORDS["ratio"].without(hit.words[:at]).split(":")
        if sum(parts) in _WHOLES and _WORDS["shared"].is_in(hit.words[:at]) and text[hit.end : hit.end + 1] != "%":
            named = zip(parts, names, strict=False)
            # Each figure has a place of its own, as they stand one behind the other.
            found += [
                (hit.start + at + number, part * 100 / sum(parts), name) for number, (part, name) in enumerate(named)
            ]
    return found
