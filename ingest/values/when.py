"""Application periods: the words of an official flow in, a `Period` flows out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from ingest.values.hours import moments, with_moments
from ingest.values.spans import ASSUMED_YEAR, TWO_READINGS, Span, spans_in
from ingest.values.written_days import days_in, last_of_month, plain, year_of
from rag.domain import Evidence, Period, PeriodKind

_NEAREST = 0.8
"""A form that no kind fits exactly: first come first served, some half or quarter of a year, a notice to come."""
_LONE_MOMENT = 0.6
"""A day with a time of day and no word that says what it is."""

# Days that stand right behind these words bound something else than applying.
_OTHER = re.compile(
    r"(?:[가-힣]\s?(?:예정일)|(?:사업|수행|협약|교육|훈련|행사|전시|개최|추진|평가|심사|선정|발표|이용|계약|과제|활동|근무)\s?(?:일정|일시|일자)"
    r"|(?:설명회|교육|평가|심사|발표|행사|보도|시행|개정|협약)(?:일|일시|일자)?)\s?(?:은|는)?\s?[:)\]]?\s?[(\['~]?\s?$"
)
_NAMED = re.compile(r"([가-힣·]{1,8})\s?기간\s?(?:은|는)?\s?[:)\]]?\s?[(\['~]?\s?$")
_CALLS = re.compile(r"접수|신청|모집|공모|공고|제출|응모|참가|^(?:동|본|해당)$")
# And so do days before these words.
_DONE = re.compile(
    r"[^가-힣]{0,20}(?:\([^()\n]{0,12}\))?[^가-힣]{0,8}(?:까지)?\s?(?:의\s?기간\s?)?(?:중에?|동안|사이에?)?\s?"
    r"(?:발생|취득|집행|설립|창업한|고용|채용|수행|납부|체결|무상|임대|준공|출시|개업|등록한|사용|써야|쓸\s?수|소급|감면|면제|지급|생산|수출한)"
)
_APPLYING = re.compile(r"(?:접수|신청|모집|공모|제출)\s?(?:기간|기한|일정|마감)?[^\d]{0,8}$")
# Nothing but a day and a clock time: the time of day makes it the end of something.
_MOMENT = re.compile(
    r"[\s.,]*(?:\([^()\n]{0,12}\))?[\s,]*(?:오전|오후)?\s?\d{1,2}\s?(?::\s?\d{2}|시)(?:\s?\d{1,2}분)?\s?"
)
_CHANGED = re.compile(r"→|(?:연장|변경)(?!\s?(?:될|가능|할\s?수))")
_SPENT = re.compile(
    r"소진|선착순|조기\s?마감|(?:예산|자금|사업비|재원|기금|물량)\S?\s?(?:범위\s?)?(?:모두\s?|다\s?|전액\s?|전부\s?|먼저\s?|조기에?\s?)?"
    r"(?:쓰이|쓰일|쓰여|쓸\s?때|떨어|다\s?할|다하|바닥|소요|없어|동나)|(?:모집|신청|정원|인원|물량|목표|한도|접수|선정|예산)\s?(?:인원|물량|수량|한도)?\s?"
    r"(?:완료|마감|충원|충족|달성|초과|도달)?\s?(?:시|될\s?때)\s?(?:까|끼)지"
)
_SHORT_OF_MONEY = re.compile(
    r"(?:예산|자금|사업비|재원|보증|기금|융자|한도|물량)[^.,;]{0,12}(?:소진|쓰이|쓰일|쓰여|떨어|다\s?할|다하|바닥)|소진\s?시"
)
_DIFFERS = re.compile(r"(?:별|마다|각각)[로]?\s?(?:상이|다름|별도|모집|진행)|상이")
_ALWAYS = re.compile(
    r"(?<![가-힣])(?:상시|수시)(?!\s?(?:근로|종업|고용|인원|직원|사용|관리|매칭|모니터|점검|로\s?변))|(?<![가-힣])연중(?!\s?\d)|연내\s?접수"
)
_RECURRING = re.compile(r"(?<![가-힣])(?:매월|매달|매주|매일|격월|격주|매\s?익월)")
_MONTH = re.compile(
    r"(?:'?\s?(?P<y>20\d\d|\d\d)\s?(?:년도?|[./-])\s?)?(?<!\d)(?P<m>1[0-2]|0?[1-9])\s?"
    r"(?:월\s?(?P<part>초순?|상순|중순|하순|말|중)?(?:\s?경)?\s?[~·,-]|[~·,-])\s?(?:'?\s?(?P<y2>20\d\d|\d\d)\s?(?:년도?|[./-])\s?)?"
    r"(?P<n>1[0-2]|0?[1-9])\s?월(?!\s?\d)\s?(?P<npart>초순?|상순|중순|하순|말|중)?"
    r"|(?:'?\s?(?P<y3>20\d\d|\d\d)\s?(?:년도?|[./-])\s?)?(?<!\d)(?P<m3>1[0-2]|0?[1-9])\s?월(?!\s?\d)\s?"
    r"(?P<part3>초순?|상순|중순|하순|말|중)?"
    r"|(?P<y4>20\d\d|'\d\d)\s?[./-]\s?(?P<m4>1[0-2]|0?[1-9])\.?\s?(?=(?:중|초|말|경|예정|공고|접수)|~)(?P<part4>초순?|중순|하순|말|중)?"
)
_MORE_MONTHS = re.compile(r"(?:\s?[,·]\s?(1[0-2]|0?[1-9])\s?월){1,10}")
# A month that dates something else: "1월 이후 고용", "3월 말 기준".
_SINCE_MONTH = re.compile(r"\s?(?:이후(?!\s?(?:공고|접수|모집|공모|신청|예정))|이전|말?\s?기준|말?\s?현재|결산)")
_PART_OF_YEAR = re.compile(
    r"(?:'?(?P<y>20\d\d|\d\d)\s?년?도?\s?)?(?:(?P<both>상\s?[·,/]?\s?하반기|상반기\s?[·,/및]\s?하반기)|(?P<half>[상하])반기"
    r"|(?<!\d)(?P<q>[1-4])\s?(?:[~·,]\s?(?P<q2>[1-4])\s?)?(?:/\s?4\s?)?분기)"
)
_OFTEN = re.compile(r"분기별|매\s?분기|반기별|매\s?반기|연\s?\d\s?회|연간\s?\d\s?회|연중\s?\d\s?회")
_YEAR_EXPECTED = re.compile(r"(?:(?P<y>20\d\d)|'(?P<y2>\d\d))\s?년?도?\s?(?:중|내)?\s?[^\d.,\n]{0,8}예정")
_DAY_EXPECTED = re.compile(
    r"\s?(?:\([^()\n]{0,12}\))?\s?(?:까지)?\s?(?:에|경|쯤)?\s?(?:사업\s?)?(?:공고|공지|발표)?\s?예정"
)
_NOTICE_DAYS = re.compile(
    r"공고일?\s?\((?P<day>[^()\n]{5,20})\)\s?(?:로)?부터\s?(?P<n>\d{1,3})\s?일\s?(?P<how>간|동안)?"
)
_AFTER_NOTICE = re.compile(
    r"공고일?\s?(?:(?:로)?부터|후|이후|기준|시점)|(?:추후|차후|향후|별도|개별|곧|조만간)[^.\n]{0,6}(?:공고|공지|게시|발표|통보|안내\s?예정)|추후\s?(?:별도\s?)?안내"
    r"|(?:공고|공지|모집|접수|공모|신청)\s?예정|공고\s?시\s?(?:안내|확정|공지)"
)
_FIRST = {"초": 1, "초순": 1, "상순": 1, "중순": 11, "하순": 21, "말": 21}
_LAST = {"초": 10, "초순": 10, "상순": 10, "중순": 20}


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
    if _SPENT.search(said):
        sure = 1.0 if _SHORT_OF_MONEY.search(said) else _NEAREST
        return _open_ended(PeriodKind.UNTIL_SPENT, opens, sure)
    if _ALWAYS.search(said):
        return _open_ended(PeriodKind.ALWAYS, opens, 1.0)
    if opens:
        return _open_ended(PeriodKind.FIXED, opens, 1.0)
    moment = _moment(said, year)
    if moment:
        return Period(PeriodKind.FIXED, "", closes_on=moment, confidence=_LONE_MOMENT)
    if _DIFFERS.search(said):
        return Period(PeriodKind.UNSTATED, "")
    if _RECURRING.search(said):
        sure = 1.0 if moments(said, Period(PeriodKind.ALWAYS, ""), year).recurs else TWO_READINGS
        return Period(PeriodKind.ALWAYS, "", confidence=sure)
    return _announced(said, year) or Period(PeriodKind.UNSTATED, "")


def _is_of_other(said: str, span: Span) -> bool:
    before = said[max(0, span.start - 30) : span.start]
    named = _NAMED.search(before)
    is_named_other = named is not None and not _CALLS.search(named[1])
    return is_named_other or bool(_OTHER.search(before) or _DONE.match(said, span.end))


def _fixed(closing: list[Span], said: str) -> Period:
    """The span that the words tie to applying; of an old and a new one, the new one."""
    led = [span for span in closing if _APPLYING.search(said[max(0, span.start - 20) : span.start])]
    chosen = (led or closing)[0]
    sure = chosen.confidence
    others = {(span.opens, span.closes) for span in (led or closing)}
    opens = chosen.opens
    if len(others) > 1:
        sure = min(sure, TWO_READINGS)
        if _CHANGED.search(said):
            chosen = closing[-1]
            opens = chosen.opens or opens
    ends_early = bool(_SHORT_OF_MONEY.search(said))
    return Period(
        PeriodKind.FIXED, "", opens_on=opens, closes_on=chosen.closes, confidence=sure, until_spent=ends_early
    )


def _open_ended(kind: PeriodKind, opens: Span | None, sure: float) -> Period:
    if opens is None:
        return Period(kind, "", confidence=sure)
    return Period(kind, "", opens_on=opens.opens, confidence=min(sure, opens.confidence))


def _moment(said: str, year: int | None) -> date | None:
    days = days_in(said)
    bare = len(days) == 1 and days[0].start <= 1 and _MOMENT.fullmatch(said, days[0].end)
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
    if _OFTEN.search(said) or (_AFTER_NOTICE.search(said) and not names_month):
        return Period(PeriodKind.ANNOUNCED, "", confidence=_NEAREST)
    return None


def _expected_day(said: str, year: int | None) -> tuple[date, date, float] | None:
    for day in days_in(said):
        on = day.on(year)
        if on and not day.weak and _DAY_EXPECTED.match(said, day.end):
            return on, on, _NEAREST
    return None


def _months(said: str, year: int | None) -> tuple[date, date, float] | None:
    match = next((found for found in _MONTH.finditer(said) if not _SINCE_MONTH.match(said, found.end())), None)
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
    end = date(end_year, last, _LAST[until]) if until in _LAST else last_of_month(end_year, last)
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
    in_year = year_of(named["y"] or named["y2"]) if named else year if _OFTEN.search(said) else None
    return (date(in_year, 1, 1), date(in_year, 12, 31), _NEAREST) if in_year else None
