"""Days: the words of an official flow in, the days written in them and the spans that they make flow out, in order."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from ingest.phrases import phrases

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
ASSUMED_YEAR = 0.9
"""The year is that of the document, since none is written."""
TWO_READINGS = 0.7
"""The words allow another day: a first day counted or not, an old period beside a new one, a wrong weekday."""
UNTIL_MONTH = 0.8
"""A last day that is the end of a month or year, or figures that might be decimals."""
UNLIKELY = 0.4
"""A span against itself: it ends before it begins, runs nearly a year, or its weekdays are of another year."""

_WINDOW = 80
_MARKS = str.maketrans(dict.fromkeys(" \n.,:()'"))
# What joins two days of one span, marks and white space left out.
_JOINTS = frozenset(f"{head}{dash}{tail}" for head in ("부터", "") for dash in "~-" for tail in ("부터", "")) | {"부터"}
_WORDS = phrases(Path(__file__).with_suffix(".yaml"))
_DAY_ONLY = re.compile(
    r"(?P<d>3[01]|[12]\d|0?[1-9])\s?(?:일|\.(?!\d))?(?=\s?(?:\(|까지|$|[\s,)]))(?!\s?(?:월|[./:]\s?\d|시|명|개|일\s?간|일\s?이내|%))"
)
_MONTH_ONLY = re.compile(
    r"(?:'?(?P<y>20\d\d|\d\d)\s?[년.]\s?)?(?P<m>1[0-2]|0?[1-9])\s?월(?!\s?\d)\s?(?P<part>초순?|상순|중순|하순|말|중)?"
)
_LASTING = re.compile(r"\s?\)?\s?(?:로)?부터\s?(?P<n>\d{1,3})\s?(?P<unit>일|주일?)\s?(?P<how>간|동안|이내|내)")
_MONTH_UNTIL = re.compile(
    _MONTH_ONLY.pattern + r"\s?까지(?!\s?(?:사업\s?)?(?:공고|발표|공지|안내|통보|확정|수행|완료|협약))"
)
LAST_OF_PART = {"초": 10, "초순": 10, "상순": 10, "중순": 20}
"""The last days of parts of a month that end before it."""


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


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day as far as written, where they stand in the text, and how sure the reading is (0–1)."""

    start: int
    end: int
    opens: date | None
    closes: date | None
    confidence: float


def spans_in(text: str, year: int | None) -> list[Span]:
    """The spans of plain text, in order; `year` is used where none is written."""
    days = days_in(text)
    found: list[Span] = []
    index = 0
    while index < len(days):
        day, following = days[index], days[index + 1] if index + 1 < len(days) else None
        gap = text[day.end : following.start] if following else ""
        if following and (_joins(gap) or (_is_arrow(gap) and not _WORDS["change"].is_in(text))):
            span = _between(day, following, year, later=_WORDS["next_year"].is_in(gap))
            index += 2
        elif following and _WORDS["change"].is_in(text) and _is_lone_change(text, gap, days, index):
            closes = following.on(day.year or year)
            span = Span(day.start, following.end, None, closes, TWO_READINGS) if closes else None
            index += 2
        else:
            span = _single(text, day, following.start if following else len(text), year)
            index += 1
        if span and span.closes and _is_changed(text, days, index):
            closes = days[index].on(span.closes.year)
            span = replace(span, closes=closes or span.closes, confidence=min(span.confidence, TWO_READINGS))
            index += 1
        if span:
            found.append(span)
    return found or _months(text, year)


def _joins(gap: str) -> bool:
    if len(gap) > _WINDOW:
        return False
    return _WORDS["next_year"].without(_bare(gap)).translate(_MARKS) in _JOINTS


def _bare(gap: str) -> str:
    """What stands between two days, without hours, weekdays and what is said of them in passing."""
    return _WORDS["aside_of_day"].without(gap)


def _is_arrow(gap: str) -> bool:
    return len(gap) <= _WINDOW and _bare(gap).translate(_MARKS) == "→"


def _is_lone_change(text: str, gap: str, days: list[Day], index: int) -> bool:
    """Whether two lone days stand for an old and a new last day: "당초 3. 20. → 변경 4. 3."."""
    if not _is_arrow(_WORDS["changed"].without(gap)):
        return False
    return index + 2 == len(days) or not _joins(text[days[index + 1].end : days[index + 2].start])


def _is_changed(text: str, days: list[Day], index: int) -> bool:
    """Whether an arrow behind a last day leads to a new one, which no other day goes on from."""
    if not 0 < index < len(days) or not _is_arrow(text[days[index - 1].end : days[index].start]):
        return False
    return index + 1 == len(days) or not _joins(text[days[index].end : days[index + 1].start])


def _between(first: Day, last: Day, year: int | None, *, later: bool) -> Span | None:
    """The span of two joined days; a year written at one end serves the other."""
    in_year = first.year or year
    if first.year is None and last.year is not None:
        in_year = last.year - ((first.month, first.day) > (last.month, last.day))
    opens = first.on(in_year)
    if opens is None or in_year is None:
        return None
    rolls = last.year is None and (later or (last.month, last.day) < (first.month, first.day))
    closes = last.on(in_year + rolls)
    if closes is None:
        return None
    sure = _sureness(first, opens, assumed=first.year is None and last.year is None)
    sure = min(sure, _sureness(last, closes, assumed=False))
    if closes < opens:
        return Span(first.start, last.end, None, closes, UNLIKELY)
    if rolls and not later:
        # Over the end of a year is plain where the year is written and the span short.
        plain = (closes - opens).days <= 200 and (first.year or first.agrees(opens))
        sure = sure if plain else min(sure, UNLIKELY)
    if first.weak and last.weak:
        sure = min(sure, UNTIL_MONTH)
    return Span(first.start, last.end, opens, closes, sure)


def _sureness(day: Day, on: date, *, assumed: bool) -> float:
    agrees = day.agrees(on)
    if assumed:
        return ASSUMED_YEAR if agrees is None else 1.0 if agrees else UNLIKELY
    return TWO_READINGS if agrees is False else 1.0


def _single(text: str, day: Day, stop: int, year: int | None) -> Span | None:
    """The span that one day opens, closes or is, by the words around it."""
    on = day.on(year)
    if on is None:
        return None
    before = text[max(0, day.start - 20) : day.start]
    after = text[day.end : min(stop, day.end + _WINDOW)]
    behind = 0
    while beside := _WORDS["beside"].begins(after, behind):
        behind = beside.end
    tail, rest = after[:behind], after[behind:]
    sure = _sureness(day, on, assumed=day.year is None)
    span = Span(day.start, day.end, None, None, sure)
    if _WORDS["soon"].begins(rest):
        return None
    lasting = _LASTING.match(rest)
    if lasting:
        return replace(span, opens=on, closes=on + _length(lasting), confidence=min(sure, TWO_READINGS))
    is_counted = day.weak and _WORDS["counted"].ends(before)
    before_says = _WORDS["until"].ends(before) and not is_counted
    tilde = _WORDS["goes_on"].begins(rest)
    if not before_says and tilde:
        end = _end_after(rest[tilde.end :].lstrip(), on, tail)
        if end:
            return replace(span, opens=on, closes=end[0], confidence=min(sure, end[1]), end=min(stop, day.end + 30))
    if _WORDS["closes"].begins(rest) or _WORDS["clock_until"].is_in(tail) or before_says:
        return replace(span, closes=on)
    if not day.weak and (_WORDS["opens"].begins(rest) or _WORDS["from"].ends(before)):
        return replace(span, opens=on)
    return None


def _length(lasting: re.Match[str]) -> timedelta:
    days = int(lasting["n"]) * (7 if lasting["unit"].startswith("주") else 1)
    # "N일간" counts its first day; "로부터 N일 이내" does not (Civil Act, article 157).
    return timedelta(days=days - 1 if lasting["how"] in ("간", "동안") else days)


def _end_after(rest: str, opens: date, clock: str) -> tuple[date, float] | None:
    """The last day that stands after "day ~" without a month or without a day, and how sure it is."""
    day = _DAY_ONLY.match(rest)
    if day:
        try:
            closes = opens.replace(day=int(day["d"]))
        except ValueError:
            return None
        return (closes, 1.0) if closes >= opens else None
    month = _MONTH_ONLY.match(rest)
    if month:
        year = year_of(month["y"]) or opens.year + (int(month["m"]) < opens.month)
        closes = _end_of(year, int(month["m"]), month["part"])
        return (closes, TWO_READINGS if month["part"] == "중" else UNTIL_MONTH) if closes >= opens else None
    if _WORDS["year_end"].begins(rest):
        return date(opens.year, 12, 31), UNTIL_MONTH
    if _WORDS["clock"].is_in(clock) and _WORDS["clock_only"].begins(rest):
        return opens, 1.0
    return None


def _months(text: str, year: int | None) -> list[Span]:
    """ "3월 말까지" and "연말까지": spans that close with a month."""
    month = _MONTH_UNTIL.search(text)
    if month:
        in_year = year_of(month["y"]) or year
        sure = UNTIL_MONTH if month["y"] else TWO_READINGS
        closes = _end_of(in_year, int(month["m"]), month["part"]) if in_year else None
        return [Span(month.start(), month.end(), None, closes, sure)] if closes else []
    ending = _WORDS["until_year_end"].first(text)
    if ending and year:
        return [Span(ending.start, ending.end, None, date(year, 12, 31), TWO_READINGS)]
    return []


def _end_of(year: int, month: int, part: str | None) -> date:
    return date(year, month, LAST_OF_PART[part]) if part in LAST_OF_PART else last_of_month(year, month)
