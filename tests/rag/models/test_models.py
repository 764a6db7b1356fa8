"""Every chat model keeps the contract; deadlines, queue and breaker do what they are for."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import aclosing

import pytest

from rag.errors import ModelBusy, ModelFailed, ModelUnavailable
from rag.models import open_model
from rag.models.adapter import LangChainModel
from rag.models.breaker import FAILURES, REST_S, Breaker
from rag.models.patience import Patience
from rag.models.queue import Queue
from rag.models.scripted import ScriptedModel
from rag.ports import ChatModel
from rag.settings import Settings, from_environment
from tests.contracts.chat_model import ASKED, REPLY, ChatModelContract, told
from tests.rag.models.outside import Script, outside

MODEL = "openai:test"
KEY = "s3cret-key-of-a-provider"


def adapted(script: Script, total_s: float = 10.0) -> LangChainModel:
    return LangChainModel(MODEL, script.address, KEY, 2.0, total_s)


class TestScripted(ChatModelContract):
    @pytest.fixture
    def model(self) -> ChatModel:
        return ScriptedModel([REPLY])

    @pytest.fixture
    def silent(self) -> ChatModel:
        return ScriptedModel([""])

    @pytest.fixture
    def broken(self) -> ChatModel:
        return ScriptedModel([REPLY], breaks_after=2)


class TestPatience(TestScripted):
    @pytest.fixture
    def model(self) -> ChatModel:
        return Patience(ScriptedModel([REPLY]), 10)

    @pytest.fixture
    def silent(self) -> ChatModel:
        return Patience(ScriptedModel([""]), 10)

    @pytest.fixture
    def broken(self) -> ChatModel:
        return Patience(ScriptedModel([REPLY], breaks_after=2), 10)


class TestBreaker(TestScripted):
    @pytest.fixture
    def model(self) -> ChatModel:
        return Breaker(ScriptedModel([REPLY]))

    @pytest.fixture
    def silent(self) -> ChatModel:
        return Breaker(ScriptedModel([""]))

    @pytest.fixture
    def broken(self) -> ChatModel:
        return Breaker(ScriptedModel([REPLY], breaks_after=2))


class TestQueue(TestScripted):
    @pytest.fixture
    def model(self) -> ChatModel:
        return Queue(ScriptedModel([REPLY]), 1, 4, 10)

    @pytest.fixture
    def silent(self) -> ChatModel:
        return Queue(ScriptedModel([""]), 1, 4, 10)

    @pytest.fixture
    def broken(self) -> ChatModel:
        return Queue(ScriptedModel([REPLY], breaks_after=2), 1, 4, 10)


class TestLangChain(ChatModelContract):
    """Over real HTTP, through langchain-openai."""

    @pytest.fixture
    def model(self) -> Iterator[ChatModel]:
        with outside(Script(reply=REPLY)) as script:
            yield adapted(script)

    @pytest.fixture
    def silent(self) -> Iterator[ChatModel]:
        with outside(Script("nothing")) as script:
            yield adapted(script)

    @pytest.fixture
    def broken(self) -> Iterator[ChatModel]:
        with outside(Script("close", reply=REPLY)) as script:
            yield adapted(script)


@pytest.mark.parametrize("way", ["hang", "nothing", "garbage", "close", "half", "429", "500", "503"])
def test_however_a_server_fails_it_is_one_known_error_within_the_deadline(way: str) -> None:
    with outside(Script(way, reply=REPLY)) as script:
        began = time.monotonic()
        with pytest.raises(ModelFailed):
            asyncio.run(told(Patience(adapted(script, 1.5), 1.5)))
        assert time.monotonic() - began < 1.5 + 5


def test_nobody_listening_is_a_known_error() -> None:
    with pytest.raises(ModelFailed):
        asyncio.run(told(LangChainModel(MODEL, "http://127.0.0.1:9/v1", "", 1.0, 2.0)))


def test_the_key_goes_to_the_server_and_no_tool_is_offered() -> None:
    with outside(Script(reply=REPLY)) as script:
        asyncio.run(told(adapted(script)))
    assert '"tools"' not in script.whole[0]
    assert '"stream":true' in script.whole[0].replace(" ", "")


def test_leaving_a_reply_closes_the_call_within_a_second() -> None:
    async def leave(model: ChatModel) -> float:
        async with aclosing(model.stream(ASKED)) as pieces:
            await anext(pieces)
        return time.monotonic()

    with outside(Script("drip", reply=REPLY * 20)) as script:
        left = asyncio.run(leave(Queue(Breaker(Patience(adapted(script), 20)), 2, 2, 5)))
        until = time.monotonic() + 5
        while not script.left_at and time.monotonic() < until:
            time.sleep(0.02)
        assert script.left_at[0] - left < 1


def test_before_the_first_piece_it_is_asked_once_more_and_after_it_never() -> None:
    unsteady = ScriptedModel(["", REPLY])
    assert "".join(asyncio.run(told(Patience(unsteady, 5)))) == REPLY
    broken = ScriptedModel([REPLY], breaks_after=1)
    with pytest.raises(ModelFailed):
        asyncio.run(told(Patience(broken, 5)))
    assert (len(unsteady.asked), len(broken.asked)) == (2, 1)


@pytest.mark.parametrize("pause", [0.12, 30.0])
def test_a_slow_model_is_left_at_its_deadline(pause: float) -> None:
    slow = ScriptedModel([REPLY * 30], pause_s=pause)
    began = time.monotonic()
    with pytest.raises(ModelFailed):
        asyncio.run(told(Patience(slow, 0.5)))
    assert time.monotonic() - began < 5
    assert slow.closed == len(slow.asked)


def test_a_model_that_fails_again_and_again_is_left_alone_and_tried_after_a_rest() -> None:
    now = [0.0]
    model = ScriptedModel([*([""] * FAILURES), REPLY])
    breaker = Breaker(model, lambda: now[0])
    for _ in range(FAILURES + 3):
        with pytest.raises(ModelFailed):
            asyncio.run(told(breaker))
    assert len(model.asked) == FAILURES
    now[0] += REST_S + 1
    assert "".join(asyncio.run(told(breaker))) == REPLY
    assert "".join(asyncio.run(told(breaker))) == REPLY


def test_only_so_many_are_answered_at_once_so_many_wait_and_the_next_is_sent_away() -> None:
    model = ScriptedModel([REPLY], pause_s=0.02)
    queue = Queue(model, 2, 3, 10)

    async def rush() -> list[object]:
        return await asyncio.gather(*(told(queue) for _ in range(8)), return_exceptions=True)

    outcomes = asyncio.run(rush())
    assert sum(isinstance(outcome, ModelBusy) for outcome in outcomes) == 3
    assert sum(isinstance(outcome, list) for outcome in outcomes) == 5
    assert not queue.is_full


def test_who_waits_too_long_gives_up_and_leaves_the_line() -> None:
    queue = Queue(ScriptedModel([REPLY], pause_s=0.1), 1, 3, 0.1)

    async def rush() -> list[object]:
        return await asyncio.gather(*(told(queue) for _ in range(3)), return_exceptions=True)

    outcomes = asyncio.run(rush())
    assert sum(isinstance(outcome, ModelFailed) for outcome in outcomes) == 2
    assert "".join(asyncio.run(told(queue))) == REPLY


def test_no_model_is_named_no_model_is_opened() -> None:
    assert open_model(Settings()) is None


def test_a_model_is_opened_from_the_settings_and_its_key_is_never_shown() -> None:
    with outside(Script(reply=REPLY)) as script:
        settings = from_environment(
            {"JIWON_MODEL": MODEL, "JIWON_MODEL_BASE_URL": script.address, "JIWON_MODEL_API_KEY": KEY}
        )
        model = open_model(settings)
        assert model is not None
        assert "".join(asyncio.run(told(model))) == REPLY
        assert KEY not in f"{settings!r} {model!r} {model.name}"


@pytest.mark.parametrize("package", ["langchain", "langchain_openai"])
def test_a_missing_package_is_one_sentence_at_start(monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    import rag.models.adapter as adapter

    monkeypatch.setattr(adapter, "find_spec", lambda name: None if name == package else object())
    with pytest.raises(ModelUnavailable, match=r"jiwon\[llm\]"):
        open_model(Settings(model=MODEL, model_base_url="http://127.0.0.1:9/v1"))


@pytest.mark.parametrize("name", ["nobody:model", "anthropic:model"])
def test_a_provider_nobody_knows_or_without_its_package_is_one_sentence(name: str) -> None:
    with pytest.raises(ModelUnavailable, match=name):
        open_model(Settings(model=name, model_api_key=KEY))
