"""Patience: a model flows in, the same model that never takes longer than its deadlines flows out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from rag.errors import ModelFailed
from rag.ports import ChatModel, Message

FIRST = 0.4
"""Share of the whole time that may pass before the first piece."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Waits `total_s` seconds for a whole reply, a share of it for its first piece; asks once more before that."""

    model: ChatModel
    total_s: float

    @property
    def name(self) -> str:
        """Provider and model."""
        return self.model.name

    async def stream(self, messages: Sequence[Message]) -> AsyncGenerator[str, None]:
        """The pieces of the reply. Raises ModelFailed."""
        now = asyncio.get_running_loop().time
        ends = now() + self.total_s
        for is_last in (False, True):
            async with aclosing(self.model.stream(messages)) as pieces:
                try:
                    piece = await _next(pieces, min(self.total_s * FIRST, ends - now()))
                    if piece is None:
                        raise ModelFailed("empty")
                except ModelFailed:
                    if is_last or now() >= ends:
                        raise
                    continue
                while piece is not None:
                    yield piece
                    piece = await _next(pieces, ends - now())
                return


async def _next(pieces: AsyncGenerator[str, None], seconds: float) -> str | None:
    """The next piece, None at the end."""
    try:
        async with asyncio.timeout(max(seconds, 0.0)):
            return await anext(pieces, None)
    except TimeoutError as error:
        raise ModelFailed("deadline") from error
