"""A page of a document is shown drawn and as text with the quote lit; what a document says is never more than words."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from fastapi.testclient import TestClient
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from rag.domain import Document, Paragraph, Source
from rag.settings import INSTALLATION, Settings
from server.app import create_app
from server.desks.service import Service
from server.pages import leaves
from tests.server.fakes import HERE, SOURCE, FakeDesk
from tests.server.pages.reading import first

EVIL = "<script>alert(1)</script>"
PDF = INSTALLATION / "corpus" / "press2026.pdf"
BROWSER = {"Accept": "text/html,*/*"}
LIT = (255, 236, 90)


class Shelf(FakeDesk):
    """A real PDF, one that was changed since, and documents that are no PDFs, one of them wicked."""

    def document(self, source_id: str, /) -> Document | None:
        drawn = replace(SOURCE, id="drawn", path=PDF.name, digest=hashlib.sha256(PDF.read_bytes()).hexdigest())
        written = replace(SOURCE, id="written", path="notice.html", title=EVIL, publisher=EVIL, paged=False)
        text = (Paragraph(1, f"접수기간은 4월 20일까지\n{EVIL} 입니다"),)
        known = {
            "drawn": Document(replace(drawn, recognised=(2,)), (Paragraph(1, "지역 주도형 AI 대전환"),), 2),
            "changed": Document(replace(drawn, id="changed", digest="0"), (), 1),
            "written": Document(replace(written, url="javascript:alert(1)"), text, 1),
            "plain": Document(replace(written, id="plain", url="https://example.kr/"), text, 1),
        }
        return known.get(source_id)

    def source(self, source_id: str, /) -> Source | None:
        document = self.document(source_id)
        return document.source if document else None


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, running: object) -> Iterator[TestClient]:
    """The application over the shelf."""
    folder = tmp_path_factory.mktemp("leaves")
    (folder / "CURRENT").write_text("g1\n", "utf-8")
    settings = Settings(data_dir=folder, corpus_dir=PDF.parent)
    app = create_app(Service(folder, Shelf), settings, lambda: date(2026, 3, 20))
    with TestClient(app, client=HERE, raise_server_exceptions=False) as client:
        yield client


def shown(client: TestClient, path: str, mark: str = "") -> LexborHTMLParser:
    """A page that is there."""
    reply = client.get(path, params={"mark": mark} if mark else None, headers=BROWSER)
    assert reply.status_code == 200, reply.text
    return LexborHTMLParser(reply.text)


def lit(png: bytes) -> int:
    """How many dots of a picture are lit."""
    return sum(count for count, colour in Image.open(io.BytesIO(png)).getcolors(2**24) or () if colour == LIT)


def hrefs(page: LexborHTMLParser) -> set[str | None]:
    """Where a page leads."""
    return {link.attributes["href"] for link in page.css("main a")}


def test_the_words_of_the_quote_are_lit_in_the_text_however_they_are_spaced(client: TestClient) -> None:
    page = shown(client, "/sources/drawn/1", "지역주도형  AI대전환")
    assert [mark.text() for mark in page.css("mark")] == ["지역 주도형 AI 대전환"]
    assert first(page, "mark").attributes["id"] == "lit" and "#lit" in hrefs(page)
    assert str(first(page, "main img").attributes["src"]).startswith("/sources/drawn/1.png?mark=")


def test_a_page_names_its_document_and_leads_to_the_next_one_and_to_the_file(client: TestClient) -> None:
    front, back = shown(client, "/sources/drawn/1"), shown(client, "/sources/drawn/2")
    assert len(front.css("h1")) == 1 and "지원사업 안내" in first(front, "h1").text()
    assert first(front, ".whose").text() == "중소기업부 · 2026-01 발행"
    assert {"/documents/drawn#page=1", "/sources/drawn/2"} <= hrefs(front)
    assert "/sources/drawn/1" in hrefs(back) and "/sources/drawn/3" not in hrefs(back)
    assert "그림에서 글자를 읽었습니다" in first(back, "main").text()


def test_a_quote_that_does_not_stand_there_is_said_beside_the_page(client: TestClient) -> None:
    page = shown(client, "/sources/drawn/1", EVIL)
    assert page.css("mark") == [] and page.css("main script") == []
    assert EVIL in first(page, "[role=status]").text()
    assert first(page, "main img").attributes["src"] == "/sources/drawn/1.png"
    assert shown(client, "/sources/drawn/1", "가" * 5000).css("[role=status]")


def test_a_document_without_pages_is_shown_as_its_text_and_runs_nothing(client: TestClient) -> None:
    page = shown(client, "/sources/written/1", f"{EVIL} 입니다")
    assert page.css("main img, main script") == []
    assert [mark.text() for mark in page.css("mark")] == [f"{EVIL} 입니다"]
    assert first(page, "h1").text() == EVIL
    assert hrefs(page) == {"#lit", "/documents/written"}
    assert "https://example.kr/" in hrefs(shown(client, "/sources/plain/1"))


@pytest.mark.parametrize("path", ["none/1", "drawn/0", "drawn/3", "drawn/-1", "drawn/x", "drawn/٣", "drawn/9999999"])
def test_what_is_not_there_is_a_page_that_says_so(client: TestClient, path: str) -> None:
    for address in (f"/sources/{path}", f"/sources/{path}.png"):
        reply = client.get(address, headers=BROWSER)
        assert reply.status_code == 404
        assert LexborHTMLParser(reply.text).css_first("h1") is not None
        assert "없습니다" in reply.text or "까지 있습니다" in reply.text


def test_the_picture_shows_the_quote_lit(client: TestClient) -> None:
    plain, told = client.get("/sources/drawn/1.png"), client.get("/sources/drawn/1.png?mark=지역주도형 AI대전환")
    assert (plain.headers["content-type"], told.status_code) == ("image/png", 200)
    assert lit(plain.content) == 0 < lit(told.content)
    assert client.get("/sources/drawn/1.png?mark=없는말").headers["etag"] == plain.headers["etag"]
    again = client.get("/sources/drawn/1.png", headers={"If-None-Match": plain.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["changed/1", "written/1"])
def test_where_no_picture_can_be_drawn_the_page_stands_without_it(client: TestClient, path: str) -> None:
    assert client.get(f"/sources/{path}.png").status_code == 404
    assert client.get(f"/sources/{path}").status_code == 200


def test_whoever_comes_while_too_many_wait_is_told_to_come_again(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaves, "WAITING", 0)
    busy = client.get("/sources/drawn/2.png")
    assert (busy.status_code, busy.headers["retry-after"]) == (503, "5")


def test_heads_tell_what_gets_would(client: TestClient) -> None:
    for path in ("/sources/drawn/1", "/sources/drawn/1.png", "/sources/none/1"):
        head, got = client.head(path), client.get(path)
        assert (head.status_code, head.content) == (got.status_code, b"")
        assert head.headers["content-type"] == got.headers["content-type"]
