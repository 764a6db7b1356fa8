"""Planned days: a text and today flow in, the day on which somebody means to apply flows out."""

from __future__ import annotations

import re
from datetime import date, timedelta

_NEAR = {"내일": 1, "낼": 1, "익일": 1, "모레": 2, "글피": 3}
_WEEKDAYS = "월화수목금토일"
_SOON = re.compile(r"(?<![가-힣])(내일|낼(?=\s+(?:신청|접수|넣|제출|등록|내))|익일|모레|글피)(?!까지\s*(?:예|이|인가))")
_LATER = re.compile(r"(?:(\d{1,2})\s*(일|주일?)|(하루|이틀|사흘|나흘|일주일|한\s*달))\s*(?:뒤|후|있다가|지나서)")
_WORDS = {"하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "일주일": 7, "한달": 30}
_OTHER_YEAR = re.compile(r"내년|작년|지난해|내후년|20\d\d\s*년")
_WEEK = re.compile(r"(다음\s*주|담주|차주|이번\s*주)\s*(?:([월화수목금토일])요일)?")
_WEEKDAY = re.compile(r"(?<![가-힣])([월화수목금토일])요일(?:에|쯤|날)")
_MONTH = re.compile(r"다음\s*달|담달|내달")
_DAY = re.compile(r"(?<!\d)(\d{1,2})\s*월\s*(\d{1,2})\s*일(?:에|쯤|날)")
_APPLIES = re.compile(
    r"넣|내(?:려|도|면|고|볼|야|겠|는|러)|낼|냄|신청|접수|제출|등록|지원하|올리|보내|해도|하려|할\s*(?:건|거|생각|예정|게)"
)


def planned_day(text: str, as_of: date) -> date | None:
    """The day, after today, on which the text says one will apply; none where it tells no such plan."""
    if not _APPLIES.search(text) or _OTHER_YEAR.search(text):
        return None
    day = _told(text, as_of)
    return day if day and day > as_of else None


def _told(text: str, as_of: date) -> date | None:
    monday = as_of - timedelta(days=as_of.weekday())
    if week := _WEEK.search(text):
        start = monday if week[1].startswith("이번") else monday + timedelta(days=7)
        return start + timedelta(days=_WEEKDAYS.index(week[2]) if week[2] else 0)
    if soon := _SOON.search(text):
        return as_of + timedelta(days=_NEAR[soon[1]])
    if later := _LATER.search(text):
        if later[3]:
            return as_of + timedelta(days=_WORDS[re.sub(r"\s", "", later[3])])
        return as_of + timedelta(days=int(later[1]) * (7 if later[2].startswith("주") else 1))
    if weekday := _WEEKDAY.search(text):
        return as_of + timedelta(days=(_WEEKDAYS.index(weekday[1]) - as_of.weekday()) % 7 or 7)
    if _MONTH.search(text):
        return date(as_of.year + as_of.month // 12, as_of.month % 12 + 1, 1)
    if told := _DAY.search(text):
        try:
            return date(as_of.year, int(told[1]), int(told[2]))
        except ValueError:
            return None
    return None
