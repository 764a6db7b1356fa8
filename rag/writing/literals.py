"""Literals: a text flows in; its phones, addresses, days, sums and shares flow out, each with a form for comparing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a literal states."""

    EMAIL = "email"
    URL = "url"
    PHONE = "phone"
    DATE = "date"
    AMOUNT = "amount"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Literal:
    """One literal of a text: where it stands, and its value in one form however it was written.

    A day is "2026-04-20", without a year "0000-04-20", a month "2026-04" or "0000-04"; a sum is in KRW.
    """

    kind: Kind
    start: int
    end: int
    values: frozenset[str]


_NUMBER = r"\d(?:[\d,]*\d)?(?:\.\d+)?"
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
_MONTH = rf"(?:{'|'.join(_MONTHS)}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?"
_YEAR = r"(?:19|20)\d\d"
_SMALL = {"천": 1000, "백": 100, "십": 10}
_LARGE = {
    "조": 10**12,
    "억": 10**8,
    "만": 10**4,
    "trillion": 10**12,
    "billion": 10**9,
    "million": 10**6,
    "thousand": 1000,
}
_UNIT = "[조억만천백십]"
_SCALE = r"(?:\s*(?:thousand|million|billion|trillion))?"
_PATTERNS = (
    (Kind.EMAIL, re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)),
    (
        Kind.URL,
        re.compile(
            r"(?:[a-z][a-z0-9+.-]*://|www\.)[^\s\])>,\"'가-힣|*]+"
            r"|(?<![\w@.-])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?![\w-])(?:/[^\s\])>,\"'가-힣|*]*)?",
            re.IGNORECASE | re.ASCII,
        ),
    ),
    (
        Kind.PHONE,
        re.compile(
            r"(?<![\d-])(?:(?:\+?82[-.\s]?\(?0?|\(?0)\d{1,2}\)?[-.\s]{0,3}\d{3,4}[-.\s]{0,3}\d{4}"
            r"|1[568]\d\d[-.\s]{1,3}\d{4})(?!\d)"
        ),
    ),
    (
        Kind.DATE,
        re.compile(
            rf"(?P<y1>{_YEAR})\s?[-./]\s?(?P<m1>\d{{1,2}})\s?[-./]\s?(?P<d1>\d{{1,2}})(?!\d)"
            rf"|(?<![\d.])['’]?(?P<y2>\d\d)\.\s?(?P<m2>\d{{1,2}})\.\s?(?P<d2>\d{{1,2}})(?!\.?\d)"
            rf"|(?:(?P<y3>{_YEAR})\s*년\s*)?(?:(?P<n3>\d{{1,2}})\s*월?\s*[~∼–-]\s*)?(?P<m3>\d{{1,2}})\s*월"
            r"(?:\s*(?P<d3>\d{1,2})\s*일)?"
            rf"|\b(?P<m4>{_MONTH})\s*(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s*(?P<y4>{_YEAR}))?"
            rf"|(?P<d5>\d{{1,2}})(?:st|nd|rd|th)?\s*(?:of\s+)?(?P<m5>{_MONTH})\b(?:,?\s*(?P<y5>{_YEAR}))?"
            rf"|\b(?P<m6>{_MONTH}),?\s+(?P<y6>{_YEAR})"
            r"|(?<![\d/])(?P<m7>1[0-2]|0?[1-9])/(?P<d7>3[01]|[12]\d|0?[1-9])(?![\d/])",
            re.IGNORECASE,
        ),
    ),
    (
        Kind.AMOUNT,
        re.compile(
            rf"(?:{_NUMBER}\s*{_UNIT}+\s*)*{_NUMBER}\s*{_UNIT}*\s*원(?!본|문|스톱|칙|서|래|인|격)"
            rf"|{_NUMBER}\s*[조억](?:\s*{_NUMBER}\s*{_UNIT}*)*"
            rf"|(?:KRW|USD|EUR|₩|\$|€)\s*{_NUMBER}{_SCALE}"
            rf"|{_NUMBER}{_SCALE}\s*(?:KRW|won|dollars?)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Kind.SHARE,
        re.compile(
            rf"{_NUMBER}\s*(?:%|퍼센트|프로(?![가-힣])|percent|per\s+cent)|(?<![\d:])\d+(?:\s?:\s?\d+)+(?![\d:])",
            re.IGNORECASE,
        ),
    ),
)


def literals(text: str) -> list[Literal]:
    """Every literal in order; none overlaps another, an address hides what stands inside it."""
    found: list[Literal] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.start(), match.end()
            if kind is Kind.URL:
                end = start + len(match[0].rstrip(".:;!?_~"))
            if all(end <= other.start or other.end <= start for other in found):
                found.append(Literal(kind, start, end, frozenset(_values(kind, match))))
    return sorted(found, key=lambda literal: literal.start)


def implied(values: frozenset[str]) -> frozenset[str]:
    """The values with what is true because of them: of a day its month, and both without their year."""
    days = {value for value in values if re.fullmatch(r"\d{4}-\d\d-\d\d", value)}
    months = {value for value in (*values, *(day[:-3] for day in days)) if re.fullmatch(r"\d{4}-\d\d", value)}
    return values | months | {f"0000{value[4:]}" for value in (*days, *months)}


def _values(kind: Kind, match: re.Match[str]) -> Iterator[str]:
    words = match[0].lower()
    if kind is Kind.DATE:
        yield from _days(match)
    elif kind is Kind.AMOUNT:
        yield str(_krw(words))
    elif kind is Kind.PHONE:
        yield re.sub(r"^82\(?0?", "0", re.sub(r"[^\d]", "", words))
    elif kind is Kind.SHARE:
        yield "".join(words.split()) if ":" in words else f"{float(re.sub(r'[^0-9.]', '', words)):g}%"
    elif kind is Kind.URL:
        yield re.sub(r"^https?://(?:www\.)?|^www\.", "", words).rstrip("/.:;!?_~")
    else:
        yield words


def _days(match: re.Match[str]) -> Iterator[str]:
    groups = {name: value for name, value in match.groupdict().items() if value}
    year, month, day = (next((groups[n] for n in groups if n[0] == part), "") for part in "ymd")
    year = f"20{year}" if len(year) == 2 else year or "0000"
    for each in (groups.get("n3", ""), month):
        if each:
            number = int(each) if each.isdigit() else _month(each)
            yield f"{year}-{number:02d}" + (f"-{int(day):02d}" if day and each == month else "")


def _month(name: str) -> int:
    return next(at for at, full in enumerate(_MONTHS, 1) if full.startswith(name.lower()[:3]))


def _krw(words: str) -> int:
    """The sum in KRW (or the currency named): "3천5백만원" is 35,000,000."""
    total = section = 0.0
    for number, unit in re.findall(rf"({_NUMBER})\s*(thousand|million|billion|trillion|{_UNIT}*)", words):
        large = 1
        small = 1
        for each in [unit] if unit in _LARGE else unit:
            small *= _SMALL.get(each, 1)
            large *= _LARGE.get(each, 1)
        section += float(number.replace(",", "")) * small
        if large > 1:
            total, section = total + section * large, 0.0
    return round(total + section)
