"""What the words of a question tell of the company."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.company import company_in, founding_years
from rag.domain import CompanyProfile, SizeClass
from rag.places import PlaceMention

DAY = date(2026, 3, 20)
GIVEN = CompanyProfile("경기도 화성시", "자동차 부품 제조", 32, SizeClass.SMALL, 2015, True, ("교육",))


def told(text: str, base: CompanyProfile | None = None, *places: PlaceMention) -> CompanyProfile:
    return company_in(text, places, base or CompanyProfile(), DAY)


@pytest.mark.parametrize(
    ("text", "employees"),
    [
        ("직원 30명입니다", 30),
        ("직원이 약 45명", 45),
        ("상시근로자 수는 120명", 120),
        ("8인 사업장이에요", 8),
        ("백이십명 회사", 120),
        ("삼십오 명입니다", 35),
        ("삼십오명입니다", 35),
        ("40명", 40),
        ("40명이요", 40),
        ("40명입니다.", 40),
        ("연 1,200명 교육", None),
        ("두 명이 신청", None),
    ],
)
def test_employees_are_read_in_figures_and_in_words(text: str, employees: int | None) -> None:
    assert told(text).employees == employees


@pytest.mark.parametrize(
    ("text", "founded"),
    [
        ("업력 8년", 2018),
        ("설립한 지 3년", 2023),
        ("7년차 회사", 2019),
        ("2015년에 설립했어요", 2015),
        ("1998년도에 창업한 회사", 1998),
        ("2025년 사업 예산", None),
        ("2년 과제", None),
    ],
)
def test_the_year_of_founding_is_told_or_counted_back_from_the_day(text: str, founded: int | None) -> None:
    assert told(text).founded == founded


@given(st.integers(1900, 2099))
def test_a_year_of_founding_is_no_year_of_a_programme(year: int) -> None:
    assert founding_years(f"{year}년에 설립한 회사, 2026년 예산") == (year,)


@pytest.mark.parametrize(
    ("text", "industry"),
    [
        ("동네 치과", "의료기관"),
        ("택배 물류 창고", "물류 서비스"),
        ("빵집 합니다", "음식점·생활 서비스"),
        ("AI 솔루션 개발", "AI 소프트웨어 개발"),
        ("AI 기업은 아니고 금형 공장", "제조"),
        ("게임 개발사", "소프트웨어 개발"),
        ("반갑습니다", None),
    ],
)
def test_the_trade_is_read_from_its_words(text: str, industry: str | None) -> None:
    assert told(text).industry == industry


def test_a_place_counts_only_where_it_is_clear() -> None:
    clear = PlaceMention("가평", ("경기도 가평군",))
    vague = PlaceMention("중구", ("서울특별시 중구", "부산광역시 중구"))
    assert told("가평", None, clear).region == "경기도 가평군"
    assert told("중구", None, vague).region is None
    assert told("중구 가평", None, vague, clear).region == "경기도 가평군"


def test_what_is_not_said_stays_as_it_was() -> None:
    assert told("마감이 언제예요?", GIVEN) == GIVEN


def test_what_is_said_now_counts_more_than_what_was_said_before() -> None:
    said = told("직원 50명이고 업력 3년, 소상공인입니다. 고용보험은 미가입이에요", GIVEN)
    assert (said.employees, said.founded, said.size, said.insured) == (50, 2023, SizeClass.MICRO, False)


def test_asking_about_a_size_class_claims_none() -> None:
    assert told("소상공인도 되나요?", GIVEN).size is SizeClass.SMALL
    assert told("중소기업, 중견기업이 대상인가요?").size is None


@given(st.text(max_size=200))
def test_no_text_makes_reading_the_company_fail(text: str) -> None:
    assert told(text).needs == ()
