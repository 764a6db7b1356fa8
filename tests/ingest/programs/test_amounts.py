"""How officials write sums and ratios, and what is read from each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.programs.amounts import amounts, percents


@pytest.mark.parametrize(
    ("text", "krw"),
    [
        ("276억 2,500만원", 27_625_000_000),
        ("27,625백만원", 27_625_000_000),
        ("50,000천원", 50_000_000),
        ("2억원", 200_000_000),
        ("2억 5,000만원", 250_000_000),
        ("2억 5천만원", 250_000_000),
        ("3천만원", 30_000_000),
        ("1백만원", 1_000_000),
        ("5십만원", 500_000),
        ("300만 원", 3_000_000),
        ("1.5억원", 150_000_000),
        ("1조 2,000억원", 1_200_000_000_000),
        ("2억까지", 200_000_000),
        ("12,000원", 12_000),
    ],
)
def test_a_sum_is_read_in_krw(text: str, krw: int) -> None:
    assert amounts(f"기업당 최대 {text} 지원") == (krw,)


def test_several_sums_keep_their_order() -> None:
    assert amounts("60억원 이내(운전 5억원 이내)") == (6_000_000_000, 500_000_000)


@pytest.mark.parametrize("text", ["", "140개 과제", "30인 이하", "2026년", "지원 원칙", "50% 이내", "억만장자", "0원"])
def test_what_is_no_sum_gives_none(text: str) -> None:
    assert amounts(text) == ()


@pytest.mark.parametrize(
    ("text", "ratios"),
    [
        ("총 사업비의 50% 이내", (50.0,)),
        ("지원금 90%, 기업분담금 10%", (90.0, 10.0)),
        ("자부담 12.5퍼센트", (12.5,)),
        ("정책자금 기준금리 + 0.6%p", ()),
        ("30 프로", (30.0,)),
        ("6:4", ()),
    ],
)
def test_percent_is_read_and_percentage_points_are_not(text: str, ratios: tuple[float, ...]) -> None:
    assert percents(text) == ratios


@given(st.integers(1, 99_999_999))
def test_a_sum_in_eok_and_man_is_read_back(man: int) -> None:
    eok, rest = divmod(man, 10_000)
    written = " ".join(part for part in (f"{eok:,}억" if eok else "", f"{rest:,}만" if rest else "") if part)
    assert amounts(f"{written}원") == (man * 10_000,)


@given(st.integers(1, 9_999_999), st.sampled_from([("백만원", 10**6), ("천원", 10**3), ("만원", 10**4), ("원", 1)]))
def test_a_sum_in_one_unit_is_read_back(count: int, unit: tuple[str, int]) -> None:
    assert amounts(f"{count:,}{unit[0]}") == amounts(f"{count}{unit[0]}") == (count * unit[1],)


@given(st.text(alphabet="0123456789.,조억천백십만원%퍼센트프로p 까지", max_size=40))
def test_no_text_makes_reading_fail(text: str) -> None:
    assert all(amount > 0 for amount in amounts(text))
    assert all(ratio >= 0 for ratio in percents(text))
