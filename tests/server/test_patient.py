"""A connection is closed where no request head comes in time, however slowly, and where one is too large."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
import uvicorn
from fastapi import FastAPI

from server import patient
from server.patient import HEAD_LIMIT, Patient


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A server that waits a second for a head."""
    monkeypatch.setattr(patient, "HEAD_S", 1.0)
    app = FastAPI()

    @app.get("/q")
    def q(word: str = "") -> str:
        return word

    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, http=Patient, log_level="error", timeout_keep_alive=5))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield int(listener.getsockname()[1])
    server.should_exit = True
    thread.join(20)


def said(port: int, *parts: bytes, between: float = 0.0) -> bytes:
    """All that comes back for parts sent one after another, until the server closes or is silent for three seconds."""
    with socket.create_connection(("127.0.0.1", port), timeout=3) as end:
        with suppress(OSError):
            for part in parts:
                end.sendall(part)
                time.sleep(between)
        found = b""
        with suppress(TimeoutError, ConnectionError):
            while part := end.recv(65536):
                found += part
                if found.endswith((b'"', b"}")):
                    break
        return found


def test_a_whole_head_is_answered_and_what_is_none_refused_in_the_form_of_every_problem(port: int) -> None:
    told = said(port, b"GET /q?word=a HTTP/1.1\r\nHost: x\r\n\r\n")
    assert told.startswith(b"HTTP/1.1 200") and told.endswith(b'"a"')
    told = said(port, "GET /q?word=가평 HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    assert told.startswith(b"HTTP/1.1 400") and b"application/problem+json" in told
    assert "부호로 바꾸어" in told.decode()


@pytest.mark.long
def test_silence_and_a_head_that_comes_letter_by_letter_are_closed(port: int) -> None:
    began = time.monotonic()
    assert said(port) == b""
    head = b"GET /q HTTP/1.1\r\nHost: x\r\n" + b"X-A: b\r\n" * 30
    assert said(port, *(head[at : at + 1] for at in range(40)), between=0.05) == b""
    assert time.monotonic() - began < 20


def test_a_second_request_is_waited_for_no_longer(port: int) -> None:
    first = b"GET /q?word=a HTTP/1.1\r\nHost: x\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=10) as end:
        end.sendall(first)
        assert end.recv(65536).startswith(b"HTTP/1.1 200")
        end.sendall(b"GET /q HTT")
        while end.recv(65536):
            pass


def test_a_head_too_large_is_refused(port: int) -> None:
    head = b"GET /q HTTP/1.1\r\nHost: x\r\nX-A: " + b"a" * HEAD_LIMIT
    assert said(port, head, b"a" * 1000).startswith(b"HTTP/1.1 431")


def test_a_body_larger_than_a_head_may_be_is_no_head(port: int) -> None:
    body = b"a" * (HEAD_LIMIT * 3)
    told = said(port, b"POST /q HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
    assert told.startswith(b"HTTP/1.1 405")
