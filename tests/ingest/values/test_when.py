"""Periods, with their hours, are read from the words of officials."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.records.schedule import periods
from ingest.values.when import parse_period
from rag.domain import Arrival, Detail, PeriodKind, Recurrence
from tests.ingest.making import EVIDENCE

FIXED, ALWAYS, SPENT = PeriodKind.FIXED, PeriodKind.ALWAYS, PeriodKind.UNTIL_SPENT
ANNOUNCED, UNSTATED = PeriodKind.ANNOUNCED, PeriodKind.UNSTATED


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("text", "opens", "closes"),
    [
        ("2026. 3. 19.(목) ~ 2026. 4. 20.(월)", "2026-03-19", "2026-04-20"),
        ("'26. 3. 19.(목)~4. 20.(월) 18:00", "2026-03-19", "2026-04-20"),
        ("‘26.3.19~‘26.4.20", "2026-03-19", "2026-04-20"),
        ("2026년 3월 19일(목) 09:00 ~ 2026년 4월 20일(월) 18:00까지", "2026-03-19", "2026-04-20"),
        ("2026년 3월 19일부터 4월 20일까지", "2026-03-19", "2026-04-20"),
        ("2026-03-19 ~ 2026-04-20", "2026-03-19", "2026-04-20"),
        ("3. 19. ~ 4. 20.", "2026-03-19", "2026-04-20"),
        ("3. 19.(목) 10시 → 4. 20.(월) 18시", "2026-03-19", "2026-04-20"),
        ("3. 19. ~ 4. 3. → 4. 20.", "2026-03-19", "2026-04-20"),
        ("접수 마감 4. 3. → 4. 20.", None, "2026-04-20"),
        ("당초 '26. 4. 3.(금) → 변경 '26. 4. 20.(월)", None, "2026-04-20"),
        ("당초 4. 3.에서 4. 20.까지 연장", None, "2026-04-20"),
        ("3월 2일 ~ 20일", "2026-03-02", "2026-03-20"),
        ("2026. 12. 20. ~ 1. 10.", "2026-12-20", "2027-01-10"),
        ("2025. 12. 20. ~ 2026. 1. 10.", "2025-12-20", "2026-01-10"),
        ("2026.03.19.(목) ～ 04.20.(월)", "2026-03-19", "2026-04-20"),
        ("2026/03/19~2026/04/20", "2026-03-19", "2026-04-20"),
        ("접수기간은 3월 19일(목)부터 4월 20일(월) 오후 6시까지입니다", "2026-03-19", "2026-04-20"),
        ("~ 4. 20.까지", None, "2026-04-20"),
        ("공고일 ~ 2026. 4. 20. 16:00", None, "2026-04-20"),
        ("2026. 4. 20. 마감", None, "2026-04-20"),
        ("~ 2026. 4. 20.(월) 18:00", None, "2026-04-20"),
        ("신청일 ~ 2026. 10. 30.(금)", None, "2026-10-30"),
        ("3월 10일까지 접수", None, "2026-03-10"),
        ("2026. 3. 10.(화) 18시까지", None, "2026-03-10"),
        ("2026. 3. 4.부터", "2026-03-04", None),
        ("2022-03-02 ~ 2022-03-31", "2022-03-02", "2022-03-31"),
        ("20220302 ~ 20220331", "2022-03-02", "2022-03-31"),
        ("2026.3.2.~3.31.", "2026-03-02", "2026-03-31"),
        ("2026. 3. 2. (월) 09:00 ~ 2026. 3. 31. (화) 18:00까지", "2026-03-02", "2026-03-31"),
        ("2026.03.02(월) 10시 ∼ 03.31(화) 17시", "2026-03-02", "2026-03-31"),
        ("'26.3.2.(월)～3.31.(화)", "2026-03-02", "2026-03-31"),
        ("２０２６．３．２．～３．３１．", "2026-03-02", "2026-03-31"),
        ("2026년 3월 2일(월)부터 2026년 3월 31일(화) 오후 6시까지", "2026-03-02", "2026-03-31"),
        ("2026년 3월 2일 ~ 31일", "2026-03-02", "2026-03-31"),
        ("3. 2.(월) ~ 3. 31.(화)", "2026-03-02", "2026-03-31"),
        ("3/2(월) ~ 3/31(화)", "2026-03-02", "2026-03-31"),
        ("3.2~3.31", "2026-03-02", "2026-03-31"),
        ("3.2(월)~31(화)", "2026-03-02", "2026-03-31"),
        ("2026.12.20 ~ 2027.1.10", "2026-12-20", "2027-01-10"),
        ("'25.12.20 ~ '26.1.10", "2025-12-20", "2026-01-10"),
        ("2025. 12. 22.(월) ~ 1. 16.(금) 16:00", "2025-12-22", "2026-01-16"),
        ("12. 22. ~ 익년 1. 16.", "2026-12-22", "2027-01-16"),
        ("2026-03-02 00:00 ~ 2026-03-31 23:59", "2026-03-02", "2026-03-31"),
        ("2026-03-02T00:00:00~2026-03-31T18:00:00", "2026-03-02", "2026-03-31"),
        ("2026/03/02 - 2026/03/31", "2026-03-02", "2026-03-31"),
        ("2026.03.02 – 2026.03.31", "2026-03-02", "2026-03-31"),
        ("2026&#46;3&#46;2&#46; ~ 3&#46;31&#46;", "2026-03-02", "2026-03-31"),
        ("<p>2026. 3. 2.&nbsp;~&nbsp;3. 31.</p>", "2026-03-02", "2026-03-31"),
        ("2026. 3. 2.(월)<br/>~ 3. 31.(화)", "2026-03-02", "2026-03-31"),
        ("260302~260331", "2026-03-02", "2026-03-31"),
        ("2026. 3. 2. ~ 3. 31. (토·일요일 및 공휴일 제외)", "2026-03-02", "2026-03-31"),
        ("2026. 3. 2.(월, 대체공휴일) ~ 3. 31.(화)", "2026-03-02", "2026-03-31"),
        ("2026. 3. 2. ~ 3. 31. 18:00까지 도착분에 한함", "2026-03-02", "2026-03-31"),
        ("공고일(2026. 3. 2.) ~ 2026. 3. 31.", "2026-03-02", "2026-03-31"),
        ("공고일로부터 ~ 2026. 3. 31.", None, "2026-03-31"),
        ("공고일 ~ '26. 3. 31.(화) 18:00", None, "2026-03-31"),
        ("~ 2026. 3. 31.", None, "2026-03-31"),
        ("~3.31(화)까지", None, "2026-03-31"),
        ("2026. 3. 31.(화) 18시 마감", None, "2026-03-31"),
        ("접수마감 2026. 4. 20. 17:00", None, "2026-04-20"),
        ("신청 마감일: 2026년 4월 20일(월) 17:00", None, "2026-04-20"),
        ("접수기한 : 2026.4.20.", None, "2026-04-20"),
        ("4월 20일(월) 17시까지 제출", None, "2026-04-20"),
        ("2026. 4. 20.(18:00까지)", None, "2026-04-20"),
        ("2026. 4. 20.(월, 18:00까지)", None, "2026-04-20"),
        ("2026. 4. 20.까지 도착분", None, "2026-04-20"),
        ("2026. 4. 20. 접수분까지", None, "2026-04-20"),
        ("2026. 3. 2.부터 14일간", "2026-03-02", "2026-03-15"),
        ("공고일(2026. 3. 2.)로부터 30일 이내", "2026-03-02", "2026-04-01"),
        ("2026. 3. 2. ~ 12월 말", "2026-03-02", "2026-12-31"),
        ("2026. 3. 2. ~ 연말", "2026-03-02", "2026-12-31"),
        ("2026. 3. 2.(월) 09:00 ~ 18:00", "2026-03-02", "2026-03-02"),
        ("2026. 3. 31.까지 상시 접수", None, "2026-03-31"),
        ("상시(~2026. 11. 30.)", None, "2026-11-30"),
        ("2026. 3. 2. ~ 11. 30. 예산 소진 시 조기마감", "2026-03-02", "2026-11-30"),
        ("2026. 3. 2. ~ 3. 20.(선착순 마감)", "2026-03-02", "2026-03-20"),
        ("(당초) 2026. 3. 2. ~ 3. 20. → (변경) 2026. 3. 2. ~ 3. 31.", "2026-03-02", "2026-03-31"),
        ("2026. 3. 2. ~ 3. 20. (3. 31.까지 연장)", "2026-03-02", "2026-03-31"),
        ("공고기간 2026. 2. 20. ~ 3. 10. / 접수기간 2026. 3. 2. ~ 3. 10.", "2026-03-02", "2026-03-10"),
        ("협약기간 2026. 4. 1. ~ 12. 31., 신청 2026. 3. 2. ~ 3. 10.", "2026-03-02", "2026-03-10"),
        ("2026. 3. 2. ~", "2026-03-02", None),
        ("2026. 3. 2.부터", "2026-03-02", None),
        ("3. 2. ~ 3. 20. 강좌기간은 4. 1. ~ 5. 1.입니다.", "2026-03-02", "2026-03-20"),
        ("2026. 3. 2.(월) 접수 시작", "2026-03-02", None),
        ("3월 말까지", None, "2026-03-31"),
        ("2026년 12월까지", None, "2026-12-31"),
        ("연말까지", None, "2026-12-31"),
        ("11.12-12.31", "2026-11-12", "2026-12-31"),
        ("12. 1. 18:00까지", None, "2026-12-01"),
        ("12월 1일(화) 15시까지", None, "2026-12-01"),
        ("2026. 3. 2.(월) ~ 3. 31.(화), 30일간", "2026-03-02", "2026-03-31"),
        ("2026. 3. 2. ~ 2026. 3. 31. (기간 내 24시간 접수, 마감일은 18:00까지)", "2026-03-02", "2026-03-31"),
        ("온라인 접수 (2026.03.02. 14:00 ~ 2026.03.31. 17:00)", "2026-03-02", "2026-03-31"),
        ("신청기간 : '26.3.2(월) 09:00부터 ~ 3.31(화) 18:00까지", "2026-03-02", "2026-03-31"),
        ("2026.3.2. 9:00~2026.3.31. 18:00", "2026-03-02", "2026-03-31"),
        ("2026년 3월 2일 월요일 ~ 3월 31일 화요일", "2026-03-02", "2026-03-31"),
        ("3월2일~3월31일", "2026-03-02", "2026-03-31"),
        ("3.2일 ~ 3.31일", "2026-03-02", "2026-03-31"),
        ("26.03.02~26.03.31", "2026-03-02", "2026-03-31"),
        ("26년 3월 2일 ~ 26년 3월 31일", "2026-03-02", "2026-03-31"),
        ("2026 .3 .2 ~ 2026 .3 .31", "2026-03-02", "2026-03-31"),
        ("2026. 3. 2 - 3. 31", "2026-03-02", "2026-03-31"),
        ("3. 2. ~ 2026. 3. 31.", "2026-03-02", "2026-03-31"),
        ("12. 20. ~ 2027. 1. 10.", "2026-12-20", "2027-01-10"),
        ("'26.3.2. 10:00∼'26.3.31. 24:00", "2026-03-02", "2026-03-31"),
        ("2026. 3. 2. 자정까지", None, "2026-03-02"),
        ("2026.04.20(월) 限", None, "2026-04-20"),
        ("신청일 ~ '26. 10. 30.(금) * 기업 진단 기간 고려", None, "2026-10-30"),
        ("2026. 3. 2. ~ 3. 13.(2주간)", "2026-03-02", "2026-03-13"),
        ("2026. 4. 20. 17:00", None, "2026-04-20"),
    ],
)
def test_a_written_span_gives_its_first_and_last_day(text: str, opens: str | None, closes: str | None) -> None:
    period = parse_period(text, 2026)
    assert (period.kind, period.opens_on, period.closes_on) == (FIXED, day(opens), day(closes))


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("상시 접수", None),
        ("연중 수시", None),
        ("수시 모집", None),
        ("연중 상시", None),
        ("연중상시접수", None),
        ("상시", None),
        ("수시 접수", None),
        ("연중 수시모집", None),
        ("2026. 1. 5.부터 상시 접수", "2026-01-05"),
        ("2026. 1. 5. ~ 상시", "2026-01-05"),
        ("매월 1일~10일", None),
        ("매월 20일까지", None),
        ("매월 초", None),
    ],
)
def test_words_for_always_give_always(text: str, opens: str | None) -> None:
    period = parse_period(text, 2026)
    assert (period.kind, period.opens_on, period.closes_on) == (ALWAYS, day(opens), None)


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("예산 소진 시까지", None),
        ("2026. 1. 5. ~ 예산 소진 시까지", "2026-01-05"),
        ("2026년 3월 4일부터 자금 소진 시까지", "2026-03-04"),
        ("선착순 마감", None),
        ("상시 접수(예산 소진 시 조기 마감)", None),
        ("예산소진시", None),
        ("'26.1.5 ~ 예산 소진 시까지", "2026-01-05"),
        ("2026. 1. 5.(월)부터 자금 소진시까지", "2026-01-05"),
        ("상시 접수(예산 소진 시 마감)", None),
        ("선착순 접수(예산 소진 시까지)", None),
        ("2026. 3. 2. ~ 모집 완료 시까지", "2026-03-02"),
        ("모집정원 충원시까지", None),
        ("2023.01.03 ~ 연간 계획된 예산소진 시까지", "2023-01-03"),
        ("2026. 3. 16.(월)부터 예산이 모두 쓰일 때까지", "2026-03-16"),
        ("2026. 3. 2.부터 받으며 예산이 다 쓰이면 마감", "2026-03-02"),
        ("1월 5일(월)부터 접수하며 자금이 소진되면 마감", "2026-01-05"),
        ("재원이 떨어질 때까지", None),
    ],
)
def test_a_budget_that_ends_it_gives_until_spent(text: str, opens: str | None) -> None:
    period = parse_period(text, 2026)
    assert (period.kind, period.opens_on, period.closes_on) == (SPENT, day(opens), None)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026년 3월 중 공고예정", "2026-03-01", "2026-03-31"),
        ("2026년 2~3월 중 공고예정", "2026-02-01", "2026-03-31"),
        ("'26년 3월 예정", "2026-03-01", "2026-03-31"),
        ("4월 말 공모접수", "2026-04-21", "2026-04-30"),
        ("5월 초 공고", "2026-05-01", "2026-05-10"),
        ("6월 중순 공고 예정", "2026-06-11", "2026-06-20"),
        ("사업 공고일로부터 30일 이내(2026년 3월 중 공고예정)", "2026-03-01", "2026-03-31"),
        ("2026년 12월 ~ 1월 공고 예정", "2026-12-01", "2027-01-31"),
        ("공고일로부터 30일 이내", None, None),
        ("2026. 3월 중", "2026-03-01", "2026-03-31"),
        ("'26. 2~3월 공고 예정", "2026-02-01", "2026-03-31"),
        ("'26.3월~4월", "2026-03-01", "2026-04-30"),
        ("2026. 3. 중 예정", "2026-03-01", "2026-03-31"),
        ("2026년 3월 초", "2026-03-01", "2026-03-10"),
        ("2026년 3월 하순", "2026-03-21", "2026-03-31"),
        ("3월 말 ~ 4월 중순", "2026-03-21", "2026-04-20"),
        ("2026. 3. 10.(화) 공고 예정", "2026-03-10", "2026-03-10"),
        ("공고일로부터 30일 이내(3월 중 공고예정)", "2026-03-01", "2026-03-31"),
        ("공고 후 2주간", None, None),
        ("추후 공고", None, None),
        ("추후 공지", None, None),
        ("추후 별도 공고", None, None),
        ("추후 홈페이지 공고 예정", None, None),
        ("별도 공지 예정", None, None),
        ("상반기 중 공고예정", "2026-01-01", "2026-06-30"),
        ("'26년 하반기", "2026-07-01", "2026-12-31"),
        ("상·하반기", "2026-01-01", "2026-12-31"),
        ("상·하반기 각 1회", "2026-01-01", "2026-12-31"),
        ("2분기", "2026-04-01", "2026-06-30"),
        ("2026년 1/4분기", "2026-01-01", "2026-03-31"),
        ("분기별", "2026-01-01", "2026-12-31"),
        ("분기별 접수", "2026-01-01", "2026-12-31"),
        ("연 2회", "2026-01-01", "2026-12-31"),
        ("4월, 7월, 10월 (연 3회)", "2026-04-01", "2026-10-31"),
        ("2026년 중 공고 예정", "2026-01-01", "2026-12-31"),
    ],
)
def test_an_announced_month_bounds_the_days_expected(text: str, first: str | None, last: str | None) -> None:
    period = parse_period(text, 2026)
    assert (period.kind, period.expected_from, period.expected_to) == (ANNOUNCED, day(first), day(last))


@pytest.mark.parametrize("text", ["3. 19. ~ 4. 20.", "3월 10일까지 접수", "~ 4. 20.까지", "3월 중 공고예정"])
def test_without_any_year_no_day_is_guessed(text: str) -> None:
    period = parse_period(text, None)
    assert (period.kind, period.opens_on, period.closes_on, period.expected_to) == (UNSTATED, None, None, None)


@pytest.mark.parametrize(
    "text",
    ["", "별도 안내", "2026. 2. 30. ~ 2026. 2. 31.", "1.5억원 이내", "과제당 2.5% ~ 3.5%", "공고문 참조"],
)
def test_what_states_no_period_is_unstated(text: str) -> None:
    period = parse_period(text, 2026)
    assert (period.kind, period.text) == (UNSTATED, text)


def test_the_year_written_wins_over_that_of_the_document() -> None:
    assert parse_period("2025. 3. 4. ~ 3. 20.", 2026).closes_on == date(2025, 3, 20)


@pytest.mark.parametrize(
    "text", ["2026. 11. 30.까지 상시 접수", "상시 접수(~2026. 11. 30.)", "2026. 11. 30.까지(예산 소진 시 조기 마감)"]
)
def test_a_last_day_that_is_written_is_never_lost_to_other_words(text: str) -> None:
    assert parse_period(text, 2026).closes_on == date(2026, 11, 30)


days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
FORMS = (
    "{0.year}. {0.month}. {0.day}. ~ {1.year}. {1.month}. {1.day}.",
    "{0.year}년 {0.month}월 {0.day}일부터 {1.year}년 {1.month}월 {1.day}일까지",
    "{0:%Y-%m-%d} ~ {1:%Y-%m-%d}",
    "'{0:%y}. {0.month}. {0.day}.(월) ~ '{1:%y}. {1.month}. {1.day}.(금) 18:00",
    "{0.year}.{0.month}.{0.day}~{1.year}.{1.month}.{1.day}",
    "{0:%Y%m%d} ~ {1:%Y%m%d}",
    "{0:%Y/%m/%d} ～ {1:%Y/%m/%d}",
    "<p>{0.year}. {0.month}. {0.day}.(월) 09:00&nbsp;∼&nbsp;{1.year}. {1.month}. {1.day}.(금)<br/>18:00까지</p>",
    "공고일({0.year}. {0.month}. {0.day}.) – {1.year}. {1.month}. {1.day}. 24시",
    "신청기간 : ’{0:%y}년 {0.month}월 {0.day}일(월, 공휴일) ~ ’{1:%y}년 {1.month}월 {1.day}일까지 접수(주말 제외)",
)


@given(days, days, st.sampled_from(FORMS))
def test_a_span_written_in_any_form_is_read_back(one: date, other: date, form: str) -> None:
    opens, closes = sorted((one, other))
    period = parse_period(form.format(opens, closes), None)
    assert (period.kind, period.opens_on, period.closes_on) == (FIXED, opens, closes)


@given(days, st.integers(0, 300), st.sampled_from(("{0.month}. {0.day}. ~ {1.month}. {1.day}.", "{0:%m/%d}~{1:%m/%d}")))
def test_a_span_without_a_year_is_read_in_the_year_of_the_document(opens: date, length: int, form: str) -> None:
    closes = opens + timedelta(days=length)
    period = parse_period(form.format(opens, closes), opens.year)
    assert (period.opens_on, period.closes_on) == (opens, closes)
    assert period.confidence < 1


@given(
    days,
    st.sampled_from(
        ("~ {0.year}. {0.month}. {0.day}.", "접수마감 {0:%Y-%m-%d} 17:00", "{0.year}.{0.month}.{0.day}.까지")
    ),
)
def test_a_last_day_written_in_any_form_is_read_back(closes: date, form: str) -> None:
    period = parse_period(form.format(closes), None)
    assert (period.kind, period.opens_on, period.closes_on) == (FIXED, None, closes)


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        ("2026. 3. 19. ~ 4. 20.", 1.0),
        ("3. 19. ~ 4. 20.", 0.9),
        ("3. 19.(목) ~ 4. 20.(월)", 1.0),
        ("3. 19.(화) ~ 4. 20.(금)", 0.4),
        ("2026. 3. 19.(화) ~ 4. 20.(월)", 0.7),
        ("12. 20. ~ 1. 10.", 0.4),
        ("12. 20.(일) ~ 1. 10.(일)", 1.0),
        ("2026. 4. 20. ~ 3. 31.", 0.4),
        ("2026. 4. 20. ~ 2026. 3. 31.", 0.4),
        ("2026. 4. 20. 17:00", 0.6),
        ("선착순 접수", 0.8),
        ("예산 소진 시까지", 1.0),
        ("매월 접수", 0.7),
        ("3월 중 공고예정", 0.9),
        ("(당초) 2026. 3. 2. ~ 3. 20. → (변경) 2026. 3. 2. ~ 3. 31.", 0.7),
    ],
)
def test_what_was_assumed_or_can_be_read_twice_is_less_sure(text: str, confidence: float) -> None:
    assert parse_period(text, 2026).confidence == confidence


def test_the_text_of_a_period_is_the_statement_as_it_stands() -> None:
    assert parse_period(" <b>‘26.3.2.～3.31.</b> ", None).text == "<b>‘26.3.2.～3.31.</b>"


@given(days, days, st.sampled_from(FORMS))
def test_a_span_that_ends_before_it_begins_is_never_fixed_by_guessing(one: date, other: date, form: str) -> None:
    closes, opens = sorted((one, other))
    period = parse_period(form.format(opens, closes), None)
    assert period.opens_on is None or period.closes_on is None or period.opens_on <= period.closes_on


@given(
    st.text(alphabet="0123456789.~-년월일까지부터중순말초 '’()예산소진시공고상", max_size=40), st.none() | st.just(2026)
)
def test_no_text_makes_reading_fail_or_end_before_it_begins(text: str, year: int | None) -> None:
    period = parse_period(text, year)
    assert period.text == text.strip()
    for first, last in ((period.opens_on, period.closes_on), (period.expected_from, period.expected_to)):
        assert first is None or last is None or first <= last


@given(st.text(max_size=60), st.none() | st.just(2026))
def test_no_text_of_any_script_makes_reading_fail(text: str, year: int | None) -> None:
    assert 0 < parse_period(text, year).confidence <= 1


ODD = (
    "9",
    "9 ",
    "9.",
    "3. ",
    "2026.",
    "~ ",
    "(",
    "[",
    "\n ",
    "&",
    "<a",
    "3월~",
    "공고 3",
    "상시",
    "공고일(",
    "3. 2. ~ ",
    "예산 ",
)


# The limit only stops a reading that would take hours; a reading in linear time takes milliseconds.
@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", ODD)
def test_no_repetition_makes_reading_run_away(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    assert parse_period(text, 2026).text == text.strip()


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
