"""Repeated requests: one with an Idempotency-Key flows in; it is done once, and sent again it gets the same reply."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from datetime import timedelta

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rag.errors import JiwonError
from server.clock import moment
from server.http.problems import RETRY_AFTER, problem
from server.store.repeats import Earlier, Repeats, Reply

STORING = (
    *("/v1/feedback", "/v1/diagnoses", "/v1/corpus/refresh", "/v1/corpus/check", "/v1/corpus/publish"),
    *("/v1/corpus/rollback", "/v1/corpus/review", "/v1/corpus/announcements", "/v1/subscriptions"),
)
"""Below which a POST stores something."""
LONGEST = 200
CUT_OFF_S = 120
"""After how long a request that never ended was cut off, in seconds: longer than any takes."""
TOLD = ("content-type", "location")
ANOTHER = "Idempotency-Key: 같은 열쇠로 다른 내용을 보냈습니다. 새 요청에는 새 열쇠를 쓰세요."
UNDER_WAY = "같은 요청을 처리하고 있습니다. 잠시 뒤 다시 보내 주세요."
TOO_LONG = "Idempotency-Key: 200자까지 쓸 수 있습니다."


class Repeated:
    """ASGI middleware within the entry, which has told who comes."""

    def __init__(self, app: ASGIApp, repeats: Repeats) -> None:
        self.app, self.repeats = app, repeats

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what stores nothing or has no key; do anything else once."""
        stores = scope["type"] == "http" and scope["method"] == "POST" and scope["path"].startswith(STORING)
        key = Headers(scope=scope).get("idempotency-key", "") if stores else ""
        if not key:
            await self.app(scope, receive, send)
        elif len(key) > LONGEST:
            await problem(422, TOO_LONG, str(scope.get("request_id", "")))(scope, receive, send)
        else:
            await self._once(key, scope, receive, send)

    async def _once(self, key: str, scope: Scope, receive: Receive, send: Send) -> None:
        body = await _whole(receive)
        if body is None:
            return
        request_id = str(scope.get("request_id", ""))
        holder = scope.get("state", {}).get("holder")
        client = scope["client"][0] if scope.get("client") else ""
        who = f"key {holder.id}" if holder else f"address {client}"
        secret = "\n".join((who, scope["path"], key))
        id_ = hashlib.sha256(f"sealed\n{secret}".encode()).hexdigest()
        asked = hashlib.sha256(body).hexdigest()
        now = moment()
        stale = (now - timedelta(seconds=CUT_OFF_S)).isoformat(timespec="seconds")
        try:
            earlier = await run_in_threadpool(self.repeats.begin, id_, asked, now.isoformat(timespec="seconds"), stale)
        except JiwonError as error:
            await problem(503, str(error), request_id, RETRY_AFTER)(scope, receive, send)
            return
        if earlier is not None:
            await _again(earlier, asked, _Seal(secret), scope, receive, send)
            return
        told = _Told()
        done = False
        try:
            await self.app(scope, _from(body, receive), told.send)
            done = 200 <= told.status < 500
        finally:
            # What failed on our side may be sent again; what was refused is refused again.
            if done:
                reply = told.reply()
                kept = Reply(reply.status, reply.headers, _Seal(secret).close(reply.body))
                await run_in_threadpool(self.repeats.end, id_, kept)
            else:
                await run_in_threadpool(self.repeats.drop, id_)
        for message in told.messages:
            await send(message)


class _Seal:
    """Keeps a reply so that only whoever sends the request again can read it: it may hold what is told once.

    `secret` holds the key that the caller chose, of which nothing but a digest is kept.
    """

    def __init__(self, secret: str) -> None:
        self._key = urlsafe_b64encode(hashlib.sha256(f"reply\n{secret}".encode()).digest())

    def close(self, body: bytes) -> bytes:
        """What is kept."""
        from cryptography.fernet import Fernet

        return Fernet(self._key).encrypt(body)

    def open(self, kept: bytes) -> bytes:
        """The body."""
        from cryptography.fernet import Fernet

        return Fernet(self._key).decrypt(kept)


async def _again(earlier: Earlier, asked: str, seal: _Seal, scope: Scope, receive: Receive, send: Send) -> None:
    request_id = str(scope.get("request_id", ""))
    if earlier.asked != asked:
        await problem(422, ANOTHER, request_id)(scope, receive, send)
        return
    if earlier.reply is None:
        await problem(409, UNDER_WAY, request_id, {"Retry-After": "1"})(scope, receive, send)
        return
    body = seal.open(earlier.reply.body)
    headers = {**earlier.reply.headers, "idempotency-replayed": "true", "content-length": str(len(body))}
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": earlier.reply.status, "headers": raw})
    await send({"type": "http.response.body", "body": body})


class _Told:
    """What the application sends, held back until it is kept."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.status = 0

    async def send(self, message: Message) -> None:
        self.messages.append(message)
        if message["type"] == "http.response.start":
            self.status = message["status"]

    def reply(self) -> Reply:
        start = self.messages[0]
        headers = {name.decode().lower(): value.decode("latin-1") for name, value in start["headers"]}
        body = b"".join(message.get("body", b"") for message in self.messages[1:])
        return Reply(self.status, {name: headers[name] for name in TOLD if name in headers}, body)


async def _whole(receive: Receive) -> bytes | None:
    """The body; None where its sender went away before its end: what came of it is nothing that was asked."""
    parts = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(parts)


def _from(body: bytes, receive: Receive) -> Receive:
    sent = False

    async def again() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
