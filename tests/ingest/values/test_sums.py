"""How officials write sums and ratios, and what is read from each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.values.sums import amounts, percents


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


@pytest.mark.parametrize(
    ("text", "krw"),
    [
        ("27,625백만원", (27_625_000_000,)),
        ("50,000천원", (50_000_000,)),
        ("276억 2,500만원", (27_625_000_000,)),
        ("1조 2,000억원", (1_200_000_000_000,)),
        ("1억 5천만원", (150_000_000,)),
        ("3천만원", (30_000_000,)),
        ("5백만원", (5_000_000,)),
        ("2.5억", (250_000_000,)),
        ("3천5백만원", (35_000_000,)),
        ("2억 5천5백만원", (255_000_000,)),
        ("1~3억원", (100_000_000, 300_000_000)),
        ("500~1,000만원", (5_000_000, 10_000_000)),
        ("3천만원~5천만원", (30_000_000, 50_000_000)),
        ("1억~3억원", (100_000_000, 300_000_000)),
        ("최대 2억 이내", (200_000_000,)),
        ("2억원 내외", (200_000_000,)),
        ("과제당 5천만원 이하", (50_000_000,)),
        ("업체당 3백만원 한도", (3_000_000,)),
        ("최대 5천만까지", (50_000_000,)),
        ("일금 오천만원정", (50_000_000,)),
        ("이천만원", (20_000_000,)),
        ("금50,000,000원정", (50_000_000,)),
        ("₩50,000,000", (50_000_000,)),
        ("2백억원", (20_000_000_000,)),
        ("1천억원", (100_000_000_000,)),
        ("총 1.2조원", (1_200_000_000_000,)),
        ("0.5억원", (50_000_000,)),
        ("1억 5천", (150_000_000,)),
        ("10백만 원", (10_000_000,)),
        ("국비 50억원, 지방비 30억원", (5_000_000_000, 3_000_000_000)),
        ("2억 지원", (200_000_000,)),
        ("2억(국비)", (200_000_000,)),
        ("3,000 만원", (30_000_000,)),
        ("20만원/월", (200_000,)),
        ("월 187만 5천원", (1_875_000,)),
        ("12,345,678원", (12_345_678,)),
        ("총사업비 100억 규모", (10_000_000_000,)),
        ("연 1회 2억5000만원", (250_000_000,)),
        ("2,500백만원(국비 1,250백만원)", (2_500_000_000, 1_250_000_000)),
        ("15억9천만원", (1_590_000_000,)),
        ("1억 원", (100_000_000,)),
        ("2억 이상 5억 미만", (200_000_000, 500_000_000)),
    ],
)
def test_sums_are_read_as_officials_write_them(text: str, krw: tuple[int, ...]) -> None:
    assert amounts(text) == krw


def test_several_sums_keep_their_order() -> None:
    assert amounts("60억원 이내(운전 5억원 이내)") == (6_000_000_000, 500_000_000)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "140개 과제",
        "30인 이하",
        "2026년",
        "지원 원칙",
        "50% 이내",
        "억만장자",
        "0원",
        "(단위: 백만원)",
        "단위 : 천원",
        "억원",
        "2만 명",
        "3억 명",
        "100만 달러",
        "5만불",
        "기본 원칙",
        "2026년 3월",
        "서울 일원",
        "5원칙",
        "30인원",
        "중소기업기본법 제2조에 따른 중소기업",
        "제2조 원칙",
        "수출 2,000만불 이하",
    ],
)
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
        ("국비와 지방비 및 자부담을 6:4 비율로 채웁니다", ()),
        ("국비 50% 지방비 30% 자부담 20%", (50.0, 30.0, 20.0)),
        ("국비:지방비 = 6:4", (60.0, 40.0)),
        ("70% 이내", (70.0,)),
        ("연 2.5%", (2.5,)),
        ("기준금리 - 0.3%p", ()),
        ("0.5 %P", ()),
        ("50~70% 이내", (70.0,)),
        ("30 프로그램", ()),
        ("1:1 상담", ()),
        ("정부 7 : 민간 3", ()),
        ("정부:민간 7:3 매칭", (70.0, 30.0)),
        ("국비:도비:시군비=50:15:35", (50.0, 15.0, 35.0)),
        ("매칭 상담 09:00~10:00", ()),
        ("100분의 50", (50.0,)),
        ("1250%", (1250.0,)),
        ("６０％", (60.0,)),
        ("2.0%~3.5%", (3.5,)),
        ("0.3퍼센트포인트", ()),
        ("1.5%포인트", ()),
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


@given(
    st.integers(1, 9_999),
    st.integers(1, 999),
    st.sampled_from([("억원", 10**8), ("백만원", 10**6), ("천원", 10**3), ("만 원", 10**4)]),
)
def test_both_ends_of_a_range_are_read_in_its_unit(low: int, more: int, unit: tuple[str, int]) -> None:
    assert amounts(f"과제당 {low:,}~{low + more:,}{unit[0]} 내외") == (low * unit[1], (low + more) * unit[1])


@given(st.integers(1, 9), st.integers(1, 9), st.integers(1, 9))
def test_thousands_and_hundreds_of_man_add_up(eok: int, thousand: int, hundred: int) -> None:
    expected = eok * 10**8 + thousand * 10**7 + hundred * 10**6
    assert amounts(f"{eok}억 {thousand}천{hundred}백만원") == (expected,)


@given(st.integers(1, 99))
def test_shares_that_make_a_whole_are_read_from_their_proportion(share: int) -> None:
    assert percents(f"국비:지방비 = {share}:{100 - share}") == (share, 100 - share)


@given(st.text(max_size=60))
def test_no_text_of_any_script_makes_reading_fail(text: str) -> None:
    assert all(amount > 0 for amount in amounts(text))
    assert all(ratio >= 0 for ratio in percents(text))


# The limit only stops a reading that would take hours; a reading in linear time takes milliseconds.
@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece", ["1", "1 ", "1,111", "1억", "1억 ", "5천", "일천", "가나:", "1:", "1~", "₩", " ", "1.1"]
)
def test_no_repetition_makes_reading_run_away(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    assert all(amount > 0 for amount in amounts(text))
    assert all(ratio >= 0 for ratio in percents(text))


@given(st.text(alphabet="0123456789.,조억천백십만원%퍼센트프로p 까지", max_size=40))
def test_no_text_makes_reading_fail(text: str) -> None:
    assert all(amount > 0 for amount in amounts(text))
    assert all(ratio >= 0 for ratio in percents(text))
