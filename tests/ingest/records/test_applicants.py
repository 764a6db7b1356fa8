"""Which conditions are read from the statements on who may apply."""

from __future__ import annotations

import pytest

from ingest.labels.details import details
from ingest.records.applicants import criteria
from rag.domain import TRUSTED, Criterion, CriterionField, Detail
from tests.ingest.making import EVIDENCE, gazetteer, lines

F = CriterionField


def found(text: str, label: str = "지원대상") -> tuple[Criterion, ...]:
    return criteria((Detail(label, text, EVIDENCE),), gazetteer())


def of(field: CriterionField, text: str, label: str = "지원대상") -> list[Criterion]:
    return [c for c in found(text, label) if c.field is field]


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("중소기업", ("중소기업",)),
        ("국내 중소·중견 제조기업", ("중소기업", "중견기업")),
        ("소상공인, 중소기업", ("소상공인", "중소기업")),
        ("우선지원대상기업", ("중소기업",)),
        ("중소기업(대기업 제외)", ("중소기업",)),
        ("중견기업", ("중견기업",)),
    ],
)
def test_size_classes_are_those_named(text: str, sizes: tuple[str, ...]) -> None:
    assert [c.allowed for c in of(F.SIZE, text)] == [sizes]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("상시근로자 30인 미만 기업", None, 29),
        ("상시근로자 50명 이하 기업", None, 50),
        ("상시근로자 5인 이상 사업장", 5, None),
        ("상시근로자 10명 초과 기업", 11, None),
        ("상시근로자 1,000명 이하 기업", None, 1000),
    ],
)
def test_bounds_on_employees_are_inclusive(text: str, low: int | None, high: int | None) -> None:
    assert [(c.minimum, c.maximum) for c in of(F.EMPLOYEES, text)] == [(low, high)]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("업력 7년 미만 중소기업", None, 6), ("업력 7년 이상 중소기업", 7, None), ("업력 3년 이내 기업", None, 3)],
)
def test_bounds_on_age_are_in_completed_years(text: str, low: int | None, high: int | None) -> None:
    assert [(c.minimum, c.maximum) for c in of(F.AGE, text)] == [(low, high)]


def test_an_age_limit_belongs_to_the_fund_it_speaks_of() -> None:
    assert [c.track for c in of(F.AGE, "모의기반자금은 업력 7년 미만인 중소기업")] == ["모의기반자금"]


def test_a_priority_excludes_nobody() -> None:
    assert [c.strict for c in of(F.EMPLOYEES, "중소기업(50인 이하 기업 중점 지원)")] == [False]
    assert [c.strict for c in of(F.EMPLOYEES, "중소기업(50인 이하 기업)")] == [True]


def test_uninsured_staff_let_in_is_a_criterion_that_excludes_nobody() -> None:
    (insurance,) = of(F.INSURANCE, "300인 미만 사업장의 재직 근로자(고용보험 미가입 재직 근로자도 포함)")
    assert not insurance.strict


def test_only_a_government_may_apply_where_only_governments_are_named() -> None:
    text = "2개 광역 지방정부(서울은 제외)"
    assert [c.allowed for c in of(F.APPLICANT, text)] == [("광역 지방정부",)]
    assert [c.excluded for c in of(F.REGION, text)] == [("서울특별시",)]


def test_places_shut_out_in_a_note_are_excluded() -> None:
    text = "작년에 선정된 광역 지방정부(경남, 대구)와 서울은 신청할 수 없습니다."
    assert [c.excluded for c in of(F.REGION, text, "참고")] == [("경상남도", "대구광역시", "서울특별시")]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("경기도 내 중소기업", ("경기도",)),
        ("경기도 가평군 소재 기업", ("경기도 가평군",)),
        ("영남권 5개 지역(부산, 대구, 울산, 경북, 경남) 내 AI기업", None),
        ("전국의 중소기업", ()),
    ],
)
def test_places_named_for_applicants_are_where_they_must_be(text: str, places: tuple[str, ...] | None) -> None:
    allowed = [place for c in of(F.REGION, text) for place in c.allowed]
    wanted = ("부산광역시", "대구광역시", "울산광역시", "경상북도", "경상남도") if places is None else places
    assert sorted(set(allowed)) == sorted(wanted)


def test_industries_are_manufacturing_or_ai() -> None:
    assert [c.allowed for c in of(F.INDUSTRY, "국내 제조기업")] == [("제조업",)]
    assert [c.allowed for c in of(F.INDUSTRY, "AI 개발 기업")] == [("AI",)]


def test_a_consortium_is_asked_for_where_it_is_named() -> None:
    assert len(of(F.CONSORTIUM, "기업과 대학 등으로 구성된 컨소시엄")) == 1


def test_statements_on_other_things_make_no_criteria() -> None:
    assert found("중소기업 30인 미만 사례를 소개합니다.", "사례") == ()


def test_the_same_condition_said_twice_is_one() -> None:
    details = (Detail("지원대상", "중소기업", EVIDENCE), Detail("도입기업", "중소기업", EVIDENCE))
    assert len(criteria(details, gazetteer())) == 1


def asked(text: str) -> list[tuple[str, tuple[str, ...], str | None]]:
    found = criteria(details(lines(text), "notice"), gazetteer())
    return [(c.field.value, c.allowed, c.track) for c in found]


def test_who_applies_for_each_track_is_read_from_the_row_of_a_table() -> None:
    text = "# 지원내용\n| 구분 | 개발형 | 실증형 |\n| 주관기관 | 중소기업 | 중소기업, 중견기업 |\n"
    text += "| 지원한도 | 1억원 | 2억원 |"
    assert asked(text) == [("size", ("중소기업",), "개발형"), ("size", ("중소기업", "중견기업"), "실증형")]


def test_a_bracket_before_a_condition_names_its_track_or_all() -> None:
    text = "□ 지원대상\n- (실증형) 컨소시엄을 구성한 기업\n- (공통) 이노비즈 인증을 보유한 기업"
    assert asked(text) == [("consortium", ("컨소시엄",), "실증형"), ("certification", ("이노비즈",), None)]


def test_small_manufacturers_are_small_merchants_and_small_firms_a_doubtful_class() -> None:
    (maker,) = of(F.SIZE, "관내 소공인")
    (firm,) = of(F.SIZE, "금형 분야 소기업")
    assert (maker.allowed, maker.confidence) == (("소상공인",), 1.0)
    assert firm.confidence < TRUSTED


@pytest.mark.parametrize("text", ["인공지능(AI) 분야 중소기업", "AI 기술 스타트업", "인공지능 관련 창업기업"])
def test_firms_of_a_field_named_twice_or_loosely_are_of_that_industry(text: str) -> None:
    assert [c.allowed for c in of(F.INDUSTRY, text)] == [("AI",)]


def test_making_joined_with_working_is_manufacture() -> None:
    assert [c.allowed for c in of(F.INDUSTRY, "농산물 제조·가공 중소기업")] == [("제조업",)]


def test_years_count_from_the_day_that_a_business_began() -> None:
    assert [c.minimum for c in of(F.AGE, "사업을 시작한 지 2년 이상인 업체")] == [2]


def both(*statements: tuple[str, str]) -> list[Criterion]:
    details_ = tuple(Detail(label, text, EVIDENCE) for label, text in statements)
    return [c for c in criteria(details_, gazetteer()) if c.field in (F.SIZE, F.REGION)]


@pytest.mark.parametrize(
    "wider", ["가구를 만드는 중소·중견기업", "중소기업 및 중견기업", "국내 중소/중견기업", "국내 중소ㆍ벤처ㆍ중견기업"]
)
def test_a_size_stated_more_widely_elsewhere_shuts_no_medium_firm_out(wider: str) -> None:
    found_ = both(("지원대상", "중소기업"), ("지원대상", wider))
    assert all("중견기업" in c.allowed and c.confidence == 1 for c in found_)


def test_running_text_that_helps_both_sizes_widens_too_less_surely() -> None:
    (size,) = both(("지원대상", "중소기업"), ("개요", "가구를 만드는 중소·중견기업을 대상으로 디자인을 지원합니다."))
    assert set(size.allowed) == {"중소기업", "중견기업"}
    assert TRUSTED <= size.confidence < 1


def test_a_narrower_size_stays_beside_the_wider_one() -> None:
    assert [c.allowed for c in both(("지원대상", "중소기업"), ("지원대상", "소상공인"))] == [
        ("중소기업",),
        ("소상공인",),
    ]


def test_places_that_lie_apart_are_both_doubtful_and_one_within_the_other_is_not() -> None:
    apart = both(("지원대상", "지원지역: 강원"), ("지원대상", "제주도 소재 기업"))
    assert all(c.confidence < TRUSTED for c in apart)
    within = both(("지원대상", "지원지역: 강원"), ("지원대상", "강원도 원주시 소재 기업"))
    assert all(c.confidence == 1 for c in within)


@pytest.mark.parametrize("text", ["수도권 밖으로 공장을 이전하는 기업", "강원도에 손님 유치를 마친 업체"])
def test_where_one_moves_or_brings_others_to_is_no_seat(text: str) -> None:
    assert not of(F.REGION, text)


def test_the_staff_of_a_firm_that_hires_is_its_size() -> None:
    (bound,) = of(F.EMPLOYEES, "청년을 새로 채용한 5인 이상 중소기업")
    assert bound.minimum == 5


def test_brackets_that_shut_out_those_they_stand_behind_admit_nobody() -> None:
    assert not of(F.SIZE, "소상공인은 다른 보증으로 신청 (이 공고 대상 아님)")
    assert of(F.SIZE, "소상공인 (가람시 소재)")[0].allowed == ("소상공인",)


def test_the_address_to_send_papers_to_limits_nobody_to_its_place() -> None:
    assert not found("강원 원주시 나루로 12 (마감일 소인까지)", "제외대상")


def test_the_answer_under_a_question_is_a_statement_on_what_was_asked() -> None:
    told = details(lines("## Q. 우리 가게도 되나요?\nA. 강릉시에 있는 상시근로자 5인 미만 소상공인이면 됩니다."), "s")
    assert [(d.label, d.text) for d in told][-1] == (
        "지원대상",
        "강릉시에 있는 상시근로자 5인 미만 소상공인이면 됩니다.",
    )
