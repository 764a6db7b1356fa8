"""What is on the other end: a mail server, a webhook and a clock, all on loopback and told how to behave."""

from __future__ import annotations

import json
import threading
import time
from asyncio import Server
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from server.clock import SEOUL


@dataclass
class Post:
    """A mail server's memory: what it accepted; `says` by the receiver's name is what it answers there instead."""

    accepted: list[EmailMessage] = field(default_factory=list)
    says: dict[str, str] = field(default_factory=dict)
    at_the_end: str = "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a receiver, or not."""
        said = self.says.get(address.partition("@")[0])
        if said is None:
            envelope.rcpt_tos.append(address)
        return said or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a mail."""
        assert isinstance(envelope.content, bytes)
        if self.at_the_end.startswith("250"):
            self.accepted.append(message_from_bytes(envelope.content, policy=default))
        return self.at_the_end


class _OnAnyPort(Controller):
    """It looks for itself where it is, not where it was told to be."""

    def _trigger_server(self) -> None:
        server = self.server
        assert isinstance(server, Server)
        self.port = server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def mail_server(post: Post) -> Iterator[str]:
    """A mail server on loopback; its address as a setting has it."""
    controller = _OnAnyPort(post, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{controller.port}"
    finally:
        controller.stop()


@dataclass
class Hook:
    """A webhook's memory: headers and body of each call; `answers` says what comes of the next ones."""

    calls: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    echoes: bool = True
    wait_s: float = 0.0

    @property
    def alerts(self) -> list[dict[str, Any]]:
        """The bodies that were no challenges."""
        told = [json.loads(body) for _, body in self.calls]
        return [body for body in told if body["type"] == "alert"]


@contextmanager
def webhook(hook: Hook) -> Iterator[str]:
    """A webhook on loopback; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            body = self.rfile.read(length)
            if len(body) < length:
                return  # whoever called was killed as it spoke
            hook.calls.append((dict(self.headers), body))
            time.sleep(hook.wait_s)
            told = json.loads(body)
            answer = json.dumps({"challenge": told.get("challenge")}).encode() if hook.echoes else b"{}"
            self.send_response(hook.status)
            for name, value in {**hook.headers, "Content-Length": str(len(answer))}.items():
                self.send_header(name, value)
            with suppress(OSError):  # whoever called may have been killed since
                self.end_headers()
                self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/hook"
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class Clock:
    """A moment that a test moves."""

    moment: datetime = field(default_factory=lambda: datetime(2026, 3, 20, 9, 0, tzinfo=SEOUL))

    def __call__(self) -> datetime:
        """The moment."""
        return self.moment

    def pass_(self, **time: float) -> None:
        """Let time pass, in the words of `timedelta`."""
        self.moment += timedelta(**time)
