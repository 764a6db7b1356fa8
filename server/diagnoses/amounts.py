"""Amounts: money as a person typed it flows in, KRW or why it cannot be read flows out."""

from __future__ import annotations

from rag.grammar.values import sum_in_full
from rag.korean import topic
from server.diagnoses.values import Unread, said, squashed

LONGEST = 40


def amount(cell: object, unit: int = 1) -> int | Unread:
    """KRW of "2억 5천만원", "1,200만", 20000000; a bare number counts in `unit` KRW.

    What may be meant in two ways ("2억 5천", "5천", "1~2억") is not guessed at.
    """
    text = squashed(cell)
    if text == "없음":
        return 0
    sign, text = (-1, text[1:]) if text.startswith("-") else (1, text)
    value = sum_in_full(text, unit) if not isinstance(cell, bool) and 0 < len(text) <= LONGEST else None
    if value is None or value.denominator != 1:
        return Unread(
            f"{topic(said(cell))} 금액으로 읽을 수 없습니다. 원 단위까지 적어 주세요. 예: 2억 5천만원, 20000000"
        )
    return sign * value.numerator
