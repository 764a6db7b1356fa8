"""Passages: what a document tells of no programme is found by the heading above it, line by line."""

from datetime import date

import pytest

from rag.advisor import Advisor
from rag.answering.passages import stories
from rag.domain import Question
from rag.errors import StorageUnavailable
from rag.generation import OpenGeneration
from rag.plan import Ask, Nothing, Part, Passages, Point, SelectBy, Selection


def asked(words: str) -> Part:
    return Part((Ask.THING,), Selection(SelectBy.ALL), points=(Point(Ask.THING),), words=words)


def test_the_story_of_a_firm_is_told_with_the_words_it_stands_in(adviser: Advisor) -> None:
    part = asked("우수사례 엑스오는 어떤 인증을 획득했나요, 품질역량 성과가 궁금합니다")
    found = stories(part, adviser.shelf, adviser.shelf.words)
    assert isinstance(found, Passages)
    assert any("인증" in fact.text for fact in found.facts)
    assert all(fact.evidence for fact in found.facts)


def test_of_what_no_heading_speaks_nothing_is_told(adviser: Advisor) -> None:
    assert isinstance(stories(asked("우주정거장 급식 단가"), adviser.shelf, adviser.shelf.words), Nothing)


def test_while_vectors_are_away_there_is_no_answer_at_all(
    corpus_index: OpenGeneration, adviser: Advisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise StorageUnavailable("away")

    monkeypatch.setattr(type(corpus_index.vectors), "nearest", away)
    with pytest.raises(StorageUnavailable):
        adviser.answer(
            Question(
                "안내서에 열 명짜리 소프트웨어 회사가 태양광 발전량 예측 교육받은 사례, 결과가 어땠어요?",
                date(2026, 3, 20),
            )
        )
