"""The breaker: a model flows in, the same model that is left alone for a while after it failed again and again."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from rag.errors import ModelFailed
from rag.ports import ChatModel, Message

FAILURES = 4
REST_S = 30.0


@dataclass(slots=True)
class Breaker:
    """Opens after `FAILURES` failures in a row; after `REST_S` seconds one call is let through to try.

    `clock` gives seconds that only grow.
    """

    model: ChatModel
    clock: Callable[[], float] = time.monotonic
    _failures: int = 0
    _tries_at: float = 0.0

    @property
    def name(self) -> str:
        """Provider and model."""
        return self.model.name

    async def stream(self, messages: Sequence[Message]) -> AsyncGenerator[str, None]:
        """The pieces of the reply. Raises ModelFailed, at once while the breaker is open."""
        if self._failures >= FAILURES:
            if self.clock() < self._tries_at:
                raise ModelFailed("resting")
            # The others go on waiting while this one tries.
            self._tries_at = self.clock() + REST_S
        try:
            async with aclosing(self.model.stream(messages)) as pieces:
                async for piece in pieces:
                    yield piece
        except ModelFailed:
            self._failures += 1
            self._tries_at = self.clock() + REST_S
            raise
        self._failures = 0
