"""물어보기 works as a plain form, survives a reload, and shows nobody another's thread."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pypdf import PdfReader
from selectolax.lexbor import LexborHTMLParser

from rag.errors import StoreUnavailable
from rag.settings import Settings
from server.app import create_app
from server.desks.service import Service
from server.store.memory import Memory
from tests.server.fakes import HERE, FakeDesk

ASKED = "언제까지입니까?"
BROWSER = {"Accept": "text/html,application/xhtml+xml"}


@pytest.fixture
def desk() -> FakeDesk:
    """What answers behind the page."""
    return FakeDesk()


@pytest.fixture
def client(tmp_path: Path, desk: FakeDesk) -> Iterator[TestClient]:
    """The application, with a database of its own."""
    (tmp_path / "CURRENT").write_text("g1\n", "utf-8")
    app = create_app(Service(tmp_path, lambda: desk), Settings(data_dir=tmp_path), lambda: date(2026, 3, 20))
    with TestClient(app, client=HERE, raise_server_exceptions=False) as client:
        yield client


def turns(html: str) -> list[str]:
    """What was asked on a page."""
    return [node.text().strip() for node in LexborHTMLParser(html).css(".turn .asked")]


@pytest.mark.long
def test_a_form_is_answered_at_an_address_that_shows_the_thread_again(client: TestClient) -> None:
    sent = client.post("/", data={"q": ASKED, "c": "t" * 22}, follow_redirects=False)
    assert sent.status_code == 303
    where = sent.headers["location"]
    assert where.startswith(f"/?c={'t' * 22}#a-")
    client.post("/", data={"q": "얼마입니까?", "c": "t" * 22})
    shown = client.get(where)
    assert turns(shown.text) == [ASKED, "얼마입니까?"]
    assert shown.headers["cache-control"] == "private, no-store"


def test_what_was_said_before_is_known_to_the_next_question(client: TestClient, desk: FakeDesk) -> None:
    client.post("/", data={"q": ASKED, "c": "t" * 22})
    client.post("/", data={"q": "그건 얼마입니까?", "c": "t" * 22})
    assert [turn.role for turn in desk.asked[-1].history] == ["user", "assistant"]
    assert desk.asked[-1].history[0].content == ASKED


def test_two_browsers_never_see_each_others_thread(client: TestClient, desk: FakeDesk) -> None:
    client.post("/", data={"q": ASKED, "c": "a" * 22})
    client.post("/", data={"q": "다른 물음", "c": "b" * 22})
    assert turns(client.get(f"/?c={'b' * 22}").text) == ["다른 물음"]
    assert desk.asked[-1].history == ()
    assert turns(client.get("/").text) == []


def test_every_fresh_page_has_a_conversation_that_nobody_guesses(client: TestClient) -> None:
    names = {re.search(r'name="c" value="([^"]+)"', client.get("/").text)[1] for _ in range(3)}  # type: ignore[index]
    assert len(names) == 3
    assert all(len(name) >= 20 for name in names)


def test_an_address_with_a_question_asks_it_on_the_day_told(client: TestClient, desk: FakeDesk) -> None:
    assert turns(client.get("/", params={"q": ASKED, "as_of": "2026-02-01", "utm_source": "x"}).text) == [ASKED]
    assert desk.asked[-1].as_of == date(2026, 2, 1)


def test_the_company_reaches_the_adviser_and_stays_in_the_form(client: TestClient, desk: FakeDesk) -> None:
    given = {"region": "경기도 화성시", "employees": "32명", "insured": "true", "needs": "교육, 설비", "founded": ""}
    shown = client.get("/")
    assert all(f'name="{name}"' in shown.text for name in given)
    client.post("/", data={"q": ASKED, **given})
    profile = desk.asked[-1].profile
    assert (profile.region, profile.employees, profile.insured) == ("경기도 화성시", 32, True)
    assert (profile.needs, profile.founded) == (("교육", "설비"), None)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"q": " "}, "question"),
        ({"q": "가" * 2001}, "2000"),
        ({"q": ASKED, "employees": "많음"}, "employees"),
        ({"q": ASKED, "as_of": "내일"}, "as_of"),
    ],
)
def test_what_cannot_be_asked_is_told_and_kept_in_the_box(client: TestClient, given: dict[str, str], says: str) -> None:
    refused = client.post("/", data=given)
    assert refused.status_code == 422
    page = LexborHTMLParser(refused.text)
    notice, box = page.css_first(".notice[role=alert]"), page.css_first("#q")
    assert notice and says in notice.text().replace(",", "")
    assert box and box.text().strip() == given["q"].strip()


def test_an_outage_is_told_as_one_and_when_to_come_again(tmp_path: Path) -> None:
    app = create_app(Service(tmp_path, FakeDesk), Settings(data_dir=tmp_path), lambda: date(2026, 3, 20))
    with TestClient(app, client=HERE, raise_server_exceptions=False) as client:
        refused = client.post("/", data={"q": ASKED})
    assert refused.status_code == 503
    assert refused.headers["retry-after"]
    assert "jiwon sync" in refused.text and ASKED in refused.text


def test_a_question_is_told_while_it_is_written_and_ends_with_its_card(client: TestClient) -> None:
    told = client.post("/", data={"q": ASKED, "c": "t" * 22}, headers={"Accept": "text/event-stream"}).text
    events = [(e, json.loads(d)) for e, d in re.findall(r"event: (\w+)\r?\ndata: (.*)", told)]
    assert [name for name, _ in events][-2:] == ["card", "done"]
    card = next(data for name, data in events if name == "card")
    assert card["conversation"] == "t" * 22
    assert turns(card["html"]) == [ASKED]
    assert turns(client.get(f"/talk/{'t' * 22}.html").text) == [ASKED]


@pytest.mark.long
def test_an_answer_is_shared_at_its_own_address_with_day_and_generation(client: TestClient) -> None:
    where = client.post("/", data={"q": ASKED}, follow_redirects=False).headers["location"]
    shared = client.get(f"/a/{where.partition('#a-')[2]}")
    assert shared.status_code == 200
    assert "2026년 3월 20일 기준" in shared.text and "g1" in shared.text
    assert "/feedback" not in shared.text
    assert client.get("/a/none").status_code == 404


def test_a_conversation_is_kept_as_text(client: TestClient) -> None:
    client.post("/", data={"q": ASKED, "c": "t" * 22})
    kept = client.get(f"/talk/{'t' * 22}.md")
    assert kept.headers["content-disposition"].startswith("attachment")
    assert f"## {ASKED}" in kept.text and "[1] 지원사업 안내" in kept.text


def test_a_conversation_is_kept_on_paper(client: TestClient) -> None:
    client.post("/", data={"q": ASKED, "c": "t" * 22})
    client.post("/", data={"q": "#얼마<b>입니까?", "c": "t" * 22})
    kept = client.get(f"/talk/{'t' * 22}.pdf")
    assert (kept.status_code, kept.headers["content-type"]) == (200, "application/pdf")
    assert kept.headers["content-disposition"].startswith("attachment")
    assert kept.headers["cache-control"] == "private, no-store"
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(kept.content)).pages).replace("\n", "")
    for told in (ASKED, "#얼마<b>입니까?", "4월 20일까지 신청합니다 [1]", "지원사업 안내", "2026-03-20 기준"):
        assert told.replace(" ", "") in text.replace(" ", "")
    assert "**" not in text
    assert f'href="/talk/{"t" * 22}.pdf"' in client.get("/", params={"c": "t" * 22}).text
    assert client.head(f"/talk/{'t' * 22}.pdf").status_code == 200
    gone = client.get("/talk/none.pdf", headers=BROWSER)
    assert (gone.status_code, gone.headers["content-type"]) == (404, "text/html; charset=utf-8")


def test_a_tap_below_an_answer_is_kept_as_feedback(client: TestClient, tmp_path: Path) -> None:
    where = client.post("/", data={"q": ASKED, "c": "t" * 22}, follow_redirects=False).headers["location"]
    answer = where.partition("#a-")[2]
    back = client.post("/feedback", data={"answer": answer, "useful": "long", "c": "t" * 22}, follow_redirects=False)
    assert (back.status_code, back.headers["location"]) == (303, f"/?c={'t' * 22}#a-{answer}")
    from server.store.engine import open_database

    (kept,) = Memory(open_database("", tmp_path)).judged(answer)
    assert (kept.useful, kept.reason) == (False, "너무 김")
    assert client.post("/feedback", data={"answer": answer, "useful": "maybe"}).status_code == 422
    assert client.post("/feedback", data={"answer": "none", "useful": "yes"}).status_code == 404


def test_where_nothing_can_be_stored_answers_are_given_all_the_same(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise StoreUnavailable("데이터베이스를 쓸 수 없습니다.")

    for name in ("talk", "holds"):
        monkeypatch.setattr(Memory, name, broken)
    assert turns(client.get("/", params={"q": ASKED}).text) == [ASKED]
    assert "데이터베이스" in client.get("/", params={"c": "t" * 22}).text


def test_who_asks_for_a_page_is_told_what_is_wrong_by_a_page(client: TestClient) -> None:
    page = client.get("/nothing/here", headers=BROWSER)
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "물어보기로 가기" in page.text
    assert client.get("/v1/nothing", headers=BROWSER).headers["content-type"] == "application/problem+json"


@pytest.mark.long
def test_files_of_pages_are_kept_for_good_and_no_way_leads_out(client: TestClient) -> None:
    (href,) = re.findall(r'href="(/site/[^"]+/site\.css)"', client.get("/").text)
    assert "immutable" in client.get(href).headers["cache-control"]
    for wrong in ("/site/x/site.css", href.replace("site.css", "../drawing.py"), href.replace("site.css", "%2e%2e")):
        assert client.get(wrong).status_code == 404
