"""Amounts: money as a person typed it flows in, KRW or why it cannot be read flows out."""

from __future__ import annotations

import re
from fractions import Fraction

from rag.korean import topic
from server.diagnoses.values import Unread, said, squashed

LONGEST = 40
_LARGE = {"조": 10**12, "억": 10**8, "만": 10**4}
_SMALL = {"천": 1000, "백": 100, "십": 10}
_TOKEN = re.compile(r"\d+(?:\.\d+)?|[조억만천백십]", re.ASCII)
_BAD_COMMA = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))", re.ASCII)


def amount(cell: object, unit: int = 1) -> int | Unread:
    """KRW of "2억 5천만원", "1,200만", 20000000; a bare number counts in `unit` KRW.

    What may be meant in two ways ("2억 5천", "5천", "1~2억") is not guessed at.
    """
    text = squashed(cell)
    if text == "없음":
        return 0
    text = re.sub(r"^(?:금|₩|\\)", "", text)
    is_won = bool(re.search(r"(?:원|원정|krw)$", text, re.IGNORECASE))
    text = re.sub(r"(?:원|원정|krw)$", "", text, flags=re.IGNORECASE)
    sign = -1 if text.startswith("-") else 1
    text = text.removeprefix("-")
    readable = not isinstance(cell, bool) and len(text) <= LONGEST and not _BAD_COMMA.search(text)
    value = _value(text.replace(",", ""), is_won, unit) if readable else None
    if value is None or value.denominator != 1:
        return Unread(
            f"{topic(said(cell))} 금액으로 읽을 수 없습니다. 원 단위까지 적어 주세요. 예: 2억 5천만원, 20000000"
        )
    return sign * value.numerator


def _value(text: str, is_won: bool, unit: int) -> Fraction | None:
    """The number the words stand for, None where they are none or leave open which."""
    tokens = _TOKEN.findall(text)
    if not tokens or "".join(tokens) != text:
        return None
    groups, tail, tail_is_small = _groups(tokens)
    if groups is None or tail is None:
        return None
    if not groups:
        if tail_is_small and not is_won and unit == 1:
            return None
        return tail if is_won else tail * unit
    last = groups[-1][0]
    if tail and (not is_won or (tail_is_small and last > _LARGE["만"])):
        return None
    return sum((scale * value for scale, value in groups), tail)


def _groups(tokens: list[str]) -> tuple[list[tuple[int, Fraction]] | None, Fraction | None, bool]:
    """The parts before 조, 억 and 만 in falling order, and what stands behind them; None where the order is wrong."""
    groups: list[tuple[int, Fraction]] = []
    part: list[str] = []
    for token in tokens:
        if token in _LARGE:
            value = _part(part) if part else Fraction(1)
            if value is None or (groups and groups[-1][0] <= _LARGE[token]):
                return None, None, False
            groups.append((_LARGE[token], value))
            part = []
        else:
            part.append(token)
    return groups, _part(part), any(token in _SMALL for token in part)


def _part(tokens: list[str]) -> Fraction | None:
    """ "2천5백" is 2500, "20000" itself."""
    total, number, below = Fraction(0), None, 10**4
    for token in tokens:
        if token in _SMALL:
            if _SMALL[token] >= below:
                return None
            below = _SMALL[token]
            total += (Fraction(1) if number is None else number) * below
            number = None
        elif number is not None:
            return None
        else:
            number = Fraction(token)
    return total + (number or 0)
