"""Who comes is counted by key or address, refused in one form, and let in only where that is switched on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from rag.errors import StoreUnavailable
from rag.settings import Settings
from server.app import create_app
from server.clock import now
from server.desks.service import Service
from server.http.rates import Rates, caller_at, is_own_machine
from server.logs import set_up
from server.store.audit import Audit
from server.store.engine import open_database
from server.store.keyring import Keyring, Scope
from server.store.switches import Face, Switches
from tests.server.fakes import FakeDesk
from tests.server.test_app import is_problem

ASK = {"question": "언제까지 신청하나요?"}
Opens = Callable[..., TestClient]


@pytest.fixture
def opens(tmp_path: Path) -> Iterator[Opens]:
    """A function that opens the application with settings, for callers from another machine."""
    (tmp_path / "CURRENT").write_text("g1\n", "utf-8")
    entered: list[TestClient] = []

    def opened(address: str = "203.0.113.7", **given: object) -> TestClient:
        settings = Settings(data_dir=tmp_path, corpus_dir=tmp_path, **given)  # type: ignore[arg-type]
        app = create_app(Service(tmp_path, FakeDesk), settings, lambda: date(2026, 3, 20))
        client = TestClient(app, raise_server_exceptions=False, client=(address, 5000))
        client.__enter__()
        entered.append(client)
        return client

    yield opened
    for client in entered:
        client.__exit__(None, None, None)


def key(tmp_path: Path, *scopes: Scope, person: str = "시험 담당", rate: str | None = None) -> dict[str, str]:
    """The header of a new key."""
    _, made = Keyring(open_database("", tmp_path)).create(scopes, person, rate, None, now())
    return {"X-API-Key": made}


def test_who_asks_too_often_is_told_when_to_come_again(opens: Opens) -> None:
    client = opens(rate_limit="3/minute")
    replies = [client.post("/v1/ask", json=ASK) for _ in range(5)]
    assert [reply.status_code for reply in replies] == [200, 200, 200, 429, 429]
    assert [reply.headers["X-RateLimit-Remaining"] for reply in replies[:3]] == ["2", "1", "0"]
    assert is_problem(replies[3], 429)
    assert 0 < int(replies[3].headers["Retry-After"]) <= 60
    assert replies[0].headers["X-RateLimit-Limit"] == "3"


def test_what_is_watched_is_not_counted(opens: Opens) -> None:
    client = opens(rate_limit="1/minute")
    assert {client.get(path).status_code for path in ("/healthz", "/readyz", "/metrics") for _ in range(3)} == {200}


def test_a_key_has_its_own_rate_and_strangers_keep_theirs(opens: Opens, tmp_path: Path) -> None:
    client = opens(rate_limit="2/minute")
    mine = key(tmp_path, Scope.ASK, rate="4/minute")
    replies = [client.post("/v1/ask", json=ASK, headers=mine).status_code for _ in range(5)]
    assert replies == [200, 200, 200, 200, 429]
    assert [client.post("/v1/ask", json=ASK).status_code for _ in range(3)] == [200, 200, 429]


@pytest.mark.long
def test_this_machine_is_counted_only_where_a_rate_is_set(opens: Opens) -> None:
    free = opens("127.0.0.1").post("/v1/ask", json=ASK)
    assert "X-RateLimit-Limit" not in free.headers
    assert opens("127.0.0.1", rate_limit="1/minute").post("/v1/ask", json=ASK).headers["X-RateLimit-Limit"] == "1"
    assert opens("198.51.100.4").post("/v1/ask", json=ASK).headers["X-RateLimit-Limit"] == "120"


def test_where_nobody_can_be_counted_nobody_comes_in(opens: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    client = opens(rate_limit="3/minute")

    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(Rates, "count", broken)
    assert is_problem(client.post("/v1/ask", json=ASK), 503)


@pytest.mark.parametrize(
    ("address", "caller"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("testclient", "testclient"),
    ],
)
def test_one_network_is_one_caller(address: str, caller: str) -> None:
    assert caller_at(address) == caller


@pytest.mark.parametrize(("address", "is_own"), [("127.0.0.1", True), ("::1", True), ("10.0.0.1", False), ("x", False)])
def test_this_machine_is_known_by_its_address(address: str, is_own: bool) -> None:
    assert is_own_machine(address) is is_own


def test_a_caller_has_only_so_many_requests_at_once() -> None:
    rates = Rates(2)
    assert [rates.enter("a"), rates.enter("a"), rates.enter("a"), rates.enter("b")] == [True, True, False, True]
    rates.leave("a")
    assert rates.enter("a")


@pytest.mark.long
def test_where_asking_is_closed_a_key_opens_it(opens: Opens, tmp_path: Path) -> None:
    client = opens(open=False)
    assert is_problem(client.post("/v1/ask", json=ASK), 401)
    assert is_problem(client.post("/v1/ask", json=ASK, headers={"X-API-Key": "jw_1_2"}), 401)
    assert is_problem(client.get("/v1/programs"), 401)
    assert client.get("/healthz").status_code == 200
    assert client.get("/").status_code == 404
    assert client.post("/v1/ask", json=ASK, headers=key(tmp_path, Scope.ASK)).status_code == 200


def test_a_key_of_one_kind_opens_nothing_of_another(opens: Opens, tmp_path: Path) -> None:
    client = opens()
    staff, consult, ask = (key(tmp_path, scope) for scope in (Scope.STAFF, Scope.CONSULT, Scope.ASK))
    assert client.get("/v1/corpus/documents", headers=staff).status_code == 200
    assert {client.get("/v1/corpus/documents", headers=other).status_code for other in (consult, ask)} == {401}
    assert client.get("/v1/diagnoses", headers=consult).status_code == 200
    assert {client.get("/v1/diagnoses", headers=other).status_code for other in (staff, ask)} == {401}


def test_a_revoked_key_opens_nothing_from_then_on(opens: Opens, tmp_path: Path) -> None:
    client = opens(admin_key="a" * 16)
    ring = Keyring(open_database("", tmp_path))
    record, made = ring.create((Scope.STAFF,), "시험 담당", None, None, now())
    assert client.get("/v1/corpus/documents", headers={"X-API-Key": made}).status_code == 200
    ring.revoke(record.id, now())
    assert client.get("/v1/corpus/documents", headers={"X-API-Key": made}).status_code == 401


@pytest.mark.long
def test_what_is_switched_off_is_refused_with_its_reason_and_what_is_not_goes_on(opens: Opens, tmp_path: Path) -> None:
    client = opens()
    switches = Switches(open_database("", tmp_path))
    switches.turn_off(Face.API, "점검하고 있습니다.", "시험 담당", now())
    refused = client.post("/v1/ask", json=ASK)
    assert is_problem(refused, 503)
    assert "점검하고 있습니다." in refused.json()["detail"] and refused.headers["Retry-After"]
    assert client.get("/").status_code == 200
    assert client.get("/healthz").status_code == 200


def test_switching_on_again_is_followed(opens: Opens, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.http.entry.SEEN_S", 0.0)
    client = opens()
    switches = Switches(open_database("", tmp_path))
    switches.turn_off(Face.API, "점검하고 있습니다.", "시험 담당", now())
    assert client.get("/v1/programs").status_code == 503
    switches.turn_on(Face.API)
    assert client.get("/v1/programs").status_code == 200


def test_what_staff_and_consultants_do_is_written_down_with_who_they_are(opens: Opens, tmp_path: Path) -> None:
    client = opens()
    staff = key(tmp_path, Scope.STAFF, person="자료 담당")
    client.get("/v1/corpus/documents", headers=staff)
    client.get("/v1/diagnoses/nothing", headers=key(tmp_path, Scope.CONSULT, person="상담 담당"))
    client.post("/v1/ask", json=ASK)
    deeds = Audit(open_database("", tmp_path)).last(9)
    assert [(deed.person, deed.action, deed.outcome) for deed in deeds] == [
        ("상담 담당", "GET /v1/diagnoses/nothing", "404"),
        ("자료 담당", "GET /v1/corpus/documents", "200"),
    ]


def test_which_diagnosis_it_was_is_in_the_audit_alone_and_what_no_route_takes_is_one_word(
    opens: Opens, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    client, consultant = opens(), key(tmp_path, Scope.CONSULT)
    set_up("INFO")
    client.get("/v1/diagnoses/26-경인-00417", headers=consultant)
    client.get("/v1/diagnoses/26-경인-00417/홍길동", headers=consultant)
    deeds = Audit(open_database("", tmp_path)).last(9)
    assert [deed.action for deed in deeds] == ["GET other", "GET /v1/diagnoses/26-경인-00417"]

    def broken(*_: object) -> None:
        raise StoreUnavailable("")

    monkeypatch.setattr(Audit, "note", broken)
    client.get("/v1/diagnoses/26-경인-00417", headers=consultant)
    told = capsys.readouterr().err
    assert "deed_not_noted" in told
    assert "GET /v1/diagnoses/{name}" in told
    assert "00417" not in told


def test_a_name_that_is_not_ours_is_refused(opens: Opens) -> None:
    client = opens(allowed_hosts="jiwon.example, *.support.example")
    for host, status in (
        ("jiwon.example", 200),
        ("jiwon.example:8000", 200),
        ("a.support.example", 200),
        ("other.example", 400),
        ("", 400),
        ("evilsupport.example", 400),
    ):
        assert client.get("/v1/programs", headers={"Host": host}).status_code == status, host
    assert client.get("/healthz", headers={"Host": "10.1.2.3"}).status_code == 200


def test_pages_of_other_sites_may_call_only_where_that_is_set(opens: Opens) -> None:
    origin = {"Origin": "https://portal.example"}
    assert "access-control-allow-origin" not in opens().get("/v1/programs", headers=origin).headers
    allowed = opens(cors_origins="https://portal.example")
    assert allowed.get("/v1/programs", headers=origin).headers["access-control-allow-origin"] == origin["Origin"]
    other = allowed.get("/v1/programs", headers={"Origin": "https://other.example"})
    assert "access-control-allow-origin" not in other.headers
