"""Days as officials write them, and figures that are none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.values.days import days_in, from_publication, last_of_month, plain, year_of


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("&lt;b&gt;", ""),
        ("가<br/>나", "가\n나"),
        ("２０２６．３．２．～", "2026.3.2.~"),
        ("3.2 ∼ 3.4 〜 5 – 6", "3.2 ~ 3.4 ~ 5 - 6"),
        ("‘26년\u00a0 3월\u2002", "'26년 3월"),
        ("가 \n \n 나", "가\n나"),
        ("1 < 2 > 0", "1 < 2 > 0"),
    ],
)
def test_plain_text_has_one_spelling(written: str, expected: str) -> None:
    assert plain(written) == expected


@given(st.text(alphabet=" \n\t&;<>/bampgtlr1.～", max_size=30))
def test_plain_text_has_no_two_white_spaces_in_a_row(text: str) -> None:
    assert "  " not in plain(text).replace("\n", " ")


@pytest.mark.parametrize(
    "text",
    [
        "1.5억원",
        "2.5%",
        "3.2배",
        "3.5 %",
        "3개월",
        "09:00~18:00",
        "02-2110-3456",
        "제2026-12-3호",
        "1,234.5",
        "120315천원",
        "v2.3",
        "13월 1일",
        "2026. 3.",
    ],
)
def test_figures_of_other_things_are_no_day(text: str) -> None:
    assert days_in(text) == []


@given(
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.sampled_from(("%Y-%m-%d", "%Y%m%d", "'%y.%m.%d.", "%Y년 %m월 %d일")),
)
def test_every_day_of_the_century_is_read_back(day: date, form: str) -> None:
    (found,) = days_in(f"가 {day.strftime(form)} 나")
    assert found.on(None) == day


def test_a_day_without_a_year_takes_the_one_given() -> None:
    (found,) = days_in("3월 2일(월)")
    assert (found.on(None), found.on(2026), found.weekday, found.weak) == (None, date(2026, 3, 2), 0, False)
    assert found.agrees(date(2026, 3, 2)) and not found.agrees(date(2027, 3, 2))


def test_a_day_that_does_not_exist_is_written_but_on_no_calendar() -> None:
    (found,) = days_in("2026. 2. 30.")
    assert found.on(2026) is None


def test_bare_decimals_are_weak_days() -> None:
    assert [found.weak for found in days_in("3.2 그리고 3. 2. 그리고 3.2.")] == [True, False, False]


def test_years_and_months_end_where_they_should() -> None:
    assert (year_of("26"), year_of("2026"), year_of(None)) == (2026, 2026, None)
    assert (last_of_month(2028, 2), last_of_month(2026, 12)) == (date(2028, 2, 29), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("text", "published", "written"),
    [
        ("오는 20일부터", date(2026, 4, 6), "2026년 4월 20일부터"),
        ("오는 3일부터", date(2026, 4, 6), "2026년 5월 3일부터"),
        ("다음 달 15일까지", date(2026, 12, 6), "2027년 1월 15일까지"),
        ("이달 30일", date(2026, 4, 6), "2026년 4월 30일"),
        ("3월 2일", date(2026, 4, 6), "3월 2일"),
    ],
)
def test_days_that_count_from_their_own_month_are_written_out(text: str, published: date, written: str) -> None:
    assert from_publication(text, published) == written
