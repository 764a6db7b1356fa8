"""What is sent as a case is checked, and every sentence names the heading that users know."""

from __future__ import annotations

from datetime import date

import pytest

from server.diagnoses.intake import CaseRefused, case_in, case_of

TODAY = date(2026, 3, 20)


def sentences(given: object) -> tuple[str, ...]:
    """What is wrong with a case."""
    with pytest.raises(CaseRefused) as refused:
        case_of(given, TODAY, lambda place: "시" in place)
    return refused.value.sentences


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"company": {"employees": -1}}, ("상시근로자 수: 0 이상이어야 합니다.",)),
        ({"company": {"employees": "32"}}, ("상시근로자 수: 정수여야 합니다.",)),
        ({"company": {"foo": 1}}, ("'foo': 모르는 항목입니다.",)),
        ({"company": {"trainings": [{"name": "가"}, {"year": 2024}]}}, ("훈련이력 2번째의 이름: 꼭 있어야 합니다.",)),
        ({"survey": {"problems": 1.5}}, ("현장 문제: 글이나 수, 또는 글의 목록으로 적어 주세요.",)),
        ({"survey": {"problems": "가" * 1001}}, ("현장 문제: 너무 깁니다(1000자까지).",)),
        ({"company": 3}, ("기업 정보: 쓸 수 없는 값입니다.",)),
        ([], ("요청 본문: 쓸 수 없는 값입니다.",)),
    ],
)
def test_a_fault_names_the_heading(given: object, expected: tuple[str, ...]) -> None:
    assert sentences(given) == expected


def test_signs_that_no_report_can_hold_are_left_out() -> None:
    case = case_of(
        {"company": {"name": "가\x00나\ud800다"}, "survey": {"problems": "라\x08\n마"}}, TODAY, lambda _: True
    )
    assert case.company.name == "가 나 다"
    assert case.replies[0].words == "라 \n마"


def test_a_case_is_the_same_once_sent_again() -> None:
    given = {"company": {"name": "가", "trainings": [{"name": "나"}]}, "survey": {"wants": ["loan"], "budget": 5}}
    case = case_of(given, TODAY, lambda _: True)
    assert case_of(case_in(case).model_dump(mode="json"), TODAY, lambda _: True) == case


def test_what_cannot_be_read_hides_no_other_fault() -> None:
    company = {"employees": -3, "founded": 3000, "insured_since": "2027-05-05"}
    told = sentences({"company": company, "survey": {"ai_use": "아무거나"}})
    assert [sentence.split(":")[0] for sentence in told] == [
        "상시근로자 수",
        "설립연도",
        "고용보험 성립일",
        "AI 활용 수준",
    ]
