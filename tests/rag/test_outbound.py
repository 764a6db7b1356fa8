"""What is asked of other hosts is bounded, and never leads inside."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from rag.errors import OutboundFailed, OutboundRefused
from rag.outbound import AGENT, Outbound, seconds_of, shown

HERE = ("127.0.0.1/32",)


class Told(BaseHTTPRequestHandler):
    """Answers by the path; remembers what it was told."""

    def do_GET(self) -> None:
        """Answer."""
        self.server.seen.append((self.command, self.path, dict(self.headers)))  # type: ignore[attr-defined]
        getattr(self, f"on_{self.path.partition('?')[0].strip('/')}", self.on_text)()

    do_HEAD = do_GET  # noqa: N815

    def do_POST(self) -> None:
        """Answer, with the body read."""
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def on_text(self) -> None:
        self._send(200, "안녕하세요".encode(), Set_Cookie="a=1")

    def on_turn(self) -> None:
        self._send(302, b"", Location=self.path.partition("?")[2] or "/text")

    def on_long(self) -> None:
        self._send(200, b"x" * 300_000)

    def on_late(self) -> None:
        time.sleep(2)

    def on_drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "100")
        self.end_headers()
        for _ in range(20):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.1)

    def on_busy(self) -> None:
        self._send(429, b"", Retry_After="7")

    def _send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def host() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Told)
    server.seen = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def outbound() -> Iterator[Outbound]:
    made = Outbound(HERE, timeout_s=1)
    yield made
    made.close()


def at(host: ThreadingHTTPServer, path: str, name: str = "127.0.0.1") -> str:
    return f"http://{name}:{host.server_port}{path}"


def test_what_stands_there_is_read_with_its_status_and_the_name_that_was_asked(
    host: ThreadingHTTPServer, outbound: Outbound
) -> None:
    reply = outbound.get(at(host, "/text", "localhost"))
    assert (reply.status, reply.body.decode()) == (200, "안녕하세요")
    told = host.seen[0][2]  # type: ignore[attr-defined]
    assert told["Host"] == f"localhost:{host.server_port}"
    assert told["User-Agent"] == AGENT


def test_a_refusal_of_the_host_is_a_reply_with_when_to_come_again(
    host: ThreadingHTTPServer, outbound: Outbound
) -> None:
    reply = outbound.get(at(host, "/busy"))
    assert (reply.status, reply.retry_after) == (429, 7.0)


def test_no_cookie_is_kept(host: ThreadingHTTPServer, outbound: Outbound) -> None:
    outbound.get(at(host, "/text"))
    outbound.get(at(host, "/text"))
    assert "Cookie" not in host.seen[1][2]  # type: ignore[attr-defined]


def test_a_redirect_is_followed_and_what_opens_a_host_is_told_to_no_other(
    host: ThreadingHTTPServer, outbound: Outbound
) -> None:
    outbound.get(at(host, "/turn"), headers={"X-Key": "secret"})
    other = at(host, "/text", "localhost")
    outbound.get(at(host, f"/turn?{other}"), headers={"X-Key": "secret"})
    seen = [told.get("X-Key") for _, _, told in host.seen]  # type: ignore[attr-defined]
    assert seen == ["secret", "secret", "secret", None]


def test_redirects_without_end_are_given_up(host: ThreadingHTTPServer, outbound: Outbound) -> None:
    with pytest.raises(OutboundFailed):
        outbound.get(at(host, "/turn?/turn?/turn?/turn?/turn"))


@pytest.mark.parametrize(
    "url",
    [
        *(
            "http://10.0.0.1/",
            "http://192.168.1.1/",
            "http://169.254.169.254/latest",
            "http://0.0.0.0/",
            "http://[::1]/",
        ),
        *("http://[::ffff:10.0.0.1]/", "http://[64:ff9b::a00:1]/", "http://224.0.0.1/", "http://2130706434/"),
        *(
            "file:///etc/passwd",
            "ftp://example.com/",
            "http://u:p@example.com/",
            "http://",
            "//example.com",
            "http://[::",
        ),
    ],
)
def test_what_is_private_or_no_address_is_refused_and_never_asked(url: str) -> None:
    with pytest.raises(OutboundRefused):
        Outbound(HERE).get(url)


def test_a_redirect_to_a_private_address_is_refused(host: ThreadingHTTPServer, outbound: Outbound) -> None:
    with pytest.raises(OutboundRefused):
        outbound.get(at(host, "/turn?http://10.0.0.1/"))


def test_a_name_is_refused_where_one_of_its_addresses_is_private() -> None:
    both = Outbound(resolve=lambda host, port: ("93.184.216.34", "10.0.0.1"))
    with pytest.raises(OutboundRefused):
        both.check("http://example.com/")


def test_a_name_is_looked_up_once_and_connected_to_as_looked_up(host: ThreadingHTTPServer) -> None:
    asked: list[str] = []

    def changing(name: str, port: int) -> tuple[str, ...]:
        asked.append(name)
        return ("127.0.0.1",) if len(asked) == 1 else ("10.0.0.1",)

    reply = Outbound(HERE, resolve=changing).get(at(host, "/text", "example.com"))
    assert reply.status == 200
    assert asked == ["example.com"]


def test_by_default_not_even_this_machine_is_asked(host: ThreadingHTTPServer) -> None:
    with pytest.raises(OutboundRefused):
        Outbound().get(at(host, "/text"))


@pytest.mark.parametrize("path", ["/late", "/drip"])
def test_a_host_that_is_slow_is_left(host: ThreadingHTTPServer, outbound: Outbound, path: str) -> None:
    with pytest.raises(OutboundFailed, match=r"127\.0\.0\.1"):
        outbound.get(at(host, path))


def test_a_reply_that_is_too_long_is_not_read_on(host: ThreadingHTTPServer, outbound: Outbound) -> None:
    with pytest.raises(OutboundFailed):
        outbound.get(at(host, "/long"), most=100_000)
    assert len(outbound.post(at(host, "/long"), b"{}").body) == 2**16


def test_a_post_is_not_sent_on(host: ThreadingHTTPServer, outbound: Outbound) -> None:
    assert outbound.post(at(host, "/turn"), b"{}").status == 302
    assert len(host.seen) == 1  # type: ignore[attr-defined]


def test_the_head_of_an_address_is_asked_without_its_content(host: ThreadingHTTPServer, outbound: Outbound) -> None:
    reply = outbound.head(at(host, "/text"))
    assert (reply.status, reply.body) == (200, b"")


def test_a_host_that_is_not_there_is_named() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(OutboundFailed, match=r"127\.0\.0\.1"):
        Outbound(HERE).get(f"http://127.0.0.1:{port}/")
    with pytest.raises(OutboundFailed, match=r"nowhere\.invalid"):
        Outbound(HERE).get("http://nowhere.invalid/")


def test_when_to_come_again_is_told_by_seconds_or_by_a_moment() -> None:
    assert seconds_of("120") == 120
    assert seconds_of("Wed, 21 Oct 2015 07:28:00 GMT") == 0
    assert seconds_of("soon") is None


def test_an_address_is_shown_without_what_opens_it() -> None:
    assert shown("https://u:p@example.com:8443/list?crtfcKey=secret#x") == "example.com/list"
