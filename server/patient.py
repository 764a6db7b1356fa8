"""Patience: bytes flow in; a connection that sends no head in time, or too large a one, is closed."""

from __future__ import annotations

import asyncio
import uuid
from http import HTTPStatus

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from server.http.problems import problem

HEAD_S = 10.0
"""How long the head of a request may take to come, in seconds; behind it the gate times the body."""
HEAD_LIMIT = 16 * 1024
"""How large it may be, in bytes."""
UNREADABLE = "요청을 읽을 수 없습니다. 주소의 한글은 %EA%B0%80처럼 부호로 바꾸어 보내 주세요."
TOO_LARGE = "요청의 머리글이 너무 큽니다. 16KB 이하로 줄여 주세요."


class Patient(HttpToolsProtocol):
    """uvicorn's protocol, which by itself waits for a head as long, and takes one as large, as anybody likes."""

    _closing: asyncio.TimerHandle | None = None
    _size = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a head."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take bytes, and no more of them once the head is too large."""
        super().data_received(data)
        if self._closing is not None:
            self._size += len(data)
            if self._size > HEAD_LIMIT:
                self._refuse(431, TOO_LARGE)

    def on_message_begin(self) -> None:
        """A head begins, behind an earlier request of this connection perhaps."""
        if self._closing is None:
            self._wait()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head is whole."""
        self._rest()
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request of HTTP, in the form of every problem; `msg` says less."""
        self._refuse(400, UNREADABLE)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        self._rest()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._size = 0
        self._closing = self.loop.call_later(HEAD_S, self.transport.close)

    def _rest(self) -> None:
        if self._closing is not None:
            self._closing.cancel()
            self._closing = None

    def _refuse(self, status: int, detail: str) -> None:
        refusal = problem(status, detail, uuid.uuid4().hex, {"Connection": "close"})
        head = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}".encode()]
        head += [b"%s: %s" % pair for pair in refusal.raw_headers]
        self.transport.write(b"\r\n".join((*head, b"", bytes(refusal.body))))
        self.transport.close()
