"""The gate: every HTTP request passes it, gets an id, a size limit, one log line and, if all else fails, a problem."""

from __future__ import annotations

import asyncio
import re
import time
import uuid
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.http.problems import DETAILS, problem
from server.http.templates import Templates
from server.logs import log
from server.metrics import REQUESTS, STAGES

BODY_LIMIT = 256 * 1024
"""How large a body may be, in bytes."""
BODY_S = 10.0
"""How long a body may take to come, in seconds: whoever sends a byte now and then holds nothing for longer."""
UPLOADS = (("POST", "/v1/corpus/documents"), ("POST", "/desk/files"))
"""Where a larger body is let in, once a key or a session has been shown: see `widen`."""
UPLOAD_LIMIT = 65 * 2**20
"""How large files may be that are sent at once, in bytes: the largest that is read, and what is told of it."""
UPLOAD_S = 900.0
"""How long they may take to come, in seconds."""
UPLOAD_TOO_LARGE = "한 번에 64MB까지 보낼 수 있습니다. 나누어 보내거나 파일의 그림을 줄여 주세요."


@dataclass(slots=True)
class Allowance:
    """How large the body of one request says it is, and may be, in bytes, and in how many seconds it is to come."""

    declared: int
    most: int
    seconds: float
    too_large: str = DETAILS[413]


def widen(scope: Scope) -> None:
    """Let the body of a request be as large as files are, before any of it was read, for whoever has shown a key
    or a session.

    Raises HTTPException 413 where it says that it is larger.
    """
    allowance = scope["allowance"]
    allowance.most, allowance.seconds, allowance.too_large = UPLOAD_LIMIT, UPLOAD_S, UPLOAD_TOO_LARGE
    if allowance.declared > UPLOAD_LIMIT:
        raise HTTPException(413, UPLOAD_TOO_LARGE)


class Gate:
    """ASGI middleware around the whole application; what is logged and counted of an address is its template."""

    def __init__(self, app: ASGIApp, templates: Templates) -> None:
        self.app, self.templates = app, templates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass an HTTP request through; leave everything else alone."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        passage = _Passage(scope, receive, send)
        began = time.perf_counter()
        try:
            await self._enter(passage)
        finally:
            took = time.perf_counter() - began
            STAGES.labels("request").observe(took)
            # Ids in an address say whose conversation or diagnosis it is.
            route = self.templates.of(scope["path"])
            REQUESTS.labels(scope["method"], route, str(passage.status)).inc()
            log().info(
                "request",
                method=scope["method"],
                route=route,
                status=passage.status,
                ms=round(took * 1000),
                request_id=passage.request_id,
            )

    async def _enter(self, passage: _Passage) -> None:
        if passage.declared > BODY_LIMIT and (passage.scope["method"], passage.scope["path"]) not in UPLOADS:
            await passage.refuse(413)
            return
        try:
            await self.app(passage.scope, passage.receive, passage.send)
        except HTTPException as error:
            # What `receive` says of a body, met by a layer that reads it before the application does.
            if passage.status == 0:
                await passage.refuse(error.status_code, error.detail)
        except Exception:  # noqa: BLE001 - the last line: whatever broke, the caller gets the one form and the log the trace
            log().exception("request_failed", request_id=passage.request_id)
            if passage.status == 0:
                await passage.refuse(500)


class _Passage:
    """One request on its way through: its id, the status sent, and the bytes read so far."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        given = headers.get("x-request-id", "")
        self.request_id = given if re.fullmatch(r"[A-Za-z0-9._-]{1,64}", given) else uuid.uuid4().hex
        length = headers.get("content-length", "")
        self.declared = int(length) if length.isascii() and length.isdigit() else 0
        self.allowance = Allowance(self.declared, BODY_LIMIT, BODY_S)
        self.scope = {**scope, "request_id": self.request_id, "allowance": self.allowance}
        self.status = 0
        self._read = 0
        self._began = time.monotonic()
        self._is_whole = False
        self._receive, self._send = receive, send

    async def receive(self) -> Message:
        """The next part of the body. Raises HTTPException: 413 once there is too much of it, 408 once it is late."""
        if self._is_whole:
            return await self._receive()
        if self.declared > self.allowance.most:
            raise HTTPException(413, self.allowance.too_large)
        left = self._began + self.allowance.seconds - time.monotonic()
        try:
            message = await asyncio.wait_for(self._receive(), max(0.0, left))
        except TimeoutError:
            raise HTTPException(408, DETAILS[408]) from None
        self._is_whole = not message.get("more_body", False)
        self._read += len(message.get("body", b""))
        if self._read > self.allowance.most:
            raise HTTPException(413, self.allowance.too_large)
        return message

    async def send(self, message: Message) -> None:
        """The next part of the response, the first with the request's id."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers["X-Request-ID"] = self.request_id
            headers["X-Content-Type-Options"] = "nosniff"
            if self.status == 408:
                headers["Connection"] = "close"
        await self._send(message)

    async def refuse(self, status: int, detail: str = "") -> None:
        """Answer with a problem instead of passing the request on."""
        await problem(status, detail or DETAILS[status], self.request_id)(self.scope, self._receive, self.send)
