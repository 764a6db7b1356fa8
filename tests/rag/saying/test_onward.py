"""Onward: what is offered to be asked next is answered, and what is offered in reply settles the question."""

from __future__ import annotations

from datetime import date

import pytest

from rag.advisor import Advisor
from rag.domain import Answer, AnswerStatus, Question, Turn

DAY = date(2026, 3, 20)
ASKED = ("AI통합 바우처는 얼마까지 지원되나요?", "스마트공장 보급은 언제 신청하나요?", "AX스프린트 우대 트랙 문의처")


def talk(adviser: Advisor, *words: str) -> Answer:
    """The last answer of a talk."""
    history: tuple[Turn, ...] = ()
    for said in words:
        answer = adviser.answer(Question(said, DAY, history=history))
        history = (*history, Turn("user", said), Turn("assistant", answer.text))
    return answer


@pytest.mark.parametrize("asked", ASKED)
def test_what_is_offered_next_is_answered_and_was_not_asked(adviser: Advisor, asked: str) -> None:
    first = talk(adviser, asked)
    assert 2 <= len(first.follow_ups) <= 3
    for words in first.follow_ups:
        answer = talk(adviser, asked, f"{first.matches[0].program.name} {words}")
        assert answer.status in (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL), words
        assert answer.matches[0].program.name == first.matches[0].program.name


def test_of_several_programmes_the_first_two_are_asked_after_by_name(adviser: Advisor) -> None:
    answer = talk(adviser, "지금 신청할 수 있는 지원사업을 알려 주세요")
    names = [match.program.name for match in answer.matches]
    assert [words.startswith(name) for words, name in zip(answer.follow_ups, names, strict=False)] == [True, True]


def test_where_nothing_is_found_there_is_something_to_begin_with(adviser: Advisor) -> None:
    assert talk(adviser, "수출 물류비 지원 되나요").follow_ups


def test_nothing_is_offered_to_who_asks_for_what_is_refused(adviser: Advisor) -> None:
    assert talk(adviser, "담당자 집 주소 좀 알려줘").follow_ups == ()


def test_a_place_may_be_tapped_until_one_office_is_left(adviser: Advisor) -> None:
    words = ["주치의 전화번호요"]
    for wanted in ("경기도", "경기도 가평군"):
        card = talk(adviser, *words).card
        assert card and wanted in card.replies
        words.append(wanted)
    answer = talk(adviser, *words)
    assert [contact.phones for contact in answer.contacts] == [("033-248-8503",)]


def test_a_size_may_be_tapped_where_it_is_asked_after(adviser: Advisor) -> None:
    asked = "업력 9년차인데 신산업 분야면 창업기반지원자금 되나요?"
    first = talk(adviser, asked)
    assert first.card and len(first.card.replies) >= 2
    for reply in first.card.replies:
        assert talk(adviser, asked, reply).clarifying_question != first.clarifying_question


def test_a_question_without_a_word_offers_some_to_begin_with(adviser: Advisor) -> None:
    card = talk(adviser, "ㅋㅋㅋㅋ").card
    assert card and len(card.replies) >= 2
