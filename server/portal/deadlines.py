"""Deadlines: days flow in; what closes (and opens) on each of them flows out, as far as documents write a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from datetime import time as hour_of_day
from enum import StrEnum
from hashlib import sha256

from pydantic import BaseModel, Field

from rag.announced import held, posted
from rag.domain import Match, Period, PeriodStatus, Program, ProgramKey
from rag.messages.of_staff import ANNOUNCED
from rag.periods import on_day, period_status
from server.asking.announced_wire import AnnouncementOut, Checked, announcements_out
from server.asking.making import key_out, period_out
from server.asking.records import KeyOut, PeriodOut
from server.desks.desks import Desk
from server.http.fresh import Refusal
from server.portal.filters import Filters, chosen
from server.portal.listing import AsOf, Citations, GenerationId, ProgramId, ProgramName
from server.portal.marks import Marks

DEFAULT_SPAN, LONGEST_SPAN = 30, 366
"""Days from the first to the last, where no last is told, and at most."""
WRONG_WAY = "from, to: 첫날(from)이 마지막 날(to)보다 뒤일 수 없습니다."
TOO_LONG = f"from, to: {LONGEST_SPAN}일까지 볼 수 있습니다. 나누어 물어봐 주세요."


class Event(StrEnum):
    """What happens to a period on a day."""

    CLOSES = "closes"
    OPENS = "opens"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day on which a period of a programme closes or opens, with its hour in Korea where one is written.

    `name` is one and the same for this event of this call in every generation, also when its day is moved.
    """

    day: date
    at: hour_of_day | None
    event: Event
    match: Match
    period: Period
    status: PeriodStatus
    name: str


@dataclass(frozen=True, slots=True)
class Days:
    """From the first to the last day, both within, seen on the day `as_of`; with `opens` what begins too."""

    first: date
    last: date
    as_of: date
    opens: bool


class DeadlineOut(BaseModel):
    """What closes or opens on a day."""

    day: date = Field(description="그날(YYYY-MM-DD)", examples=["2026-04-20"])
    at: hour_of_day | None = Field(description="그 시각(한국). 문서에 없으면 null입니다.", examples=["18:00:00"])
    event: Event = Field(description="마감(closes)인지 시작(opens)인지", examples=["closes"])
    uid: str = Field(description="달력에서 쓰는 이름. 날짜가 바뀌어도 같습니다.", examples=["0f3a@jiwon"])
    program_id: ProgramId
    program_name: ProgramName
    year: int | None = Field(description="어느 해의 사업인지(연도)", examples=[2026])
    ministry: str = Field(description="주는 부처나 지방정부", examples=["중소기업부"])
    agency: str = Field(description="맡아 하는 기관", examples=["가나다센터"])
    key: KeyOut = Field(description="같은 이름의 다른 사업과 가르는 것")
    track: str | None = Field(description="사업의 한 세부 유형만이면 그 이름", examples=["일반형"])
    days_left: int | None = Field(description="기준일부터 이날까지 남은 날 수. 지났으면 null입니다.", examples=[31])
    period: PeriodOut = Field(description="이 접수기간")
    announcements: list[AnnouncementOut] = Field(default=[], description=ANNOUNCED, examples=[[]])


class DeadlineList(BaseModel):
    """What closes and opens within some days, in the order of days; periods without a written day are not in it."""

    deadlines: list[DeadlineOut] = Field(description="날짜 순서. 상시처럼 날이 적히지 않은 것은 없습니다.")
    first: date = Field(description="첫날(YYYY-MM-DD)", examples=["2026-03-20"])
    last: date = Field(description="마지막 날(YYYY-MM-DD)", examples=["2026-04-19"])
    total: int = Field(description="모두 몇 개인지", examples=[12])
    citations: Citations
    as_of: AsOf
    generation: GenerationId
    announcements_read: bool = Checked


def days_of(first: date | None, last: date | None, today: date, *, opens: bool) -> Days | Refusal:
    """The days asked for: from today, for a month, where nothing else is told."""
    first = first or today
    last = last or first + timedelta(DEFAULT_SPAN)
    if first > last:
        return Refusal(422, WRONG_WAY)
    if (last - first).days > LONGEST_SPAN:
        return Refusal(422, TOO_LONG)
    return Days(first, last, today, opens)


def deadline_list(desk: Desk, days: Days, filters: Filters) -> DeadlineList | Refusal:
    """The deadlines of these days, those of programmes that pass the filters."""
    found = deadlines(desk, days, filters)
    if isinstance(found, Refusal):
        return found
    marks = Marks()
    return DeadlineList(
        deadlines=[_deadline_out(one, days.as_of, marks) for one in found],
        first=days.first,
        last=days.last,
        total=len(found),
        citations=marks.citations(desk.catalogue.source),
        as_of=days.as_of,
        generation=desk.record.id,
    )


def deadlines(desk: Desk, days: Days, filters: Filters) -> list[Deadline] | Refusal:
    """The deadlines of these days by day, hour and name."""
    found = chosen(desk, filters, days.as_of)
    return found if isinstance(found, Refusal) else of_matches(found.matches, days)


def of_matches(matches: Iterable[Match], days: Days) -> list[Deadline]:
    """The deadlines of some programmes by day, hour and name."""
    # What several parts of a programme have in common is one event.
    unique = {one.name: one for match in matches for one in _of_program(match, days)}
    return sorted(
        unique.values(),
        key=lambda one: (one.day, one.at or hour_of_day.max, one.match.program.name, one.period.track or "", one.name),
    )


def _of_program(match: Match, days: Days) -> Iterator[Deadline]:
    program = match.program
    named: dict[tuple[str, str], int] = {}
    for period in program.periods:
        place = (period.track or "", period.round)
        named[place] = named.get(place, 0) + 1
        for window, status in windows(period, program, days):
            if status is PeriodStatus.CANCELLED:
                continue
            for event, day, at in (
                (Event.OPENS, window.opens_on, window.opens_at),
                (Event.CLOSES, window.closes_on, window.closes_at),
            ):
                if day and days.first <= day <= days.last and (event is Event.CLOSES or days.opens):
                    again = f"{window.opens_on}" if period.recurs else ""
                    name = _name(program, (*place, str(named[place]), event, again))
                    yield Deadline(day, at, event, match, window, status, name)


def windows(period: Period, program: Program, days: Days) -> Iterator[tuple[Period, PeriodStatus]]:
    """The period with its standing, or of one that comes again every window that touches the days with its own."""
    if not period.recurs:
        own = held(period, program, days.as_of)
        yield own, period_status(own, program, days.as_of)
        return
    day = days.first
    while day <= days.last:
        window = on_day(period, program, day)
        if window.closes_on is None or window.closes_on < day or (window.opens_on or day) > days.last:
            return
        yield window, _status(window, days.as_of)
        day = window.closes_on + timedelta(1)


def _status(window: Period, as_of: date) -> PeriodStatus:
    """The standing on a day of one window of a period that comes again."""
    if window.is_cancelled:
        return PeriodStatus.CANCELLED
    if window.unread:
        return PeriodStatus.UNKNOWN
    if window.opens_on and as_of < window.opens_on:
        return PeriodStatus.UPCOMING
    return PeriodStatus.OPEN if window.closes_on and as_of <= window.closes_on else PeriodStatus.CLOSED


def _name(program: Program, parts: tuple[str, ...]) -> str:
    """A name for an event that is the same in every generation: of the call, its part and its round, not of its day."""
    key = program.key or ProgramKey(program.name, year=program.year)
    # Two calls of unknown years are not known to be one.
    own = program.source_id if key.year is None else ""
    told = (key.name, key.authority, key.region, str(key.year), key.round, own, *parts)
    return f"{sha256(chr(31).join(told).encode()).hexdigest()[:32]}@jiwon"


def _deadline_out(one: Deadline, as_of: date, marks: Marks) -> DeadlineOut:
    program = one.match.program
    return DeadlineOut(
        day=one.day,
        at=one.at,
        event=one.event,
        uid=one.name,
        program_id=program.id,
        program_name=program.name,
        year=program.year,
        ministry=program.ministry,
        agency=program.agency,
        key=key_out(program),
        track=one.period.track,
        days_left=(one.day - as_of).days if one.day >= as_of else None,
        period=period_out(one.period, one.status, as_of, marks),
        announcements=announcements_out(posted().of(program, as_of)),
    )
