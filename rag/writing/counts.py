"""Counts: a text flows in; its plain numbers, each with what it counts, flow out."""

from __future__ import annotations

import re

from rag.writing.facts import MARK
from rag.writing.literals import literals
from rag.writing.numerals import in_digits

_NUMBER = re.compile(
    r"(?P<number>\d+(?:,\d{3})+|\d+)\s*(?:여\s*)?"
    r"(?P<unit>개월|개년|개소|개사|시간|단계|가지|명|인(?![가-힣])|인(?=[이을은당])|년|차|회|일|세|주|배|곳|팀|건|쪽|개(?:\s*의)?(?:\s*(?P<noun>[가-힣]{2}))?)?"
)
_SAME = {"인": "명", "개년": "년", "개소": "개", "개사": "개", "곳": "개", "가지": "개"}
_NO_NOUN = frozenset({"내외", "이상", "이하", "이내", "정도", "규모", "까지", "에서", "입니", "이며", "미만", "초과"})
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def counts(text: str) -> frozenset[tuple[str, str]]:
    """Pairs of number and unit, "" where none is told; digits of phones, days, sums and shares count nothing."""
    text = in_digits(MARK.sub(" ", text))
    found = {(year, "") for year in _YEAR.findall(text)}
    for literal in reversed(literals(text)):
        text = f"{text[: literal.start]} {text[literal.end :]}"
    for match in _NUMBER.finditer(text):
        unit = "".join((match["unit"] or "").split())
        if unit.startswith("개") and unit not in ("개월", "개년", "개소", "개사"):
            noun = match["noun"] or ""
            unit = "개" if noun in _NO_NOUN else f"개{noun}"
        found.add((match["number"].replace(",", ""), _SAME.get(unit, unit)))
    return frozenset(found)


def are_told(said: frozenset[tuple[str, str]], known: frozenset[tuple[str, str]]) -> bool:
    """Whether every count that is said is known; one without a unit is like any other, "5개" like "5개 과제"."""
    return all(any(number == other and _alike(unit, its) for other, its in known) for number, unit in said)


def _alike(unit: str, other: str) -> bool:
    if not unit or not other or unit == other:
        return True
    return {unit[:1], other[:1]} == {"개"} and "개" in (unit, other)
