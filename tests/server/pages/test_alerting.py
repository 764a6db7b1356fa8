"""알림 by forms alone: subscribed, confirmed and stopped by whoever holds the address; what is wrong is said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from selectolax.lexbor import LexborHTMLParser

from rag.settings import Settings
from server.app import create_app
from server.desks.service import Service
from tests.server.alerts.conftest import NewsDesk, program, words
from tests.server.alerts.receiving import Hook, Post, mail_server, webhook
from tests.server.fakes import HERE
from tests.server.pages.reading import first

COMPANY = {"region": "경기도 화성시", "size": "중소기업", "employees": "32명", "needs": "설비, 교육", "insured": ""}
EVIL = '"><script>alert(1)</script>'
BROWSER = {"Accept": "text/html,*/*"}
STRANGER = ("203.0.113.9", 5000)


@pytest.fixture
def post() -> Post:
    """The memory of the mail server."""
    return Post()


@pytest.fixture
def settings(tmp_path: Path, post: Post) -> Iterator[Settings]:
    """An installation with a mail server."""
    (tmp_path / "CURRENT").write_text("g1\n", "utf-8")
    with mail_server(post) as smtp:
        yield Settings(
            data_dir=tmp_path,
            smtp_url=smtp,
            smtp_from="alerts@jiwon.example",
            public_url="https://jiwon.example",
            outbound_allow="127.0.0.1/32",
        )


def opened(settings: Settings) -> TestClient:
    """The application."""
    desk = NewsDesk(told=[program("바우처")])
    app = create_app(Service(settings.data_dir, lambda: desk), settings, lambda: date(2026, 3, 20))
    return TestClient(app, client=HERE, headers=BROWSER, raise_server_exceptions=False)


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    """The application, as a browser asks it."""
    with opened(settings) as client:
        yield client


def told(html: str) -> str:
    """The words of a page."""
    return str(first(LexborHTMLParser(html), "main").text())


def test_every_field_has_a_label_and_a_feed_is_chosen_before(client: TestClient) -> None:
    page = LexborHTMLParser(client.get("/alerts").text)
    assert len(page.css("h1")) == 1 and page.css("main script") == []
    labelled = {label.attributes["for"] for label in page.css("label[for]")}
    for field in page.css("main input, main select"):
        assert field.parent is not None
        assert field.parent.tag == "label" or field.attributes.get("id") in labelled
    assert first(page, "input[type=radio][checked]").attributes["value"] == "feed"
    assert client.head("/alerts").status_code == 200


def test_a_feed_is_told_at_an_address_that_shows_and_stops_it(client: TestClient) -> None:
    sent = client.post("/alerts", data={**COMPANY, "channel": "feed", "address": "left@example.kr"})
    assert sent.status_code == 200 and sent.url.path.startswith("/alerts/")
    assert sent.headers["referrer-policy"] == "no-referrer" and sent.headers["cache-control"] == "no-store"
    assert "받고 있습니다" in told(sent.text) and "경기도 화성시 · 32명 · 중소기업" in told(sent.text)
    token = sent.url.path.split("/")[-1]
    assert f"https://jiwon.example/v1/feeds/{token}.xml" in sent.text
    assert client.get(f"/v1/feeds/{token}.ics").status_code == 200
    assert "멈췄습니다" in told(client.post(f"/alerts/{token}/stop").text)
    again = client.get(f"/alerts/{token}")
    assert "멈췄습니다" in told(again.text) and "화성시" not in again.text
    assert "멈췄습니다" in told(client.get(f"/alerts/{token}/stop").text)


@pytest.mark.long
def test_a_mail_is_awaited_then_confirmed_by_a_button(client: TestClient, post: Post) -> None:
    sent = client.post("/alerts", data={**COMPANY, "channel": "email", "address": "who@example.kr"})
    assert (sent.url.path, sent.status_code) == ("/alerts", 200)
    assert "확인 메일을 보냈습니다" in told(sent.text) and "who@" not in sent.text
    (mail,) = post.accepted
    link = "/alerts/" + words(mail).partition("https://jiwon.example/alerts/")[2].split()[0]
    for _ in range(2):
        looked = client.get(link)
        assert "확인을 기다립니다" in told(looked.text)
    (form,) = LexborHTMLParser(looked.text).css('form[action$="/confirm"]')
    confirmed = client.post(str(form.attributes["action"]))
    assert confirmed.url.path == link.removesuffix("/confirm") and "받고 있습니다" in told(confirmed.text)


def test_a_webhook_is_told_its_key_once(client: TestClient) -> None:
    hook = Hook()
    with webhook(hook) as url:
        given = {**COMPANY, "channel": "webhook", "address": url}
        made = client.post("/alerts", data=given)
        assert made.status_code == 201 and "받고 있습니다" in told(made.text)
        page = LexborHTMLParser(made.text)
        assert len(first(page, "code").text()) == 64
        own = str(first(page, "dl a").attributes["href"])
        assert first(page, "code").text() not in client.get(own).text
        hook.echoes = False
        unsure = client.post("/alerts", data=given)
        own = str(first(LexborHTMLParser(unsure.text), "dl a").attributes["href"])
        assert "확인하지 못했습니다" in told(unsure.text)
        refused = client.post(f"{own}/confirm")
        assert refused.status_code == 409 and "challenge" in told(refused.text)
        hook.echoes = True
        assert "받고 있습니다" in told(client.post(f"{own}/confirm").text)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"channel": "feed"}, "하나는 적어 주세요"),
        ({"region": "세상끝", "channel": "feed"}, "지역: 모르는 지역"),
        ({**COMPANY, "employees": "많음", "channel": "feed"}, "직원 수: 정수여야"),
        ({**COMPANY, "size": "큼", "channel": "feed"}, "규모"),
        ({**COMPANY, "channel": "pigeon"}, "받는 방법"),
        ({**COMPANY}, "받는 방법"),
        ({**COMPANY, "channel": "email", "address": "who"}, "받을 주소: 전자우편"),
        ({**COMPANY, "channel": "email"}, "받을 주소: 전자우편"),
        ({**COMPANY, "channel": "webhook", "address": "ftp://x"}, "받을 주소: 웹훅"),
        ({**COMPANY, "channel": "webhook", "address": "http://169.254.169.254/"}, "받을 주소"),
        ({**COMPANY, "channel": "email", "address": EVIL}, "받을 주소"),
    ],
)
def test_what_cannot_be_subscribed_is_said_above_the_form_as_it_was_filled(
    client: TestClient, given: dict[str, str], says: str
) -> None:
    refused = client.post("/alerts", data=given)
    page = LexborHTMLParser(refused.text)
    assert refused.status_code == 422
    assert says in first(page, "[role=alert]").text()
    assert first(page, "input[name=region]").attributes["value"] == given.get("region", "")
    assert first(page, "input[name=address]").attributes["value"] == given.get("address", "")
    assert page.css("main script") == []


@pytest.mark.long
def test_a_wrong_address_is_a_page_that_says_so(client: TestClient) -> None:
    for path in (
        "/alerts/none",
        "/alerts/none/confirm",
        "/alerts/none/stop",
        f"/alerts/{'x' * 500}",
        "/alerts/%3Cb%3E",
    ):
        reply = client.get(path)
        assert reply.status_code == 404 and "그런 알림이 없습니다" in told(reply.text)
    for path in ("/alerts/none/confirm", "/alerts/none/stop"):
        assert client.post(path).status_code == 404


def test_who_subscribes_by_the_page_counts_as_who_does_by_the_api(client: TestClient) -> None:
    stranger = TestClient(client.app, client=STRANGER, headers=BROWSER, raise_server_exceptions=False)
    given = {"region": "경기도 화성시", "channel": "feed"}
    for _ in range(5):
        assert stranger.post("/alerts", data=given).status_code == 200
        asked = {"profile": {"size": "중소기업"}, "channel": "feed"}
        assert stranger.post("/v1/subscriptions", json=asked).status_code == 201
    refused = stranger.post("/alerts", data=given)
    assert refused.status_code == 429 and int(refused.headers["retry-after"]) > 0
    assert LexborHTMLParser(refused.text).css_first("[role=alert]") is not None


def test_where_no_mail_can_be_sent_it_cannot_be_chosen(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("g1\n", "utf-8")
    with opened(Settings(data_dir=tmp_path)) as client:
        page = LexborHTMLParser(client.get("/alerts").text)
        assert "disabled" in first(page, "input[value=email]").attributes
        refused = client.post("/alerts", data={**COMPANY, "channel": "email", "address": "who@example.kr"})
        assert refused.status_code == 409 and "꺼져 있습니다" in told(refused.text)


def test_links_of_mails_lead_somewhere_although_asking_is_closed(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("g1\n", "utf-8")
    with opened(Settings(data_dir=tmp_path, open=False, admin_key="only-for-staff-0123456789")) as client:
        assert client.get("/alerts/none/stop").status_code == 404
        assert "그런 알림이 없습니다" in told(client.get("/alerts/none/stop").text)
        assert client.post("/alerts", data={**COMPANY, "channel": "feed"}).status_code in (404, 405)
