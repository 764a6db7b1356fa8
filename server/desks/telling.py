"""Telling the page: a question flows in on a thread; sentences flow out as the model writes them, last the answer."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import aclosing
from dataclasses import dataclass
from queue import SimpleQueue

from rag.domain import Answer, Question
from rag.ports import ChatModel
from rag.writing import Written, write_anyway
from server.asking.ask import briefed_anyway
from server.desks.service import Desk, Service

Part = str | Written | Exception | None


@dataclass(slots=True)
class Telling:
    """Answers questions of the page, whose threads wait while the model is asked on the loop of the server."""

    service: Service
    model: ChatModel | None
    loop: asyncio.AbstractEventLoop | None = None

    def __call__(self, question: Question) -> Iterator[str | Answer]:
        """Pieces of the text where a model writes it, then the answer. Raises IndexMissing."""
        with self.service.desk() as desk:
            if self.model is None or self.loop is None:
                yield desk.answer(question)
                return
            parts: SimpleQueue[Part] = SimpleQueue()
            work = _pushed(desk, self.model, question, parts)
            task = asyncio.run_coroutine_threadsafe(work, self.loop)
            try:
                while (part := parts.get()) is not None:
                    if isinstance(part, Exception):
                        raise part
                    yield part.answer if isinstance(part, Written) else part
            finally:
                task.cancel()


async def _pushed(desk: Desk, model: ChatModel, question: Question, parts: SimpleQueue[Part]) -> None:
    """Put every part, or what went wrong, and None at the end, however it ends."""
    try:
        brief = await briefed_anyway(desk, model, question)
        async with aclosing(write_anyway(brief, model)) as told:
            async for part in told:
                parts.put(part)
    except Exception as error:  # noqa: BLE001 - it is raised again where the page waits
        parts.put(error)
    finally:
        parts.put(None)
