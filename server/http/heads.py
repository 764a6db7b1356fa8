"""Heads: a HEAD request flows in; what GET would send flows out, without its body."""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Heads:
    """ASGI middleware that answers HEAD wherever GET is, so that no route has to; RFC 9110, section 9.3.2."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything but HEAD on as it is."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return
        told = asyncio.Event()

        async def headers_alone(message: Message) -> None:
            if message["type"] == "http.response.start":
                await send(message)
                await send({"type": "http.response.body", "body": b""})
                told.set()

        async def gone_once_told() -> Message:
            # A stream without end stops when its caller has gone.
            return {"type": "http.disconnect"} if told.is_set() else await receive()

        await self.app({**scope, "method": "GET"}, gone_once_told, headers_alone)
