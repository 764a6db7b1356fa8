"""Rates: a statement on what one person, month or unit gets and what an asker counts flow in; the sum flows out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rag.grammar.typed import Count, Duration, Money, Unit
from rag.grammar.values import Value, read_values
from rag.korean import with_particle
from rag.messages import EACH_MONTH, EACH_PERSON, EACH_YEAR, RECKONED_RATE, RECKONED_RATE_AT_MOST
from rag.money import won
from rag.plan import Fact
from rag.text import tagged
from rag.wordlists import sizes

# Counts mean the same on every day.
_ANY_DAY = date(2000, 1, 1)
_MEASURES: dict[str, tuple[str, float]] = {
    unit: (kind, size)
    for kind, units in sizes(Path(__file__).with_name("rates.yaml")).items()
    for unit, size in units.items()
}
_COUNTED = {
    "case": Unit.CASES,
    "time": Unit.TIMES,
    "hour": Unit.HOURS,
    "day": Unit.DAYS,
    "week": Unit.WEEKS,
    "project": Unit.PROJECTS,
}
_NAMES = {
    Unit.CASES: "건",
    Unit.TIMES: "회",
    Unit.HOURS: "시간",
    Unit.DAYS: "일",
    Unit.WEEKS: "주",
    Unit.PROJECTS: "개 과제",
}
_HEAD, _EACH, _SLASH = "1", "당", "/"


@dataclass(frozen=True, slots=True)
class _Rate:
    """So many KRW for each of `per` (words of the grammar of values) and, where one is told, for each unit measured."""

    krw: int
    per: tuple[str, ...]
    unit: str
    is_most: bool
    words: str


def rated(fact: Fact, words: str) -> Fact | None:
    """What the first rate of a fact comes to for what the words of a question count ("4명이면", "5톤").

    Months that the fact itself ends at count too; `None` where there is no rate or nothing is counted.
    """
    rate = next(_rates(fact.text), None)
    if rate is None:
        return None
    told, own = read_values(words, _ANY_DAY), read_values(fact.text, _ANY_DAY)
    number, counted, each = 1.0, list[str](), list[str]()
    for per in rate.per:
        if per == "person":
            people = _count(told, Unit.PEOPLE)
            most = _most(own, Unit.PEOPLE)
            people = min(people, most) if people and most else people
            number, counted, each = _times(number, counted, each, people, "명", EACH_PERSON)
        elif per == "month":
            months = _months(told) or _months(own)
            number, counted, each = _times(number, counted, each, months, "개월", EACH_MONTH)
        elif per == "year":
            each.append(EACH_YEAR)
        elif per in _COUNTED:
            many = _count(told, _COUNTED[per])
            if not many:
                return None
            number, counted, each = _times(number, counted, each, many, _NAMES[_COUNTED[per]], "")
    if rate.unit:
        measured = _measured(words, rate.unit)
        if measured is None:
            return None
        number, counted = number * measured[0], [*counted, measured[1]]
    if not counted:
        return None
    form = RECKONED_RATE_AT_MOST if rate.is_most else RECKONED_RATE
    said = with_particle(", ".join(counted), "이면", "면")
    text = form.format(counted=said, each=" ".join((*each, "")), sum=won(round(rate.krw * number)), rate=rate.words)
    return Fact(fact.ask, text, fact.evidence)


def _times(
    number: float, counted: list[str], each: list[str], many: int | None, name: str, alone: str
) -> tuple[float, list[str], list[str]]:
    """The number times so many, with what was counted; where nothing was, what the sum is for."""
    if many:
        return number * many, [*counted, f"{many:,}{name}"], each
    return number, counted, [*each, alone]


def _rates(text: str) -> Iterator[_Rate]:
    for value in read_values(text, _ANY_DAY):
        if not isinstance(value.of, Money) or value.of.currency != "KRW" or value.of.interval.high is None:
            continue
        unit = _unit_of(text, value)
        if unit or set(value.of.per) & {"person", "month", *_COUNTED}:
            words = text[value.start : value.end].strip()
            told = f"{unit}당 {words}" if unit else words
            yield _Rate(int(value.of.interval.high), value.of.per, unit, value.of.interval.low is None, told)


def _unit_of(text: str, value: Value) -> str:
    """The unit that a sum is for each of: "kg당 100원", "90천원/1ha"; "" for none."""
    before, after = text[: value.start].rstrip(), text[value.end :].lstrip()
    if before.endswith(_EACH):
        word = before.removesuffix(_EACH).split()[-1:] or [""]
        return _known(word[0].strip("·,()").removeprefix(_HEAD))
    if after.startswith(_SLASH):
        return _known((after[1:].split() or [""])[0].strip(",.()").removeprefix(_HEAD))
    return ""


def _known(unit: str) -> str:
    return unit if unit in _MEASURES else ""


def _measured(words: str, unit: str) -> tuple[float, str] | None:
    """How many of a unit the words tell, in whatever unit of its kind, and in which words."""
    kind, size = _MEASURES[unit]
    for token in tagged(words):
        number = token.form.replace(",", "")
        # A unit may fall into two morphemes, and stand with a particle.
        rest = words[token.end :].lstrip()
        named = max((u for u, (k, _) in _MEASURES.items() if k == kind and rest.startswith(u)), key=len, default="")
        if token.tag == "SN" and number.replace(".", "", 1).isdigit() and named:
            return float(number) * _MEASURES[named][1] / size, f"{token.form}{named}"
    return None


def _count(values: Sequence[Value], unit: Unit) -> int | None:
    """The one number of a unit that is told."""
    found = [v.of.interval.exact for v in values if isinstance(v.of, Count | Duration) and v.of.unit is unit]
    return int(found[0]) if len(found) == 1 and found[0] is not None else None


def _most(values: Sequence[Value], unit: Unit) -> int | None:
    """The most of a unit that is given for, where one bound is told."""
    found = [v.of.interval for v in values if isinstance(v.of, Count | Duration) and v.of.unit is unit]
    bounds = [i.high for i in found if i.low is None and i.high is not None]
    return int(bounds[0]) if len(bounds) == 1 else None


def _months(values: Sequence[Value]) -> int | None:
    """The months told or ended at; one month is the rate itself."""
    months = _count(values, Unit.MONTHS) or _most(values, Unit.MONTHS)
    return months if months and months > 1 else None
