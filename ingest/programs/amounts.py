"""Amounts and ratios: the words of an official flow in, KRW and percent flow out."""

from __future__ import annotations

import re

_UNITS = {"조": 10**12, "억": 10**8, "천만": 10**7, "백만": 10**6, "십만": 10**5, "만": 10**4, "천": 10**3, "": 1}
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
# A number with a unit of money, "2억 5,000만원" included; a bare "억" or "만" counts only before 원 or a boundary.
AMOUNT = re.compile(
    rf"(?:(?:{_NUMBER})\s*조\s*)?(?:(?:{_NUMBER})\s*억\s*)?(?:(?:{_NUMBER})\s*(?:천만|백만|십만|만|천)\s*)?(?:(?:{_NUMBER})\s*)?원"
    rf"|(?:{_NUMBER})\s*억(?!\w)(?:\s*(?:{_NUMBER})\s*만)?|(?:{_NUMBER})\s*억(?=까지|이내|내외|이하|한도)"
)
_PART = re.compile(rf"({_NUMBER})\s*(조|억|천만|백만|십만|만|천|)")
PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*(?:%(?!\s*p)|퍼센트|프로)")


def amounts(text: str) -> tuple[int, ...]:
    """All sums of money in the text, in KRW, in order."""
    found = []
    for match in AMOUNT.finditer(text):
        parts = _PART.findall(match[0].removesuffix("원"))
        total = sum(round(float(number.replace(",", "")) * _UNITS[unit]) for number, unit in parts)
        if total:
            found.append(total)
    return tuple(found)


def percents(text: str) -> tuple[float, ...]:
    """All percentages in the text, in order; percentage points (%p) are not percentages."""
    return tuple(float(match[1]) for match in PERCENT.finditer(text))
