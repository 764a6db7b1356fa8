"""Questions that no programme or list settles."""

from __future__ import annotations

import pytest

from rag.advisor import Advisor
from rag.compose.open import greet_or_leave, open_question
from rag.domain import AnswerStatus
from tests.rag.compose.asking import request


@pytest.mark.parametrize("text", ["안녕하세요", "고마워요", "오늘 날씨 어때?"])
def test_a_greeting_or_another_subject_is_left_alone(adviser: Advisor, text: str) -> None:
    draft = greet_or_leave(request(adviser, text), adviser.knowledge)
    assert draft is not None
    assert draft.status is AnswerStatus.OUT_OF_SCOPE


@pytest.mark.parametrize("text", ["지원사업 알려 주세요", "능력개발전담주치의", "AI 교육"])
def test_a_question_on_our_subject_goes_on(adviser: Advisor, text: str) -> None:
    assert greet_or_leave(request(adviser, text), adviser.knowledge) is None


def test_a_passage_is_quoted_only_where_it_holds_the_words_of_the_question(adviser: Advisor) -> None:
    found = open_question(request(adviser, "공기압축기 운전 및 예방정비 과정"), adviser.knowledge)
    assert found.status is AnswerStatus.ANSWERED
    assert "공기압축기" in "".join(statement.text for statement in found.statements)
    none = open_question(request(adviser, "해외 전시회 통역비 지원 사업"), adviser.knowledge)
    assert none.status is AnswerStatus.NOT_FOUND
    assert not any(statement.evidence for statement in none.statements)


def test_a_short_form_is_spelled_out_where_a_document_does(adviser: Advisor) -> None:
    draft = open_question(request(adviser, "PBL이 무슨 뜻이에요?"), adviser.knowledge)
    assert any("**PBL**: 문제해결형" in statement.text and statement.evidence for statement in draft.statements)
