"""Ages: durations and days with words of founding flow in; how old a firm is, as days it was founded on, flows out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from rag.grammar.bounds import plain
from rag.grammar.bounds import told as measured
from rag.grammar.dates import months_on
from rag.grammar.days import days
from rag.grammar.measures import Quantity
from rag.grammar.numbers import of
from rag.grammar.rulebook import Action, Node, registering
from rag.grammar.typed import Age, Amount, Interval, Typed, Unit

ACTIONS: dict[str, Action] = {}

_rule = registering(ACTIONS)
_YEARS: dict[str, Fraction] = {
    Unit.YEARS: Fraction(1),
    Unit.MONTHS: Fraction(1, 12),
    Unit.WEEKS: Fraction(7, 365),
    Unit.DAYS: Fraction(1, 365),
}
_OLDEST = 300


@_rule
def aged(as_of: date, parts: tuple[Node, ...]) -> Age | None:
    """업력 7년 미만, 만든 지 4년."""
    quantity = next(part.value for part in parts if part.kind == "quantity")
    return _of_years(quantity, as_of)


@_rule
def bounded(as_of: date, parts: tuple[Node, ...]) -> Age | None:
    """3년 이하 기업: a firm of at most so many years; without a bound it is none."""
    quantity: Quantity = parts[0].value
    return _of_years(quantity, as_of) if quantity.interval.low is None and quantity.measure == Unit.YEARS else None


@_rule
def bare(as_of: date, parts: tuple[Node, ...]) -> Age | None:
    """9년 됐어요, 20년 된 회사."""
    quantity: Quantity = parts[0].value
    return _of_years(quantity, as_of) if quantity.measure == Unit.YEARS else None


@_rule
def since(as_of: date, parts: tuple[Node, ...]) -> Typed | None:
    """지 3년 됐: so long since something that is no founding."""
    made: Typed | None = measured(as_of, tuple(part for part in parts if part.kind == "quantity"))
    return made


def _of_years(quantity: Quantity, as_of: date) -> Age | None:
    factor = _YEARS.get(quantity.measure)
    if factor is None:
        return None
    told = quantity.interval
    years = replace(told, low=_times(told.low, factor), high=_times(told.high, factor))
    return between(years, factor, as_of)


def _times(amount: Amount | None, factor: Fraction) -> Fraction | None:
    return None if amount is None else Fraction(amount) * factor


def between(years: Interval, unit: Fraction, as_of: date) -> Age | None:
    """The age with the days on which a firm of so many completed years was founded; `unit` in years is how exact."""
    if max(years.low or 0, years.high or 0) > _OLDEST:
        return None
    is_exact = years.low == years.high
    first = last = None
    if years.high is not None:
        # A firm of four years has completed four and not yet five; one "within seven" was founded seven ago at most.
        first = _ago(years.high + unit, as_of) + timedelta(days=1) if is_exact else _ago(years.high, as_of)
        first += timedelta(days=1) if years.under else timedelta()
    if years.low is not None:
        last = _ago(years.low, as_of) - (timedelta(days=1) if years.over else timedelta())
    elif years.high is not None:
        last = as_of
    return Age(first, last, plain(years))


def _ago(years: Amount, as_of: date) -> date:
    return months_on(as_of, -round(years * 12))


@_rule
def nth(as_of: date, parts: tuple[Node, ...]) -> Age | None:
    """창업 3년 차: the third year runs, two are completed."""
    number = of(next(part for part in parts if part.kind == "number"))
    if number.low != number.high or number.low < 1 or number.low.denominator != 1:
        return None
    return between(Interval(number.low - 1, number.low - 1), Fraction(1), as_of)


@_rule
def full(as_of: date, parts: tuple[Node, ...]) -> Age | None:
    """창립 12주년."""
    number = of(parts[1])
    return between(Interval(number.low, number.high), Fraction(1), as_of)


@_rule
def founded(as_of: date, parts: tuple[Node, ...]) -> Age | None:
    """2019년에 설립, 설립일 2021. 5. 1."""
    node = next(part for part in parts if part.kind in ("days", "short"))
    days_ = days(as_of, (node,)) if node.kind == "short" else node.value
    is_to_come = days_ is None or (days_.first or date.min) > as_of
    return None if is_to_come else Age(days_.first, days_.last)
