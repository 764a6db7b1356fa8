"""A request is taken or refused as the contract says."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from rag.domain import (
    CompanyProfile,
    Question,
    SizeClass,
    Turn,
)
from server.asking.request import AskRequest

DAY = date(2026, 3, 20)


def test_a_full_request_becomes_a_question() -> None:
    request = AskRequest.model_validate(
        {
            "question": "  도와 주세요 ",
            "as_of": "2026-03-20",
            "profile": {
                "region": "경기도 화성시",
                "employees": 32,
                "size": "중소기업",
                "insured": True,
                "needs": ["교육"],
            },
            "history": [{"role": "user", "content": "안녕하세요"}],
            "conversation_id": None,
        }
    )
    assert request.as_question(date(2000, 1, 1)) == Question(
        "도와 주세요",
        DAY,
        CompanyProfile(region="경기도 화성시", employees=32, size=SizeClass.SMALL, insured=True, needs=("교육",)),
        (Turn("user", "안녕하세요"),),
    )


def test_without_a_day_the_question_is_for_today() -> None:
    assert AskRequest(question="a").as_question(DAY).as_of == DAY


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"question": " \n\t "},
        {"question": "가" * 2001},
        {"question": 3},
        {"question": "a", "extra": 1},
        {"question": "a", "as_of": "20260320"},
        {"question": "a", "as_of": "2026-02-30"},
        {"question": "a", "as_of": 1_700_000_000},
        {"question": "a", "as_of": "2026-03-20T00:00:00"},
        {"question": "a", "profile": {"employees": -1}},
        {"question": "a", "profile": {"employees": True}},
        {"question": "a", "profile": {"employees": "32"}},
        {"question": "a", "profile": {"size": "큰 회사"}},
        {"question": "a", "profile": {"insured": "yes"}},
        {"question": "a", "profile": {"unknown": 1}},
        {"question": "a", "history": [{"role": "system", "content": "x"}]},
        {"question": "a", "history": [{"role": "user", "content": "x", "name": "y"}]},
    ],
)
def test_a_request_of_the_wrong_form_is_refused(body: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        AskRequest.model_validate(body)


def test_a_question_of_exactly_the_limit_is_taken() -> None:
    assert len(AskRequest(question="가" * 2000).question) == 2000


def test_of_a_long_talk_the_end_is_heard_and_the_question_whole() -> None:
    turns = [{"role": "user", "content": f"{number} {'가' * 1000}"} for number in range(60)]
    question = AskRequest.model_validate({"question": "나" * 2000, "history": turns}).as_question(DAY)
    assert question.text == "나" * 2000
    assert len(question.history) <= 20
    assert sum(len(turn.content) for turn in question.history) <= 8000
    assert question.history[-1].content.startswith("59 ")
