"""What is named or described in English is found by official names and by meaning."""

from __future__ import annotations

from datetime import date

import pytest

from rag.advisor import Advisor
from rag.domain import Question
from rag.reading.foreign import body_meant, is_foreign


@pytest.mark.parametrize(
    ("words", "body"),
    [
        ("Ministry of SMEs and Startups", "중소벤처기업부"),
        ("the science and ICT ministry", "과학기술정보통신부"),
        ("MOTIR", "산업통상부"),
        ("the industry ministry", "산업통상부"),
        ("small business ministry", "중소벤처기업부"),
        ("employment ministry", ""),
        ("industry", ""),
        ("중기부", ""),
    ],
)
def test_a_body_is_meant_by_all_words_of_an_official_name_in_any_order(words: str, body: str) -> None:
    assert body_meant(words) == body


def test_words_are_foreign_only_without_a_korean_letter() -> None:
    assert is_foreign("AI+X academy")
    assert not is_foreign("AI+X 아카데미")
    assert not is_foreign("2026")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("What is the phone number of the AI integrated voucher scheme?", "AI통합 바우처"),
        ("Who is the contact of the Korea Polytechnics small firm training?", "한국폴리텍대학 소규모사업장 훈련"),
    ],
)
def test_a_description_in_english_means_the_programme_whose_card_is_near(
    adviser: Advisor, text: str, name: str
) -> None:
    assert [match.program.name for match in adviser.answer(Question(text, date(2026, 3, 2))).matches] == [name]


def test_a_description_of_what_is_not_there_means_no_programme(adviser: Advisor) -> None:
    answer = adviser.answer(Question("What number do I call about the export voucher?", date(2026, 3, 2)))
    assert "AI통합 바우처" not in {match.program.name for match in answer.matches}


def test_programmes_run_by_a_body_named_in_english_are_listed(adviser: Advisor) -> None:
    answer = adviser.answer(
        Question("List the budgets of all programmes of the trade and industry ministry", date(2026, 3, 2))
    )
    names = {match.program.name for match in answer.matches}
    assert {"산업AI솔루션 실증·확산 지원", "지능형로봇보급확산"} <= names
    assert "AI통합 바우처" not in names
