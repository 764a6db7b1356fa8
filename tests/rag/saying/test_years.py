"""Of a year that no document speaks of it is said that nothing is known; of the others nothing is said."""

from __future__ import annotations

from datetime import date

import pytest

from rag.advisor import Advisor
from rag.domain import Answer, AnswerStatus, PeriodStatus, Question

TODAY = date(2026, 3, 20)


def ask(adviser: Advisor, text: str, day: date) -> Answer:
    return adviser.answer(Question(text, day))


@pytest.mark.parametrize("year", [1995, 2031, 2099])
@pytest.mark.parametrize(
    "text",
    [
        "AI통합 바우처 접수는 언제까지 합니까?",
        "스마트공장 보급은 어디에 전화하면 되나요?",
        "지금 신청 가능한 사업들을 알려 주세요.",
        "대전에 있는 식품 회사인데 받을 만한 지원이 있나요?",
    ],
)
def test_on_a_day_of_such_a_year_it_is_said_after_what_is_told(adviser: Advisor, text: str, year: int) -> None:
    told = ask(adviser, text, date(year, 5, 6))
    assert told.card is not None
    assert told.card.lines[-1].startswith(f"{year}년에 관한 내용은 자료에서 확인되지 않습니다.")
    assert len(told.card.lines) > 1


@pytest.mark.parametrize(
    "text", ["2032년에 받을 수 있는 지원사업 목록을 보여 주세요.", "2040년 6월에 신청할 수 있는 사업은 무엇입니까?"]
)
def test_a_list_for_such_a_year_says_so_first_and_is_no_whole_answer(adviser: Advisor, text: str) -> None:
    told = ask(adviser, text, TODAY)
    assert "에 관한 내용은 자료에서 확인되지 않습니다." in told.text.splitlines()[0]
    assert told.status in (AnswerStatus.PARTIAL, AnswerStatus.NOT_FOUND)


def test_what_is_said_of_one_programme_is_not_said_again(adviser: Advisor) -> None:
    told = ask(adviser, "2032년 AI통합 바우처는 어디에 문의하나요?", TODAY)
    assert told.text.count("2032년") == 1


def test_a_past_year_of_the_askers_own_is_none_that_it_asks_about(adviser: Advisor) -> None:
    told = ask(adviser, "1998년에 창업한 금속 가공 회사인데 받을 수 있는 지원이 있나요?", TODAY)
    assert "에 관한 내용은" not in told.text


@pytest.mark.parametrize("day", [date(2025, 6, 1), TODAY, date(2026, 12, 31)])
def test_of_years_that_are_spoken_of_nothing_is_said(adviser: Advisor, day: date) -> None:
    told = ask(adviser, "지금 신청 가능한 사업들을 알려 주세요.", day)
    assert "에 관한 내용은" not in told.text


def test_long_before_its_year_nothing_is_open(adviser: Advisor) -> None:
    told = ask(adviser, "지금 신청 가능한 사업들을 알려 주세요.", date(1995, 5, 6))
    assert not {match.status for match in told.matches} & {PeriodStatus.OPEN, PeriodStatus.ALWAYS}


def test_in_english_it_is_said_in_english(adviser: Advisor) -> None:
    told = ask(adviser, "Until when can we apply for the AI voucher?", date(2031, 5, 6))
    assert told.text.splitlines()[-1].startswith("The documents say nothing of 2031.")
