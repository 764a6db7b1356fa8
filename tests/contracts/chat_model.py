"""What every ChatModel owes its users, as a class of tests to inherit; the subclass gives the models."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import pytest

from rag.errors import ModelFailed
from rag.ports import ChatModel, Message

REPLY = "첫째 문장입니다. [1]\n\n- 둘째 {{F1}} 줄입니다. [2] 🙂"
ASKED = (Message("system", "규칙입니다."), Message("user", "무엇입니까?"))


async def told(model: ChatModel) -> list[str]:
    """The pieces of one reply."""
    async with aclosing(model.stream(ASKED)) as pieces:
        return [piece async for piece in pieces]


class ChatModelContract:
    """Inherit and provide `model`, which replies REPLY, `silent`, which says nothing, `broken`, which breaks off."""

    @pytest.fixture
    def model(self) -> ChatModel:
        raise NotImplementedError

    @pytest.fixture
    def silent(self) -> ChatModel:
        raise NotImplementedError

    @pytest.fixture
    def broken(self) -> ChatModel:
        raise NotImplementedError

    def test_the_pieces_joined_are_the_reply_and_none_is_empty(self, model: ChatModel) -> None:
        pieces = asyncio.run(told(model))
        assert "".join(pieces) == REPLY
        assert all(pieces)
        assert len(pieces) > 1

    def test_the_same_model_replies_again_in_another_loop(self, model: ChatModel) -> None:
        assert asyncio.run(told(model)) == asyncio.run(told(model))

    def test_several_are_answered_at_once(self, model: ChatModel) -> None:
        async def many() -> list[list[str]]:
            return await asyncio.gather(*(told(model) for _ in range(3)))

        assert {"".join(pieces) for pieces in asyncio.run(many())} == {REPLY}

    def test_no_reply_is_a_known_error(self, silent: ChatModel) -> None:
        with pytest.raises(ModelFailed):
            asyncio.run(told(silent))

    def test_a_reply_that_breaks_off_is_a_known_error_after_what_came(self, broken: ChatModel) -> None:
        async def began() -> str:
            said = ""
            with pytest.raises(ModelFailed):
                async with aclosing(broken.stream(ASKED)) as pieces:
                    async for piece in pieces:
                        said += piece
            return said

        said = asyncio.run(began())
        assert said
        assert REPLY.startswith(said)

    def test_a_reply_may_be_left_at_any_time(self, model: ChatModel) -> None:
        async def left() -> str:
            async with aclosing(model.stream(ASKED)) as pieces:
                async for piece in pieces:
                    return piece
            return ""

        assert asyncio.run(left())

    def test_the_name_is_told(self, model: ChatModel) -> None:
        assert model.name == model.name.strip() != ""
