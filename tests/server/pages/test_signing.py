"""A key opens the rooms by a cookie, for a day at most and never for longer than the key itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from rag.errors import StoreUnavailable
from rag.settings import Settings
from server.app import create_app
from server.clock import moment, now
from server.desks.service import Service
from server.diagnoses.owners import owners
from server.http.keys import Keys
from server.pages.signing import HOURS, Signing
from server.store.engine import open_database
from server.store.keyring import Keyring, Scope
from server.store.sessions import Sessions
from tests.server.fakes import HERE, FakeDesk
from ui.rooms.visitor import COOKIE

ADMIN, CONSULT = "a" * 20, "c" * 20


@pytest.fixture
def client(tmp_path: Path, page_env: None) -> Iterator[TestClient]:
    """The application with a key of staff and one of a consultant."""
    (tmp_path / "CURRENT").write_text("g1\n", "utf-8")
    settings = Settings(data_dir=tmp_path, admin_key=ADMIN, consult_key=CONSULT)
    app = create_app(Service(tmp_path, FakeDesk), settings, lambda: date(2026, 3, 20))
    with TestClient(app, client=HERE, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


def sign_in(client: TestClient, key: str, room: str = "/diagnosis") -> int:
    """Send the form."""
    return client.post("/sign-in", data={"key": key, "next": room}).status_code


def test_nobody_gets_into_a_room_without_signing_in(client: TestClient) -> None:
    led = client.get("/diagnosis")
    assert (led.status_code, led.headers["location"]) == (303, "/sign-in?next=/diagnosis")
    assert client.post("/gradio_api/queue/join", json={}).status_code == 401


def test_a_key_is_exchanged_for_a_cookie_that_scripts_and_other_sites_never_get(client: TestClient) -> None:
    reply = client.post("/sign-in", data={"key": CONSULT, "next": "/diagnosis"})
    assert (reply.status_code, reply.headers["location"]) == (303, "/diagnosis")
    cookie = reply.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie and f"max-age={HOURS * 3600}" in cookie
    assert CONSULT not in cookie
    assert client.get("/diagnosis").status_code == 200


def test_whoever_has_signed_in_gets_where_it_was_going(client: TestClient) -> None:
    led = client.get("/diagnosis?draft=a1&evil=%0d%0aX-Y:1").headers["location"]
    assert led.startswith("/sign-in?next=/diagnosis%3Fdraft%3Da1") and "\n" not in led
    form = client.get(led).text
    assert 'name="next" value="/diagnosis?draft=a1&amp;evil=' in form
    reply = client.post("/sign-in", data={"key": CONSULT, "next": "/diagnosis?draft=a1"})
    assert reply.headers["location"] == "/diagnosis?draft=a1"
    for elsewhere in ("/diagnosisx?a=1", "//evil.example/diagnosis?a=1", "/diagnosis/../x?a=1"):
        reply = client.post("/sign-in", data={"key": CONSULT, "next": elsewhere})
        assert reply.headers["location"] == "/diagnosis"


def test_where_no_key_opens_a_room_the_form_says_who_can_change_that(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("g1\n", "utf-8")
    app = create_app(Service(tmp_path, FakeDesk), Settings(data_dir=tmp_path), lambda: date(2026, 3, 20))
    ring = Keyring(open_database("", tmp_path))
    with TestClient(app, client=HERE) as client:
        assert "keys create --scope consult" in client.get("/sign-in?next=/diagnosis").text
        record, _ = ring.create((Scope.CONSULT,), "상담 담당", None, None, now())
        assert "keys create" not in client.get("/sign-in?next=/diagnosis").text
        ring.revoke(record.id, now())
        assert "keys create" in client.get("/sign-in?next=/diagnosis").text


def test_where_the_keys_cannot_be_read_whoever_has_one_may_try(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Keys) -> bool:
        raise StoreUnavailable("")

    monkeypatch.setattr(Keys, "is_open", property(broken))
    assert "keys create" not in client.get("/sign-in?next=/diagnosis").text


@pytest.mark.long
def test_a_key_of_another_kind_opens_no_room(client: TestClient) -> None:
    assert sign_in(client, ADMIN) == 403
    assert client.get("/diagnosis").status_code == 303
    assert sign_in(client, CONSULT) == 303


def test_a_wrong_key_is_told_so_and_leads_nowhere_else(client: TestClient) -> None:
    refused = client.post("/sign-in", data={"key": "x" * 20, "next": "https://evil.example"})
    assert refused.status_code == 401
    assert 'role="alert"' in refused.text and "evil" not in refused.text


def test_signing_out_ends_the_session_for_whoever_drew_the_page(client: TestClient, tmp_path: Path) -> None:
    sign_in(client, CONSULT)
    token = client.cookies[COOKIE]
    sessions = Sessions(open_database("", tmp_path))
    session = sessions.found(token, now())
    assert session
    client.post("/sign-out", data={"csrf": "guessed"})
    assert sessions.found(token, now())
    client.cookies.set(COOKIE, token)
    client.post("/sign-out", data={"csrf": session.csrf})
    assert sessions.found(token, now()) is None


def test_a_session_ends_with_its_time_and_with_its_key(tmp_path: Path) -> None:
    database = open_database("", tmp_path)
    ring, clock = Keyring(database), [moment()]

    def at(keys: Keys) -> Signing:
        return Signing(keys, Sessions(database), lambda: clock[0])

    keys = Keys(ring, ADMIN, owners((CONSULT,)))
    record, made = ring.create((Scope.STAFF,), "시험 담당", None, None, now())
    tokens = [begun[1] for key in (made, ADMIN, CONSULT) if (begun := at(keys).begin(key))]
    assert all(map(at(keys).who, tokens))
    ring.revoke(record.id, now())
    assert [bool(at(keys).who(token)) for token in tokens] == [False, True, True]
    assert [bool(at(Keys(ring, "b" * 20, owners(()))).who(token)) for token in tokens] == [False, False, False]
    clock[0] += timedelta(hours=HOURS, seconds=1)
    assert not any(map(at(keys).who, tokens))
    assert isinstance(clock[0], datetime)


def test_of_a_token_the_database_holds_a_digest_alone(client: TestClient, tmp_path: Path) -> None:
    sign_in(client, CONSULT)
    token = client.cookies[COOKIE].encode()
    assert not any(token in path.read_bytes() for path in tmp_path.glob("jiwon.sqlite*"))
