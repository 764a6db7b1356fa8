"""The KakaoTalk skill answers in the platform's form, within its limits and its time, whatever happens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from rag.advisor import Advisor
from rag.domain import Question
from rag.errors import IndexMissing, ModelUnavailable
from server.asking.ask import Asking
from server.asking.reply import ActionOut, AskResponse, CardOut, response
from server.desks.service import Service
from server.faces import kakao_wire
from server.faces.kakao import EMPTY, LATE, OUT, TOO_LONG, bubbles, kakao_routes
from server.faces.kakao_wire import SkillRequest, SkillResponse
from tests.server.fakes import SOURCE, FakeDesk, answered
from tests.server.test_app import is_problem

DAY = date(2026, 3, 20)
QUESTION = "언제까지인가요?"
ANSWER = response(answered(Question(QUESTION, DAY)), lambda _: SOURCE, "id", "g1", 1)


def request(words: str) -> dict[str, Any]:
    """What the platform sends when a user says something."""
    return {
        "intent": {"id": "0", "name": "묻기"},
        "userRequest": {
            "timezone": "Asia/Seoul",
            "params": {"ignoreMe": "true"},
            "block": {"id": "0", "name": "묻기"},
            "utterance": words,
            "lang": None,
            "user": {"id": "user-key-of-nobody", "type": "botUserKey", "properties": {}},
            "callbackUrl": "https://callback.example/never",
        },
        "bot": {"id": "0", "name": "지원"},
        "action": {"name": "묻기", "clientExtra": None, "params": {}, "id": "0", "detailParams": {}},
        "contexts": [],
    }


def shown(made: SkillResponse) -> dict[str, Any]:
    """A response as it is sent."""
    sent: dict[str, Any] = made.model_dump(mode="json", by_alias=True, exclude_none=True)
    return sent


def only_text(sent: dict[str, Any]) -> str:
    """The words of a response that is one bubble of text."""
    (output,) = sent["template"]["outputs"]
    return str(output["simpleText"]["text"])


@pytest.fixture
def hurried(tmp_path: Path) -> Iterator[tuple[TestClient, FakeDesk]]:
    """The skill alone, which gives an answer half a second."""
    (tmp_path / "CURRENT").write_text("g1\n", "utf-8")
    desk = FakeDesk()
    app = FastAPI()
    app.include_router(kakao_routes(Asking(Service(tmp_path, lambda: desk)), lambda: DAY, within_s=0.5))
    with TestClient(app) as client:
        yield client, desk


@pytest.mark.long
def test_an_answer_is_a_card_with_its_source_and_a_button_to_call(client: TestClient, desk: FakeDesk) -> None:
    reply = client.post("/v1/kakao/skill", json=request(f" {QUESTION} "))
    assert reply.status_code == 200
    assert reply.json() == {
        "version": "2.0",
        "template": {
            "outputs": [
                {
                    "textCard": {
                        "description": "4월 20일까지 신청합니다 [1]. 문의처는 02-000-0000입니다 [2]."
                        "\n\n규모가 어떻게 됩니까?"
                        "\n\n출처 지원사업 안내 [1] 17쪽 [2] 18–19쪽",
                        "buttons": [{"action": "phone", "label": "02-000-0000", "phoneNumber": "02-000-0000"}],
                    }
                }
            ],
            "quickReplies": [
                {"action": "message", "label": "중소기업", "messageText": f"{QUESTION} 중소기업"},
                {"action": "message", "label": "중견기업", "messageText": f"{QUESTION} 중견기업"},
                {
                    "action": "message",
                    "label": "지원금은 얼마입니까?",
                    "messageText": "가상 바우처 지원금은 얼마입니까?",
                },
            ],
        },
    }
    assert (desk.asked[-1].text, desk.asked[-1].history) == (QUESTION, ())


def test_nothing_of_the_user_reaches_the_log(client: TestClient, capsys: pytest.CaptureFixture[str]) -> None:
    client.post("/v1/kakao/skill", json=request(QUESTION))
    assert "user-key-of-nobody" not in "".join(capsys.readouterr())


@pytest.mark.parametrize(("words", "said"), [(" ", EMPTY), ("", EMPTY), ("가" * 2001, TOO_LONG)])
def test_what_a_user_got_wrong_is_said_to_the_user(client: TestClient, words: str, said: str) -> None:
    reply = client.post("/v1/kakao/skill", json=request(words))
    assert (reply.status_code, only_text(reply.json())) == (200, said)


@pytest.mark.parametrize("body", [{}, [], {"userRequest": {}}, {"userRequest": {"utterance": 1}}])
def test_a_request_of_another_form_is_a_problem(client: TestClient, body: object) -> None:
    assert is_problem(client.post("/v1/kakao/skill", json=body), 422)


@pytest.mark.parametrize("fault", [ModelUnavailable("안의 일"), IndexMissing("안의 일"), RuntimeError("안의 일")])
def test_an_outage_is_a_bubble_without_anything_of_the_inside(
    client: TestClient, desk: FakeDesk, fault: Exception
) -> None:
    desk.fails = fault
    reply = client.post("/v1/kakao/skill", json=request(QUESTION))
    assert (reply.status_code, only_text(reply.json())) == (200, OUT)


def test_an_answer_that_takes_too_long_is_given_up(hurried: tuple[TestClient, FakeDesk]) -> None:
    client, desk = hurried
    desk.hold = Event()
    try:
        reply = client.post("/v1/kakao/skill", json=request(QUESTION))
        # The bubble has come while the answer is still being made.
        assert desk.began.is_set()
    finally:
        desk.hold.set()
    assert (reply.status_code, only_text(reply.json())) == (200, LATE)


def several() -> AskResponse:
    """An answer of seven programmes, each of which closes a day before the one told earlier."""
    (program,) = ANSWER.programs
    programs = [
        program.model_copy(
            update={
                "name": f"가상 사업 {at}",
                "period": program.period.model_copy(update={"closes_on": DAY + timedelta(9 - at), "days_left": 9 - at}),
            }
        )
        for at in range(7)
    ]
    return ANSWER.model_copy(update={"programs": programs})


def test_several_programmes_are_a_list_with_what_closes_soonest_first() -> None:
    text, listed = shown(bubbles(QUESTION, several()))["template"]["outputs"]
    assert "simpleText" in text
    card = listed["listCard"]
    assert card["header"]["title"] == "지원사업 7개"
    assert [item["title"] for item in card["items"]] == [f"가상 사업 {at}" for at in (6, 5, 4, 3, 2)]
    assert card["items"][0]["description"] == "3월 23일 마감, 3일 남음"
    assert card["items"][0]["messageText"] == "가상 사업 6"
    assert card["buttons"][0]["phoneNumber"] == "02-000-0000"


def test_a_deadline_that_the_text_does_not_tell_comes_first() -> None:
    told = ANSWER.model_copy(update={"answer": "문의처는 02-000-0000입니다 [2].", "clarifying_question": None})
    card = shown(bubbles(QUESTION, told))["template"]["outputs"][0]["textCard"]
    assert card["description"].startswith("4월 20일 마감, 31일 남음\n문의처는")


def test_a_page_of_elsewhere_is_a_button_and_a_path_of_ours_is_none() -> None:
    actions = [
        ActionOut(kind="calendar", label="달력", href="/calendar.ics"),
        ActionOut(kind="apply", label="신청하기", href="https://apply.example"),
    ]
    told = ANSWER.model_copy(update={"card": CardOut(lines=[], actions=actions, replies=[])})
    buttons = shown(bubbles(QUESTION, told))["template"]["outputs"][0]["textCard"]["buttons"]
    assert buttons[1:] == [{"action": "webLink", "label": "신청하기", "webLinkUrl": "https://apply.example"}]


def test_lists_and_bold_are_plain_and_marks_stay() -> None:
    told = ANSWER.model_copy(update={"answer": "**가상 바우처**\n- **강원지사** 033-000-0000 [1]", "contacts": []})
    assert "가상 바우처\n· 강원지사 033-000-0000 [1]" in only_text(shown(bubbles(QUESTION, told)))


WORDS = st.text(max_size=3000)


@given(WORDS.filter(str.strip), WORDS, st.lists(WORDS, max_size=30), st.lists(st.text(max_size=40), max_size=9))
def test_no_answer_is_beyond_what_the_platform_takes(
    question: str, text: str, replies: list[str], phones: list[str]
) -> None:
    contact = ANSWER.contacts[0].model_copy(update={"phones": phones})
    told = several().model_copy(
        update={
            "answer": text or "가",
            "contacts": [contact],
            "follow_ups": replies,
            "card": CardOut(lines=[], actions=[], replies=replies),
        }
    )
    for answer in (told, told.model_copy(update={"programs": told.programs[:1]})):
        SkillResponse.model_validate(bubbles(question, answer).model_dump())


def test_real_answers_fit(adviser: Advisor) -> None:
    generation = adviser.shelf
    assert generation.programs
    for program in generation.programs[:5]:
        for asked in ("문의처", "언제까지 신청하나요", "얼마까지 지원하나요"):
            question = Question(f"{program.name} {asked}", DAY)
            told = response(adviser.answer(question), lambda _: replace(SOURCE), "id", "g", 1)
            sent = shown(bubbles(question.text, told))
            assert 1 <= len(sent["template"]["outputs"]) <= 3


def models() -> list[type[BaseModel]]:
    """Every model of the skill."""
    known = [one for one in vars(kakao_wire).values() if isinstance(one, type) and issubclass(one, BaseModel)]
    return [one for one in known if one.__module__ == kakao_wire.__name__]


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_every_property_says_what_it_is(model: type[BaseModel]) -> None:
    assert all(field.description for field in model.model_fields.values())


def test_the_example_of_the_description_is_taken() -> None:
    for example in SkillRequest.model_json_schema()["examples"]:
        SkillRequest.model_validate(example)
