"""Who pays which part, and which percentages are of something else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.values.shares import Shares, shares


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
@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", ["국비 5 : ", "10% ", "자부담 ", "나머지 3%", "의 ", "5"])
def test_no_repetition_makes_reading_run_away(piece: str) -> None:
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
