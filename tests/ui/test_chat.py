"""The conversation: what is asked reaches the adviser, what cannot be asked is said, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from rag.domain import Answer, AnswerStatus, CompanyProfile, Question, SizeClass, Turn
from rag.errors import IndexMissing
from ui.chat import Conversation, View, company, converse

DAY = date(2026, 3, 20)


def talk(
    words: str, past: Conversation = (), fails: Exception | None = None, pieces: tuple[str, ...] = ()
) -> tuple[list[View], list[Question]]:
    """The views of one step and the questions it asked."""
    asked: list[Question] = []

    def ask(question: Question) -> Iterator[str | Answer]:
        asked.append(question)
        if fails:
            raise fails
        yield from pieces
        yield Answer(AnswerStatus.ANSWERED, "답입니다.", question.as_of)

    return list(converse(ask, lambda _: None, words, CompanyProfile(employees=3), DAY, past)), asked


def test_the_question_is_shown_before_its_answer() -> None:
    (waiting, done), asked = talk("  무엇입니까? ")
    assert "무엇입니까?" in waiting.thread
    assert "답입니다." not in waiting.thread
    assert "답입니다." in done.thread
    assert asked == [Question("무엇입니까?", DAY, CompanyProfile(employees=3))]


def test_what_is_written_so_far_is_shown_until_the_answer_takes_its_place() -> None:
    views, _ = talk("a", pieces=("첫 문장입니다.", " **둘째** [1] <b>x</b>"))
    _, first, second, done = views
    assert "첫 문장입니다." in first.thread and "둘째" not in first.thread
    assert "<strong>둘째</strong>" in second.thread and "<b>x" not in second.thread
    assert "답입니다." in done.thread and "첫 문장" not in done.thread
    assert done.conversation[-1].said == "답입니다."


def test_earlier_turns_are_passed_on() -> None:
    views, _ = talk("첫 질문")
    _, asked = talk("그럼 언제까지?", views[-1].conversation)
    assert asked[0].history == (Turn("user", "첫 질문"), Turn("assistant", "답입니다."))


@pytest.mark.parametrize(("words", "sentence"), [(" \n", "질문을 입력해 주세요."), ("가" * 2001, "2,001자입니다")])
def test_what_cannot_be_asked_is_said_and_the_words_are_kept(words: str, sentence: str) -> None:
    (view,), asked = talk(words)
    assert not asked
    assert sentence in view.notice
    assert view.left.strip() == words.strip()


def test_a_known_accident_is_said_with_its_sentence() -> None:
    views, _ = talk("a", fails=IndexMissing("색인이 없습니다."))
    assert "색인이 없습니다." in views[-1].thread


def test_an_unknown_accident_shows_nothing_of_the_inside() -> None:
    views, _ = talk("a", fails=RuntimeError("secret"))
    assert "secret" not in views[-1].thread
    assert "다시 물어 주세요" in views[-1].thread


def test_an_empty_panel_is_an_unknown_company() -> None:
    assert company("", " ", "", "모름", "", "모름", " , ") == CompanyProfile()


def test_a_filled_panel_is_a_profile() -> None:
    assert company("경기도 화성시", "제조", "1,032명", "중소기업", "2015년", "미가입", "교육, 설비") == CompanyProfile(
        "경기도 화성시", "제조", 1032, SizeClass.SMALL, 2015, False, ("교육", "설비")
    )


@pytest.mark.parametrize(
    "given",
    [{"employees": "-1"}, {"employees": "열 명"}, {"founded": "15"}, {"region": "가" * 201}, {"employees": "²"}],
)
def test_a_field_that_makes_no_sense_is_refused_in_korean(given: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"주세요|있습니다"):
        company(**given)
