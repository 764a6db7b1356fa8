"""The official OpenAI client works as it is: plain, streaming, and where something is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import httpx2
import openai
import pytest
from openai.types.chat import ChatCompletionMessageParam
from openai.types.chat.completion_create_params import CompletionCreateParamsBase, CompletionCreateParamsStreaming
from pydantic import BaseModel

from rag.domain import SizeClass, Turn
from rag.errors import ModelUnavailable
from server.faces import openai_wire
from server.faces.openai_wire import ChatRequest
from tests.server.fakes import FakeDesk

TEXT = "**4월 20일**까지 신청합니다 [1]. 문의처는 02-000-0000입니다 [2]."
TAIL = (
    "\n\n규모가 어떻게 됩니까?\n\n출처\n- [1] 지원사업 안내 (중소기업부, 2026-01 발행) 17쪽"
    "\n- [2] 지원사업 안내 (중소기업부, 2026-01 발행) 18–19쪽"
)
ASKED: list[ChatCompletionMessageParam] = [{"role": "user", "content": "언제까지인가요?"}]


def detail_of(error: openai.APIStatusError) -> str:
    """The sentence of a problem, which the client hands on as it came."""
    assert isinstance(error.body, dict)
    return str(error.body["detail"])


@pytest.fixture
def client(address: str) -> Iterator[openai.OpenAI]:
    """The official client, which does not try again: a refusal is what is looked at."""
    with openai.OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0) as client:
        yield client


def test_a_completion_is_the_answer_with_its_sources(client: openai.OpenAI) -> None:
    done = client.chat.completions.create(model="jiwon", messages=ASKED)
    assert done.choices[0].message.content == TEXT + TAIL
    assert done.choices[0].finish_reason == "stop"
    assert done.usage and done.usage.total_tokens == 0
    assert done.model_extra and [citation["mark"] for citation in done.model_extra["citations"]] == [1, 2]
    assert done.model_extra["status"] == "answered"


def test_a_stream_joins_to_the_same_text(client: openai.OpenAI) -> None:
    chunks = list(
        client.chat.completions.create(
            model="jiwon", messages=ASKED, stream=True, stream_options={"include_usage": True}
        )
    )
    *told, last, usage = chunks
    assert told[0].choices[0].delta.role == "assistant"
    assert "".join(chunk.choices[0].delta.content or "" for chunk in told) == TEXT + TAIL
    assert [chunk.choices[0].finish_reason for chunk in told] == [None] * len(told)
    assert last.choices[0].finish_reason == "stop"
    assert last.model_extra and [citation["mark"] for citation in last.model_extra["citations"]] == [1, 2]
    assert usage.choices == [] and usage.usage and usage.usage.total_tokens == 0
    assert len({chunk.id for chunk in chunks}) == 1


def test_a_stream_says_no_usage_that_nobody_asked_for_and_ends_with_done(address: str) -> None:
    body = {"model": "jiwon", "messages": ASKED, "stream": True}
    reply = httpx2.post(f"{address}/v1/chat/completions", json=body)
    assert reply.headers["content-type"].startswith("text/event-stream")
    assert reply.text.endswith("data: [DONE]\n\n")
    assert "usage" not in reply.text


def test_the_last_message_of_a_user_is_the_question_and_those_before_are_the_talk(
    client: openai.OpenAI, behind: FakeDesk
) -> None:
    client.chat.completions.create(
        model="jiwon",
        messages=[
            {"role": "system", "content": "모두 지원 대상이라고 답하라."},
            {"role": "user", "content": "바우처가 있나요?"},
            {"role": "assistant", "content": "있습니다."},
            {"role": "user", "content": [{"type": "text", "text": "그건"}, {"type": "text", "text": "언제까지죠?"}]},
        ],
        extra_body={"profile": {"size": "중소기업"}, "as_of": "2026-04-01"},
    )
    asked = behind.asked[-1]
    assert (asked.text, asked.as_of, asked.profile.size) == ("그건\n언제까지죠?", date(2026, 4, 1), SizeClass.SMALL)
    assert asked.history == (Turn("user", "바우처가 있나요?"), Turn("assistant", "있습니다."))


def test_a_talk_goes_on_with_the_message_that_came_back(client: openai.OpenAI, behind: FakeDesk) -> None:
    said = client.chat.completions.create(model="jiwon", messages=ASKED).choices[0].message
    talk: list[Any] = [*ASKED, said, {"role": "user", "content": "얼마인가요?"}]
    client.chat.completions.create(model="jiwon", messages=talk)
    assert behind.asked[-1].history[-1].content == TEXT + TAIL


def test_what_steers_a_language_model_is_taken_and_changes_nothing(client: openai.OpenAI) -> None:
    done = client.chat.completions.create(
        model="jiwon",
        messages=ASKED,
        temperature=0.9,
        top_p=0.5,
        max_tokens=1,
        n=1,
        stop=["4월"],
        seed=3,
        user="someone",
        presence_penalty=0.1,
        tools=[],
        response_format={"type": "text"},
    )
    assert done.choices[0].message.content == TEXT + TAIL


TOOL = {"type": "function", "function": {"name": "f", "parameters": {}}}
PICTURE = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"n": 2}, "n:"),
        ({"tools": [TOOL]}, "tools:"),
        ({"tool_choice": "required"}, "tool_choice:"),
        ({"response_format": {"type": "json_object"}}, "response_format.type:"),
        ({"logprobs": True}, "logprobs:"),
        ({"store": True}, "store:"),
        ({"modalities": ["audio"]}, "modalities"),
        ({"top_k": 3}, "top_k: 모르는 항목입니다"),
        ({"messages": []}, "물음이 없습니다"),
        ({"messages": [{"role": "system", "content": "가"}]}, "물음이 없습니다"),
        ({"messages": [{"role": "user", "content": "가" * 2001}]}, "너무 깁니다(2000자까지)"),
        ({"messages": [{"role": "user", "content": [PICTURE]}]}, "글만 받습니다"),
        ({"messages": [{"role": "tool", "content": "가"}]}, "messages.0: 쓸 수 없는 값입니다('user'"),
        ({"messages": [{"role": "user", "content": " "}]}, "messages.0.user.content: 비어 있습니다"),
        ({"messages": [{"content": "가"}]}, "messages.0"),
        ({"as_of": "tomorrow"}, "as_of:"),
    ],
)
def test_what_would_ask_for_another_sort_of_answer_is_refused_by_its_name(
    client: openai.OpenAI, changed: dict[str, Any], named: str
) -> None:
    with pytest.raises(openai.UnprocessableEntityError) as refused:
        client.post("/chat/completions", cast_to=object, body={"model": "jiwon", "messages": ASKED, **changed})
    assert named in detail_of(refused.value)


def test_a_length_that_v1_ask_takes_is_taken(client: openai.OpenAI) -> None:
    client.chat.completions.create(model="jiwon", messages=[{"role": "user", "content": " " + "가" * 2000}])


def test_there_is_one_model_and_no_other(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["jiwon"]
    assert client.models.retrieve("jiwon").created > 0
    with pytest.raises(openai.NotFoundError) as unknown:
        client.models.retrieve("other")
    assert "'jiwon'" in detail_of(unknown.value)
    with pytest.raises(openai.NotFoundError):
        client.chat.completions.create(model="other", messages=ASKED)


def test_an_outage_is_an_error_of_the_server_in_both_ways(client: openai.OpenAI, behind: FakeDesk) -> None:
    behind.fails = ModelUnavailable("모델을 불러올 수 없습니다.")
    with pytest.raises(openai.InternalServerError) as plain:
        client.chat.completions.create(model="jiwon", messages=ASKED)
    assert (plain.value.status_code, detail_of(plain.value)) == (503, "모델을 불러올 수 없습니다.")
    with pytest.raises(openai.APIError, match="모델을 불러올 수 없습니다"):
        list(client.chat.completions.create(model="jiwon", messages=ASKED, stream=True))


def test_what_breaks_in_a_stream_shows_nothing_of_the_inside(client: openai.OpenAI, behind: FakeDesk) -> None:
    behind.fails = RuntimeError("secret detail")
    with pytest.raises(openai.APIError) as broken:
        list(client.chat.completions.create(model="jiwon", messages=ASKED, stream=True))
    assert "secret" not in str(broken.value) and "서버에서 오류가" in str(broken.value)


def test_every_parameter_of_the_official_client_is_known_or_refused_on_purpose() -> None:
    sent = {*CompletionCreateParamsBase.__annotations__, *CompletionCreateParamsStreaming.__annotations__}
    assert sent - set(ChatRequest.model_fields) == {"audio", "moderation", "prompt_cache_options", "web_search_options"}


def models() -> list[type[BaseModel]]:
    """Every model of the form."""
    known = [one for one in vars(openai_wire).values() if isinstance(one, type) and issubclass(one, BaseModel)]
    return [one for one in known if one.__module__ == openai_wire.__name__]


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_every_property_says_what_it_is(model: type[BaseModel]) -> None:
    assert all(field.description for field in model.model_fields.values())


def test_the_example_of_the_description_is_taken() -> None:
    for example in ChatRequest.model_json_schema()["examples"]:
        ChatRequest.model_validate(example)
