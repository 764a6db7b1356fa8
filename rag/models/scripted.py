"""A scripted model: replies or failures flow in, a ChatModel that gives them in turn flows out; for trials."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass, field

from rag.errors import ModelFailed
from rag.ports import Message

Reply = str | Callable[[Sequence[Message]], str]


@dataclass(slots=True)
class ScriptedModel:
    """Gives the replies one after another, the last again and again; a function makes a reply from the messages.

    An empty reply is a failure. `pause_s` seconds pass before every piece; with `breaks_after` pieces the reply breaks
    off. `asked` keeps what was asked, `closed` how many calls were left before their end.
    """

    replies: Sequence[Reply]
    pause_s: float = 0.0
    breaks_after: int | None = None
    asked: list[tuple[Message, ...]] = field(default_factory=list)
    closed: int = 0

    @property
    def name(self) -> str:
        """What it is."""
        return "scripted"

    async def stream(self, messages: Sequence[Message]) -> AsyncGenerator[str, None]:
        """The pieces of the next reply, word by word. Raises ModelFailed."""
        self.asked.append(tuple(messages))
        reply = self.replies[min(len(self.asked), len(self.replies)) - 1]
        text = reply if isinstance(reply, str) else reply(messages)
        pieces = re.findall(r"\s*\S+|\s+$", text)
        try:
            for at, piece in enumerate(pieces):
                if at == self.breaks_after:
                    break
                await asyncio.sleep(self.pause_s)
                yield piece
        except (GeneratorExit, asyncio.CancelledError):
            self.closed += 1
            raise
        if not pieces or self.breaks_after is not None:
            raise ModelFailed("scripted")
