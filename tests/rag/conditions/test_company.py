"""Every condition against a company: met, unmet, or not known, with the question that would settle it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rag.conditions.company import completed_years, is_for_authorities
from rag.domain import CompanyProfile, Criterion, CriterionField, Result, SizeClass
from tests.rag.conditions.asking import NOBODY, criterion, finding

F, MET, UNMET, UNKNOWN = CriterionField, Result.MET, Result.UNMET, Result.UNKNOWN
SIZE = criterion(F.SIZE, allowed=("중소기업", "중견기업"))
MICRO = criterion(F.SIZE, allowed=("소상공인",))
FEW = criterion(F.EMPLOYEES, maximum=29)
YOUNG = criterion(F.AGE, "업력 7년 미만인 중소기업", maximum=6)
WITHIN = criterion(F.AGE, "창업 7년 이내 기업", maximum=7)
OLD = criterion(F.AGE, minimum=7)
GYEONGGI = criterion(F.REGION, allowed=("경기도",))
GAPYEONG = criterion(F.REGION, allowed=("경기도 가평군",))
NOT_SEOUL = criterion(F.REGION, excluded=("서울특별시",))
MAKERS = criterion(F.INDUSTRY, allowed=("제조업",))
AI = criterion(F.INDUSTRY, allowed=("AI",))
TRADES = criterion(F.INDUSTRY, allowed=("제조업", "건설업"))
TOGETHER = criterion(F.CONSORTIUM, allowed=("컨소시엄",))
UNINSURED = criterion(F.INSURANCE, allowed=("미가입",), strict=False)
INSURED = criterion(F.INSURANCE, allowed=("가입",))
PRIORITY = criterion(F.SIZE, "우선지원대상기업", allowed=("중소기업",))


@pytest.mark.parametrize(
    ("condition", "profile", "result"),
    [
        (SIZE, CompanyProfile(size=SizeClass.SMALL), MET),
        (SIZE, CompanyProfile(size=SizeClass.MEDIUM), MET),
        (SIZE, CompanyProfile(size=SizeClass.MICRO), MET),
        (SIZE, CompanyProfile(size=SizeClass.LARGE), UNMET),
        (SIZE, NOBODY, UNKNOWN),
        (MICRO, CompanyProfile(size=SizeClass.SMALL), UNMET),
        (MICRO, CompanyProfile(size=SizeClass.SMALL, employees=4), UNKNOWN),
        (MICRO, CompanyProfile(size=SizeClass.MICRO), MET),
        (MICRO, CompanyProfile(employees=12), UNMET),
        (MICRO, CompanyProfile(employees=3), UNKNOWN),
        (criterion(F.SIZE, excluded=("소상공인",)), CompanyProfile(size=SizeClass.MICRO), UNMET),
        (criterion(F.SIZE, excluded=("소상공인",)), CompanyProfile(size=SizeClass.SMALL), MET),
        (criterion(F.SIZE, excluded=("대기업",)), CompanyProfile(size=SizeClass.LARGE), UNMET),
        (criterion(F.SIZE, excluded=("대기업",)), NOBODY, UNKNOWN),
        (PRIORITY, CompanyProfile(size=SizeClass.MICRO), MET),
        (PRIORITY, CompanyProfile(size=SizeClass.MEDIUM, priority_support=True), MET),
        (PRIORITY, CompanyProfile(size=SizeClass.SMALL, priority_support=False), UNMET),
        (MAKERS, CompanyProfile(industry="제조용 소프트웨어 개발"), UNMET),
        (MAKERS, CompanyProfile(industry="제조용 소프트웨어 개발", industry_code="29271"), MET),
        (MAKERS, CompanyProfile(industry="제조업 / 도매", industry_code="46103"), UNMET),
        (MAKERS, CompanyProfile(industry_code="25924"), MET),
        (FEW, CompanyProfile(employees=29), MET),
        (FEW, CompanyProfile(employees=30), UNMET),
        (FEW, CompanyProfile(employees=0), MET),
        (FEW, NOBODY, UNKNOWN),
        (criterion(F.EMPLOYEES, minimum=5), CompanyProfile(employees=5), MET),
        (criterion(F.EMPLOYEES, minimum=5), CompanyProfile(employees=4), UNMET),
        (YOUNG, CompanyProfile(founded=2022), MET),
        (YOUNG, CompanyProfile(founded=2010), UNMET),
        (YOUNG, CompanyProfile(founded=2019), UNKNOWN),
        (YOUNG, CompanyProfile(founded=2019, founded_in=2), UNMET),
        (YOUNG, CompanyProfile(founded=2019, founded_in=4), MET),
        (YOUNG, CompanyProfile(founded=2019, founded_in=3), UNKNOWN),
        (YOUNG, NOBODY, UNKNOWN),
        (WITHIN, CompanyProfile(founded=2019, founded_in=2), UNMET),
        (WITHIN, CompanyProfile(founded=2019, founded_in=4), MET),
        (OLD, CompanyProfile(founded=2010), MET),
        (OLD, CompanyProfile(founded=2022), UNMET),
        (GYEONGGI, CompanyProfile(region="경기도 화성시"), MET),
        (GYEONGGI, CompanyProfile(region="경기 화성시"), MET),
        (GYEONGGI, CompanyProfile(region="화성시"), MET),
        (GYEONGGI, CompanyProfile(region="충청남도 아산시"), UNMET),
        (GYEONGGI, CompanyProfile(region="어딘가"), UNKNOWN),
        (GYEONGGI, NOBODY, UNKNOWN),
        (GAPYEONG, CompanyProfile(region="경기도 가평군"), MET),
        (GAPYEONG, CompanyProfile(region="경기도 화성시"), UNMET),
        (GAPYEONG, CompanyProfile(region="경기도"), UNKNOWN),
        (NOT_SEOUL, CompanyProfile(region="서울특별시 중구"), UNMET),
        (NOT_SEOUL, CompanyProfile(region="경기도 화성시"), MET),
        (NOT_SEOUL, CompanyProfile(region="중구"), UNKNOWN),
        (NOT_SEOUL, NOBODY, UNKNOWN),
        (MAKERS, CompanyProfile(industry="자동차 부품 제조"), MET),
        (MAKERS, CompanyProfile(industry="온라인 쇼핑몰"), UNMET),
        (MAKERS, NOBODY, UNKNOWN),
        (AI, CompanyProfile(industry="AI 소프트웨어 개발"), MET),
        (AI, CompanyProfile(industry="온라인 쇼핑몰"), UNMET),
        (AI, NOBODY, UNKNOWN),
        (TRADES, CompanyProfile(industry="자동차 부품 제조"), MET),
        (TRADES, CompanyProfile(industry="종합 건설"), MET),
        (TRADES, NOBODY, UNKNOWN),
        (TOGETHER, CompanyProfile(size=SizeClass.SMALL), UNKNOWN),
        (UNINSURED, CompanyProfile(insured=False), MET),
        (UNINSURED, NOBODY, MET),
        (INSURED, CompanyProfile(insured=False), UNMET),
        (INSURED, CompanyProfile(insured=True), MET),
        (INSURED, NOBODY, UNKNOWN),
    ],
)
def test_each_condition_is_judged_three_ways(condition: Criterion, profile: CompanyProfile, result: Result) -> None:
    found = finding(profile, condition)
    assert (found.result, found.criterion) == (result, condition)
    assert (found.ask is not None) == (result is UNKNOWN)
    assert found.reason.endswith(".")


@pytest.mark.parametrize(("is_government", "result"), [(True, MET), (False, UNMET), (None, UNKNOWN)])
def test_only_an_authority_may_apply_for_what_is_for_authorities(is_government: bool | None, result: Result) -> None:
    only = criterion(F.APPLICANT, allowed=("광역 지방정부",))
    assert is_for_authorities(only)
    assert finding(CompanyProfile(is_government=is_government), only).result is result


@pytest.mark.parametrize(("is_government", "result"), [(True, UNMET), (False, UNMET), (None, UNKNOWN)])
def test_what_is_for_universities_is_for_neither_firms_nor_authorities(
    is_government: bool | None, result: Result
) -> None:
    only = criterion(F.APPLICANT, allowed=("대학",))
    assert not is_for_authorities(only)
    assert finding(CompanyProfile(is_government=is_government), only).result is result


def test_who_tells_of_people_or_of_a_trade_is_a_firm() -> None:
    only = criterion(F.APPLICANT, allowed=("광역 지방정부",))
    assert finding(CompanyProfile(employees=3), only).result is UNMET
    assert finding(CompanyProfile(region="충청북도"), only).result is UNKNOWN


def test_an_authority_is_no_firm() -> None:
    assert finding(CompanyProfile(is_government=True), SIZE).result is UNMET


@pytest.mark.parametrize(
    ("condition", "profile", "said"),
    [
        (
            criterion(F.EMPLOYEES, "300인 미만 사업장", maximum=299),
            CompanyProfile(employees=350),
            "300인 미만만 됩니다",
        ),
        (criterion(F.EMPLOYEES, "50명 이하 기업", maximum=50), CompanyProfile(employees=60), "50명 이하만 됩니다"),
        (criterion(F.EMPLOYEES, "요건", maximum=299), CompanyProfile(employees=350), "300인 미만만 됩니다"),
        (YOUNG, CompanyProfile(founded=2001), "업력 7년 미만만 됩니다"),
        (MAKERS, CompanyProfile(industry="온라인 쇼핑몰"), "제조업만 됩니다"),
        (SIZE, CompanyProfile(size=SizeClass.LARGE), "중소기업, 중견기업만 되고, 대기업은 안 됩니다"),
    ],
)
def test_a_bound_is_told_as_the_document_words_it(condition: Criterion, profile: CompanyProfile, said: str) -> None:
    assert said in finding(profile, condition).reason


def test_no_reason_says_that_a_class_is_within_itself() -> None:
    for size in (SizeClass.MICRO, SizeClass.SMALL):
        reason = finding(CompanyProfile(size=size), criterion(F.SIZE, allowed=("중소기업",))).reason
        assert "중소기업은 지원대상" not in reason
        assert "신청할 수 있습니다" not in reason


def test_a_size_asked_of_users_leaves_makers_of_ai_another_way_in() -> None:
    users = criterion(F.SIZE, "산업AI 수요기업(중견기업), 산업AI 공급기업", allowed=("중견기업",))
    maker = CompanyProfile(industry="AI 소프트웨어 개발", size=SizeClass.SMALL)
    assert finding(maker, users).result is UNKNOWN
    assert finding(replace(maker, industry="기계 제조"), users).result is UNMET


@pytest.mark.parametrize(
    ("founded", "month", "day", "years"),
    [
        (2020, None, date(2026, 3, 20), (5, 6)),
        (2020, None, date(2026, 12, 31), (6,)),
        (2020, 2, date(2026, 3, 20), (6,)),
        (2020, 4, date(2026, 3, 20), (5,)),
        (2020, 3, date(2026, 3, 20), (5, 6)),
        (2026, None, date(2026, 3, 20), (0,)),
        (2030, None, date(2026, 3, 20), (0,)),
    ],
)
def test_completed_years_are_as_sure_as_the_day_of_founding(
    founded: int, month: int | None, day: date, years: tuple[int, ...]
) -> None:
    assert completed_years(CompanyProfile(founded=founded, founded_in=month), day) == years
