"""An agency's phone is told programme by programme, and how a sum is divided is told whole."""

from __future__ import annotations

from datetime import date

import pytest

from rag.advisor import Advisor
from rag.compose.whole import divided
from rag.domain import AnswerStatus, Question
from tests.rag.compose.asking import program, request

DAY = date(2026, 4, 6)


def test_an_agency_of_several_programmes_is_told_with_the_office_of_each(adviser: Advisor) -> None:
    answer = adviser.answer(Question("스마트제조혁신추진단 전화번호 뭐예요", DAY))
    assert answer.status is AnswerStatus.CLARIFY
    assert len({m.program.name for m in answer.matches}) > 1
    assert all(any(c.phones[0] in answer.text for c in m.program.contacts if c.phones) for m in answer.matches)


def test_an_agency_with_a_place_is_asked_for_its_office_there(adviser: Advisor) -> None:
    answer = adviser.answer(Question("구미인데 산업인력공단 지사 번호요", DAY))
    assert "경북서부지사" in answer.text


def test_the_parts_of_a_total_are_told_where_it_is_asked_how_it_is_divided(adviser: Advisor) -> None:
    loans = program(adviser, "AX스프린트 우대 트랙")
    lines = divided(loans, request(adviser, "AX스프린트 1400억이 자금별로 어떻게 나뉘어 있나요"))
    assert "700억원" in lines[0].text
    assert lines[0].evidence
    assert divided(loans, request(adviser, "AX스프린트 신청은 어떻게 하나요")) == []


@pytest.mark.parametrize(
    "asked",
    [
        "본사는 서울 강남구이고 훈련은 김포시 공장에서 하는데 능력개발전담주치의 어디에 전화해요?",
        "능력개발전담주치의 지사 번호요. 김포시 공장에서 훈련하고 강남구 본사예요",
    ],
)
def test_the_office_is_that_of_the_place_of_training_not_of_the_head_office(adviser: Advisor, asked: str) -> None:
    answer = adviser.answer(Question(asked, DAY))
    assert "경기서부지사" in answer.text
    assert "서울강남지사" not in answer.text


def test_a_town_in_a_city_is_read_with_its_city(adviser: Advisor) -> None:
    assert "세종지사" in adviser.answer(Question("공주 유구읍에서 공장 하는데 주치의 번호요", DAY)).text
