"""Which sums bound what one applicant gets, and which measure something else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.values.ceilings import Ceiling
from ingest.values.ceilings import ceilings as found


def ceilings(text: str, heading: str = "", *, is_giving: bool = True) -> tuple[int, ...]:
    return tuple(one.krw for one in found(text, heading, is_giving=is_giving))


@pytest.mark.parametrize(
    ("text", "krw"),
    [
        ("업체당 4천만원 이내", (40_000_000,)),
        ("1개 기업 연간 최대 1,800만원", (18_000_000,)),
        ("한 사업장이 한 해 받을 수 있는 장려금은 7천만원을 한도로 한다.", (70_000_000,)),
        ("여러 설비를 함께 바꾸어도 한 기업이 받는 국비는 9천만원을 넘지 못합니다.", (90_000_000,)),
        ("모두 더해 기업당 700만원 한도", (7_000_000,)),
        ("사업장 한 곳에 주는 돈은 많아야 1500만원이다.", (15_000_000,)),
        ("총사업비의 70%(3억원) 이내", (300_000_000,)),
        ("과제당 1~2억원 내외", (200_000_000,)),
        ("과제당 5백만원~1천만원 이내", (10_000_000,)),
        ("월 최대 30만원, 연간 최대 300만원", (3_000_000,)),
    ],
)
def test_what_one_applicant_gets_at_most_is_its_ceiling(text: str, krw: tuple[int, ...]) -> None:
    assert ceilings(text) == krw


def test_the_general_ceiling_stands_before_the_higher_one_of_special_cases() -> None:
    text = "융자한도는 업체당 2억원 이내입니다. 다만 여성기업은 우대하여 4억원 이내까지 추천합니다."
    assert ceilings(text) == (200_000_000, 400_000_000)


def test_a_part_of_the_sum_is_no_ceiling_of_its_own() -> None:
    assert ceilings("30억원 이내(운전 3억원 이내)") == (3_000_000_000,)


@pytest.mark.parametrize(
    "text",
    [
        "올해 예산은 최대 30억원까지 늘립니다.",
        "총사업비 40억원 이내",
        "연 매출 10억원 이하 소상공인",
        "매출액이 10억원 이하인 기업",
        "1억원 이상 장비를 도입할 때",
        "작년에는 기업당 최대 300만원까지 지원했습니다.",
        "지난 한도는 업체당 3백만원 이내였습니다.",
        "내년에는 기업당 최대 5억원까지 지원합니다.",
        "참가 보증금 최대 50만원",
        "기업부담금 최대 500만원",
        "최대 300만원 이하의 과태료",
        "진단비(최대 300만원 상당)는 기관이 냅니다.",
        "융자 규모 최대 1,200억원",
        "평균 투자유치 최대 3억원",
    ],
)
def test_sums_of_other_things_are_no_ceiling(text: str) -> None:
    assert ceilings(text) == ()


def test_a_bare_sum_is_a_ceiling_where_its_heading_says_so() -> None:
    assert ceilings("6천만원", "사업화자금(최대)") == ceilings("6천만원", "기업당 한도") == (60_000_000,)
    assert ceilings("6천만원", "내용") == ()
    assert ceilings("총 900백만원 이내", "과제당 정부지원연구개발비") == (900_000_000,)


def test_elsewhere_only_what_is_tied_to_one_applicant_counts() -> None:
    assert ceilings("기업당 최대 3천만원을 지원합니다.", is_giving=False) == (30_000_000,)
    assert ceilings("최대 3천만원을 지원합니다.", is_giving=False) == ()


@given(st.text(alphabet="0123456789,.억만천원업체당최대이내총예산 ()", max_size=60))
def test_ceilings_rise(text: str) -> None:
    sums = ceilings(text)
    assert list(sums) == sorted(set(sums))


# The limit only stops a reading that would take hours; a reading in linear time takes milliseconds.
@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", ["업체당 ", "최대 ", "총 ", "1억원 ", "한도는 연간 ", "(이내) "])
def test_no_repetition_makes_reading_run_away(piece: str) -> None:
    ceilings((piece * 5_000)[:20_000] + "1억원")


def test_what_a_year_has_for_all_is_no_ceiling() -> None:
    assert ceilings("'26년 총 645억원", "지원금액") == ()


@pytest.mark.parametrize(
    ("text", "krw", "per"),
    [
        ("새 직원 1인당 월 80만원 지원", 800_000, "직원 1인당 월"),
        ("월 최대 30만원", 300_000, "월"),
        ("1명당 최대 2백만원 지원", 2_000_000, "1명당"),
        ("1인당 인건비(최대 월 180만원)", 1_800_000, "1인당 월"),
        ("직원 1명당 연 최대 300만원", 3_000_000, "직원 1명당 연"),
        ("업체당 연간 최대 500만원", 5_000_000, "연간"),
        ("업체당 최대 500만원", 5_000_000, ""),
    ],
)
def test_a_sum_keeps_what_it_is_for(text: str, krw: int, per: str) -> None:
    assert found(text) == (Ceiling(krw, per),)


def test_the_name_of_a_column_tells_what_a_sum_is_for() -> None:
    assert found("20만원 이내", "1인당 지원한도(월)") == (Ceiling(200_000, "1인당 월"),)


def test_a_whole_stands_before_a_sum_a_month_or_a_person() -> None:
    assert found("1인당 최대 50만원, 업체당 최대 200만원") == (Ceiling(2_000_000),)


@pytest.mark.parametrize(
    "text", ["70만원 지원", "보험료 최대 70만원 지원", "참가비 70만원 이내 지원", "법인 당 70만원 지원"]
)
def test_a_sum_that_is_paid_is_a_ceiling_whatever_cost_it_pays(text: str) -> None:
    assert ceilings(text) == (700_000,)


@pytest.mark.parametrize(
    ("text", "heading", "expected"),
    [
        ("보조 70%(21백만원), 자부담 30%(9백만원)", "지원조건", ((21_000_000, ""),)),
        ("과정을 마친 분에게 바우처 150만원", "지원내용", ((1_500_000, ""),)),
        ("총 바우처 15억원", "지원내용", ()),
        ("매달 8만원까지 최대 5개월, 한 가게에 모두 40만원", "지원조건", ((400_000, ""),)),
        ("업소당 60만원 상당의 물품", "지원내용", ((600_000, ""),)),
        ("1억원 상당의 설비를 가진 기업", "지원내용", ()),
        ("직원 1인당 분기 60만원", "지원금액", ((600_000, "직원 1인당 분기"),)),
        ("개소당 사업비 4,000만원 이내", "지원조건", ()),
    ],
)
def test_what_stands_beside_a_sum_says_whether_it_is_given_and_how_often(
    text: str, heading: str, expected: tuple[tuple[int, str], ...]
) -> None:
    assert tuple((one.krw, one.per) for one in found(text, heading)) == expected
