"""Late rooms: how the rooms are drawn flows in; an application that draws them for the first who asks flows out.

Gradio takes seconds to load, and a hundred megabytes: a server whose rooms nobody opens has neither.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from starlette.types import ASGIApp, Receive, Scope, Send


@dataclass(frozen=True, slots=True)
class Drawn:
    """The rooms as an application, and what has to run while they are used."""

    app: ASGIApp
    running: AbstractAsyncContextManager[object]


class Late:
    """ASGI application of rooms that do not exist before somebody asks; what runs for them ends with `at_work`."""

    def __init__(self, draw: Callable[[], Drawn]) -> None:
        """`draw` is called once, in a thread; whoever asks meanwhile waits for the same."""
        self._draw = draw
        self._app: ASGIApp | None = None
        self._turn = asyncio.Lock()
        self._running = AsyncExitStack()

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Around the running of the server."""
        async with self._running:
            yield

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Draw the rooms where nobody has asked yet, and pass on."""
        async with self._turn:
            if self._app is None:
                drawn = await asyncio.to_thread(self._draw)
                await self._running.enter_async_context(drawn.running)
                self._app = drawn.app
        await self._app(scope, receive, send)
