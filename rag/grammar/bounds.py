"""Bounds: quantities and words that bound them ("이내", "최대", "에서 … 사이") flow in; typed values flow out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from rag.grammar.measures import DURATIONS, MEASURES, NUMBER, POINTS, SHARE, Quantity, number
from rag.grammar.numbers import Figure, Script, of
from rag.grammar.rulebook import HIDDEN, Action, Node, registering
from rag.grammar.typed import Amount, Count, Duration, Interval, Money, Number, Ordinal, Share, Typed, Unit

ACTIONS: dict[str, Action] = MEASURES

_rule = registering(ACTIONS)
_NTHS = 100
_WIDEST = 1000
"""How many times the lower end of a range the higher may be; more is two numbers that happen to meet."""


@_rule
def ranged(as_of: date, parts: tuple[Node, ...]) -> Quantity | None:
    """3천만~5천만원, 30~40명; the lower end may lack the unit, 만 or 억 that the higher one has."""
    one, other = (number(as_of, (part,)) if part.kind == "number" else part.value for part in (parts[0], parts[2]))
    low, high = one.interval.low, other.interval.high
    if one.measure not in (NUMBER, other.measure) or high is None or low is None:
        return None
    written = other.written
    lacks_unit = written and (one.written is None or one.written.large == 1)
    factors = {1, written.large, written.step} if written and lacks_unit else {1}
    fitting = (
        low * factor for factor in sorted(factors, reverse=True) if low * factor < high <= low * factor * _WIDEST
    )
    first = next(fitting, None)
    return None if first is None else replace(other, interval=replace(other.interval, low=first))


@_rule
def bounded(as_of: date, parts: tuple[Node, ...]) -> Quantity | None:
    """월 60만원, 최대 2억 원 이내, 기업당 5천만원까지."""
    core: Quantity = next(part.value for part in parts if part.kind == "core")
    per = tuple(part.value for part in parts if part.kind.startswith("per"))
    if core.measure == NUMBER and (per or (core.written and core.written.lone)):
        return None
    # "오천이 넘는": what a verb is said of ends in its particle.
    is_subject = core.measure == NUMBER and core.written and core.written.subject
    if is_subject and any(part.kind == "verb" for part in parts):
        return None
    interval = core.interval
    for part in parts:
        if part.kind in ("pre", "post", "verb"):
            interval = _limited(interval, part.value)
    return replace(core, interval=interval, per=(*core.per, *per))


def _limited(interval: Interval, word: str) -> Interval:
    """The interval under one bound; a range keeps its other end."""
    is_range = interval.low != interval.high
    if word == "about":
        return replace(interval, about=True)
    if word in ("le", "lt"):
        return replace(interval, low=interval.low if is_range else None, under=interval.under or word == "lt")
    if word in ("ge", "gt"):
        return replace(interval, high=interval.high if is_range else None, over=interval.over or word == "gt")
    return interval


@_rule
def between(as_of: date, parts: tuple[Node, ...]) -> Quantity | None:
    """3년 이상 7년 미만, 최소 1천만원 ~ 최대 2천만원."""
    one, other = parts[0].value, parts[-1].value
    lower, upper = one.interval, other.interval
    halves = lower.high is None and upper.low is None and lower.low is not None and upper.high is not None
    if not halves or one.measure not in (NUMBER, other.measure) or lower.low >= upper.high:
        return None
    both = Interval(lower.low, upper.high, lower.over, upper.under, lower.about or upper.about)
    return Quantity(other.measure, both, (*one.per, *other.per))


@_rule
def told(as_of: date, parts: tuple[Node, ...]) -> Typed | None:
    """The quantity as others see it; a number in words that may be another word is none."""
    made: Quantity = parts[0].value
    interval, measure = plain(made.interval), made.measure
    if measure == NUMBER:
        return None if made.written and _is_doubtful(made.written) else Number(interval)
    if measure in (SHARE, POINTS):
        return Share(interval, measure == POINTS, made.per)
    if measure in DURATIONS:
        return Duration(interval, Unit(measure), made.per)
    return Count(interval, Unit(measure), made.per) if measure in set(Unit) else Money(interval, measure, made.per)


def _is_doubtful(written: Figure) -> bool:
    return written.lone or (written.script is Script.SINO and written.low < 20)


def plain(interval: Interval) -> Interval:
    """The interval with an int or a float for each end."""
    return replace(interval, low=_plain(interval.low), high=_plain(interval.high))


def _plain(amount: Amount | None) -> Amount | None:
    if amount is None:
        return None
    return int(amount) if Fraction(amount).denominator == 1 else float(amount)


@_rule
def event_span(as_of: date, parts: tuple[Node, ...]) -> Duration | None:
    """마감 사흘 전: counted from a day that is not told here, so no day."""
    made = told(as_of, (parts[1],))
    return made if isinstance(made, Duration) else None


@_rule
def nth(as_of: date, parts: tuple[Node, ...]) -> int | None:
    """두 번째, 2번, 제3회, the second one."""
    part = next(part for part in parts if part.kind in ("nth", "en_nth", "int", "number"))
    if part.kind != "number":
        return int(part.value) if part.value < _NTHS else None
    figure = of(part)
    fits = figure.low == figure.high and figure.low.denominator == 1 and figure.low < _NTHS
    return int(figure.low) if fits and figure.script in (Script.NATIVE, Script.DIGITS) else None


@_rule
def ordinal(as_of: date, parts: tuple[Node, ...]) -> Ordinal | None:
    """The place in a list that is meant."""
    at = parts[0].value
    return Ordinal(at) if at else None


@_rule
def nothing(as_of: date, parts: tuple[Node, ...]) -> str:
    """What is numbered and is no value: 제3조, ISO 9001."""
    return HIDDEN
