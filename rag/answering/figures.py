"""Figures: a statement flows in; whether it holds a sum, a share, a count or a word on who pays flows out."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from rag.grammar.typed import Count, Days, Duration, Link, Money, Share
from rag.grammar.values import read_values
from rag.text import squash
from rag.wordlists import word_lists

# Kinds of values do not depend on the day.
_ANY_DAY = date(2000, 1, 1)
_KEPT = 8192
_WHOLE = 100.0
_LISTS = Path(__file__).with_name("labels.yaml")


def has_sum(text: str) -> bool:
    """Whether a text holds a sum of money."""
    return Money in _kinds(text)


def has_part(text: str) -> bool:
    """Whether a text holds a share of a whole, at most 100 percent."""
    return any(kind is Share and share <= _WHOLE for kind, share in values_in(text))


def has_figure(text: str) -> bool:
    """Whether a text holds what an amount is told in: a sum, a share, or years of a loan."""
    return bool(_kinds(text) & {Money, Share, Duration})


def has_duration(text: str) -> bool:
    """Whether a text tells how long something lasts."""
    return Duration in _kinds(text)


def has_count(text: str) -> bool:
    """Whether a text counts something other than a duration."""
    return Count in _kinds(text)


def kinds_in(text: str) -> tuple[bool, ...]:
    """Whether a text holds a sum, a share, a count, a duration, a day, an address of a page."""
    found = _kinds(text)
    return tuple(kind in found for kind in (Money, Share, Count, Duration, Days, Link))


def speaks_of_own_share(text: str) -> bool:
    """Whether a text says who pays what."""
    return _holds(text, "paying")


def says_free(text: str) -> bool:
    """Whether a text says that the company pays nothing."""
    return _holds(text, "free")


def says_unknown(text: str) -> bool:
    """Whether a text only says that its document does not tell something."""
    return _holds(text, "unknown")


def values_in(text: str) -> frozenset[tuple[type, float]]:
    """The figures of a text that a claim can be held against, each with what sort it is."""
    found = []
    for value in read_values(text, _ANY_DAY):
        typed = value.of
        if isinstance(typed, Money | Share | Count | Duration):
            found += [(type(typed), float(end)) for end in (typed.interval.low, typed.interval.high) if end is not None]
    return frozenset(found)


def years_in(text: str) -> frozenset[int]:
    """The years that a text speaks of."""
    days = (value.of for value in read_values(text, _ANY_DAY) if isinstance(value.of, Days))
    found = {end.year for day in days for end in (day.first, day.last) if end}
    return frozenset(year for year in found if str(year) in text or f"'{year % 100}" in text)


def _holds(text: str, name: str) -> bool:
    bare = squash(text)
    return any(squash(word) in bare for word in word_lists(_LISTS)[name])


@lru_cache(maxsize=_KEPT)
def _kinds(text: str) -> frozenset[type]:
    return frozenset(type(value.of) for value in read_values(text, _ANY_DAY))
