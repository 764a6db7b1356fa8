"""How officials write application periods, and what is read from each."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.programs.periods import parse_period
from rag.domain import PeriodKind

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
    ],
)
def test_a_written_span_gives_its_first_and_last_day(text: str, opens: str | None, closes: str | None) -> None:
    period = parse_period(text, 2026)
    assert (period.kind, period.opens_on, period.closes_on) == (FIXED, day(opens), day(closes))


@pytest.mark.parametrize("text", ["연중 상시", "상시 접수", "연중 수시", "수시 모집"])
def test_words_for_always_give_always(text: str) -> None:
    assert parse_period(text, 2026).kind is ALWAYS


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("예산 소진 시까지", None),
        ("2026. 1. 5. ~ 예산 소진 시까지", "2026-01-05"),
        ("2026년 3월 4일부터 자금 소진 시까지", "2026-03-04"),
        ("선착순 마감", None),
        ("상시 접수(예산 소진 시 조기 마감)", None),
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
    ["", "추후 공지", "별도 안내", "2026. 2. 30. ~ 2026. 2. 31.", "1.5억원 이내", "과제당 2.5% ~ 3.5%", "공고문 참조"],
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
)


@given(days, days, st.sampled_from(FORMS))
def test_a_span_written_in_any_form_is_read_back(one: date, other: date, form: str) -> None:
    opens, closes = sorted((one, other))
    period = parse_period(form.format(opens, closes), None)
    assert (period.kind, period.opens_on, period.closes_on) == (FIXED, opens, closes)


@given(days, days, st.sampled_from(FORMS))
def test_a_span_that_ends_before_it_begins_is_never_fixed_by_guessing(one: date, other: date, form: str) -> None:
    closes, opens = sorted((one, other))
    period = parse_period(form.format(opens, closes), None)
    assert period.opens_on is None or period.closes_on is None or period.opens_on <= period.closes_on


@given(st.text(alphabet="0123456789.~-년월일까지부터중순말초 '’()예산소진시공고상", max_size=40), st.none() | st.just(2026))
def test_no_text_makes_reading_fail_or_end_before_it_begins(text: str, year: int | None) -> None:
    period = parse_period(text, year)
    assert period.text == text.strip()
    for first, last in ((period.opens_on, period.closes_on), (period.expected_from, period.expected_to)):
        assert first is None or last is None or first <= last
