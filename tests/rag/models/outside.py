"""A scripted OpenAI-compatible server on loopback: what it does is set, what it was asked is kept."""

from __future__ import annotations

import json
import re
import select
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from rag.prompts import text_of

Reply = str | Callable[[str], str]
_RULE = 40


@dataclass
class Script:
    """What the server does: its `reply` (or a function from the user's message to it) and how it misbehaves.

    `way` is "well", "hang", "half", "nothing", "garbage", "close", "drip", or a status such as "429". Where it is asked
    to read a question, which `reading` keeps, it replies `marks` in the same way; `asked` keeps all else it was asked.
    """

    way: str = "well"
    reply: Reply = "안녕하세요."
    marks: Reply = "{}"
    asked: list[str] = field(default_factory=list)
    reading: list[str] = field(default_factory=list)
    whole: list[str] = field(default_factory=list)
    left_at: list[float] = field(default_factory=list)
    ending: threading.Event = field(default_factory=threading.Event)
    port: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"


@contextmanager
def outside(script: Script) -> Iterator[Script]:
    """The server for the length of a test."""

    class Handler(_Handler):
        play = script

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    script.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield script
    finally:
        script.ending.set()
        server.shutdown()
        server.server_close()
        thread.join(10)


class _Handler(BaseHTTPRequestHandler):
    play: Script
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        play = self.play
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        said = json.loads(body)["messages"][-1]["content"]
        reads = json.loads(body)["messages"][0]["content"][:_RULE] == text_of("reading")[:_RULE]
        reply = play.marks if reads else play.reply
        play.whole.append(body)
        (play.reading if reads else play.asked).append(said)
        if play.way.isdigit():
            self._refuse(int(play.way))
            return
        if play.way == "hang":
            self._wait(60)
            return
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        text = reply if isinstance(reply, str) else reply(said)
        pieces = re.findall(r"\s*\S+|\s+$", text)
        if play.way == "garbage":
            self._send(b"data: {not json\n\ndata: <html>\xff\xfe</html>\n\n")
            self._send(b"")
            return
        if play.way in ("half", "close"):
            pieces = pieces[: max(len(pieces) // 2, 1)]
        for piece in () if play.way == "nothing" else pieces:
            if not self._say({"content": piece}, None):
                return
            if play.way == "drip" and not self._wait(0.3):
                return
        if play.way == "half":
            self._wait(60)
        elif play.way == "close":
            self.connection.shutdown(socket.SHUT_RDWR)
        else:
            self._say({}, "stop")
            self._send(b"data: [DONE]\n\n")
            self._send(b"")

    def _say(self, delta: dict[str, str], ending: str | None) -> bool:
        choice = {"index": 0, "delta": delta, "finish_reason": ending}
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
        return self._send(f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode())

    def _send(self, data: bytes) -> bool:
        try:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
            self.wfile.flush()
        except OSError:
            self.play.left_at.append(time.monotonic())
            return False
        return True

    def _wait(self, seconds: float) -> bool:
        """Wait; False once the caller is gone."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self.play.ending.is_set():
            if select.select([self.connection], [], [], 0.02)[0] and not self.connection.recv(1, socket.MSG_PEEK):
                self.play.left_at.append(time.monotonic())
                self.close_connection = True
                return False
        return True

    def _refuse(self, status: int) -> None:
        body = json.dumps({"error": {"message": "no", "type": "t", "code": None}}).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
