"""What a period means on a day: open all through its last day, closed on the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.domain import Period, PeriodKind, PeriodStatus, Program, Recurrence
from rag.periods import best_period, days_left, describe, korean_date, month, period_status, span, when
from tests.rag.records import PROGRAM

OPEN, CLOSED, UPCOMING = PeriodStatus.OPEN, PeriodStatus.CLOSED, PeriodStatus.UPCOMING
FIXED = Period(PeriodKind.FIXED, "3. 19. ~ 4. 20.", None, date(2026, 3, 19), date(2026, 4, 20))
UNTIL = Period(PeriodKind.FIXED, "4. 20.까지", None, None, date(2026, 4, 20))
SINCE = Period(PeriodKind.FIXED, "3. 19.부터", None, date(2026, 3, 19))
SPENT = Period(PeriodKind.UNTIL_SPENT, "예산 소진 시까지", None, date(2026, 3, 19))
ALWAYS = Period(PeriodKind.ALWAYS, "연중 상시")
MARCH = Period(PeriodKind.ANNOUNCED, "3월 중", None, expected_from=date(2026, 3, 1), expected_to=date(2026, 3, 31))
LATER = Period(PeriodKind.ANNOUNCED, "공고일로부터 30일")
UNSTATED = Period(PeriodKind.UNSTATED, "")
CALLED_OFF = replace(FIXED, is_cancelled=True)


def program(*periods: Period, year: int | None = 2026) -> Program:
    return replace(PROGRAM, periods=periods, year=year)


@pytest.mark.parametrize(
    ("period", "day", "status"),
    [
        (FIXED, "2026-03-18", UPCOMING),
        (FIXED, "2026-03-19", OPEN),
        (FIXED, "2026-04-20", OPEN),
        (FIXED, "2026-04-21", CLOSED),
        (UNTIL, "2026-01-01", OPEN),
        (UNTIL, "2026-04-20", OPEN),
        (UNTIL, "2026-04-21", CLOSED),
        (SINCE, "2026-03-18", UPCOMING),
        (SINCE, "2026-03-19", OPEN),
        (SINCE, "2026-12-31", OPEN),
        (SINCE, "2027-01-01", CLOSED),
        (SPENT, "2026-03-18", UPCOMING),
        (SPENT, "2026-03-19", OPEN),
        (SPENT, "2026-12-31", OPEN),
        (SPENT, "2027-01-01", CLOSED),
        (ALWAYS, "2026-07-01", PeriodStatus.ALWAYS),
        (ALWAYS, "2027-01-01", PeriodStatus.UNKNOWN),
        (MARCH, "2026-02-28", UPCOMING),
        (MARCH, "2026-03-01", PeriodStatus.UNKNOWN),
        (MARCH, "2026-03-31", PeriodStatus.UNKNOWN),
        (MARCH, "2026-04-01", PeriodStatus.UNKNOWN),
        (MARCH, "2027-01-01", CLOSED),
        (LATER, "2026-05-01", PeriodStatus.UNKNOWN),
        (UNSTATED, "2026-05-01", PeriodStatus.UNKNOWN),
        (UNSTATED, "2027-01-01", PeriodStatus.UNKNOWN),
        (CALLED_OFF, "2026-03-20", PeriodStatus.CANCELLED),
    ],
)
def test_the_status_on_each_side_of_every_boundary(period: Period, day: str, status: PeriodStatus) -> None:
    assert period_status(period, program(period), date.fromisoformat(day)) is status


def test_a_period_over_the_turn_of_the_year_stays_open_to_its_last_day() -> None:
    winter = replace(FIXED, opens_on=date(2026, 12, 20), closes_on=date(2027, 1, 10))
    assert period_status(winter, program(winter), date(2027, 1, 10)) is OPEN
    assert period_status(winter, program(winter), date(2027, 1, 11)) is CLOSED


def test_without_a_plan_year_nothing_is_closed_for_its_year() -> None:
    assert period_status(UNSTATED, program(UNSTATED, year=None), date(2030, 1, 1)) is PeriodStatus.UNKNOWN


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(0, 400), st.integers(-40, 440))
def test_a_fixed_period_is_open_on_exactly_its_days(opens: date, length: int, offset: int) -> None:
    period = replace(FIXED, opens_on=opens, closes_on=opens + timedelta(length))
    day = opens + timedelta(offset)
    assert (period_status(period, program(period), day) is OPEN) == (0 <= offset <= length)


@pytest.mark.parametrize(
    ("day", "left"), [("2026-04-20", 0), ("2026-04-19", 1), ("2026-03-20", 31), ("2026-04-21", None)]
)
def test_days_left_count_to_the_last_day(day: str, left: int | None) -> None:
    assert days_left(FIXED, date.fromisoformat(day)) == left


def test_days_left_are_unknown_without_a_last_day() -> None:
    assert days_left(SINCE, date(2026, 4, 1)) is None


def test_the_period_that_counts_is_the_one_a_reader_can_act_on() -> None:
    both = (UNTIL, ALWAYS)
    assert best_period(both, program(*both), date(2026, 4, 20))[0] == UNTIL
    assert best_period(both, program(*both), date(2026, 4, 21)) == (ALWAYS, PeriodStatus.ALWAYS)
    assert best_period((), program(), date(2026, 5, 1)) == (UNSTATED, PeriodStatus.UNKNOWN)


@pytest.mark.parametrize(
    ("period", "day", "said"),
    [
        (FIXED, "2026-04-20", "오늘이 마지막 날"),
        (FIXED, "2026-04-19", "1일 남았습니다"),
        (FIXED, "2026-04-21", "마감"),
        (FIXED, "2026-03-18", "1일 뒤"),
        (SPENT, "2026-04-01", "예산 소진"),
        (ALWAYS, "2026-04-01", "상시"),
        (MARCH, "2026-02-01", "3월"),
        (MARCH, "2026-05-01", "문의처에 확인"),
        (UNSTATED, "2026-05-01", "확인되지 않습니다"),
        (CALLED_OFF, "2026-04-01", "취소"),
        (ALWAYS, "2027-04-01", "해당 연도가 지났습니다"),
    ],
)
def test_the_sentence_says_what_the_day_means(period: Period, day: str, said: str) -> None:
    as_of = date.fromisoformat(day)
    assert said in describe(period, period_status(period, program(period), as_of), as_of)


@given(st.dates(date(2025, 1, 1), date(2027, 12, 31)))
def test_days_left_are_never_spoken_of_after_the_last_day(day: date) -> None:
    for period in (FIXED, UNTIL):
        told = describe(period, period_status(period, program(period), day), day)
        assert ("남았습니다" in told or "마지막 날" in told or "일 뒤에" in told) == (day <= date(2026, 4, 20)), told


def test_dates_are_written_in_korean() -> None:
    assert korean_date(date(2026, 4, 5)) == "2026년 4월 5일"


NO_MONTH = replace(MARCH, expected_from=None, expected_to=None)


@pytest.mark.parametrize(
    ("period", "day", "said"),
    [
        (FIXED, "2026-03-09", "2026년 3월 19일부터 4월 20일까지 접수하고, 지금은 접수 전입니다."),
        (FIXED, "2026-04-09", "2026년 4월 20일까지 접수 중이고 11일 남았습니다."),
        (FIXED, "2026-04-20", "오늘(2026년 4월 20일)까지입니다."),
        (FIXED, "2026-04-21", "2026년 4월 20일에 끝났습니다."),
        (SINCE, "2026-04-09", "2026년 3월 19일부터 접수 중입니다."),
        (
            SPENT,
            "2026-04-09",
            "2026년 3월 19일부터 예산 소진 시까지 접수합니다. 예산이 남았는지는 문의처에 확인해야 합니다.",
        ),
        (ALWAYS, "2026-04-09", "연중 언제든(상시) 신청할 수 있습니다."),
        (MARCH, "2026-02-20", "2026년 3월 중 공고 예정이라 아직 접수 전입니다."),
        (
            MARCH,
            "2026-03-20",
            "2026년 3월 중 공고 예정으로 안내되었습니다. 공고가 나와 접수하는지는 문의처에 확인해야 합니다.",
        ),
        (
            MARCH,
            "2026-05-20",
            "2026년 3월 중 공고 예정이었고 그 시기가 지났습니다. 지금 접수하는지 문의처에 확인해야 합니다.",
        ),
        (UNSTATED, "2026-05-20", "신청기간은 자료에 나와 있지 않습니다."),
        (replace(UNSTATED, text="추후 공고"), "2026-05-20", "신청기간은 자료에 '추후 공고'라고만 적혀 있습니다."),
        (CALLED_OFF, "2026-04-09", "취소된 공고라 신청할 수 없습니다."),
    ],
)
def test_an_answer_says_in_one_short_sentence_what_the_day_means(period: Period, day: str, said: str) -> None:
    as_of = date.fromisoformat(day)
    assert when(period, period_status(period, program(period), as_of), as_of) == said


def test_no_announced_month_that_has_begun_is_told_as_not_yet_open() -> None:
    for offset in range(0, 300, 7):
        day = date(2026, 3, 1) + timedelta(offset)
        assert "접수 전" not in when(MARCH, period_status(MARCH, program(MARCH), day), day)


def test_days_and_months_are_told_as_far_as_they_are_written() -> None:
    assert span(FIXED) == "2026년 3월 19일부터 4월 20일까지"
    assert span(replace(FIXED, closes_on=date(2027, 1, 5))) == "2026년 3월 19일부터 2027년 1월 5일까지"
    assert (span(UNTIL), span(SINCE), span(ALWAYS)) == ("2026년 4월 20일까지", "2026년 3월 19일부터", "")
    assert month(replace(MARCH, expected_from=date(2026, 2, 1))) == "2026년 2~3월"
    assert month(NO_MONTH) == ""


@given(
    st.sampled_from(PeriodKind),
    st.sampled_from(["", "추후"]),
    st.tuples(*[st.none() | st.dates(date(2020, 1, 1), date(2030, 12, 31))] * 4),
    st.sampled_from(PeriodStatus),
    st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    st.sampled_from([0.3, 1.0]),
)
def test_no_period_however_odd_makes_its_sentence_fail(
    kind: PeriodKind,
    text: str,
    days: tuple[date | None, date | None, date | None, date | None],
    status: PeriodStatus,
    day: date,
    confidence: float,
) -> None:
    opens, closes, first, last = days
    period = Period(kind, text, None, opens, closes, first, last, confidence=confidence)
    for told in (when(period, status, day), describe(period, status, day), when(None, status, day)):
        assert told.endswith((".", ")"))


def _round(name: str, first: date, last: date) -> Period:
    return Period(PeriodKind.FIXED, "", opens_on=first, closes_on=last, round=name)


ROUNDS = (_round("1차", date(2026, 3, 2), date(2026, 3, 13)), _round("2차", date(2026, 9, 1), date(2026, 9, 11)))


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 3, 3), "1차 2026년 3월 2일부터 3월 13일까지 접수 중이고 10일 남았습니다."),
        (date(2026, 5, 1), "2차 2026년 9월 1일부터 9월 11일까지 접수하고, 지금은 접수 전입니다."),
        (date(2026, 12, 1), "2차 2026년 9월 11일에 끝났습니다."),
    ],
)
def test_of_several_rounds_the_one_open_the_next_or_the_last_is_told(day: date, told: str) -> None:
    assert when(*best_period(ROUNDS, program(), day), day) == told


@pytest.mark.parametrize(
    ("day", "status", "opens", "closes"),
    [
        (date(2026, 3, 9), PeriodStatus.OPEN, date(2026, 3, 5), date(2026, 3, 15)),
        (date(2026, 3, 20), PeriodStatus.UPCOMING, date(2026, 4, 5), date(2026, 4, 15)),
        (date(2026, 12, 20), PeriodStatus.UPCOMING, date(2027, 1, 5), date(2027, 1, 15)),
    ],
)
def test_of_a_window_that_comes_every_month_it_is_this_one_or_the_next(
    day: date, status: PeriodStatus, opens: date, closes: date
) -> None:
    monthly = Period(PeriodKind.UNTIL_SPENT, "", recurs=Recurrence("month", 5, 15))
    period, found = best_period((monthly,), program(), day)
    assert (found, period.opens_on, period.closes_on) == (status, opens, closes)
    told = when(period, found, day)
    assert "매월 5일부터 15일까지 받습니다." in told and told.endswith("예산이 소진되면 일찍 끝날 수 있습니다.")


def test_a_weekly_window_is_that_of_the_week_and_february_ends_on_its_last_day() -> None:
    weekly = Period(PeriodKind.ALWAYS, "", recurs=Recurrence("week", 1, 3))
    thursday, friday = date(2026, 3, 5), date(2026, 3, 6)
    assert best_period((weekly,), program(), thursday)[1] is PeriodStatus.OPEN
    assert best_period((weekly,), program(), friday)[0].opens_on == date(2026, 3, 10)
    to_end = Period(PeriodKind.ALWAYS, "", recurs=Recurrence("month", 20, 31))
    assert best_period((to_end,), program(), date(2026, 2, 21))[0].closes_on == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("day", "status", "closes"),
    [
        (date(2026, 3, 5), PeriodStatus.OPEN, date(2026, 3, 12)),
        (date(2026, 3, 20), PeriodStatus.UPCOMING, date(2026, 4, 12)),
        (date(2026, 9, 13), PeriodStatus.CLOSED, date(2026, 9, 12)),
        (date(2026, 11, 1), PeriodStatus.CLOSED, date(2026, 9, 12)),
    ],
)
def test_a_window_comes_again_up_to_the_last_day_of_all(day: date, status: PeriodStatus, closes: date) -> None:
    run = Period(PeriodKind.FIXED, "", closes_on=date(2026, 9, 30), recurs=Recurrence("month", 5, 12))
    own = program(run)
    best, told = best_period(own.periods, own, day)
    assert (told, best.closes_on) == (status, closes)


def test_the_hour_of_the_last_day_is_told_with_it() -> None:
    period = Period(PeriodKind.FIXED, "", closes_on=date(2026, 3, 13), closes_at=time(15))
    assert when(period, PeriodStatus.OPEN, date(2026, 3, 13)) == "오늘(2026년 3월 13일 15:00)까지입니다."


@pytest.mark.parametrize("period", [UNTIL, ALWAYS, replace(SPENT, opens_on=None)])
def test_of_a_plan_nothing_is_known_before_the_year_before_its_own(period: Period) -> None:
    plan = program(period)
    assert period_status(period, plan, date(2024, 12, 31)) is PeriodStatus.UNKNOWN
    assert period_status(period, plan, date(2025, 1, 1)) is not PeriodStatus.UNKNOWN
    told, status = best_period((period,), plan, date(1995, 1, 1))
    assert when(told, status, date(1995, 1, 1)) == f"신청기간은 자료에 '{period.text}'라고만 적혀 있습니다."
    assert period_status(FIXED, plan, date(1995, 1, 1)) is UPCOMING
