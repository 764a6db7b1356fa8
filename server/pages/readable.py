"""Readable: a problem that a browser would show as it stands flows in; a page that says it in a sentence flows out."""

from __future__ import annotations

import json

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.http.problems import MEDIA_TYPE
from server.pages.responses import said

NOT_PAGES = ("/v1/", "/mcp", "/metrics", "/healthz", "/readyz", "/openapi.json", "/documents/")


class Readable:
    """ASGI middleware: whoever asks for a page, and not as a program does, is told what is wrong by a page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through; draw what is refused of a page."""
        is_page = scope["type"] == "http" and "text/html" in Headers(scope=scope).get("accept", "")
        if not is_page or scope["path"].startswith(NOT_PAGES):
            await self.app(scope, receive, send)
            return
        held: list[Message] = []

        async def drawn(message: Message) -> None:
            if message["type"] == "http.response.start":
                if not Headers(raw=message["headers"]).get("content-type", "").startswith(MEDIA_TYPE):
                    await send(message)
                    return
                held.append(message)
            elif not held:
                await send(message)
            else:
                held.append(message)
                if not message.get("more_body", False):
                    await _as_page(held, send)

        await self.app(scope, receive, drawn)


async def _as_page(held: list[Message], send: Send) -> None:
    start, *parts = held
    told = json.loads(b"".join(part.get("body", b"") for part in parts))
    made = said(told["title"], told["detail"], start["status"])
    headers = MutableHeaders(raw=list(start["headers"]))
    for name in ("content-type", "content-length", "content-encoding"):
        del headers[name]
    headers.update(dict(made.headers))
    await send({**start, "headers": headers.raw})
    await send({"type": "http.response.body", "body": made.body})
