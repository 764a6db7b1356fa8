"""The one door to LangChain: `provider:model` flows in, a ChatModel over `init_chat_model` flows out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from importlib.util import find_spec
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from rag.errors import ModelFailed, ModelUnavailable
from rag.messages import models as said
from rag.ports import Message

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

OPENAI = "openai"
# What a reply ends with, as providers call it; and the endings that are none.
_ENDINGS = ("finish_reason", "stop_reason", "done_reason")
_CUT = frozenset({"length", "max_tokens", "content_filter", "error"})


class LangChainModel:
    """Any chat model LangChain knows; the way to OpenAI-compatible servers is checked for a whole reply too."""

    def __init__(self, name: str, base_url: str, api_key: str, connect_s: float, total_s: float) -> None:
        """Prepare the model; nothing is sent. Raises ModelUnavailable naming what is missing."""
        self._name, self._base_url, self._key = name, base_url, api_key
        self._connect_s, self._total_s = connect_s, total_s
        self._models: WeakKeyDictionary[asyncio.AbstractEventLoop, BaseChatModel] = WeakKeyDictionary()
        if find_spec("langchain") is None or (self._provider == OPENAI and find_spec("langchain_openai") is None):
            raise self._refusal(said.NO_PACKAGE.format(extra="llm"))
        self._made()

    @property
    def name(self) -> str:
        """Provider and model."""
        return self._name

    @property
    def _provider(self) -> str:
        return self._name.partition(":")[0]

    async def stream(self, messages: Sequence[Message]) -> AsyncGenerator[str, None]:
        """The pieces of the reply. Raises ModelFailed; what exactly broke is its cause."""
        loop = asyncio.get_running_loop()
        ending = is_empty = None
        try:
            if loop not in self._models:
                self._models[loop] = self._made()
            said = [(message.role, message.content) for message in messages]
            async with aclosing(self._models[loop].astream(said)) as chunks:  # type: ignore[type-var]
                async for chunk in chunks:
                    told = chunk.response_metadata
                    ending = next((str(told[key]) for key in _ENDINGS if told.get(key)), ending)
                    text = str(chunk.text)
                    if text:
                        is_empty = False
                        yield text
        except Exception as error:
            raise ModelFailed(type(error).__name__) from error
        if is_empty is None:
            raise ModelFailed("empty")
        if ending in _CUT or (ending is None and self._provider == OPENAI):
            raise ModelFailed("cut")

    def _made(self) -> BaseChatModel:
        """A model for one event loop, since connections belong to one. Raises ModelUnavailable."""
        from langchain.chat_models import init_chat_model

        given: dict[str, object] = {"temperature": 0}
        if self._base_url:
            given["base_url"] = self._base_url
        if self._key or self._base_url:
            # Servers of one's own ask for no key, and their client will not go without one.
            given["api_key"] = self._key or "none"
        if self._provider == OPENAI:
            given |= self._of_openai()
        try:
            return init_chat_model(self._name, **given)  # type: ignore[call-overload, no-any-return]
        except ImportError as error:
            raise self._refusal(said.NO_PROVIDER.format(provider=self._provider)) from error
        except Exception as error:  # noqa: BLE001 - every provider has errors of its own, and some show the key
            raise self._refusal(said.NOT_OPENED.format(error=type(error).__name__)) from None

    def _refusal(self, reason: str) -> ModelUnavailable:
        return ModelUnavailable(said.OF_MODEL.format(use=said.LANGUAGE_MODEL, model=self._name, reason=reason))

    def _of_openai(self) -> dict[str, object]:
        from openai import DefaultAsyncHttpxClient, Timeout

        timeout = Timeout(self._total_s, connect=self._connect_s)
        return {
            "timeout": timeout,
            "max_retries": 0,
            "stream_usage": False,
            "use_responses_api": False,
            "http_async_client": DefaultAsyncHttpxClient(timeout=timeout),
        }
