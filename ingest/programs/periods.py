"""Application periods: the words of an official flow in, a `Period` flows out."""

from __future__ import annotations

import calendar
import re
from datetime import date

from rag.domain import Evidence, Period, PeriodKind

_YEAR = r"(?<!\d)(?:['’‘`´]?(?P<§y>20\d\d|\d\d)\s*(?:년|[.\-/])\s*)?"
_DAY = (
    r"(?P<§m>1[0-2]|0?[1-9])\s*(?:월|[.\-/])\s*(?P<§d>3[01]|[12]\d|0?[1-9])\s*(?:일|\.)?"
    r"(?!\d|\s*(?:%|억|만|천|개|명|년))"
)
_WEEKDAY = r"\s*(?:\(\s*[월화수목금토일]\s*(?:요일)?[^)]{0,12}\))?"
_CLOCK = r"\s*,?\s*(?:(?:오전|오후)\s*)?(?:\d{1,2}\s*(?::\s*\d{2}|시(?:\s*\d{1,2}분)?))?\s*(?:부터)?"
_DATE = _YEAR + _DAY + _WEEKDAY
_RANGE = re.compile(_DATE.replace("§", "a") + _CLOCK + r"\s*(?:~|∼|〜|～|–|—|-|부터)\s*" + _DATE.replace("§", "b"))
_RANGE_SAME_MONTH = re.compile(
    _DATE.replace("§", "a")
    + r"\s*(?:~|∼|〜|～|–)\s*(?P<bd>3[01]|[12]\d|0?[1-9])\s*일?(?!\s*월)"
    + _WEEKDAY
    + r"(?!\s*[월.]\s*\d)"
)
_UNTIL = re.compile(
    r"(?:[~∼〜～]\s*"
    + _DATE.replace("§", "a")
    + r")|(?:"
    + _DATE.replace("§", "b")
    + _CLOCK
    + r"\s*(?:까지|접수\s*마감|마감|한))"
)
_SINCE = re.compile(_DATE.replace("§", "a") + _CLOCK + r"\s*(?:~|∼|〜|～|부터|이후)")
_SPENT = re.compile(r"(?:예산|자금|사업비|재원|물량|한도|선착순)[^.,;]{0,12}?(?:소진|마감)|소진\s*시")
_ALWAYS = re.compile(r"상시|수시|연중|연내\s*접수")
_MONTH = re.compile(
    r"(?:['’‘`´]?(?P<y>20\d\d|\d\d)\s*(?:년|\.)\s*)?(?P<m>1[0-2]|0?[1-9])\s*월?\s*(?P<part>초|중순|중|말)?"
    r"(?:\s*[~∼〜～\-]\s*(?:['’‘`´]?(?:20\d\d|\d\d)\s*(?:년|\.)\s*)?(?P<n>1[0-2]|0?[1-9])\s*월\s*(?P<npart>초|중순|중|말)?)?"
)
_AFTER_NOTICE = re.compile(r"공고일?\s*(?:로)?부터\s*(\d{1,3})\s*일")


def parse_period(text: str, year: int | None, evidence: Evidence | None = None, track: str | None = None) -> Period:
    """Read one statement of an application period.

    `year` is the year of the document, used where the statement names none; without either, a date stays
    unread. Text that states no period gives UNSTATED.
    """
    # A last day that is written counts even where money may run out before it.
    for reader in (_fixed, _until, _until_spent, _always, _since, _announced):
        period = reader(text, year, evidence, track)
        if period is not None:
            return period
    return Period(PeriodKind.UNSTATED, text.strip(), evidence, track=track)


def _fixed(text: str, year: int | None, evidence: Evidence | None, track: str | None) -> Period | None:
    match = _RANGE.search(text)
    if match:
        opens = _date(match["ay"], match["am"], match["ad"], year)
        closes = _date(match["by"], match["bm"], match["bd"], opens.year if opens else year)
        if opens and closes and closes < opens and not match["by"]:
            closes = _date(str(opens.year + 1), match["bm"], match["bd"], None)
    else:
        match = _RANGE_SAME_MONTH.search(text)
        if not match:
            return None
        opens = _date(match["ay"], match["am"], match["ad"], year)
        closes = _date(match["ay"], match["am"], match["bd"], year)
    if not (opens and closes) or closes < opens:
        return None
    return Period(PeriodKind.FIXED, text.strip(), evidence, opens, closes, track=track)


def _until_spent(text: str, year: int | None, evidence: Evidence | None, track: str | None) -> Period | None:
    if not _SPENT.search(text):
        return None
    match = _SINCE.search(text)
    opens = _date(match["ay"], match["am"], match["ad"], year) if match else None
    return Period(PeriodKind.UNTIL_SPENT, text.strip(), evidence, opens, track=track)


def _always(text: str, year: int | None, evidence: Evidence | None, track: str | None) -> Period | None:
    if not _ALWAYS.search(text):
        return None
    return Period(PeriodKind.ALWAYS, text.strip(), evidence, track=track)


def _until(text: str, year: int | None, evidence: Evidence | None, track: str | None) -> Period | None:
    match = _UNTIL.search(text)
    if not match:
        return None
    key = "a" if match["am"] else "b"
    closes = _date(match[f"{key}y"], match[f"{key}m"], match[f"{key}d"], year)
    return Period(PeriodKind.FIXED, text.strip(), evidence, None, closes, track=track) if closes else None


def _since(text: str, year: int | None, evidence: Evidence | None, track: str | None) -> Period | None:
    match = _SINCE.search(text)
    opens = _date(match["ay"], match["am"], match["ad"], year) if match else None
    return Period(PeriodKind.FIXED, text.strip(), evidence, opens, None, track=track) if opens else None


def _announced(text: str, year: int | None, evidence: Evidence | None, track: str | None) -> Period | None:
    for match in _MONTH.finditer(text):
        if "월" not in match[0]:
            continue
        in_year = _year(match["y"], year)
        if in_year is None:
            return None
        first, last = int(match["m"]), int(match["n"] or match["m"])
        start = date(in_year, first, {"말": 21, "중순": 11}.get(match["part"] or "", 1))
        end_year = in_year + (last < first)
        end_day = {"초": 10, "중순": 20}.get((match["npart"] if match["n"] else match["part"]) or "", 31)
        end = date(end_year, last, min(end_day, calendar.monthrange(end_year, last)[1]))
        return Period(PeriodKind.ANNOUNCED, text.strip(), evidence, expected_from=start, expected_to=end, track=track)
    if _AFTER_NOTICE.search(text):
        return Period(PeriodKind.ANNOUNCED, text.strip(), evidence, track=track)
    return None


def _year(written: str | None, default: int | None) -> int | None:
    if not written:
        return default
    return int(written) if len(written) == 4 else 2000 + int(written)


def _date(year: str | None, month: str, day: str, default: int | None) -> date | None:
    in_year = _year(year, default)
    if in_year is None:
        return None
    try:
        return date(in_year, int(month), int(day))
    except ValueError:
        return None
