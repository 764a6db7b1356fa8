"""Telling the page: a question flows in on a thread; sentences flow out as the model writes them, last the answer."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import aclosing
from dataclasses import dataclass, field
from queue import SimpleQueue

from rag.domain import Answer, Question, Source
from rag.writing import Written
from server.asking.answering import Shown, shown, with_sources
from server.asking.ask import Asking

Part = str | Shown | Exception | None


@dataclass(slots=True)
class Telling:
    """Answers questions of the page, whose threads wait while the model is asked on the loop of the server."""

    asking: Asking
    loop: asyncio.AbstractEventLoop | None = None
    _sources: dict[str, Source] = field(default_factory=dict)

    def __call__(self, question: Question) -> Iterator[str | Answer]:
        """Pieces of the text where a model writes it, then the answer. Raises IndexMissing."""
        if self.asking.model is None or self.loop is None:
            yield self._known(self.asking.desks.wait(shown, question))
            return
        parts: SimpleQueue[Part] = SimpleQueue()
        task = asyncio.run_coroutine_threadsafe(_pushed(self.asking, question, parts), self.loop)
        try:
            while (part := parts.get()) is not None:
                if isinstance(part, Exception):
                    raise part
                yield self._known(part) if isinstance(part, Shown) else part
        finally:
            task.cancel()

    def source_of(self, source_id: str) -> Source | None:
        """A document that an answer told here has cited."""
        return self._sources.get(source_id)

    def _known(self, told: Shown) -> Answer:
        self._sources.update(told.sources)
        return told.answer


async def _pushed(asking: Asking, question: Question, parts: SimpleQueue[Part]) -> None:
    """Put every part, or what went wrong, and None at the end, however it ends."""
    try:
        async with aclosing(asking.written(question)) as told:
            async for part in told:
                parts.put(await asking.desks.run(with_sources, part.answer) if isinstance(part, Written) else part)
    except Exception as error:  # noqa: BLE001 - it is raised again where the page waits
        parts.put(error)
    finally:
        parts.put(None)
