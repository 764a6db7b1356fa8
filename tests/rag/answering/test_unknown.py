"""What no record states is said to be unknown, with what comes nearest, over the bundled corpus."""

from __future__ import annotations

from datetime import date

import pytest

from rag.advisor import Advisor
from rag.domain import Question

UNKNOWN = "확인되지 않습니다"


def ask(adviser: Advisor, text: str, day: date = date(2026, 3, 2)) -> str:
    return adviser.answer(Question(text, day)).text


@pytest.mark.parametrize(
    "text",
    [
        "폴리텍 포항캠퍼스 교학처 직통번호 좀요",
        "원주 담당하는 주치의 선생님 존함이 어떻게 되나요",
    ],
)
def test_what_is_asked_and_nowhere_recorded_is_said_to_be_unknown(adviser: Advisor, text: str) -> None:
    assert UNKNOWN in ask(adviser, text)


def test_where_no_ceiling_is_stated_the_whole_budget_comes_nearest(adviser: Advisor) -> None:
    told = ask(adviser, "산업AI솔루션 실증은 과제마다 얼마까지 주나요?")
    assert "128억" in told and UNKNOWN in told


@pytest.mark.parametrize(
    "text",
    [
        "Our owner lives abroad. May we apply for the smart factory(스마트공장)?",
    ],
)
def test_a_condition_of_which_no_statement_says_a_word_is_told_with_the_reserve(adviser: Advisor, text: str) -> None:
    assert UNKNOWN in ask(adviser, text)


def test_an_office_that_a_contact_names_is_told(adviser: Advisor) -> None:
    assert "043-931-5760" in ask(adviser, "AI바우처 담당 부서 전화번호 알려 주세요")


def test_a_noun_that_ends_like_an_office_is_none(adviser: Advisor) -> None:
    told = ask(adviser, "스마트공장 선정 결과 물어볼 연락처가 어디예요?")
    assert "결과는" not in told
    assert "044-300-0957" in told


@pytest.mark.parametrize(
    "text",
    [
        "정책자금 기준금리가 올해 3분기에는 몇 퍼센트인가요",
        "제조로봇 실증은 올해 몇 개 과제를 뽑나요? 2025년 말고요",
    ],
)
def test_what_is_told_of_another_time_is_no_answer_for_the_time_asked_about(adviser: Advisor, text: str) -> None:
    assert UNKNOWN in ask(adviser, text)


def test_the_quarter_that_is_told_is_told_without_a_reserve(adviser: Advisor) -> None:
    told = ask(adviser, "정책자금 기준금리가 2025년 4분기에 몇 퍼센트였나요")
    assert "3.14%" in told and "2025년 4분기 내용은" not in told
