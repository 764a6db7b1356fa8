"""What a statement on when to apply says beside its days."""

from __future__ import annotations

from datetime import date, time

import pytest

from ingest.records.schedule import periods
from ingest.values.when import parse_period
from rag.domain import Arrival, Detail, PeriodKind, Recurrence
from tests.ingest.programs.making import EVIDENCE


@pytest.mark.parametrize(
    ("text", "opens", "closes"),
    [
        ("2026. 3. 4.(수) 09:30 ~ 3. 20.(금) 16:00까지", time(9, 30), time(16)),
        ("2026. 3. 4. ~ 2026. 3. 20., 오후 5시까지", None, time(17)),
        ("2026. 3. 4. ~ 2026. 3. 20. (마감일 14:00까지)", None, time(14)),
        ("2026. 3. 4. ~ 2026. 3. 20.", None, None),
    ],
)
def test_hours_belong_to_the_first_and_the_last_day(text: str, opens: time | None, closes: time | None) -> None:
    period = parse_period(text, 2026)
    assert (period.closes_on, period.opens_at, period.closes_at) == (date(2026, 3, 20), opens, closes)


@pytest.mark.parametrize(
    ("text", "recurs"),
    [
        ("매월 5일 ~ 15일", Recurrence("month", 5, 15)),
        ("매월 7일까지 접수", Recurrence("month", 1, 7)),
        ("매월 20일부터 말일까지", Recurrence("month", 20, 31)),
        ("매주 화요일~목요일 접수", Recurrence("week", 1, 3)),
        ("매주 금요일 접수", Recurrence("week", 4, 4)),
    ],
)
def test_a_window_that_comes_again_is_read(text: str, recurs: Recurrence) -> None:
    period = parse_period(text, 2026)
    assert (period.kind, period.recurs, period.confidence) == (PeriodKind.ALWAYS, recurs, 1)


def test_a_window_may_come_again_until_the_money_is_spent() -> None:
    period = parse_period("매월 5일 ~ 15일 (예산 소진 시까지)", 2026)
    assert (period.kind, period.recurs) == (PeriodKind.UNTIL_SPENT, Recurrence("month", 5, 15))


def test_a_last_day_that_money_may_forestall_says_so() -> None:
    assert parse_period("2026. 3. 4. ~ 3. 20. (예산 소진 시 조기 마감)", 2026).until_spent
    assert not parse_period("2026. 3. 4. ~ 3. 20.", 2026).until_spent


@pytest.mark.parametrize(
    ("text", "closed", "holidays"),
    [
        ("2026. 3. 4. ~ 3. 20. (토·일요일 및 공휴일 제외)", (5, 6), True),
        ("2026. 3. 4. ~ 3. 20. (주말은 접수하지 않음)", (5, 6), False),
        ("2026. 3. 4. ~ 3. 20. (공휴일 접수 불가)", (), True),
        ("2026. 3. 4. ~ 3. 20. (평일에만 접수)", (5, 6), True),
        ("2026. 3. 4.(토) ~ 3. 20.(일)", (), False),
    ],
)
def test_days_of_rest_within_a_period_are_read(text: str, closed: tuple[int, ...], holidays: bool) -> None:
    period = parse_period(text, 2026)
    assert (period.closed, period.closed_on_holidays) == (closed, holidays)


def test_what_counts_of_the_post_may_stand_with_the_way_to_apply_but_an_offices_days_of_rest_not() -> None:
    stated = (
        Detail("신청기간", "2026. 3. 4. ~ 3. 20.", EVIDENCE),
        Detail("신청방법", "우편(마감일 소인 인정) 또는 방문(평일 10:00~17:00)", EVIDENCE),
    )
    (period,) = periods(stated, 2026)
    assert (period.arrival, period.closed) == (Arrival.POSTMARK, ())
    assert parse_period("2026. 3. 4. ~ 3. 20. (우편은 도착분에 한함)", 2026).arrival is Arrival.ARRIVED


def test_rounds_behind_a_word_that_counts_them_are_periods_of_their_own() -> None:
    stated = periods((Detail("신청기간", "회차별 접수: 1차 3. 2.~3. 13. / 2차 9. 1.~9. 11.", EVIDENCE),), 2026)
    assert [(p.round, p.closes_on) for p in stated] == [("1차", date(2026, 3, 13)), ("2차", date(2026, 9, 11))]


@pytest.mark.parametrize(
    ("beside", "closes"),
    [
        ("차수마다 마감일은 15시까지 들어온 신청만 받습니다", time(15)),
        ("방문접수: 평일 10:00~17:30", time(17, 30)),
        ("접수시간 오전 9시 ~ 오후 5시 (점심시간 12:00~13:00 제외)", time(17)),
        ("마감일 24:00까지 제출", time(23, 59)),
        ("평일 09:00~18:00", None),
        ("상담은 평일 09:00~18:00", None),
        ("마감일 전날 설명회 14:00", None),
    ],
)
def test_an_hour_told_once_beside_the_days_ends_every_last_day(beside: str, closes: time | None) -> None:
    days = [Detail("신청기간", text, EVIDENCE) for text in ("1차: 3. 4. ~ 3. 20.", "2차: 6. 1. ~ 6. 19.")]
    found = periods([*days, Detail("신청방법", beside, EVIDENCE)], 2026)
    assert [period.closes_at for period in found] == [closes, closes]


def test_a_last_day_that_ends_at_midnight_ends_with_its_last_minute() -> None:
    assert parse_period("2026. 3. 4. ~ 2026. 3. 20. 24:00", 2026).closes_at == time(23, 59)


def test_the_end_of_the_money_told_beside_the_days_may_end_them_early() -> None:
    days = Detail("신청기간", "2026. 3. 4. ~ 3. 20.", EVIDENCE)
    (period,) = periods([days, Detail("예산", "4억원. 자금이 소진되면 접수를 마감합니다.", EVIDENCE)], 2026)
    assert (period.kind, period.until_spent) == (PeriodKind.FIXED, True)
    start = Detail("신청기간", "2026. 3. 4.부터", EVIDENCE)
    (period,) = periods([start, Detail("예산", "40억원. 다 쓰면 끝납니다.", EVIDENCE)], 2026)
    assert (period.kind, period.opens_on) == (PeriodKind.UNTIL_SPENT, date(2026, 3, 4))
    (period,) = periods([days, Detail("예산", "예산이 소진되면 지급이 늦어질 수 있습니다.", EVIDENCE)], 2026)
    assert not period.until_spent


def test_the_hour_of_the_last_day_of_every_month_may_stand_in_brackets() -> None:
    text = "2026년 3월부터 9월까지 매월 1일 ~ 7일 (매월 7일 24:00 도착분까지)"
    (period,) = periods([Detail("신청기간", text, EVIDENCE)], 2026)
    assert period.closes_at == time(23, 59)


def test_a_window_comes_again_within_a_run_of_months_but_not_within_a_short_period() -> None:
    (long,) = periods([Detail("신청기간", "2026년 2월부터 9월까지 매월 5일 ~ 12일", EVIDENCE)], 2026)
    assert (long.closes_on, long.recurs) == (date(2026, 9, 30), Recurrence("month", 5, 12))
    (short,) = periods([Detail("신청기간", "2026. 3. 2. ~ 3. 20., 매월 25일 지급", EVIDENCE)], 2026)
    assert (short.closes_on, short.recurs) == (date(2026, 3, 20), None)
