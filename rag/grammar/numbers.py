"""Numbers: digits and number words flow in; the number they state, and how it was written, flow out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from rag.grammar.rulebook import Action, Node, registering

ACTIONS: dict[str, Action] = {}

_rule = registering(ACTIONS)
_EOK = 10**8
_MAN = 10**4
_JO = 10**12


class Script(StrEnum):
    """How a number is written."""

    DIGITS = "digits"
    SINO = "sino"
    NATIVE = "native"
    ENGLISH = "english"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number from `low` to `high` (equal but for "서너"), as it was written.

    `step` is what its last part was multiplied by ("3천만": 10,000,000), `large` the last of 만, 억, 조 in it. `lone`
    ones ("한", "이", "만") are numbers only before what they count. `loose`: 2억5천 says no 만 and means it;
    `rest` is what stands behind 만, 억, 조 without a unit of its own. `over`: somewhat more. `subject`: ends in a 이
    behind 백 or more, which is the particle where no unit follows ("백억이 안 되는").
    """

    low: Fraction
    high: Fraction
    script: Script = Script.DIGITS
    step: int = 1
    large: int = 1
    lone: bool = False
    loose: bool = False
    rest: Fraction = Fraction(0)
    over: bool = False
    subject: bool = False


def figure(value: Fraction | int, script: Script = Script.DIGITS, step: int = 1, *, lone: bool = False) -> Figure:
    """A single number."""
    return Figure(Fraction(value), Fraction(value), script, step, lone=lone)


def of(node: Node) -> Figure:
    """The number of a node, whatever part of speech it is."""
    if isinstance(node.value, Figure):
        return node.value
    return figure(node.value, Script.DIGITS if node.kind == "int" else Script.SINO)


@_rule
def plain(as_of: date, parts: tuple[Node, ...]) -> Figure:
    """32, 1,200."""
    return of(parts[0])


@_rule
def decimal(as_of: date, parts: tuple[Node, ...]) -> Figure:
    """0.5, 87.25."""
    digits = parts[2].value
    return figure(parts[0].value + Fraction(int(digits), 10 ** len(digits)))


@_rule
def section(as_of: date, parts: tuple[Node, ...]) -> Figure | None:
    """A number of 십, 백, 천, each smaller than the one before; 200백 and 20,000천 stand before a unit of sums."""
    at = next(i for i, part in enumerate(parts) if part.kind == "small")
    unit = parts[at].value
    head = of(parts[0]) if at else figure(1)
    tail = of(parts[at + 1]) if len(parts) > at + 1 else None
    if tail and (tail.low >= unit or head.low >= 10 or tail.low.denominator != 1):
        return None
    script = Script.DIGITS if parts[0].kind in ("int", "decimal") else Script.SINO
    total = head.low * unit + (tail.low if tail else 0)
    step = tail.step if tail else unit
    # "백이", "천사": a unit and a digit alone are more often other words.
    lone = script is Script.SINO and not at and (tail is None or tail.low < 10)
    return Figure(total, total, script, step, lone=lone, subject=_ends_as_subject(parts[at + 1 :], unit))


@_rule
def scaled(as_of: date, parts: tuple[Node, ...]) -> Figure | None:
    """A number of 만, 억, 조, each smaller than the one before."""
    head, unit = of(parts[0]), parts[1].value
    tail = of(parts[2]) if len(parts) > 2 else None
    script = head.script
    if tail is None:
        total = head.low * unit
        # "구조", "이조" are rather other words.
        return Figure(total, total, script, head.step * unit, unit, lone=parts[0].kind == "digit" and unit == _JO)
    if tail.low >= unit or head.low.denominator != 1:
        return None
    # After 억 a bare 천 or 백 counts in 만: 2억5천. A bare "5원" does not.
    loose = unit >= _EOK and tail.large == 1 and tail.step >= 100
    more = tail.low * (_MAN if loose else 1)
    return Figure(
        head.low * unit + more,
        head.low * unit + more,
        script,
        tail.step * (_MAN if loose else 1),
        _MAN if loose else tail.large,
        loose=loose or tail.loose,
        rest=tail.rest or (tail.low if tail.large == 1 else Fraction(0)),
        subject=tail.subject or _ends_as_subject(parts[2:], unit),
    )


def _ends_as_subject(behind: tuple[Node, ...], unit: int) -> bool:
    return len(behind) == 1 and behind[0].kind == "digit" and behind[0].value == 2 and unit >= 100


@_rule
def bare(as_of: date, parts: tuple[Node, ...]) -> Figure | None:
    """만 원, 만 명."""
    value = parts[0].value
    return replace(figure(value, Script.SINO, value, lone=True), large=value) if value == _MAN else None


@_rule
def lone(as_of: date, parts: tuple[Node, ...]) -> Figure:
    """이, 삼: a digit in words."""
    return replace(of(parts[0]), lone=True)


@_rule
def native(as_of: date, parts: tuple[Node, ...]) -> Figure:
    """셋, 한, 서른두, 열두셋."""
    tens = Fraction(0)
    for part in parts:
        if part.kind == "few":
            low, high = part.value
            return Figure(tens + low, tens + high, Script.NATIVE)
        tens += part.value
    return Figure(tens, tens, Script.NATIVE, lone=parts[-1].kind in ("adnoun", "ten"))


@_rule
def few(as_of: date, parts: tuple[Node, ...]) -> Figure:
    """서너, 여남은."""
    if parts[0].kind == "some":
        return replace(figure(parts[0].value, Script.NATIVE), over=True)
    low, high = parts[0].value
    return Figure(Fraction(low), Fraction(high), Script.NATIVE)


@_rule
def pair(as_of: date, parts: tuple[Node, ...]) -> Figure:
    """칠팔."""
    low, high = parts[0].value
    return Figure(Fraction(low), Fraction(high), Script.SINO)


@_rule
def hundred(as_of: date, parts: tuple[Node, ...]) -> Figure | None:
    """백스물두."""
    head, tail = of(parts[0]), of(parts[1])
    if head.low % 100 or head.script is Script.DIGITS or tail.over:
        return None
    return Figure(head.low + tail.low, head.low + tail.high, Script.NATIVE, lone=tail.lone)


@_rule
def english(as_of: date, parts: tuple[Node, ...]) -> Figure | None:
    """Five, twenty-five, 2 million, one hundred twenty."""
    words = [part for part in parts if part.kind != "'-'"]
    total = words[0].value.low if isinstance(words[0].value, Figure) else Fraction(words[0].value)
    step = 1
    for part in words[1:]:
        if part.kind == "en_scale":
            total, step = total * part.value, part.value
        elif (more := of(part).low) >= max(step, 10):
            return None
        else:
            total, step = total + more, 1
    return figure(total, Script.ENGLISH, step, lone=total < 100)
