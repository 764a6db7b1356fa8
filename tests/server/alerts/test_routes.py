"""Alerts over HTTP: subscribed, confirmed by a page, read as a feed, stopped in one click; no log tells a token."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient
from icalendar import Calendar

from rag.domain import ChangeKind
from rag.settings import Settings
from server.app import create_app
from server.clock import moment
from server.desks.service import Service
from server.logs import set_up
from server.store.engine import open_database
from server.store.outbox import Outbox
from tests.server.alerts.conftest import NewsDesk, program, words
from tests.server.alerts.receiving import Hook, Post, mail_server, webhook
from tests.server.fakes import HERE
from tests.server.test_app import is_problem

STRANGER = ("203.0.113.9", 5000)
ADMIN = "only-for-staff-0123456789"
COMPANY = {"region": "경기도 화성시", "size": "중소기업", "needs": ["설비를 바꾸는 비용"]}
ATOM = "{http://www.w3.org/2005/Atom}"
BROWSER = {"Accept": "text/html,*/*"}


@pytest.fixture(scope="module")
def post() -> Post:
    """The memory of the mail server."""
    return Post()


@pytest.fixture(scope="module")
def hook() -> Hook:
    """The memory of the webhook."""
    return Hook()


@pytest.fixture(scope="module")
def desk() -> NewsDesk:
    """What answers."""
    return NewsDesk()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder."""
    folder = tmp_path_factory.mktemp("alerts")
    (folder / "CURRENT").write_text("g1\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def hook_url(hook: Hook) -> Iterator[str]:
    """Where the webhook is."""
    with webhook(hook) as url:
        yield url


@pytest.fixture(scope="module")
def client(folder: Path, desk: NewsDesk, post: Post, running: object) -> Iterator[TestClient]:
    """The application on 20 March 2026, without a page; it comes after `running`, which sets the environment."""
    with mail_server(post) as smtp:
        settings = Settings(
            data_dir=folder,
            admin_key=ADMIN,
            smtp_url=smtp,
            smtp_from="alerts@jiwon.example",
            public_url="https://jiwon.example",
            outbound_allow="127.0.0.1/32",
        )
        app = create_app(Service(folder, lambda: desk), settings, lambda: date(2026, 3, 20))
        with TestClient(app, client=HERE, raise_server_exceptions=False) as client:
            yield client


@pytest.fixture(autouse=True)
def _fresh(folder: Path, desk: NewsDesk, post: Post, hook: Hook, client: TestClient) -> None:
    desk.told, desk.verdicts = [program("바우처"), program("융자", date(2026, 3, 25))], {}
    post.accepted.clear()
    hook.calls.clear()
    hook.echoes = True
    with closing(sqlite3.connect(folder / "jiwon.sqlite")) as database, database:
        for table in ("outbox", "told", "subscriptions", "repeats"):
            database.execute(f"DELETE FROM {table}")


def subscribed(client: TestClient, **given: object) -> dict[str, str]:
    """A new subscription; a feed where nothing else is told."""
    reply = client.post("/v1/subscriptions", json={"profile": COMPANY, "channel": "feed", **given})
    assert reply.status_code == 201, reply.text
    assert reply.headers["Cache-Control"] == "no-store"
    told: dict[str, str] = reply.json()
    return told


def titles(xml: bytes) -> list[str]:
    """The titles of the entries of a feed."""
    return [entry.findtext(f"{ATOM}title") or "" for entry in ElementTree.fromstring(xml).iter(f"{ATOM}entry")]


@pytest.mark.long
def test_a_feed_tells_what_fits_what_closes_and_what_was_changed(client: TestClient, desk: NewsDesk) -> None:
    one = desk.told[0]
    desk.told += [
        replace(program("연장"), periods=(replace(one.periods[0], changed=ChangeKind.EXTENDED),)),
        replace(program("취소"), periods=(replace(one.periods[0], is_cancelled=True),)),
        program("글자\x00\x0b]]>&<b>"),
    ]
    reply = client.get(subscribed(client)["feed_url"])
    assert reply.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert reply.headers["Cache-Control"] == "private, no-cache"
    about = "(2026년, 가나다센터)"
    assert titles(reply.content) == [
        f"[새로 맞는 사업] 바우처 {about}",
        f"[새로 맞는 사업] 융자 {about}",
        f"[곧 마감하는 사업] 융자 {about}",
        f"[새로 맞는 사업] 연장 {about}",
        f"[접수가 연장된 사업] 연장 {about}",
        f"[취소된 사업] 취소 {about}",
        f"[새로 맞는 사업] 글자]]>&<b> {about}",
    ]
    again = client.get(reply.request.url.path).content
    assert again == reply.content


def test_a_feed_is_the_same_until_generation_day_or_company_changes(client: TestClient, desk: NewsDesk) -> None:
    made = subscribed(client)
    for url in (made["feed_url"], made["calendar_url"]):
        first = client.get(url)
        tag = {"If-None-Match": first.headers["ETag"]}
        assert client.get(url, headers=tag).status_code == 304
        assert client.head(url).status_code == 200
        client.patch(f"/v1/subscriptions/{made['token']}", json={"profile": {"size": "소상공인"}})
        assert client.get(url, headers=tag).status_code == 200


def test_a_calendar_holds_the_days_of_what_fits(client: TestClient) -> None:
    reply = client.get(subscribed(client)["calendar_url"])
    events = Calendar.from_ical(reply.content).walk("VEVENT")
    days = {str(one["summary"]): f"{one.decoded('dtstart'):%Y%m%d}" for one in events}
    assert days == {"[마감] 바우처": "20260420", "[마감] 융자": "20260325"}


def test_a_mail_is_confirmed_by_the_button_of_its_page_and_not_by_looking_at_it(client: TestClient, post: Post) -> None:
    made = subscribed(client, channel="e-mail", address="who@example.kr")
    assert (made["state"], made["channel"]) == ("pending", "email")
    assert made["token"] is None
    assert "who@example.kr" not in json.dumps(made)
    (mail,) = post.accepted
    link = "/alerts/" + words(mail).partition("/alerts/")[2].split()[0]
    token = link.split("/")[-2]
    looked = client.get(link, headers=BROWSER)
    assert f'<form method="post" action="/alerts/{token}/confirm">' in looked.text
    assert "form-action 'self'" in looked.headers["Content-Security-Policy"]
    assert looked.headers["Referrer-Policy"] == "no-referrer"
    own = f"/v1/subscriptions/{token}"
    assert client.get(f"{own}/confirm").json()["state"] == "pending"
    assert client.get(f"/v1/feeds/{token}.xml").status_code == 404
    assert "받고 있습니다" in client.post(link, headers=BROWSER).text
    shown = client.get(own).json()
    assert shown["state"] == "confirmed"
    assert shown["profile"]["region"] == "경기도 화성시"
    assert client.post(f"{own}/confirm").json()["state"] == "confirmed"


def test_a_webhook_is_confirmed_by_what_it_gives_back(client: TestClient, hook: Hook, hook_url: str) -> None:
    made = subscribed(client, channel="webhook", address=hook_url)
    assert made["state"] == "confirmed"
    assert len(made["secret"]) == 64
    hook.echoes = False
    made = subscribed(client, channel="webhook", address=hook_url)
    assert made["state"] == "pending"
    assert is_problem(client.post(f"/v1/subscriptions/{made['token']}/confirm"), 409)


def test_one_click_stops_also_as_mail_programs_send_it(client: TestClient) -> None:
    token = subscribed(client)["token"]
    stop, page = f"/v1/subscriptions/{token}/stop", f"/alerts/{token}/stop"
    assert '<form method="post">' in client.get(page, headers=BROWSER).text
    assert client.get(stop).json() == {"state": "confirmed"}
    reply = client.post(page, data={"List-Unsubscribe": "One-Click"}, follow_redirects=False)
    assert (reply.status_code, client.get(stop).json()) == (200, {"state": "stopped"})
    assert client.post(stop).json() == {"state": "stopped"}
    assert client.get(f"/v1/subscriptions/{token}").json()["profile"] is None
    assert client.get(f"/v1/feeds/{token}.xml").status_code == 404


def test_nobody_can_list_them_and_what_is_erased_is_gone(client: TestClient) -> None:
    token = subscribed(client)["token"]
    assert client.get("/v1/subscriptions").status_code == 405
    assert client.delete(f"/v1/subscriptions/{token}").status_code == 204
    for path in (f"/v1/subscriptions/{token}", f"/v1/feeds/{token}.xml", f"/v1/feeds/{token}.ics"):
        assert is_problem(client.get(path), 404)
    assert is_problem(client.delete(f"/v1/subscriptions/{token}"), 404)


@pytest.mark.parametrize(
    ("given", "part"),
    [
        ({"channel": "pigeon"}, "channel"),
        ({"channel": "email", "address": "who"}, "address"),
        ({"channel": "email", "address": "a@example.kr\r\nBcc: b@example.kr"}, "address"),
        ({"channel": "webhook"}, "address"),
        ({"channel": "webhook", "address": "http://169.254.169.254/latest"}, "address"),
        ({"channel": "feed", "address": "a@example.kr"}, "address"),
        ({"profile": {}}, "profile"),
        ({"profile": {"name": "예시정밀", "size": "중소기업"}}, "name"),
        ({"profile": {"region": "세상끝"}}, "region"),
        ({"secret": "x"}, "secret"),
    ],
)
def test_what_cannot_be_subscribed_is_refused_naming_what(
    client: TestClient, given: dict[str, object], part: str
) -> None:
    reply = client.post("/v1/subscriptions", json={"profile": COMPANY, "channel": "feed", **given})
    assert is_problem(reply, 422)
    assert part in reply.json()["detail"]
    assert is_problem(client.patch("/v1/subscriptions/x-y", json={"profile": {"region": "세상끝"}}), 422)


def test_the_same_request_again_gets_the_same_token_which_is_stored_sealed(client: TestClient, folder: Path) -> None:
    key = {"Idempotency-Key": "one-and-the-same"}
    asked = {"profile": COMPANY, "channel": "feed"}
    first, second = (client.post("/v1/subscriptions", json=asked, headers=key) for _ in range(2))
    assert first.json() == second.json()
    assert second.headers["Idempotency-Replayed"] == "true"
    assert client.get(first.json()["feed_url"]).status_code == 200
    for file in folder.glob("jiwon.sqlite*"):
        assert first.json()["token"].encode() not in file.read_bytes()


def test_a_stranger_may_subscribe_ten_times_an_hour(client: TestClient) -> None:
    stranger = TestClient(client.app, client=STRANGER, raise_server_exceptions=False)
    asked = {"profile": COMPANY, "channel": "feed"}
    came = [stranger.post("/v1/subscriptions", json=asked) for _ in range(11)]
    assert [reply.status_code for reply in came] == [201] * 10 + [429]
    assert int(came[-1].headers["Retry-After"]) > 0


def test_no_log_tells_a_token_or_an_address(client: TestClient, capsys: pytest.CaptureFixture[str], post: Post) -> None:
    set_up("DEBUG")
    try:
        post.says = {"nobody": "550 nobody@example.kr is unknown"}
        client.post("/v1/subscriptions", json={"profile": COMPANY, "channel": "email", "address": "nobody@example.kr"})
        token = subscribed(client)["token"]
        for path in ("", "/confirm", "/stop"):
            client.get(f"/v1/subscriptions/{token}{path}")
        client.get(f"/v1/feeds/{token}.xml")
    finally:
        post.says = {}
        set_up("ERROR")
    logged = capsys.readouterr().err
    assert "/v1/subscriptions/{token}/confirm" in logged
    assert token.partition("-")[2] not in logged
    assert "nobody@" not in logged


def test_staff_see_what_died_and_have_it_tried_again(client: TestClient, folder: Path) -> None:
    staff = {"X-API-Key": ADMIN}
    token = subscribed(client)["token"]
    outbox, now = Outbox(open_database("", folder)), moment().isoformat(timespec="seconds")
    assert outbox.choose(token.partition("-")[0], 0, "2026-03-20", (), ("a" * 32, "{}"), now)
    outbox.dead("a" * 32, now, "웹훅의 답 410")
    shown = client.get("/v1/corpus/outbox", headers=staff).json()
    assert shown["counts"] == {"queued": 0, "sending": 0, "sent": 0, "dead": 1}
    assert [one["error"] for one in shown["dead"]] == ["웹훅의 답 410"]
    assert client.post(f"/v1/corpus/outbox/{'a' * 32}/retry", headers=staff).json()["state"] == "queued"
    assert is_problem(client.post(f"/v1/corpus/outbox/{'a' * 32}/retry", headers=staff), 404)
    assert is_problem(client.get("/v1/corpus/outbox"), 401)
