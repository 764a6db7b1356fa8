"""Days: the words of an official flow in, the days written in them flow out, in order."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import date, timedelta

_SAME = str.maketrans(
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys(map(ord, "∼〜˜～"), "~")
    | dict.fromkeys(map(ord, "–—−‐‑―"), "-")
    | dict.fromkeys(map(ord, "’‘`´‛′＇"), "'")
    | dict.fromkeys(map(ord, "․。"), ".")
    | dict.fromkeys(map(ord, "⇒➡➔→⇨"), "→")
    | dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff\u00ad"), None)
)
_BREAK = re.compile(r"(?i)<\s?(?:br|/p|/li|/div|/tr)\b[^<>]{0,80}>")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_SPACE = re.compile(r"\s+")

_Y = r"'?\s?(?P<§y>20\d\d|\d\d)"
_M = r"(?P<§m>1[0-2]|0?[1-9])"
_D = r"(?P<§d>3[01]|[12]\d|0?[1-9])"
# What makes two figures a count, a sum, a clock or a number of something, and no month and day.
_NO_DAY = (
    r"(?!\d|\s?(?:%|퍼센트|억|만\s?[원명개]|[십백천]만|[백천]\s?원|조\s?원|개(?!최|시|강|막|인|별)|명(?!단|의)|년|배(?!포|정|부)"
    r"|점(?!검|심)|원(?!서|본|격)|건(?!물|강|설)|회(?!의|신)|인\s?(?:이|미|당|$)|톤|호(?!남)|㎡|kg|km|시간|시(?:\s?\d|\s?까지|\s?~|$)|:))"
)
_DAY = re.compile(
    r"(?<![\dA-Za-z])(?<!\d[,/])(?:"
    + "|".join(
        (
            r"(?P<ay>20\d\d)(?P<am>1[0-2]|0[1-9])(?P<ad>3[01]|[12]\d|0[1-9])(?!\d)",
            (_Y + r"\s?(?P<sep>[./-])\s?" + _M + r"\s?(?P=sep)\s?" + _D + r"(?:\s?일|\s?\.(?!\d))?" + _NO_DAY).replace(
                "§", "b"
            ),
            (r"(?:" + _Y + r"\s?(?:년도?|[.])\s?)?" + _M + r"\s?월\s?" + _D + r"(?:\s?일|\s?\.|(?!\d))").replace(
                "§", "c"
            ),
            (_Y + r"\s?년도?\s?" + _M + r"\s?[./]\s?" + _D + r"(?:\s?일|\s?\.(?!\d))?" + _NO_DAY).replace("§", "e"),
            (_M + r"(?P<gap>\s?[./]\s?)" + _D + r"(?P<end>\s?일|\s?\.(?!\d))?" + _NO_DAY).replace("§", "f"),
            r"(?P<gy>\d\d)(?P<gm>1[0-2]|0[1-9])(?P<gd>3[01]|[12]\d|0[1-9])(?!\d|\s?(?:[십백천만억]|원|개|명|,|-))",
        )
    )
    + r")"
)
_RELATIVE = re.compile(
    r"(?<![가-힣])(?:(?P<this>오는|이달|이번\s?달)|(?P<next>다음\s?달|내달))\s?(?P<day>3[01]|[12]\d|0?[1-9])\s?일"
)
_WEEKDAY = re.compile(r"[\s.,]{0,3}\(?\s?([월화수목금토일])\s?(?:요일|(?=[),.·/]))")


@dataclass(frozen=True, slots=True)
class Day:
    """A day as written: where it stands, its figures, `year` and `weekday` (0 is Monday) where it has them.

    `weak` says that the figures alone might as well be a decimal number ("3.2").
    """

    start: int
    end: int
    year: int | None
    month: int
    day: int
    weekday: int | None
    weak: bool

    def on(self, year: int | None) -> date | None:
        """The day of the calendar, in its own year or else in the given one; `None` where there is none such."""
        in_year = self.year or year
        try:
            return date(in_year, self.month, self.day) if in_year else None
        except ValueError:
            return None

    def agrees(self, day: date) -> bool | None:
        """Whether the weekday written is that of the day; `None` where none is written."""
        return None if self.weekday is None else day.weekday() == self.weekday


def plain(text: str) -> str:
    """The text in one spelling: no tags, one kind of tilde, dash and quote, never two white spaces in a row."""
    bare = _TAG.sub(" ", _BREAK.sub("\n", html.unescape(text))).translate(_SAME)
    return _SPACE.sub(lambda gap: "\n" if "\n" in gap[0] else " ", bare).strip()


def from_publication(text: str, published: date) -> str:
    """The text with days that count from its own month ("오는 20일", "다음 달 15일") written out in full."""

    def written(match: re.Match[str]) -> str:
        month = published.month
        is_past = match["this"] == "오는" and int(match["day"]) < published.day
        month += bool(match["next"]) or is_past
        return f"{published.year + (month > 12)}년 {(month - 1) % 12 + 1}월 {match['day']}일"

    return _RELATIVE.sub(written, text)


def days_in(text: str) -> list[Day]:
    """The days written in plain text, in order; a day need not exist (30 February is written too)."""
    found = []
    for match in _DAY.finditer(text):
        key = next(key for key in "abcefg" if match[f"{key}d"])
        year = match[f"{key}y"] if key != "f" else None
        weekday = _WEEKDAY.match(text, match.end())
        weak = key == "g" or (key == "f" and match["end"] is None and " " not in match["gap"] and not weekday)
        found.append(
            Day(
                match.start(),
                match.end(),
                year_of(year),
                int(match[f"{key}m"]),
                int(match[f"{key}d"]),
                "월화수목금토일".index(weekday[1]) if weekday else None,
                weak,
            )
        )
    return found


def year_of(written: str | None) -> int | None:
    """ "26" and "2026" are 2026."""
    return int(written) % 100 + 2000 if written else None


def last_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
