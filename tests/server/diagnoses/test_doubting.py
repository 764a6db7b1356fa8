"""What is in doubt of a company is left unknown, told and asked about; nothing else is lost with it."""

from __future__ import annotations

import json
from datetime import date

import pytest

from rag.diagnosis.records import Company, Reply, Training
from server.diagnoses import files
from server.diagnoses.doubting import Settled, settled
from server.diagnoses.intake import CaseRefused

TODAY = date(2026, 3, 20)


def of(**given: object) -> Settled:
    """What is made of one company."""
    (entry,) = files.companies(json.dumps(given).encode(), ".json").entries
    return settled(entry, TODAY, lambda place: "시" in place)


def test_what_is_plain_is_neither_told_nor_asked_about() -> None:
    told = of(name="가", employees=3)
    assert (told.doubts, told.case.doubted, told.case.company) == ((), (), Company(name="가", employees=3))


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("employees", "많음", "상시근로자 수: '많음'은 수로 읽을 수 없습니다."),
        ("employees", -3, "상시근로자 수: '-3' 0 이상이어야 합니다."),
        ("address", "세상 끝", "소재지: '세상 끝'에서 시·군·구를 찾을 수 없습니다."),
        ("founded", 2030, "설립연도: '2030' 2030년은 아직 오지 않았습니다."),
        ("size", "거대기업", "규모: '거대기업' 쓸 수 없는 값입니다"),
        ("ai_use", "매우", "AI 활용 수준: '매우'는 고를 수 없는 답입니다."),
        ("ai_training", "basics, skills", "AI 훈련이력: 'basics, skills' 하나만 골라 주세요."),
        ("person", "가" * 201, "담당자: "),
    ],
)
def test_a_doubtful_value_is_unknown_told_and_asked_about(field: str, value: object, sentence: str) -> None:
    told = of(**{"name": "가", field: value})
    assert told.case.company == Company(name="가") and told.case.replies == ()
    (doubt,), (asked,) = told.doubts, told.case.doubted
    assert doubt.startswith(sentence) and doubt.endswith("모르는 것으로 두었습니다.")
    assert asked.field == field and "어떻게 되나요? 적힌 값: '" in asked.ask


def test_what_can_be_used_of_a_list_is_used() -> None:
    told = of(name="가", wants="직원 교육, 커피", trainings=["나(2024년)", "다(2030년)", "라(1500년)"])
    assert told.case.replies == (Reply("wants", ("training",)),)
    assert told.case.company.trainings == (Training("나", 2024),)
    assert len(told.doubts) == 3 and all(said.endswith("맞는지 확인해 주세요.") for said in told.doubts)


def test_what_was_likely_meant_is_used_told_and_asked_about() -> None:
    told = of(name="가", insured_since="19-03-04", founded=43528, trainings="나(2024년); 다(2025년, 여럿)")
    company = told.case.company
    assert (company.insured_since, company.founded) == (date(2019, 3, 4), 2019)
    assert company.trainings == (Training("나", 2024),)
    assert told.doubts[0] == ("고용보험 성립일: '19-03-04'는 2019-03-04로 읽었습니다. 맞는지 확인해 주세요.")
    assert [asked.field for asked in told.case.doubted] == ["insured_since", "founded", "trainings"]


def test_what_contradicts_itself_is_unknown_on_both_sides() -> None:
    told = of(name="가", insured="미가입", insured_since="2015-03-02")
    assert (told.case.company.insured, told.case.company.insured_since) == (None, None)
    assert len(told.doubts) == 1


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        (
            {"founded": 2019, "insured_since": "2015-03-02"},
            "founded",
            "설립한 해(2019년)가 고용보험 성립일(2015-03-02)보다 늦습니다.",
        ),
        (
            {"size": "대기업", "priority_support": "예"},
            "priority_support",
            "대기업인데 우선지원대상기업이라고 적혀 있습니다.",
        ),
        ({"size": "소상공인", "employees": 32}, "employees", "소상공인인데 상시근로자가 32명입니다."),
        ({"size": "대기업", "employees": 4}, "employees", "대기업인데 상시근로자가 4명입니다."),
        ({"insured": "미가입", "priority_support": "예"}, "insured", "고용보험에 가입하지 않았는데"),
        ({"support_ceiling": "2천만원", "support_used": "3천만원"}, "support_used", "보다 많습니다."),
    ],
)
def test_what_hardly_goes_together_is_kept_told_and_asked_about(
    given: dict[str, object], field: str, sentence: str
) -> None:
    told = of(name="가", **given)
    (doubt,), (asked,) = told.doubts, told.case.doubted
    assert sentence in doubt and doubt.endswith("맞는지 확인해 주세요.") and asked.field == field
    assert getattr(told.case.company, field) not in (None, "")


@pytest.mark.parametrize(
    "given",
    [
        {"founded": 2015, "insured_since": "2015-03-02"},
        {"size": "중소기업", "priority_support": "예", "employees": 250},
        {"size": "소상공인", "employees": 9},
        {"support_ceiling": "2천만원", "support_used": "2천만원"},
    ],
)
def test_what_goes_together_is_not_told(given: dict[str, object]) -> None:
    assert of(name="가", **given).doubts == ()


def test_an_unknown_item_is_told_and_not_used() -> None:
    told = of(name="가", emplyees=3)
    assert told.doubts == ("'emplyees': 모르는 항목입니다. '상시근로자 수'를 뜻하나요? 쓰지 않았습니다.",)


def test_a_company_of_which_nothing_can_be_read_is_refused() -> None:
    with pytest.raises(CaseRefused, match=r"'많음'은 수로.*읽을 수 있는 값이 없습니다\."):
        of(employees="많음")
