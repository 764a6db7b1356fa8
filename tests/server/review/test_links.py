"""Addresses are asked politely, one host once a second, and what leads nowhere is looked at by a person."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from rag.domain import Contact, ReviewCode
from rag.errors import OutboundRefused
from rag.outbound import Outbound, Reply
from server.review.links import addresses, broken, check, due
from server.store.engine import open_database
from server.store.links import Link, Links
from tests.server.fakes import PROGRAM, SOURCE, WHOM

AT = "2026-03-20T09:00:00+09:00"


class Office(BaseHTTPRequestHandler):
    """A host with a page, one that moved, one that is gone, one that knows no HEAD, and one that breaks."""

    asked: list[tuple[str, str]]

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.server.asked.append((self.command, self.path))  # type: ignore[attr-defined]
        statuses = {"/here": 200, "/old": 301, "/new": 200, "/gone": 404, "/broken": 500, "/liar": 404}
        status = statuses.get(self.path, 405 if self.command == "HEAD" else 200)
        status = 200 if (self.command, self.path) == ("GET", "/liar") else status
        self.send_response(status)
        if status == 301:
            self.send_header("Location", "/new")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def office() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Its address, and what it was asked."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Office)
    server.asked = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", server.asked  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()
    thread.join()


def test_every_page_is_asked_for_its_head_and_where_that_tells_nothing_for_itself(
    office: tuple[str, list[tuple[str, str]]],
) -> None:
    base, asked = office
    asker = Outbound(("127.0.0.1/32",))
    paths = ("/here", "/old", "/gone", "/no-head", "/broken", "/liar")
    found = list(check([base + path for path in paths], asker, lambda: AT, wait=lambda _: None))
    asker.close()
    assert [link.status for link in found] == [200, 200, 404, 200, 500, 200]
    assert [link.moved_to.removeprefix(base) for link in found] == ["", "/new", "", "", "", ""]
    assert ("GET", "/here") not in asked
    assert ("GET", "/gone") in asked and ("GET", "/no-head") in asked


@dataclass
class Slow:
    """Answers everything, and tells when it was asked."""

    now: float = 0.0
    asked: list[tuple[str, float]] = field(default_factory=list)

    def head(self, url: str, /) -> Reply:
        self.asked.append((url, self.now))
        self.now += 0.1
        return Reply(url, 200, {}, b"")

    def get(self, url: str, /, *, most: int) -> Reply:
        raise AssertionError

    def wait(self, seconds: float) -> None:
        self.now += seconds


def test_one_host_is_asked_once_a_second_and_others_meanwhile() -> None:
    slow = Slow()
    urls = ["http://a.kr/1", "http://a.kr/2", "http://b.kr/1", "http://a.kr/3"]
    list(check(urls, slow, lambda: AT, wait=slow.wait, clock=lambda: slow.now))
    times = dict(slow.asked)
    assert times["http://a.kr/2"] - times["http://a.kr/1"] >= 1
    assert times["http://a.kr/3"] - times["http://a.kr/2"] >= 1
    assert times["http://b.kr/1"] - times["http://a.kr/2"] < 1


def test_a_private_address_is_not_asked_and_its_refusal_is_kept() -> None:
    (link,) = check(["http://127.0.0.1:9/"], Outbound(), lambda: AT)
    assert (link.status, bool(link.fault)) == (None, True)
    with pytest.raises(OutboundRefused):
        Outbound().head("http://127.0.0.1:9/")


def test_what_was_never_asked_comes_first_then_what_was_asked_longest_ago() -> None:
    known = {url: Link(url, 200, "", "", at) for url, at in (("a", "2026-02"), ("b", "2026-01"))}
    assert due(["a", "b", "c"], known) == ["c", "b", "a"]
    assert due(["a", "b", "c"], known, 1) == ["c"]


@pytest.mark.parametrize(
    ("link", "field"),
    [
        (Link("", 200, "", "", AT), None),
        (Link("", 404, "", "", AT), "gone"),
        (Link("", 410, "", "", AT), "gone"),
        (Link("", 200, "https://new.kr/", "", AT), "moved"),
        (Link("", 503, "", "", AT), "unreachable"),
        (Link("", None, "", "닿지 않습니다.", AT), "unreachable"),
        (Link("", 403, "", "", AT), None),
    ],
)
def test_what_leads_nowhere_is_an_item_of_the_review(link: Link, field: str | None) -> None:
    url = "https://office.kr/apply"
    source = replace(SOURCE, url=url)
    items = list(broken((), (source,), {url: replace(link, url=url)}))
    assert [(item.code, item.field, item.quote) for item in items] == ([(ReviewCode.LINK, field, url)] if field else [])


def test_addresses_are_those_of_documents_and_of_contacts_each_once() -> None:
    program = replace(PROGRAM, contacts=(Contact("센터", WHOM, urls=("www.center.kr", "https://office.kr/")),))
    found = addresses((program,), (replace(SOURCE, url="https://office.kr/"), replace(SOURCE, url="file:///etc")))
    assert found == {"https://office.kr/": ("guide", ""), "https://www.center.kr": ("guide", "가상 바우처")}


def test_what_came_of_an_address_is_kept_in_the_place_of_what_came_before(tmp_path: Path) -> None:
    store = Links(open_database("", tmp_path))
    store.keep(Link("https://a.kr", 404, "", "", AT))
    store.keep(Link("https://a.kr", 200, "", "", AT))
    assert store.all() == {"https://a.kr": Link("https://a.kr", 200, "", "", AT)}
    store.database.close()
