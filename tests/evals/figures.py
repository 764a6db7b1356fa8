"""The figures of a text: Korean or English words flow in; phones, addresses, days, sums and shares flow out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

_PHONE = re.compile(r"(?<![\d-])(?:0\d{1,2}-\d{3,4}|1[568]\d\d)-\d{4}(?!\d)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_URL = re.compile(
    r"(?:https?://|www\.)[^\s\])>,\"'가-힣]+|(?<![\w@.-])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:kr|com|net|org)\b"
)
_MONTHS = {
    name: at
    for at, name in enumerate(
        [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        1,
    )
}
_DAY = re.compile(
    r"(?P<y1>20\d\d)\s*년\s*(?P<m1>\d{1,2})\s*월\s*(?P<d1>\d{1,2})\s*일"
    r"|(?P<y2>20\d\d)-(?P<m2>\d\d)-(?P<d2>\d\d)(?!\d)"
    r"|(?P<m3>" + "|".join(_MONTHS) + r")\s+(?P<d3>\d{1,2}),\s+(?P<y3>20\d\d)"
)
_MONTH = re.compile(r"(20\d\d)\s*년\s*(\d{1,2})\s*월(?!\s*\d)")
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_SUM = re.compile(
    rf"(?:(?P<jo>{_NUMBER})\s*조\s*)?(?:(?P<eok>{_NUMBER})\s*억\s*)?"
    rf"(?:(?P<cheonman>{_NUMBER})\s*천만\s*|(?P<baekman>{_NUMBER})\s*백만\s*|(?P<man>{_NUMBER})\s*만\s*|(?P<cheon>{_NUMBER})\s*천\s*)?"
    rf"(?P<ones>{_NUMBER})?\s*(?P<won>원)?"
)
_UNITS = {
    "jo": 10**12,
    "eok": 10**8,
    "cheonman": 10**7,
    "baekman": 10**6,
    "man": 10**4,
    "cheon": 10**3,
    "ones": 1,
}
_KRW = re.compile(rf"KRW\s*({_NUMBER})")
_SHARE = re.compile(rf"(?<![\d.,])({_NUMBER})\s*(?:%|퍼센트|프로(?![가-힣]))")


@dataclass(frozen=True, slots=True)
class Figures:
    """What a text states: phones, addresses and URLs as written, days, months, sums in KRW, shares in percent."""

    phones: frozenset[str]
    emails: frozenset[str]
    urls: frozenset[str]
    days: frozenset[date]
    months: frozenset[tuple[int, int]]
    sums: frozenset[int]
    shares: frozenset[float]


def figures(text: str) -> Figures:
    """The figures a reader would take from the text."""
    text = unicodedata.normalize("NFKC", text)
    emails = frozenset(_EMAIL.findall(text))
    return Figures(
        phones=frozenset(_PHONE.findall(text)),
        emails=emails,
        urls=frozenset(url.rstrip(".") for url in _URL.findall(_EMAIL.sub(" ", text))),
        days=frozenset(day for match in _DAY.finditer(text) if (day := _day(match))),
        months=frozenset((int(m[1]), int(m[2])) for m in _MONTH.finditer(text)),
        sums=frozenset(_sums(text)),
        shares=frozenset(float(share.replace(",", "")) for share in _SHARE.findall(text)),
    )


def _sums(text: str) -> set[int]:
    """Every amount of money in KRW: "1억 5천만 원" is 150,000,000."""
    found = {int(figure.replace(",", "")) for figure in _KRW.findall(text)}
    for match in _SUM.finditer(text):
        parts = {unit: match[unit] for unit in _UNITS if match[unit]}
        if parts and (match["won"] or "억" in match[0] or "조" in match[0] or "만" in match[0]):
            found.add(round(sum(float(number.replace(",", "")) * _UNITS[unit] for unit, number in parts.items())))
    return found


def _day(match: re.Match[str]) -> date | None:
    year, month, day = next((match[f"y{n}"], match[f"m{n}"], match[f"d{n}"]) for n in (1, 2, 3) if match[f"y{n}"])
    try:
        return date(int(year), _MONTHS.get(month) or int(month), int(day))
    except ValueError:
        return None
