"""Sums, ceilings and shares are read from statements, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.values.money import Ceiling, Shares, amounts, percents, shares
from ingest.values.money import ceilings as found


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
@pytest.mark.long
@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece", ["1", "1 ", "1,111", "1억", "1억 ", "5천", "일천", "가나:", "1:", "1~", "₩", " ", "1.1"]
)
def test_no_repetition_makes_reading_of_sums_run_away(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    assert all(amount > 0 for amount in amounts(text))
    assert all(ratio >= 0 for ratio in percents(text))


@given(st.text(alphabet="0123456789.,조억천백십만원%퍼센트프로p 까지", max_size=40))
def test_no_text_makes_reading_fail(text: str) -> None:
    assert all(amount > 0 for amount in amounts(text))
    assert all(ratio >= 0 for ratio in percents(text))


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
@pytest.mark.long
@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", ["업체당 ", "최대 ", "총 ", "1억원 ", "한도는 연간 ", "(이내) "])
def test_no_repetition_makes_reading_of_ceilings_run_away(piece: str) -> None:
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


@pytest.mark.parametrize(
    ("text", "rate", "own"),
    [
        ("국비 70% : 자부담 30%", 70, 30),
        ("국비 60 : 자부담 40", 60, 40),
        ("정부 75 : 민간 25", 75, 25),
        ("국비 50 : 도비 20 : 자부담 30", 70, 30),
        ("도비 12, 시군비 28, 자부담 60%", 40, 60),
        ("보조율 40%(도비 12, 시군비 28), 자부담 60% 이상", 40, 60),
        ("지원 비율 80 %(자부담 20 %)", 80, 20),
        ("총사업비의 70% 이내", 70, None),
        ("총사업비의 30%는 기업이 부담해야 한다.", None, 30),
        ("훈련비의 90%를 지원하고, 10%는 기업이 부담합니다.", 90, 10),
        ("월 임차료의 80% 이내, 나머지 20%와 관리비는 기업 부담", 80, 20),
        ("드는 돈의 60%를 정부가 대 준다.", 60, None),
        ("정부 40% : 주관기업 출연 30% : 협력기업 30%", 40, 30),
        ("기업부담금: 총사업비의 20% 이상 현금 부담", None, 20),
        ("정부지원금 70% : 기업부담금 30%(현금 20% + 현물 10%)", 70, 30),
        ("정부 70% 이하, 기관부담 30% 이상", 70, 30),
        ("정부지원 100%", 100, None),
        ("정부출연금 75% 이내, 민간부담금 25% 이상", 75, 25),
        ("업체당 3백만원(구입비의 60% 지원, 자부담 40%)", 60, 40),
        ("한도 900만원 (총비용의 70% 지원, 신청자 30% 부담)", 70, 30),
        ("참가자 10% 부담, 군비 90%", 90, 10),
        ("보조 70%, 자담 30%", 70, 30),
        ("총사업비의 70% 지원, 자부담 30%", 70.0, 30.0),
        ("기업당 3천만원 내외 지원(90%), 기업분담금(10%)", 90, 10),
        ("불량률 감소(전 5% → 후 3.1%) 지원", None, None),
        ("소요 비용의 60%를 보조하고 40%는 업체 부담", 60.0, 40.0),
    ],
)
def test_giver_and_applicant_are_told_apart(text: str, rate: float | None, own: float | None) -> None:
    assert shares(text) == Shares(rate, own)


@pytest.mark.parametrize(
    "text",
    [
        "연 2.5% 고정금리",
        "이자 가운데 연 2.5%포인트를 대신 냅니다.",
        "여성 근로자 비율이 50% 이상인 사업장을 지원",
        "서면평가(40%) 이내 지원",
        "지난해보다 20% 늘었다.",
        "도비 30%, 시비 70%",
        "민간부담금의 20% 범위에서 현물 인정",
        "최저임금의 150%를 지급",
        "지방비 50% 이상 매칭",
        "지원금의 50%는 선급금으로 지급",
        "출석률 80% 이상이어야 지원",
    ],
)
def test_percentages_of_other_things_are_no_share(text: str) -> None:
    assert shares(text) == Shares()


def test_a_bare_percentage_belongs_to_the_party_of_its_heading() -> None:
    assert shares("30%", "기업 부담") == Shares(None, 30)
    assert shares("총사업비의 30% 이상 (현금 10%, 현물 20%)", "자부담") == Shares(None, 30)
    assert shares("70%", "정부지원 비율") == Shares(70, None)


@given(st.integers(1, 99))
def test_two_parties_make_a_whole(share: int) -> None:
    assert shares(f"국비 {share} : 자부담 {100 - share}") == Shares(share, 100 - share)


@given(st.text(alphabet="0123456789.%:,()국비도자부담총사업비의 이내", max_size=60))
def test_shares_are_percentages(text: str) -> None:
    found = shares(text)
    assert all(value is None or 0 <= value <= 100 for value in (found.rate, found.own))


# The limit only stops a reading that would take hours; a reading in linear time takes milliseconds.
@pytest.mark.long
@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", ["국비 5 : ", "10% ", "자부담 ", "나머지 3%", "의 ", "5"])
def test_no_repetition_makes_reading_of_shares_run_away(piece: str) -> None:
    shares((piece * 5_000)[:20_000])


def test_a_proportion_gives_each_party_its_share() -> None:
    assert shares("정부지원금 : 기업부담금 = 8 : 2") == Shares(80, 20)
    assert shares("총사업비 3천만원 한도, 자부담 : 보조금 = 4 : 6") == Shares(60, 40)


def test_an_applicant_who_pays_nothing_is_told_in_words() -> None:
    assert shares("자부담 없음. 두 부문에 함께 신청할 수 없음") == Shares(own=0.0)
    assert shares("업체당 지원 자부담: 없음") == Shares(own=0.0)
    assert shares("기업부담금 납부 이력이 없음") == Shares()


@pytest.mark.parametrize(
    ("text", "heading", "expected"),
    [
        ("자부담: 없음", "지원조건", Shares(None, 0)),
        ("없음", "기업부담금", Shares(None, 0)),
        ("자부담 없음. 한 곳만 신청할 수 있음", "", Shares(None, 0)),
        ("없음", "지원제외", Shares()),
        ("교체비의 80%를 보조합니다. 나머지 20%와 부가가치세는 사업장이 부담합니다.", "", Shares(80, 20)),
        ("100만원까지 100%, 넘는 금액은 전액 85%", "보증비율", Shares(100, None)),
    ],
)
def test_nothing_to_pay_is_a_share_of_none_and_a_rest_is_borne(text: str, heading: str, expected: Shares) -> None:
    assert shares(text, heading) == expected


def test_a_heading_that_only_says_of_whom_it_speaks_gives_no_share_to_the_applicant() -> None:
    said = "기업당 3천만원 안팎 지원(85%), 기업분담금(15%)"
    assert shares(said, "도입기업") == shares(said) == Shares(85, 15)
    assert shares("20%", "기업") == Shares(None, 20)
