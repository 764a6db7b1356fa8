"""Figures: a clause and what an applicant tells flow in; whether the figure told is within the one asked flows out."""

from __future__ import annotations

from datetime import date

from rag.conditions.words import WORDS
from rag.grammar.typed import Amount, Count, Duration, Interval, Money, Share
from rag.grammar.values import read_values
from rag.text import tagged

# Figures read the same on any day.
_ANY_DAY = date(2000, 1, 1)


def compared(text: str, words: str) -> bool | None:
    """Whether a figure told lies within the one bound of its sort in a clause; `None` where none can be compared."""
    asked, told = _figures(text), _figures(words)
    for sort, value in told:
        bounds = [interval for other, interval in asked if other == sort]
        # Who tells about so much is taken at the word.
        if len(bounds) == 1 and value.low is not None and value.low == value.high:
            return _lies_in(value.low, bounds[0])
    return None


def _lies_in(number: Amount, bounds: Interval) -> bool:
    above = bounds.low is None or (number > bounds.low if bounds.over else number >= bounds.low)
    below = bounds.high is None or (number < bounds.high if bounds.under else number <= bounds.high)
    return above and below


def _figures(text: str) -> list[tuple[str, Interval]]:
    """Sums, counts, shares and years of life in a text, each with what it measures."""
    found: list[tuple[str, Interval]] = []
    for value in read_values(text, _ANY_DAY):
        of = value.of
        if isinstance(of, Money):
            found.append((of.currency, of.interval))
        elif isinstance(of, Count | Duration):
            found.append((of.unit.value, of.interval))
        elif isinstance(of, Share):
            found.append(("share", of.interval))
    return found + _years_of_life(text)


def _years_of_life(text: str) -> list[tuple[str, Interval]]:
    """ "만 39세 이하", "45살": the grammar of firms' ages leaves those of people out."""
    said = tagged(text)
    found = []
    for at, word in enumerate(said[:-1]):
        if word.tag == "SN" and word.form.isdigit() and said[at + 1].form in WORDS["years_of_life"]:
            years, limit = int(word.form), said[at + 2].form if at + 2 < len(said) else ""
            is_low, is_high = limit in WORDS["at_least"], limit in WORDS["at_most"]
            low, high = (None if is_high else years), (None if is_low else years)
            is_open = limit in WORDS["not_itself"]
            found.append(("age", Interval(low, high, over=is_low and is_open, under=is_high and is_open)))
    return found
