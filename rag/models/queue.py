"""The queue: a model flows in, the same model that answers only so many at once and lets only so many wait."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field

from rag.errors import ModelBusy, ModelFailed
from rag.messages.models import BUSY
from rag.ports import ChatModel, Message


@dataclass(slots=True)
class Queue:
    """Lets `at_once` calls run and `waiting` more wait, none longer than `wait_s` seconds, first come first served.

    Belongs to one event loop.
    """

    model: ChatModel
    at_once: int
    waiting: int
    wait_s: float
    _running: int = 0
    _line: deque[asyncio.Future[None]] = field(default_factory=deque)

    @property
    def name(self) -> str:
        """Provider and model."""
        return self.model.name

    @property
    def is_full(self) -> bool:
        """Whether the next to come would be sent away."""
        return self._running >= self.at_once and len(self._line) >= self.waiting

    async def stream(self, messages: Sequence[Message]) -> AsyncGenerator[str, None]:
        """The pieces of the reply. Raises ModelBusy where the line is full, ModelFailed."""
        await self._enter()
        try:
            async with aclosing(self.model.stream(messages)) as pieces:
                async for piece in pieces:
                    yield piece
        finally:
            self._leave()

    async def _enter(self) -> None:
        if self.is_full:
            raise ModelBusy(BUSY)
        if self._running < self.at_once and not self._line:
            self._running += 1
            return
        place = asyncio.get_running_loop().create_future()
        self._line.append(place)
        try:
            async with asyncio.timeout(self.wait_s):
                await place
        except BaseException as error:
            if place in self._line:
                self._line.remove(place)
            elif place.done() and not place.cancelled():
                self._leave()  # the turn came at the very moment of giving up
            if isinstance(error, TimeoutError):
                raise ModelFailed("queue") from error
            raise

    def _leave(self) -> None:
        """Pass the turn on to the first in the line that still waits."""
        while self._line:
            place = self._line.popleft()
            if not place.done():
                place.set_result(None)
                return
        self._running -= 1
