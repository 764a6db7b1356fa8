"""Figures: a statement flows in; whether it holds a sum, a share, a count or a word on who pays flows out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from rag.grammar.typed import Count, Days, Duration, Grain, Link, Mail, Money, Phone, Share, Typed, Unit
from rag.grammar.values import Value, read_values
from rag.text import squash
from rag.wordlists import word_lists

# Kinds of values do not depend on the day.
_ANY_DAY = date(2000, 1, 1)
_KEPT = 8192
WHOLE = 100.0
"""The whole, in percent: a rate beyond it is one of a price per hour or head, and leaves nobody a share."""
_LISTS = Path(__file__).with_name("labels.yaml")
# The kinds that statements are told apart by, each with the list of words that ask for it.
_ASKING: dict[type, str] = {
    Money: "asks_sum",
    Share: "asks_share",
    Count: "asks_count",
    Duration: "asks_duration",
    Days: "asks_day",
    Link: "asks_address",
}
# A number in the place of the word that asks how many makes of what is asked a value that can be read.
_ANY_NUMBER = "3"


def has_sum(text: str) -> bool:
    """Whether a text holds a sum of money."""
    return Money in _kinds(text)


def has_part(text: str) -> bool:
    """Whether a text holds a share of a whole, at most 100 percent."""
    return any(kind is Share and share <= WHOLE for kind, share in values_in(text))


def has_figure(text: str) -> bool:
    """Whether a text holds what an amount is told in: a sum, a share, or years of a loan."""
    return bool(_kinds(text) & {Money, Share, Duration})


def has_duration(text: str) -> bool:
    """Whether a text tells how long something lasts."""
    return Duration in _kinds(text)


def has_day(text: str) -> bool:
    """Whether a text tells a day or a month."""
    return Days in _kinds(text)


def has_link(text: str) -> bool:
    """Whether a text holds the address of a page."""
    return Link in _kinds(text)


def has_mail(text: str) -> bool:
    """Whether a text holds an e-mail address."""
    return Mail in _kinds(text)


def has_phone(text: str) -> bool:
    """Whether a text holds a number to call."""
    return Phone in _kinds(text)


ADDRESSED = {"emails": has_mail, "urls": has_link, "online": has_link}
"""Which address stands for a way of ways.yaml."""


def begins_with_number(text: str) -> bool:
    """Whether a text begins with a number, plain or in a ring ("① 가입")."""
    return unicodedata.normalize("NFKC", text[:1]).isdigit()


def sums_in(text: str) -> frozenset[tuple[type, float]]:
    """The sums of a text, in KRW."""
    return frozenset(value for value in values_in(text) if value[0] is Money)


def has_count(text: str) -> bool:
    """Whether a text counts something other than a duration."""
    return Count in _kinds(text)


def kinds_in(text: str) -> tuple[bool, ...]:
    """Whether a text holds a sum, a share, a count, a duration, a day, an address of a page."""
    found = _kinds(text)
    return tuple(kind in found for kind in _ASKING)


def kinds_asked(text: str) -> tuple[bool, ...]:
    """Which of the kinds of `kinds_in` a question asks for: what "몇 개" is with a number, what a word asks."""
    found = {type(value.of) for value in _asked(text)}
    return tuple(kind in found or _holds(text, name) for kind, name in _ASKING.items())


@lru_cache(maxsize=_KEPT)
def units_in(text: str) -> frozenset[Unit]:
    """The units that a text counts or measures in."""
    return frozenset(value.unit for value in _typed(text) if isinstance(value, Count | Duration))


def units_asked(text: str) -> frozenset[Unit]:
    """The units that a question asks to be counted or measured in ("몇 명")."""
    return wanted_in(text).units


def units_told(text: str) -> frozenset[Unit]:
    """The units that the words of a text stand for, where they count no more than things ("과제를 많이 뽑는")."""
    told = (read_values(f"{_ANY_NUMBER}{word}", _ANY_DAY) for word in text.split())
    units = {value.of.unit for values in told for value in values if isinstance(value.of, Count)}
    # How often and how much more is nothing that is chosen.
    return frozenset(units - {Unit.ITEMS, Unit.TIMES, Unit.FOLDS})


def counts_in(text: str) -> tuple[tuple[Unit, float], ...]:
    """The counts of a text, each with its unit."""
    counts = (value.of for value in read_values(text, _ANY_DAY) if isinstance(value.of, Count))
    ends = ((count.unit, end) for count in counts for end in (count.interval.low, count.interval.high))
    return tuple((unit, float(end)) for unit, end in ends if end is not None)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The figures that a question asks for: sorts that have no unit, and units of counts and durations."""

    sorts: frozenset[type]
    units: frozenset[Unit]

    def __bool__(self) -> bool:
        return bool(self.sorts or self.units)

    @property
    def asks_day(self) -> bool:
        """Whether a day or a month is asked for."""
        return Days in self.sorts

    def holds_any(self, text: str) -> bool:
        """Whether a text holds one of the figures asked for."""
        return bool(self.sorts & _kinds(text) or self.units & units_in(text))

    def holds_all(self, text: str) -> bool:
        """Whether a text holds a figure of every sort and unit asked for."""
        return self.sorts <= _kinds(text) and self.units <= units_in(text)


@lru_cache(maxsize=_KEPT)
def wanted_in(text: str) -> Wanted:
    """The figures that a question asks for with "몇"."""
    asked = [value.of for value in _asked(text)]
    units = frozenset(value.unit for value in asked if isinstance(value, Count | Duration))
    return Wanted(frozenset(type(value) for value in asked if isinstance(value, Money | Share | Days)), units)


def speaks_of_own_share(text: str) -> bool:
    """Whether a text says who pays what."""
    return _holds(text, "paying")


def says_free(text: str) -> bool:
    """Whether a text says that the company pays nothing."""
    return _holds(text, "free")


def says_unknown(text: str) -> bool:
    """Whether a text only says that its document does not tell something."""
    return _holds(text, "unknown")


def only_compares(text: str) -> bool:
    """Whether a text says nothing but that things are to be compared."""
    words = text.split()
    return bool(words) and set(words) <= set(word_lists(_LISTS)["comparing"])


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


def quarters_in(text: str, as_of: date) -> dict[tuple[date | None, date | None], str]:
    """The quarters and halves of a year that a text speaks of, by their first and last day, in its own words."""
    return {
        (value.of.first, value.of.last): text[value.start : value.end]
        for value in read_values(text, as_of)
        if isinstance(value.of, Days) and value.of.grain in (Grain.QUARTER, Grain.HALF)
    }


def _holds(text: str, name: str) -> bool:
    bare = squash(text)
    return any(squash(word) in bare for word in word_lists(_LISTS)[name])


def _asked(text: str) -> Iterator[Value]:
    """The values that a text would state, had it a number where it asks for one."""
    for word in word_lists(_LISTS)["how_many"]:
        if word in text:
            joined = text.replace(f"{word} ", word)
            told = read_values(joined.replace(word, _ANY_NUMBER), _ANY_DAY)
            yield from (value for value in told if word in joined[value.start : value.end])


@lru_cache(maxsize=_KEPT)
def _kinds(text: str) -> frozenset[type]:
    return frozenset(map(type, _typed(text)))


def _typed(text: str) -> tuple[Typed, ...]:
    """The values of a text, whatever the day."""
    return tuple(value.of for value in read_values(text, _ANY_DAY))
