"""Deadlines: days that documents write and no others, in order, under names that stay when a day is moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

import pytest
from fastapi.testclient import TestClient
from icalendar import Calendar

from rag.domain import (
    BenefitKind,
    ChangeKind,
    CompanyProfile,
    Match,
    Period,
    PeriodKind,
    PeriodStatus,
    Program,
    ProgramKey,
    Recurrence,
)
from rag.periods import best_period
from server.clock import SEOUL
from server.http.fresh import Refusal
from server.portal.calendar import calendar
from server.portal.deadlines import LONGEST_SPAN, Days, Deadline, DeadlineList, days_of, deadline_list, deadlines
from server.portal.filters import Filters
from tests.server.fakes import PROGRAM, WHERE, FakeDesk
from tests.server.portal.conftest import TODAY
from tests.server.test_app import is_problem

MONTH = Days(TODAY, TODAY + timedelta(30), TODAY, opens=True)


@dataclass
class DaysDesk(FakeDesk):
    """A desk of programmes with the periods that a test gives."""

    known: Sequence[Program] = field(default_factory=tuple)

    def match(self, profile: CompanyProfile, as_of: date) -> tuple[Match, ...]:
        return tuple(Match(one, (), None, *best_period(one.periods, one, as_of)) for one in self.known)


def desk_of(*periods: Period, name: str = "가상 바우처") -> DaysDesk:
    """A desk of one programme."""
    key = ProgramKey(name, "중소기업부", "", 2026)
    return DaysDesk(known=(replace(PROGRAM, name=name, key=key, periods=periods),))


def fixed(opens: date | None, closes: date | None, **more: object) -> Period:
    """A period with days."""
    return replace(Period(PeriodKind.FIXED, "원문", WHERE, opens, closes), **more)  # type: ignore[arg-type]


def found(desk: DaysDesk, days: Days = MONTH, filters: Filters = Filters()) -> list[Deadline]:  # noqa: B008
    """The deadlines of these days."""
    told = deadlines(desk, days, filters)
    assert not isinstance(told, Refusal)
    return told


def test_days_come_in_order_with_their_hours_and_both_ends_are_within() -> None:
    desk = desk_of(
        fixed(TODAY, date(2026, 4, 19), closes_at=time(18)),
        fixed(date(2026, 3, 1), date(2026, 3, 20), round="1차"),
        fixed(date(2026, 4, 1), date(2026, 4, 20), round="2차"),
    )
    told = [(one.day.isoformat(), str(one.event), one.at) for one in found(desk)]
    assert [day for day, _, _ in told] == ["2026-03-20", "2026-03-20", "2026-04-01", "2026-04-19"]
    assert told[2:] == [("2026-04-01", "opens", None), ("2026-04-19", "closes", time(18))]
    closing = found(desk, replace(MONTH, opens=False))
    assert [one.event for one in closing] == ["closes", "closes"]


@pytest.mark.parametrize("kind", [PeriodKind.ALWAYS, PeriodKind.UNTIL_SPENT, PeriodKind.ANNOUNCED, PeriodKind.UNSTATED])
def test_what_has_no_written_day_has_no_deadline(kind: PeriodKind) -> None:
    expected = (date(2026, 4, 1), date(2026, 4, 30)) if kind is PeriodKind.ANNOUNCED else (None, None)
    period = Period(kind, "원문", WHERE, expected_from=expected[0], expected_to=expected[1])
    assert found(desk_of(period)) == []


def test_money_that_may_end_earlier_keeps_the_day_that_is_written() -> None:
    (one,) = found(desk_of(fixed(None, date(2026, 4, 1), until_spent=True)))
    assert (one.day, one.period.until_spent) == (date(2026, 4, 1), True)


def test_what_was_called_off_is_left_out_and_what_an_unread_notice_may_have_moved_is_unknown() -> None:
    called_off = fixed(None, date(2026, 4, 1), is_cancelled=True, round="1차")
    doubtful = fixed(None, date(2026, 4, 2), unread="변경 공고", round="2차")
    (one,) = found(desk_of(called_off, doubtful))
    assert (one.day, one.status) == (date(2026, 4, 2), PeriodStatus.UNKNOWN)


def test_a_window_that_comes_again_comes_every_time() -> None:
    monthly = Period(PeriodKind.FIXED, "매월 1일~10일", WHERE, recurs=Recurrence("month", 1, 10))
    days = Days(date(2026, 3, 20), date(2026, 7, 5), TODAY, opens=True)
    told = found(desk_of(monthly), days)
    assert [(one.day.month, one.day.day, str(one.event)) for one in told] == [
        (4, 1, "opens"),
        (4, 10, "closes"),
        (5, 1, "opens"),
        (5, 10, "closes"),
        (6, 1, "opens"),
        (6, 10, "closes"),
        (7, 1, "opens"),
    ]
    assert len({one.name for one in told}) == len(told)
    # Seen from another day, each has the name that it had.
    later = found(desk_of(monthly), replace(days, first=date(2026, 5, 5)))
    assert {one.name for one in later} == {one.name for one in told if one.day >= date(2026, 5, 5)}


def test_an_extension_keeps_the_name_and_another_part_round_or_programme_has_its_own() -> None:
    first = fixed(None, date(2026, 4, 1))
    moved = replace(first, closes_on=date(2026, 4, 8), changed=ChangeKind.EXTENDED)
    (before,), (after,) = found(desk_of(first)), found(desk_of(moved))
    assert (before.name, before.day) == (after.name, date(2026, 4, 1))
    others = [
        found(desk_of(replace(first, track="일반형")))[0].name,
        found(desk_of(replace(first, round="2차")))[0].name,
        found(desk_of(first, name="가상 융자"))[0].name,
        found(desk_of(fixed(date(2026, 4, 1), None)))[0].name,
    ]
    assert len({before.name, *others}) == 5


def test_of_a_kind_of_support_only_its_days_are_told() -> None:
    desk = desk_of(fixed(None, date(2026, 4, 1)))
    assert len(found(desk, MONTH, Filters(kind=BenefitKind.VOUCHER))) == 1
    assert found(desk, MONTH, Filters(kind=BenefitKind.LOAN)) == []
    assert isinstance(deadlines(desk, MONTH, Filters(region="세상끝")), Refusal)


def test_the_days_left_count_to_the_day_and_not_past_it() -> None:
    desk = desk_of(fixed(date(2026, 3, 1), date(2026, 3, 10), round="1차"), fixed(None, date(2026, 4, 1), round="2차"))
    told = deadline_list(desk, Days(date(2026, 3, 1), date(2026, 4, 1), TODAY, opens=False), Filters())
    assert isinstance(told, DeadlineList)
    assert [one.days_left for one in told.deadlines] == [None, 12]
    assert [citation.mark for citation in told.citations] == [1]


def test_the_days_are_a_month_from_today_and_a_year_at_most() -> None:
    assert days_of(None, None, TODAY, opens=False) == Days(TODAY, TODAY + timedelta(30), TODAY, opens=False)
    year = days_of(TODAY, TODAY + timedelta(LONGEST_SPAN), TODAY, opens=False)
    assert isinstance(year, Days)
    assert isinstance(days_of(TODAY, TODAY + timedelta(LONGEST_SPAN + 1), TODAY, opens=False), Refusal)
    assert isinstance(days_of(TODAY, TODAY - timedelta(1), TODAY, opens=False), Refusal)
    # Of the last day that can be asked about, a month later is still a day.
    assert isinstance(days_of(date(2100, 12, 31), None, TODAY, opens=False), Days)


def events_of(desk: DaysDesk, days: Days = MONTH) -> Calendar:
    """The calendar, read back by the library."""
    told = calendar(desk, days, Filters(), "https://portal.example/v1/")
    assert isinstance(told, bytes)
    read = Calendar.from_ical(told)
    assert isinstance(read, Calendar)
    return read


def test_a_calendar_reads_a_day_as_a_whole_day_and_an_hour_as_that_hour_in_korea() -> None:
    desk = desk_of(fixed(None, date(2026, 4, 1)), fixed(None, date(2026, 4, 2), closes_at=time(17, 30), track="일반형"))
    whole, timed = events_of(desk).events
    assert (date(2026, 4, 1), date(2026, 4, 2)) == (whole.DTSTART, whole.DTEND)
    assert datetime(2026, 4, 2, 17, 30, tzinfo=SEOUL) == timed.DTSTART
    assert b"DTSTART;TZID=Asia/Seoul:20260402T173000" in timed.to_ical()
    assert [str(zone["TZID"]) for zone in events_of(desk).timezones] == ["Asia/Seoul"]
    assert str(whole["SUMMARY"]) == "[마감] 가상 바우처"
    assert str(timed["SUMMARY"]) == "[마감] 가상 바우처 일반형"
    assert "2026년 4월 1일" in str(whole["DESCRIPTION"])
    assert "지원사업 안내, 17쪽" in str(whole["DESCRIPTION"])
    assert str(whole["URL"]) == "https://portal.example/v1/programs/p1"


def test_read_again_a_calendar_is_the_same_to_the_byte_and_stamped_by_its_generation() -> None:
    desk = desk_of(fixed(TODAY, date(2026, 4, 1)))
    assert events_of(desk).to_ical() == events_of(desk).to_ical()
    stamps = {event.DTSTAMP for event in events_of(desk).events}
    assert stamps == {datetime.fromisoformat(desk.record.built_at)}
    moved = desk_of(fixed(TODAY, date(2026, 4, 10)))
    assert [e["UID"] for e in events_of(desk).events] == [e["UID"] for e in events_of(moved).events]
    names = [one.name for one in found(desk)]
    assert [str(e["UID"]) for e in events_of(desk).events] == names


def test_words_that_mean_something_to_a_calendar_stay_words() -> None:
    desk = desk_of(fixed(None, date(2026, 4, 1)), name="가상; 융자, 보증\nEND:VCALENDAR")
    (event,) = events_of(desk).events
    assert str(event["SUMMARY"]) == "[마감] 가상; 융자, 보증\nEND:VCALENDAR"


def test_over_http_both_forms_tell_the_same(portal: TestClient) -> None:
    query = "from=2026-01-01&to=2026-12-31&opens=true"
    told, file = portal.get(f"/v1/deadlines?{query}"), portal.get(f"/v1/deadlines.ics?{query}")
    listed = DeadlineList.model_validate(told.json())
    assert listed.total == len(listed.deadlines) > 0
    assert [one.day for one in listed.deadlines] == sorted(one.day for one in listed.deadlines)
    assert all(one.period.closes_on == one.day for one in listed.deadlines if one.event == "closes")
    assert file.headers["content-type"] == "text/calendar; charset=utf-8"
    read = Calendar.from_ical(file.content)
    assert isinstance(read, Calendar)
    assert [str(event["UID"]) for event in read.events] == [one.uid for one in listed.deadlines]


@pytest.mark.parametrize("path", ["/v1/deadlines", "/v1/deadlines.ics"])
@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("from=2026-05-01&to=2026-04-01", "from, to"),
        ("from=2026-01-01&to=2027-01-03", "from, to"),
        ("from=1989-12-31", "from"),
        ("to=1", "to"),
        ("region=세상끝", "region"),
        ("kind=gift", "kind"),
        ("until=2026-04-01", "until"),
    ],
)
def test_days_that_are_none_and_unknown_words_are_refused(
    portal: TestClient, path: str, query: str, named: str
) -> None:
    reply = portal.get(f"{path}?{query}")
    assert is_problem(reply, 422)
    assert named in reply.json()["detail"]
