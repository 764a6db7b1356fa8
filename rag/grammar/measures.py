"""Measures: numbers with a unit flow in; single sums, shares, counts and durations flow out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from rag.grammar.numbers import Figure, Script, of
from rag.grammar.rulebook import Action, Node, registering
from rag.grammar.typed import Interval, Unit

NUMBER, SHARE, POINTS = "number", "share", "points"
DURATIONS = frozenset({Unit.MINUTES, Unit.HOURS, Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS})
MEASURES: dict[str, Action] = {}

_rule = registering(MEASURES)
_MAN, _EOK = 10**4, 10**8
_FINER = {Unit.YEARS: (Unit.MONTHS, 12), Unit.HOURS: (Unit.MINUTES, 60)}
_ONE_OF = {unit.value: unit.value.rstrip("s") for unit in Unit} | {"people": "person"}
# What in words counts only from where it cannot be another word: "만회", "백인", "구조인".
_NOT_AFTER_UNITS = frozenset({"digit_counter", "counter"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """So much of a measure: a currency, a unit, `share`, `points` or `number`; `written` is how its number was."""

    measure: str
    interval: Interval
    per: tuple[str, ...] = ()
    written: Figure | None = None

    @property
    def single(self) -> Fraction | None:
        """The one number meant, None for a range or a bound."""
        low, high = self.interval.low, self.interval.high
        return Fraction(low) if low is not None and low == high else None


def quantity(number: Figure, measure: str, factor: int = 1) -> Quantity:
    """So much of a measure as a number says."""
    low, high = number.low * factor, number.high * factor
    if number.over:
        return Quantity(measure, Interval(low, None, over=True, about=True), written=number)
    return Quantity(measure, Interval(low, high), written=number)


def exactly(amount: Fraction, measure: str) -> Quantity:
    """So much and no other."""
    return Quantity(measure, Interval(amount, amount))


def _is_digit(number: Figure) -> bool:
    """Whether it is one digit in words: "이 명" is no two people."""
    return number.script is Script.SINO and number.lone and number.low < 10


@_rule
def money(as_of: date, parts: tuple[Node, ...]) -> Quantity | None:
    """2억 원, $5,000; "두 원" and "이 원" are other words."""
    number = next(of(part) for part in parts if part.kind == "number")
    mark = next(part.value for part in parts if part.kind in ("mark", "won", "foreign"))
    return None if number.script is Script.NATIVE or _is_digit(number) else quantity(number, mark)


@_rule
def bare_money(as_of: date, parts: tuple[Node, ...]) -> Quantity | None:
    """2억5천, 3백만: what is told in 만, 억 or 조 without a unit is a sum."""
    number = of(parts[0])
    if number.lone or number.subject:
        return None
    # "2억 5000": people leave out 만, nobody leaves out 원 and means 5,000 of it.
    more = number.rest * (_MAN - 1) if not number.loose and number.low >= _EOK and number.rest >= 100 else 0
    return quantity(replace(number, low=number.low + more, high=number.high + more), "KRW")


@_rule
def counted(as_of: date, parts: tuple[Node, ...]) -> Quantity | None:
    """열두 명, 30개사, 삼 개월, 50%."""
    number, unit = of(parts[0]), parts[-1]
    return quantity(number, unit.value) if _counts(number, unit) else None


def _counts(number: Figure, unit: Node) -> bool:
    """Whether a number written like this counts that unit: 세 달 and 2달, but not 삼 달; 삼 년, but not 세 년."""
    is_native = number.script is Script.NATIVE
    if _is_digit(number) and unit.kind != "lone_counter":
        return False
    if number.lone and not is_native and number.low >= 10 and unit.kind in _NOT_AFTER_UNITS:
        return False
    if unit.kind == "native_counter":
        return is_native
    if unit.kind == "loose_counter":
        return number.script in (Script.DIGITS, Script.ENGLISH)
    if unit.kind == "digit_counter":
        # "3억인" is a sum and a copula: nobody counts so many people.
        return not is_native and number.low > 0 and number.large < _EOK
    if unit.kind == "machine_counter":
        return bool(number.low % 10) or number.high >= 100
    return not (unit.kind == "lone_counter" and is_native and unit.value in (Unit.YEARS, SHARE))


@_rule
def odd(as_of: date, parts: tuple[Node, ...]) -> Quantity | None:
    """20여 명."""
    number = of(parts[0])
    made = quantity(number, parts[2].value)
    return None if _is_digit(number) else replace(made, interval=replace(made.interval, about=True))


@_rule
def tenth(as_of: date, parts: tuple[Node, ...]) -> Quantity | None:
    """3할."""
    number = of(parts[0])
    fits = 1 <= number.low <= 10 and number.script is not Script.NATIVE and not number.lone
    return quantity(number, SHARE, 10) if fits else None


@_rule
def fraction(as_of: date, parts: tuple[Node, ...]) -> Quantity | None:
    """3분의 1."""
    whole, part = of(parts[0]).low, of(parts[2]).low
    return exactly(part * 100 / whole, SHARE) if 0 < part <= whole else None


@_rule
def slashed(as_of: date, parts: tuple[Node, ...]) -> Quantity | None:
    """1/2, 2/3; what could be a day of a month beyond the fifth is none."""
    part, whole = parts[0].value, parts[2].value
    return exactly(Fraction(part * 100, whole), SHARE) if 0 < part < whole <= 5 else None


@_rule
def half(as_of: date, parts: tuple[Node, ...]) -> Quantity:
    """절반, 전액."""
    return exactly(Fraction(parts[0].value), SHARE)


@_rule
def span(as_of: date, parts: tuple[Node, ...]) -> Quantity:
    """사흘, 보름, 반년."""
    number, unit = parts[0].value
    return exactly(Fraction(number), unit)


@_rule
def lasting(as_of: date, parts: tuple[Node, ...]) -> Quantity | None:
    """6개월간, 두 달 동안."""
    made: Quantity = parts[0].value
    return made if made.measure in DURATIONS else None


@_rule
def and_half(as_of: date, parts: tuple[Node, ...]) -> Quantity | None:
    """1년 반, 한 달 반, 두 시간 반."""
    made: Quantity = span(as_of, parts[:1]) if parts[0].kind == "span" else parts[0].value
    amount = made.single
    if amount is None or made.measure not in DURATIONS or amount.denominator != 1:
        return None
    unit, factor = (Unit.MONTHS, 12) if made.measure == Unit.YEARS else (made.measure, 1)
    return exactly((amount + Fraction(1, 2)) * factor, unit)


@_rule
def added(as_of: date, parts: tuple[Node, ...]) -> Quantity | None:
    """1년 6개월, 1시간 30분."""
    more, rest = (part.value for part in parts)
    if more.measure not in _FINER or more.single is None or rest.single is None:
        return None
    unit, factor = _FINER[more.measure]
    fits = rest.measure == unit and rest.single < factor and more.single.denominator == 1
    return exactly(more.single * factor + rest.single, unit) if fits else None


@_rule
def staffed(as_of: date, parts: tuple[Node, ...]) -> Quantity | None:
    """직원 셋, 종업원 수: 15, 직원 12명."""
    last = parts[-1]
    if last.kind == "exact":
        made: Quantity = last.value
        return made if made.measure == Unit.PEOPLE else None
    number = of(last)
    # "직원 열" is ten people, "직원 한" and "직원 이" are something else.
    is_open = number.lone and not (number.script is Script.NATIVE and number.low >= 10)
    fits = not is_open and number.large == 1 and number.low.denominator == 1
    return quantity(number, Unit.PEOPLE) if fits else None


@_rule
def together(as_of: date, parts: tuple[Node, ...]) -> Quantity | None:
    """셋이서."""
    number = of(parts[0])
    return quantity(number, Unit.PEOPLE) if number.script is Script.NATIVE and not number.lone else None


@_rule
def alone(as_of: date, parts: tuple[Node, ...]) -> Quantity:
    """혼자."""
    return exactly(Fraction(1), Unit.PEOPLE)


@_rule
def band(as_of: date, parts: tuple[Node, ...]) -> Quantity | None:
    """2억 원대: from 2억 to below 3억."""
    made: Quantity = parts[0].value
    low = made.single
    if made.measure != "KRW" or not low or low.denominator != 1:
        return None
    step = 1
    while low % (step * 10) == 0:
        step *= 10
    return Quantity("KRW", Interval(low, low + step, under=True))


@_rule
def even(as_of: date, parts: tuple[Node, ...]) -> Quantity:
    """억대: from 1억 to below 10억."""
    low = Fraction(parts[0].value)
    return Quantity("KRW", Interval(low, low * 10, under=True))


@_rule
def each(as_of: date, parts: tuple[Node, ...]) -> str | None:
    """1인당, 한 곳당: one of what is counted."""
    made: Quantity = parts[0].value
    return _ONE_OF.get(made.measure) if made.single == 1 else None


@_rule
def number(as_of: date, parts: tuple[Node, ...]) -> Quantity:
    """A number of nothing in particular."""
    return quantity(of(parts[0]), NUMBER)
