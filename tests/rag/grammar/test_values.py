"""The grammar of values: every example is read whole, spans have one owner, the work grows with the text alone."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rag.grammar.numbers import Script
from rag.grammar.rulebook import Letter
from rag.grammar.typed import Age, Days, Duration, Interval, Kind, Money, Number, Phone, Share
from rag.grammar.values import Value, book, chart, numbers_in, read_values, sum_in_full
from rag.money import won
from tests.rag.grammar.notation import written

HERE = Path(__file__).parent
TODAY = date(2026, 3, 5)
DAYS = st.dates(date(1990, 1, 1), date(2099, 11, 1))
# Letters that values are made of, so that most texts come near one.
ALPHABET = (
    "0123456789.,-~/()%:'$ 일이삼사오육칠팔구십백천만억조원명개년월초말주반한두세네열스무까지부터"
    "이상하내최대약업력창지차뒤전안분기"
)


def examples() -> list[tuple[date, str, list[str]]]:
    """Every row: the day, the text, the values in it."""
    rows = yaml.safe_load((HERE / "examples.yaml").read_text("utf-8"))
    return [(date.fromisoformat(day), text, values) for day, listed in rows.items() for text, *values in listed]


def told(text: str, as_of: date = TODAY) -> list[str]:
    """The values of a text as the examples write them."""
    return [f"{text[value.start : value.end]} => {written(value.of)}" for value in read_values(text, as_of)]


def only(text: str, as_of: date = TODAY) -> Value:
    """The one value of a text, which owns all of it."""
    (value,) = read_values(text, as_of)
    assert (value.start, value.end) == (0, len(text))
    return value


@pytest.mark.parametrize(
    ("as_of", "text", "values"), examples(), ids=lambda part: part if isinstance(part, str) else ""
)
def test_an_example_is_read_as_written(as_of: date, text: str, values: list[str]) -> None:
    assert told(text, as_of) == values


def test_the_examples_are_many_and_many_of_them_hold_no_value() -> None:
    rows = examples()
    assert len(rows) >= 420
    assert sum(not values for _, _, values in rows) >= 100
    assert len({(day, text) for day, text, _ in rows}) == len(rows)


def test_a_value_is_read_in_the_midst_of_words_as_it_is_alone() -> None:
    for as_of, text, values in examples():
        if len(values) == 1 and values[0].startswith(f"{text} => "):
            assert told(f"안내: {text} (참고)", as_of) == values, text


@given(st.text() | st.text(alphabet=ALPHABET, max_size=80), DAYS)
def test_a_span_has_one_owner_and_no_text_is_an_accident(text: str, as_of: date) -> None:
    values = read_values(text, as_of)
    assert all(0 <= value.start < value.end <= len(text) for value in values)
    assert all(one.end <= other.start for one, other in pairwise(values))
    for value in values:
        if isinstance(value.of, Days) and value.of.first and value.of.last:
            assert value.of.first <= value.of.last
        if isinstance(value.of, Age) and value.of.first and value.of.last:
            assert value.of.first <= value.of.last


@given(st.integers(1, 10**15))
def test_a_sum_is_read_as_it_is_told(amount: int) -> None:
    for text in (won(amount), f"{amount:,}원", f"{amount}원"):
        assert only(text).of == Money(Interval(amount, amount)), text
    assert only(f"최대 {won(amount)} 이내").of == Money(Interval(None, amount))


@given(st.integers(2, 9999), st.integers(1, 9999))
def test_a_number_in_words_is_that_in_digits(thousands: int, rest: int) -> None:
    amount = thousands * 10**4 + rest
    text = f"{_spoken(thousands)}만{_spoken(rest)} 원"
    assert only(text).of == Money(Interval(amount, amount)), text


@given(DAYS, DAYS)
def test_a_day_is_read_however_it_is_written(day: date, as_of: date) -> None:
    y, m, d = day.year, day.month, day.day
    mark = "월화수목금토일"[day.weekday()]
    for text in (f"{y}. {m}. {d}.", f"{y}년 {m}월 {d}일", day.isoformat(), f"{y}.{m}.{d}.({mark})", f"{day:%Y%m%d}"):
        assert _span(text, as_of) == (day, day), text
    end = day + timedelta(days=40)
    assert _span(f"{y}. {m}. {d}. ~ {end.year}. {end.month}. {end.day}.", as_of) == (day, end)
    assert _span(f"{y}년 {m}월 {d}일까지", as_of) == (None, day)


@given(DAYS, st.integers(1, 365))
def test_days_are_counted_from_the_day_the_text_is_read_on(as_of: date, days: int) -> None:
    assert _span(f"{days}일 뒤", as_of) == (as_of + timedelta(days=days),) * 2
    assert _span(f"{days}일 전", as_of) == (as_of - timedelta(days=days),) * 2
    assert _span("다음 주", as_of)[0] == as_of - timedelta(days=as_of.weekday()) + timedelta(days=7)


def test_a_month_without_a_year_is_that_of_the_year_the_text_is_read_in() -> None:
    assert _span("2월", date(2026, 11, 28))[0] == date(2026, 2, 1)
    assert _span("12월", date(2026, 1, 2))[0] == date(2026, 12, 1)
    assert _span("11월~2월", date(2026, 1, 2)) == (date(2026, 11, 1), date(2027, 2, 28))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("업력 7년 미만", date(2019, 3, 6), TODAY),
        ("업력 7년 이내", date(2019, 3, 5), TODAY),
        ("업력 3년 이상", None, date(2023, 3, 5)),
        ("업력 3년 이상 7년 이하", date(2019, 3, 5), date(2023, 3, 5)),
        ("만든 지 4년", date(2021, 3, 6), date(2022, 3, 5)),
        ("창업 3년 차", date(2023, 3, 6), date(2024, 3, 5)),
        ("차린 지 6개월", date(2025, 8, 6), date(2025, 9, 5)),
    ],
)
def test_the_age_of_a_firm_says_when_it_was_founded(text: str, first: date | None, last: date) -> None:
    age = only(text).of
    assert isinstance(age, Age)
    assert (age.first, age.last) == (first, last)


def test_a_year_that_founds_a_firm_is_no_year_of_a_programme() -> None:
    assert [value.kind for value in read_values("2019년에 설립한 회사인데 2026년 공고 되나요", TODAY)] == [
        Kind.AGE,
        Kind.DAYS,
    ]


def test_a_business_number_is_no_phone() -> None:
    for number in ("123-45-67890", "021-12-34567", "110111-1234567", "010101-1234567"):
        assert only(number).kind is Kind.REGISTRATION
    assert isinstance(only("02-1234-5678").of, Phone)


def test_the_year_of_a_day_is_known_to_be_told_or_not() -> None:
    for text, year_told in (
        ("2026년 3월 19일", True),
        ("3월 19일", False),
        ("3.19 ~ 2026. 4. 20.", True),
        ("내년 3월", True),
    ):
        days = only(text).of
        assert isinstance(days, Days)
        assert days.year_told is year_told, text


def test_numbers_are_whole_where_they_can_be() -> None:
    assert only("2.0억").of == Money(Interval(200_000_000, 200_000_000))
    assert only("0.1%").of == Share(Interval(0.1, 0.1))
    assert only("1.5년").of == Duration(Interval(1.5, 1.5), "years")  # type: ignore[arg-type]
    number = only("87.25").of
    assert isinstance(number, Number) and isinstance(number.interval.low, float)


def test_the_numbers_of_a_text_are_told_as_they_are_written() -> None:
    text = "스물다섯 명이 유월 십오일까지 삼억 원, 5단계, 20여 곳, 서너 명"
    assert [(text[w.start : w.end], int(w.number), w.script, w.word) for w in numbers_in(text)] == [
        ("스물다섯", 25, Script.NATIVE, "명"),
        ("유", 6, Script.SINO, "월"),
        ("십오", 15, Script.SINO, "일"),
        ("삼억", 300_000_000, Script.SINO, "원"),
        ("5", 5, Script.DIGITS, "단계"),
        ("20", 20, Script.DIGITS, "여"),
    ]


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("2억 5천만원", 1, 250_000_000),
        ("2억5천", 1, None),
        ("2억 5000", 1, None),
        ("1억 5원", 1, 100_000_005),
        ("5천", 1, None),
        ("2천", 10_000, 20_000_000),
        ("2,000", 10_000, 20_000_000),
        ("2000원", 10_000, 2_000),
        ("0.3원", 1, Fraction(3, 10)),
        ("약 2억", 1, None),
        ("1~2억", 1, None),
        ("2억 원 이내", 1, None),
        ("$500", 1, None),
        ("서른", 1, None),
    ],
)
def test_a_sum_that_may_be_meant_in_two_ways_is_none_in_full(text: str, unit: int, amount: int | None) -> None:
    assert sum_in_full(text, unit) == amount


# --- the work a text costs, counted in steps of the engine ---

ORDINARY = (
    "저희는 김해에서 직원 12명으로 금형을 하는데 2026. 3. 19.(목)부터 4월 20일까지 최대 2억 원 이내로 "
    "1인당 월 60만원 지원되나요? 055-294-0001 "
)


def steps(text: str) -> int:
    """What reading a text costs."""
    return chart(text, TODAY).steps


def spellings(place: Letter, begun: str = "") -> list[str]:
    """Every word of the grammar."""
    own = [begun] if place.words and begun else []
    return own + [word for letter, following in place.next.items() for word in spellings(following, begun + letter)]


@pytest.mark.long
def test_one_letter_repeated_costs_what_an_ordinary_text_does() -> None:
    ordinary = steps((ORDINARY * 40)[:2000])
    letters = {letter for word in spellings(book().words) for letter in word} | set("가나0123456789 .,-~()/:%'$@")
    assert max((steps(letter * 2000), letter) for letter in letters) < (3 * ordinary, "")


@pytest.mark.long
def test_twice_the_text_is_twice_the_work_whatever_is_repeated() -> None:
    pieces = [
        "1 ",
        "1,",
        "1-",
        "1~",
        "1.",
        "1/",
        "12:",
        "2026 ",
        "02-123-4567, ",
        "삼십",
        "1년6개월",
        "3.19 ~ ",
        "최대 ",
        "a@",
        "a.",
    ]
    for piece in pieces + spellings(book().words)[::7]:
        once, twice = (steps((piece * 2000)[:size]) for size in (1000, 2000))
        assert twice <= 2 * once + 500, piece
        assert twice <= 2000 * 150, piece


def test_a_place_holds_few_readings() -> None:
    assert chart(ORDINARY, TODAY).fullest < 100
    assert max(chart(text, day).fullest for day, text, _ in examples()) < 100


def _span(text: str, as_of: date) -> tuple[date | None, date | None]:
    days = only(text, as_of).of
    assert isinstance(days, Days)
    return days.first, days.last


def _spoken(number: int) -> str:
    """A number below ten thousand as it is said: 1234 is 천이백삼십사."""
    digits = " 일이삼사오육칠팔구"
    said = ""
    for unit, name in ((1000, "천"), (100, "백"), (10, "십"), (1, "")):
        digit = number // unit % 10
        if digit:
            said += ("" if digit == 1 and name else digits[digit]) + name
    return said
