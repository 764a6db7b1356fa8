"""What a period means on a day: open all through its last day, closed on the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.domain import Period, PeriodKind, PeriodStatus, Program
from rag.periods import current_period, days_left, describe, korean_date, period_status
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
        (MARCH, "2026-02-28", UPCOMING),
        (MARCH, "2026-03-31", UPCOMING),
        (MARCH, "2026-04-01", PeriodStatus.UNKNOWN),
        (MARCH, "2027-01-01", CLOSED),
        (LATER, "2026-05-01", PeriodStatus.UNKNOWN),
        (UNSTATED, "2026-05-01", PeriodStatus.UNKNOWN),
        (UNSTATED, "2027-01-01", CLOSED),
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
    both = program(UNTIL, ALWAYS)
    assert current_period(both, date(2026, 4, 20))[0] == UNTIL
    assert current_period(both, date(2026, 4, 21)) == (ALWAYS, PeriodStatus.ALWAYS)


def test_the_period_of_the_track_named_counts_before_others() -> None:
    one, other = replace(ALWAYS, track="교육 센터"), replace(FIXED, track="실증 과제")
    assert current_period(program(one, other), date(2026, 5, 1), "실증과제는 언제까지?") == (other, CLOSED)


def test_a_programme_without_periods_has_an_unstated_one() -> None:
    assert current_period(program(), date(2026, 5, 1))[0].kind is PeriodKind.UNSTATED


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
