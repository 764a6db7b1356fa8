"""Application periods: the words of an official flow in, a `Period` with its days and hours flows out.

Hours are read by the grammar of values (`rag.grammar`); a weekday counts from 0, Monday.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, time
from pathlib import Path

from ingest.phrases import phrases
from ingest.values.days import (
    ASSUMED_YEAR,
    LAST_OF_PART,
    TWO_READINGS,
    Span,
    days_in,
    last_of_month,
    plain,
    spans_in,
    year_of,
)
from rag.domain import Arrival, Evidence, Period, PeriodKind, Recurrence
from rag.grammar.typed import Clock, Days
from rag.grammar.values import ANY_DAY, read_values

_NEAREST = 0.8
"""A form that no kind fits exactly: first come first served, some half or quarter of a year, a notice to come."""
_LONE_MOMENT = 0.6
"""A day with a time of day and no word that says what it is."""

_WORDS = phrases(Path(__file__).with_suffix(".yaml"))
_MONTH = re.compile(
    r"(?:'?\s?(?P<y>20\d\d|\d\d)\s?(?:년도?|[./-])\s?)?(?<!\d)(?P<m>1[0-2]|0?[1-9])\s?"
    r"(?:월\s?(?P<part>초순?|상순|중순|하순|말|중)?(?:\s?경)?\s?[~·,-]|[~·,-])\s?(?:'?\s?(?P<y2>20\d\d|\d\d)\s?(?:년도?|[./-])\s?)?"
    r"(?P<n>1[0-2]|0?[1-9])\s?월(?!\s?\d)\s?(?P<npart>초순?|상순|중순|하순|말|중)?"
    r"|(?:'?\s?(?P<y3>20\d\d|\d\d)\s?(?:년도?|[./-])\s?)?(?<!\d)(?P<m3>1[0-2]|0?[1-9])\s?월(?!\s?\d)\s?"
    r"(?P<part3>초순?|상순|중순|하순|말|중)?"
    r"|(?P<y4>20\d\d|'\d\d)\s?[./-]\s?(?P<m4>1[0-2]|0?[1-9])\.?\s?(?=(?:중|초|말|경|예정|공고|접수)|~)(?P<part4>초순?|중순|하순|말|중)?"
)
_MORE_MONTHS = re.compile(r"(?:\s?[,·]\s?(1[0-2]|0?[1-9])\s?월){1,10}")
_PART_OF_YEAR = re.compile(
    r"(?:'?(?P<y>20\d\d|\d\d)\s?년?도?\s?)?(?:(?P<both>상\s?[·,/]?\s?하반기|상반기\s?[·,/및]\s?하반기)|(?P<half>[상하])반기"
    r"|(?<!\d)(?P<q>[1-4])\s?(?:[~·,]\s?(?P<q2>[1-4])\s?)?(?:/\s?4\s?)?분기)"
)
_YEAR_EXPECTED = re.compile(r"(?:(?P<y>20\d\d)|'(?P<y2>\d\d))\s?년?도?\s?(?:중|내)?\s?[^\d.,\n]{0,8}예정")
_NOTICE_DAYS = re.compile(
    r"공고일?\s?\((?P<day>[^()\n]{5,20})\)\s?(?:로)?부터\s?(?P<n>\d{1,3})\s?일\s?(?P<how>간|동안)?"
)
_FIRST = {"초": 1, "초순": 1, "상순": 1, "중순": 11, "하순": 21, "말": 21}
_WEEK = "월화수목금토일"
_WEEKEND = (5, 6)
_LAST_OF_MONTH = 31
# "매월 1일~10일", "매월 말일까지", "매주 화요일 ~ 목요일": the window of every month or week.
_WINDOW = re.compile(
    r"(?:매월|매달)\s?(?:(?P<d1>\d{1,2})\s?일?\s?(?:부터|[~-])\s?)?(?P<d2>\d{1,2}\s?일|말일?)"
    rf"|매주\s?(?:(?P<w1>[{_WEEK}])(?:요일)?\s?(?:부터|[~-])\s?)?(?P<w2>[{_WEEK}])요일"
)
_REST = rf"(?:토·일|주말|(?:법정\s?)?공휴일|휴일|[{_WEEK}]요일|(?<![가-힣])[토일](?=[\s·,/]))"
_CLOSED = re.compile(
    rf"(?P<rest>{_REST}(?:(?:[\s·,/]|및|과|와)*{_REST})*)(?:에)?(?:은|는)?\s?(?:접수\s?)?(?:제외|불가|휴무|미접수|쉽|(?:접수|받)[가-힣]{{0,3}}\s?(?:않|안))"
    r"|(?P<working>평일(?:에만?|만)?\s?(?:에\s?한|접수|방문|가능|운영|\d))"
)
_LAST_MINUTE = time(23, 59)


def ends_with_money(text: str) -> bool:
    """Whether a sentence says that no more is taken once the money is spent ("예산이 소진되면 접수를 마감합니다")."""
    said = plain(text)
    return any(
        _WORDS["taking_ends"].is_in(sentence[spent.start :])
        for sentence in said.split("\n")
        if (spent := _WORDS["short_of_money"].first(sentence))
    )


def parse_period(text: str, year: int | None, evidence: Evidence | None = None, track: str | None = None) -> Period:
    """Read one statement of an application period.

    `year` is the year of the document, used where the statement names none; without either, a date stays
    unread. Text that states no period gives UNSTATED, and so does one that counts from the applicant's own doing
    ("방문 7일 전까지"). `confidence` is below 1 where the year was assumed or the words allow another reading.
    """
    said = plain(text)
    period = _read(said, year)
    told = replace(period, text=text.strip(), evidence=evidence, track=track)
    return with_moments(told, moments(said, period, year))


def _read(said: str, year: int | None) -> Period:
    spans = [span for span in spans_in(said, year) if not _is_of_other(said, span)]
    # A last day that is written counts even where money may run out before it.
    closing = [span for span in spans if span.closes]
    if closing:
        return _fixed(closing, said)
    opens = next((span for span in spans if span.opens), None)
    noticed = _NOTICE_DAYS.search(said)
    if noticed and (period := _from_notice(noticed, year)):
        return period
    if _WORDS["spent"].is_in(said):
        sure = 1.0 if _WORDS["short_of_money"].is_in(said) else _NEAREST
        return _open_ended(PeriodKind.UNTIL_SPENT, opens, sure)
    if _WORDS["always"].is_in(said):
        return _open_ended(PeriodKind.ALWAYS, opens, 1.0)
    if opens:
        return _open_ended(PeriodKind.FIXED, opens, 1.0)
    moment = _moment(said, year)
    if moment:
        return Period(PeriodKind.FIXED, "", closes_on=moment, confidence=_LONE_MOMENT)
    if _WORDS["differs"].is_in(said):
        return Period(PeriodKind.UNSTATED, "")
    if _WORDS["recurring"].is_in(said):
        sure = 1.0 if moments(said, Period(PeriodKind.ALWAYS, ""), year).recurs else TWO_READINGS
        return Period(PeriodKind.ALWAYS, "", confidence=sure)
    return _announced(said, year) or Period(PeriodKind.UNSTATED, "")


def _is_of_other(said: str, span: Span) -> bool:
    before = said[max(0, span.start - 30) : span.start]
    named = _WORDS["named"].ends(before)
    name = named.words.partition("기간")[0] if named else ""
    is_call = _WORDS["calls"].is_in(name) or _WORDS["calls_so"].is_all(name)
    is_of_other = _WORDS["of_other"].ends(before) or _WORDS["done"].begins(said, span.end)
    return (named is not None and not is_call) or bool(is_of_other)


def _fixed(closing: list[Span], said: str) -> Period:
    """The span that the words tie to applying; of an old and a new one, the new one."""
    led = [span for span in closing if _WORDS["applying"].ends(said[max(0, span.start - 20) : span.start])]
    chosen = (led or closing)[0]
    sure = chosen.confidence
    others = {(span.opens, span.closes) for span in (led or closing)}
    opens = chosen.opens
    if len(others) > 1:
        sure = min(sure, TWO_READINGS)
        if _WORDS["changed"].is_in(said):
            chosen = closing[-1]
            opens = chosen.opens or opens
    ends_early = _WORDS["short_of_money"].is_in(said)
    return Period(
        PeriodKind.FIXED, "", opens_on=opens, closes_on=chosen.closes, confidence=sure, until_spent=ends_early
    )


def _open_ended(kind: PeriodKind, opens: Span | None, sure: float) -> Period:
    if opens is None:
        return Period(kind, "", confidence=sure)
    return Period(kind, "", opens_on=opens.opens, confidence=min(sure, opens.confidence))


def _moment(said: str, year: int | None) -> date | None:
    days = days_in(said)
    bare = len(days) == 1 and days[0].start <= 1 and _WORDS["moment"].is_all(said[days[0].end :])
    return days[0].on(year) if bare else None


def _from_notice(noticed: re.Match[str], year: int | None) -> Period | None:
    """A notice whose day is written, and so many days from it."""
    days = days_in(noticed["day"])
    opens = days[0].on(year) if days else None
    if opens is None:
        return None
    count = int(noticed["n"]) - bool(noticed["how"])
    closes = date.fromordinal(opens.toordinal() + count)
    return Period(PeriodKind.FIXED, "", opens_on=opens, closes_on=closes, confidence=TWO_READINGS)


def _announced(said: str, year: int | None) -> Period | None:
    bounds = _expected_day(said, year) or _months(said, year) or _part_of_year(said, year) or _often(said, year)
    if bounds:
        start, end, sure = bounds
        return Period(PeriodKind.ANNOUNCED, "", expected_from=start, expected_to=end, confidence=sure)
    names_month = any("월" in match[0] for match in _MONTH.finditer(said))
    if _WORDS["often"].is_in(said) or (_WORDS["after_notice"].is_in(said) and not names_month):
        return Period(PeriodKind.ANNOUNCED, "", confidence=_NEAREST)
    return None


def _expected_day(said: str, year: int | None) -> tuple[date, date, float] | None:
    for day in days_in(said):
        on = day.on(year)
        if on and not day.weak and _WORDS["day_expected"].begins(said, day.end):
            return on, on, _NEAREST
    return None


def _months(said: str, year: int | None) -> tuple[date, date, float] | None:
    match = next(
        (found for found in _MONTH.finditer(said) if not _WORDS["since_month"].begins(said, found.end())), None
    )
    if match is None:
        return None
    written = year_of((match["y"] or match["y3"] or match["y4"] or "").lstrip("'") or None)
    in_year = written or year
    if in_year is None:
        return None
    first = int(match["m"] or match["m3"] or match["m4"])
    last = int(match["n"] or first)
    part = match["part"] or match["part3"] or match["part4"] or ""
    until = match["npart"] if match["n"] else part
    if match["n"]:
        # "4월, 7월, 10월": up to the last of the list.
        more = _MORE_MONTHS.match(said, match.end())
        last = int(more[1]) if more else last
    end_year = year_of(match["y2"]) or in_year + (last < first)
    start = date(in_year, first, _FIRST.get(part, 1))
    end = date(end_year, last, LAST_OF_PART[until]) if until in LAST_OF_PART else last_of_month(end_year, last)
    return (start, end, 1.0 if written else ASSUMED_YEAR) if start <= end else None


def _part_of_year(said: str, year: int | None) -> tuple[date, date, float] | None:
    match = _PART_OF_YEAR.search(said)
    if match is None:
        return None
    written = year_of(match["y"])
    in_year = written or year
    if in_year is None:
        return None
    first, last = 1, 12
    if match["half"]:
        first, last = (1, 6) if match["half"] == "상" else (7, 12)
    elif match["q"]:
        first, last = 3 * int(match["q"]) - 2, 3 * int(match["q2"] or match["q"])
    bounds = date(in_year, first, 1), last_of_month(in_year, last)
    return (*bounds, ASSUMED_YEAR if written else _NEAREST) if first <= last else None


def _often(said: str, year: int | None) -> tuple[date, date, float] | None:
    """Several rounds a year, or one some time in it, without months: all of the year named."""
    named = _YEAR_EXPECTED.search(said)
    in_year = year_of(named["y"] or named["y2"]) if named else year if _WORDS["often"].is_in(said) else None
    return (date(in_year, 1, 1), date(in_year, 12, 31), _NEAREST) if in_year else None


@dataclass(frozen=True, slots=True)
class Moments:
    """What a statement says beside its days."""

    opens_at: time | None = None
    closes_at: time | None = None
    recurs: Recurrence | None = None
    closed: tuple[int, ...] = ()
    closed_on_holidays: bool = False
    arrival: Arrival | None = None


def moments(said: str, period: Period, year: int | None) -> Moments:
    """What plain words say beside the days of the period that was read from them."""
    opens_at, closes_at = _hours(said, period, year) if _WORDS["hour"].is_in(said) else (None, None)
    closed, holidays = _rest(said)
    return Moments(opens_at, closes_at, _window(said), closed, holidays, _arrival(said))


def with_moments(period: Period, found: Moments) -> Period:
    """The period with what it lacks of these moments."""
    return replace(
        period,
        opens_at=period.opens_at or found.opens_at,
        closes_at=period.closes_at or found.closes_at,
        recurs=period.recurs or (found.recurs if _has_room(period) else None),
        closed=period.closed or found.closed,
        closed_on_holidays=period.closed_on_holidays or found.closed_on_holidays,
        arrival=period.arrival or found.arrival,
    )


def _has_room(period: Period) -> bool:
    """Whether a window may come again within a period: it has no last day, or goes on for more than a month."""
    is_short = period.opens_on and period.closes_on and (period.closes_on - period.opens_on).days <= _LAST_OF_MONTH
    return not is_short


def closing_hour(said: str) -> time | None:
    """The hour of the last day that plain words tell without a day: "각 차수 마감일 17시까지", "접수시간 09:00~18:00".

    Office hours ("평일 09:00~18:00") are none unless the words say that one hands in then.
    """
    outside = _WINDOW.sub(" ", _WORDS["beside"].without(said))
    is_last = _WORDS["hour"].is_in(outside) and _WORDS["last_hour"].is_in(outside)
    if not is_last or _WORDS["other_hour"].is_in(outside):
        return None
    values = read_values(outside, ANY_DAY)
    clocks = [value for value in values if isinstance(value.of, Clock)]
    is_span = len(clocks) == 2 and "~" in outside[clocks[0].end : clocks[1].start]
    if any(isinstance(value.of, Days) for value in values) or not (len(clocks) == 1 or is_span):
        return None
    told = clocks[-1].of
    return _end_of_day(told.at) if isinstance(told, Clock) else None


def _end_of_day(at: time | None) -> time | None:
    """The hour at which a last day ends: 24:00 is its last minute, not its first."""
    return _LAST_MINUTE if at == time(0) else at


def _hours(said: str, period: Period, year: int | None) -> tuple[time | None, time | None]:
    """The hours of the first and the last day; a clock time that one may apply until belongs to the last."""
    if period.kind is not PeriodKind.FIXED or period.closes_on is None:
        return None, None
    values = read_values(said, date(year or period.closes_on.year, 1, 1))
    days = next((v.of for v in values if isinstance(v.of, Days) and v.of.last == period.closes_on), None)
    until = (v.of.at for v in values if isinstance(v.of, Clock) and said[v.end :].lstrip().startswith(("까지", "마감")))
    closes = days.closes if days and days.closes is not None else next(until, None)
    return days.opens if days else None, _end_of_day(closes)


def _window(said: str) -> Recurrence | None:
    found = _WINDOW.search(said)
    if found is None:
        return None
    if found["w2"]:
        last = _WEEK.index(found["w2"])
        return Recurrence("week", _WEEK.index(found["w1"]) if found["w1"] else last, last)
    until = said[found.end() :].lstrip().startswith("까지")
    last = _LAST_OF_MONTH if found["d2"].startswith("말") else int(found["d2"].rstrip("일 "))
    first = int(found["d1"]) if found["d1"] else 1 if until else last
    return Recurrence("month", first, last) if 1 <= first <= last <= _LAST_OF_MONTH else None


def _rest(said: str) -> tuple[tuple[int, ...], bool]:
    """The weekdays on which nothing is received, and whether on holidays neither."""
    found = _CLOSED.search(said)
    if found is None:
        return (), False
    if found["working"]:
        return _WEEKEND, True
    rest = (named := found["rest"]).replace("공휴일", "").replace("휴일", "")
    days = {_WEEK.index(day) for day in re.findall(rf"[{_WEEK}](?=요일|[\s·,/]|$)", rest)}
    return tuple(sorted(days | (set(_WEEKEND) if "주말" in rest else set()))), "휴일" in named


def _arrival(said: str) -> Arrival | None:
    if _WORDS["postmark"].is_in(said):
        return Arrival.POSTMARK
    return Arrival.ARRIVED if _WORDS["arrived"].is_in(said) else None
