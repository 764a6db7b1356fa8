"""Every question a report asks can be answered in a field that intake takes, and is not asked again once it is."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from rag.advisor import Advisor
from rag.diagnosis.diagnose import diagnose
from rag.diagnosis.records import Case, Company
from rag.diagnosis.survey import survey
from server.diagnoses.headings import headings
from server.diagnoses.intake import CompanyIn, case_in, case_of
from server.diagnoses.tables import Row, companies
from tests.rag.diagnosis.cases import CASES

DAY = date(2026, 3, 20)
QUESTIONS = {question.id: question for question in survey()}
ANSWERS: dict[str, tuple[object, ...]] = {
    "address": ("경기도 화성시", "대구광역시 수성구"),
    "site": ("경기도 화성시",),
    "industry": ("금속 가공 제조", "AI 소프트웨어 개발"),
    "employees": (12,),
    "size": ("중소기업", "대기업"),
    "founded": (2015,),
    "founded_month": (1, 12),
    "priority_support": (True, False),
    "insured": (True, False),
    "is_government": (False,),
}


@pytest.mark.parametrize("name", CASES)
def test_every_question_names_a_field_that_takes_an_answer_to_it(adviser: Advisor, name: str) -> None:
    found = diagnose(CASES[name], adviser.shelf, DAY, "g")
    assert len(found.asks) == len(found.asked) == len(set(found.asks))
    known = {heading.id for heading in headings()}
    for field, text in zip(found.asked, found.asks, strict=True):
        assert field in known and (field in CompanyIn.model_fields or field in QUESTIONS), (field, text)
        answered = (diagnose(case, adviser.shelf, DAY, "g") for case in answers(CASES[name], field, text))
        assert any(text not in after.asks for after in answered), (field, text)


def answers(case: Case, field: str, text: str) -> Iterator[Case]:
    """The case with answers that the field would take."""
    sent = case_in(case).model_dump(mode="json", exclude_none=True)
    for value in _values(field, text):
        part = "company" if field in CompanyIn.model_fields else "survey"
        yield case_of({**sent, part: {**sent[part], field: value}}, DAY, lambda _: True)


def _values(field: str, text: str) -> Iterator[object]:
    if field in QUESTIONS:
        asked = QUESTIONS[field]
        yield from (option.id for option in asked.options) if asked.options else (1_000_000, "불량 검사")
    elif field == "circumstances":
        told = text.removesuffix("?").replace("'", "")
        heads = told.split("? ")[-1].split(" / ") if "?" in told else [told]
        for head in heads:
            bare = (
                head.removesuffix("에 해당하나요").removesuffix("에 해당하는 것이 있나요").removesuffix("하려고 하나요")
            )
            yield from ([bare], [f"{bare} 해당 없음"], [f"{bare}에 해당합니다"])
    else:
        yield from ANSWERS[field]


def test_in_what_order_the_columns_of_a_sheet_come_changes_nothing() -> None:
    columns = {
        "회사명": "금속가공 공장",
        "본사주소": "서울특별시 강남구",
        "사업장주소": "경기도 안산시",
        "상시근로자 수": 20,
    }
    read = [
        companies([Row(1, tuple(order)), Row(2, tuple(columns[title] for title in order))]).entries[0].given
        for order in itertools.permutations(columns)
    ]
    assert all(given == read[0] for given in read)
    assert read[0]["company"]["site"] == "경기도 안산시"
    assert read[0]["company"]["address"] == "서울특별시 강남구"


def test_the_address_of_a_workplace_alone_is_the_address() -> None:
    (read,) = companies([Row(1, ("회사명", "사업장주소")), Row(2, ("가", "경기도 안산시"))]).entries
    assert read.given["company"] == {"name": "가", "address": "경기도 안산시"}


@pytest.mark.parametrize(
    ("typed", "month"),
    [("2019-03-04", 3), ("2019.3", 3), ("2019년 3월", 3), (2019, None), ("2019", None), ("19-03-04", 3)],
)
def test_a_full_day_of_founding_keeps_its_month(typed: object, month: int | None) -> None:
    (read,) = companies([Row(1, ("회사명", "설립일")), Row(2, ("가", typed))]).entries
    assert read.given["company"].get("founded_month") == month
    assert read.given["company"]["founded"] == 2019


def test_two_addresses_sent_either_way_round_are_one_case() -> None:
    seat, site = "서울특별시 강남구", "경기도 안산시"
    one = {"address": seat, "site": site, "circumstances": ["체납 없음"]}
    first = case_of({"company": one}, DAY, lambda _: True)
    assert first == case_of({"company": dict(reversed(one.items()))}, DAY, lambda _: True)
    assert first.company == replace(Company(), address=seat, site=site, circumstances=("체납 없음",))
