"""What a question takes for granted: who was selected, which figure is today's, who gives something."""

from __future__ import annotations

from datetime import date

import pytest

from rag.advisor import Advisor
from rag.domain import AnswerStatus, Question

DAY = date(2026, 8, 19)


def told(adviser: Advisor, text: str) -> str:
    return adviser.answer(Question(text, DAY)).text


def test_a_place_that_was_not_selected_is_said_not_to_be(adviser: Advisor) -> None:
    answer = told(adviser, "작년에 경기도가 지역 주도형 AI 대전환에 뽑혔잖아요")
    assert "경기도는 선정된 곳이 아닙니다" in answer
    assert "경남, 대구, 울산, 전남, 제주" in answer


def test_a_place_that_was_selected_is_not_denied(adviser: Advisor) -> None:
    answer = told(adviser, "작년에 전남도 지역 주도형 AI 대전환에 뽑혔죠?")
    assert "선정된 곳이 아닙니다" not in answer
    assert "경남, 대구, 울산, 전남, 제주" in answer


@pytest.mark.parametrize("text", ["지금 정책자금 기준금리가 몇 퍼센트예요?", "26년 3분기 정책자금 기준금리 얼마"])
def test_an_older_figure_is_told_with_its_time_and_that_todays_is_not_known(adviser: Advisor, text: str) -> None:
    answer = told(adviser, text)
    assert "물어보신 때의 값은 문서에서 확인되지 않습니다" in answer
    assert "2025년 4분기" in answer


def test_a_figure_of_the_time_asked_about_is_not_called_old(adviser: Advisor) -> None:
    assert "물어보신 때의 값" not in told(adviser, "2025년 4분기 정책자금 기준금리가 얼마였나요")


@pytest.mark.parametrize("text", ["기보에서 하는 AI 보증 한도", "부산경제진흥원에서 주는 AI 지원금 번호"])
def test_what_a_body_of_no_document_gives_is_not_known(adviser: Advisor, text: str) -> None:
    assert "등록된 문서에서 확인되지 않습니다" in told(adviser, text)


def test_a_body_that_applies_is_no_giver(adviser: Advisor) -> None:
    assert "하는 사업은 등록된" not in told(adviser, "저희 한국금형협회도 산업AI솔루션 실증에 신청할 수 있나요")


@pytest.mark.parametrize("text", ["너 사람이야 로봇이야", "상담원이세요?", "Are you a robot?"])
def test_who_answers_is_told(adviser: Advisor, text: str) -> None:
    answer = adviser.answer(Question(text, DAY))
    assert answer.status is AnswerStatus.OUT_OF_SCOPE
    assert "자동 안내" in answer.text


def test_staff_of_a_company_are_not_asked_who_answers(adviser: Advisor) -> None:
    assert "자동 안내" not in told(adviser, "저는 공장 직원이에요 교육 받고 싶어요")
