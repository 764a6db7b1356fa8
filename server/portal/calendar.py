"""The calendar: deadlines flow in, an iCalendar file (RFC 5545) that any calendar reads flows out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from rag.announced import HELD, posted
from rag.messages import place
from rag.periods import describe
from server.clock import SEOUL
from server.desks.desks import Desk
from server.http.fresh import Refusal
from server.portal.deadlines import Days, Deadline, deadlines
from server.portal.deadlines import Event as Happening
from server.portal.filters import Filters

NAME, UID = "지원사업 접수 일정", "deadlines@jiwon"
SUMMARY = {Happening.CLOSES: "[마감] {name}", Happening.OPENS: "[접수 시작] {name}"}
CHANGED = "이 사업에는 날짜를 바꿨을 수 있는 뒤의 공고가 있습니다. 문의처에 확인하세요."
CONFIRM = "신청 전 문의처에 확인하세요."


def calendar(desk: Desk, days: Days, filters: Filters, base: str) -> bytes | Refusal:
    """The deadlines of programmes that pass the filters as a calendar, see `calendar_of`."""
    found = deadlines(desk, days, filters)
    return found if isinstance(found, Refusal) else calendar_of(found, desk, days, base)


def calendar_of(found: Sequence[Deadline], desk: Desk, days: Days, base: str) -> bytes:
    """Deadlines as a calendar; `base` is the address that `programs/{id}` is below, for what has no page.

    An event lasts its day, or stands at its hour in Korea where one is written. Read again, it has the same UID.
    """
    stamp = datetime.fromisoformat(desk.record.built_at)
    stamp = stamp if stamp.tzinfo else stamp.replace(tzinfo=SEOUL)
    told = Calendar.new(prodid="-//jiwon//portal//KO", name=NAME, uid=UID, refresh_interval=timedelta(hours=12))
    for one in found:
        told.add_component(_event(one, desk, days.as_of, stamp.astimezone(UTC), base))
    told.add_missing_timezones()
    return bytes(told.to_ical())


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole day on which something is to be done: the id of the event, the day, and what is shown."""

    uid: str
    day: date
    summary: str


def whole_days(name: str, uid: str, days: Sequence[Whole], now: datetime) -> bytes:
    """A calendar of days as an iCalendar file. Read again, its events have the same UID."""
    told = Calendar.new(prodid="-//jiwon//portal//KO", name=name, uid=uid, refresh_interval=timedelta(hours=12))
    for one in days:
        told.add_component(Event.new(uid=one.uid, summary=one.summary, start=one.day, stamp=now.astimezone(UTC)))
    return bytes(told.to_ical())


def _event(one: Deadline, desk: Desk, as_of: date, stamp: datetime, base: str) -> Event:
    program, period = one.match.program, one.period
    evidence = period.evidence or program.evidence
    source = desk.catalogue.source(evidence.source_id)
    name = f"{program.name} {period.track}" if period.track else program.name
    lines = [
        " · ".join(filter(None, dict.fromkeys((program.ministry, program.agency)))),
        describe(period, one.status, as_of),
        *(notice.text for notice in posted().of(program, as_of)),
        CHANGED if period.unread and period.unread != HELD else "",
        f"{source.title}, {place(evidence, source)}" if source else "",
        CONFIRM,
    ]
    start = datetime.combine(one.day, one.at, SEOUL) if one.at else one.day
    return Event.new(
        uid=one.name,
        stamp=stamp,
        start=start,
        end=start if one.at else one.day + timedelta(1),
        summary=SUMMARY[one.event].format(name=name if not period.round else f"{name} ({period.round})"),
        description="\n".join(filter(None, lines)),
        url=source.url if source and source.url else f"{base}programs/{program.id}",
    )
