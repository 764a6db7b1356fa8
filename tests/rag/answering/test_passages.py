"""Passages: what a document tells of no programme is found by the heading above it, line by line."""

from rag.advisor import Advisor
from rag.answering.passages import stories
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
