"""A programme and a place flow in; the office there, which place is meant, or that a way is not known flows out."""

from __future__ import annotations

from datetime import date

import pytest

from rag.advisor import Advisor
from rag.answering.contacts import by_purpose
from rag.answering.select import Asker
from rag.answering.trace import trace
from rag.domain import Answer, AnswerStatus, CompanyProfile, Contact, Evidence, Question
from rag.plan import Ask, Part, Plan, SelectBy, Selection, Traced

DOCTOR = "능력개발전담주치의"
DAY = date(2026, 3, 20)


def ask(adviser: Advisor, text: str) -> Answer:
    return adviser.answer(Question(text, DAY))


def test_each_office_of_places_of_one_name_is_told_with_its_place(adviser: Advisor) -> None:
    answer = ask(adviser, f"중구에 있는 회사입니다. {DOCTOR} 전화번호는요?")
    assert answer.status is AnswerStatus.CLARIFY
    lines = [line for line in answer.text.split("\n") if "02-2024-1761" in line]
    assert lines and all("서울특별시 중구" in line for line in lines)


def test_a_region_of_several_provinces_has_the_offices_of_all(adviser: Advisor) -> None:
    answer = ask(adviser, f"호남에 있는 식품공장인데 {DOCTOR} 전화번호 알려주세요")
    assert all(number in answer.text for number in ("062-970-1732", "063-210-9261", "061-720-8541"))


@pytest.mark.parametrize("way", ["팩스 번호", "휴대폰 번호"])
def test_a_way_that_no_contact_has_is_said_not_to_be_known(adviser: Advisor, way: str) -> None:
    answer = ask(adviser, f"지능형로봇보급확산 {way} 알려 주세요")
    assert answer.status in (AnswerStatus.NOT_FOUND, AnswerStatus.REFUSED)
    assert "053-210-9513" not in answer.text.split("\n")[0]


def test_the_number_for_everybody_is_told_without_asking_for_a_place(adviser: Advisor) -> None:
    answer = ask(adviser, f"{DOCTOR} 대표번호가 몇 번이에요")
    assert [contact.phones for contact in answer.contacts] == [("1644-8000",)]


def test_an_address_that_only_a_statement_holds_is_told(adviser: Advisor) -> None:
    answer = ask(adviser, f"{DOCTOR} 홈페이지 주소 알려 주세요")
    assert "hrd4u.or.kr" in answer.text


def test_of_a_place_and_what_it_lies_in_the_office_of_the_place_is_told(adviser: Advisor) -> None:
    answer = ask(adviser, f"경상북도에 있는 경산시 회사인데 {DOCTOR} 전화번호는요?")
    assert "053-580-2313" in answer.text
    assert "054-840-3013" not in answer.text


def test_the_office_of_a_place_is_found_without_a_programme(adviser: Advisor) -> None:
    asker = Asker(CompanyProfile(), (), date(2026, 3, 2))
    part = Part((Ask.CONTACT,), Selection(SelectBy.REVERSE), at=("전라남도 나주시",), words="나주를 맡는 곳 번호")
    found = trace(Plan(part.words, (part,)), part, asker, adviser.shelf)
    assert isinstance(found, Traced) and found.is_place
    assert "062-970-1732" in {phone for fact in found.contacts if fact.contact for phone in fact.contact.phones}


def test_the_desk_for_what_is_spoken_of_is_told_and_all_where_none_is() -> None:
    evidence = Evidence("n", (1, 1), "", "")
    desks = tuple(
        Contact("모의원", evidence, department=department, phones=(phone,), purpose=purpose)
        for department, phone, purpose in (
            ("교육팀", "02-300-4000", "신청·접수"),
            ("전산팀", "02-300-4001", "시스템 오류"),
            ("감사실", "02-300-4002", "이의신청"),
        )
    )
    assert [c.department for c in by_purpose(desks, "이의신청은 어디에 하나요")] == ["감사실"]
    assert [c.department for c in by_purpose(desks, "접수 창구 번호 알려 주세요")] == ["교육팀"]
    assert not by_purpose(desks, "전화번호 알려 주세요")
