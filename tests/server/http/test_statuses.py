"""Every status that an operation declares comes when it is driven to it, in the declared form, and no other comes."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from jsonschema_rs import Draft202012Validator
from starlette.datastructures import Headers

from rag.domain import Generation
from rag.errors import ModelUnavailable
from rag.generation import RECORD_FILE, SEALS, SERVED, STAGED, pointed
from rag.publishing.items import Check, Item, ItemKind
from rag.settings import Settings
from server.app import create_app
from server.clock import now
from server.desks.service import Service
from server.http.description import operations
from server.http.gate import BODY_LIMIT, UPLOAD_LIMIT
from server.http.rates import Rates
from server.http.repeated import Repeated
from server.staff.foreman import Foreman
from server.store.engine import open_database
from server.store.jobs import JobBook
from server.store.keyring import Keyring, Scope
from server.store.outbox import Outbox
from server.store.repeats import Repeats
from server.store.switches import Face, Switches
from tests.server.conftest import ShelfDesk, at_once, set_up
from tests.server.fakes import HERE, WHERE

pytestmark = pytest.mark.long

STRANGER = ("203.0.113.7", 5000)
CANDIDATE, ACCEPTED = "20260321T090000-1", "0b1c2d3e4f506172"
UPLOAD = "POST /v1/corpus/documents"
FORM = {"Content-Type": "multipart/form-data; boundary=b"}
OF_FILES = ("/v1/corpus/documents", "/v1/corpus/jobs", "/v1/corpus/refresh")
Node = dict[str, Any]
STAFF = (
    "POST /v1/corpus/review/{item}",
    "DELETE /v1/corpus/announcements/{announcement}",
    "GET /v1/corpus/pages/{document}/{page}.png",
)
"""What is sent about what there is."""
OPTIONAL = (
    "Idempotency-Replayed",
    "Retry-After",
    "Location",
    "X-RateLimit-Limit",
    "X-RateLimit-Remaining",
    "X-RateLimit-Reset",
)


OF_ENGAGEMENTS = ("/v1/engagements/{id}", "/v1/engagements/approvals/", "/v1/engagements/documents.zip")
OF_ALERTS = ("/v1/subscriptions/{token}", "/v1/feeds/{token}", "/v1/corpus/outbox/{letter}")
"""Addresses below which only what was made can be reached."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the description, with the words it is called with."""

    name: str
    method: str
    path: str
    said: Node
    keys: Mapping[str, str]

    @property
    def headers(self) -> dict[str, str]:
        """The key that opens it."""
        ways = [name for way in self.said.get("security", ()) for name in way]
        return {"X-API-Key": self.keys[ways[0]]} if ways else {}

    @property
    def body(self) -> object:
        """The example of what is sent."""
        return self.said.get("requestBody", {}).get("content", {}).get("application/json", {}).get("example")

    @property
    def query(self) -> dict[str, object]:
        """The examples of its parameters."""
        asked = [one for one in self.said.get("parameters", ()) if one["in"] == "query"]
        return {one["name"]: _example(one) for one in asked}

    def at(self, **slots: str) -> str:
        """The address with its slots filled: with what is given, or with the example."""
        filled = self.path
        for one in self.said.get("parameters", ()):
            if one["in"] == "path":
                filled = filled.replace(f"{{{one['name']}}}", slots.get(one["name"], str(_example(one))))
        return filled


def _example(parameter: Node) -> object:
    return parameter["example"] if "example" in parameter else parameter["schema"]["examples"][0]


@dataclass(slots=True)
class Driven:
    """What came of every operation, held against what is declared."""

    document: Node
    came: set[tuple[str, str]] = field(default_factory=set)

    def hold(self, operation: Operation, reply: Any) -> int:
        """Check a reply against the description; returns its status."""
        status = str(reply.status_code)
        declared = operation.said["responses"].get(status)
        assert declared is not None, (operation.name, status, reply.text)
        self.came.add((operation.name, status))
        kind = reply.headers.get("content-type", "").partition(";")[0]
        if content := declared.get("content"):
            assert kind in content, (operation.name, status, kind)
            if kind.endswith("json"):
                schema = {**content[kind]["schema"], "components": self.document["components"]}
                wrong = [e.message for e in Draft202012Validator(schema).iter_errors(reply.json())]
                assert not wrong, (operation.name, status, wrong)
        else:
            assert reply.content == b"", (operation.name, status)
        for name in declared["headers"]:
            assert name in reply.headers or name in OPTIONAL, (operation.name, status, name)
        if status in ("429", "503"):
            assert int(reply.headers["retry-after"]) > 0, (operation.name, status)
        return int(status)


@dataclass(slots=True)
class Place:
    """An application with keys for everything, which a test may break."""

    app: FastAPI
    client: TestClient
    desk: ShelfDesk
    folder: Path
    operations: list[Operation]
    driven: Driven

    def send(self, operation: Operation, path: str | None = None, **given: Any) -> int:
        """Send a request with the key and, where nothing else is given, the example; returns the status it came to."""
        if not {"json", "content"} & set(given) and operation.body is not None:
            given["json"] = operation.body
        headers = {**operation.headers, **given.pop("headers", {})}
        reply = self.client.request(operation.method, path or operation.at(), headers=headers, **given)
        return self.driven.hold(operation, reply)


class StayingDesk(ShelfDesk):
    """One desk for whatever is served."""

    def close(self) -> None:
        """Stay open."""


def opened(folders: Path, data: Path, **given: Any) -> tuple[FastAPI, ShelfDesk]:
    """An application over data of its own, with a candidate beside what is served."""
    for id_, mark in (("g1", SERVED), (CANDIDATE, STAGED)):
        folder = data / "generations" / id_
        folder.mkdir(parents=True)
        record = asdict(Generation(id_, "f", "2026-01-01T00:00:00+09:00", "fake", 1, 1, 1, 2))
        (folder / RECORD_FILE).write_text(json.dumps({**record, SEALS: {}}), "utf-8")
        (folder / mark).touch()
    (data / "CURRENT").write_text("g1\n", "utf-8")
    desk = StayingDesk()
    shutil.copytree(folders / "corpus", data / "corpus")
    settings = replace(set_up(folders), data_dir=data, corpus_dir=data / "corpus", **given)
    return create_app(Service(data, lambda: desk), settings, lambda: date(2026, 3, 20)), desk


def looked(settings: Settings, candidate: str, day: date) -> Check:
    """A check that finds the one thing that the example of publishing accepts."""
    found = Item(
        ACCEPTED, ItemKind.UNREAD, "가상 바우처", 2026, "contact", "", "", "읽지 못했습니다.", True, now_at=WHERE
    )
    return Check(candidate, pointed(settings.data_dir), day, {"changed": 1}, 1, 1, 8, 0, (found,))


@pytest.fixture
def place(folders: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """The application behind keys, on 20 March 2026."""
    monkeypatch.setattr(Foreman, "_hire", at_once)
    monkeypatch.setattr("server.app.checked_apart", looked)
    app, desk = opened(folders, tmp_path / "data", open=False, allowed_hosts="testserver", rate_limit="100000/minute")
    ring = Keyring(open_database("", tmp_path / "data"))
    made = {scope: ring.create((scope,), "시험 담당", None, None, now())[1] for scope in Scope}
    keys = {"AskKey": made[Scope.ASK], "APIKeyHeader": made[Scope.STAFF], "ConsultKey": made[Scope.CONSULT]}
    with TestClient(app, client=STRANGER, raise_server_exceptions=False) as client:
        document = client.get("/openapi.json").json()
        told = [
            Operation(f"{method.upper()} {path}", method.upper(), path, said, keys)
            for path, method, said in operations(document)
        ]
        yield Place(app, client, desk, tmp_path / "data", told, Driven(document))


def test_every_operation_sends_what_it_declares_and_nothing_else(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    _succeed(place)
    _are_refused(place)
    _are_late(place, monkeypatch)
    _are_repeated(place)
    _break(place, monkeypatch)
    declared = {(one.name, status) for one in place.operations for status in one.said["responses"]}
    assert declared - place.driven.came == {
        (one.name, "429") for one in place.operations if "429" in one.said["responses"]
    } | {(one.name, "403") for one in place.operations if "403" in one.said["responses"]}


def _named(place: Place, name: str) -> Operation:
    return next(one for one in place.operations if one.name == name)


def _succeed(place: Place) -> None:
    """What is right, and what is the same, gone, or settled already."""
    asked = place.client.post(
        "/v1/ask", json={"question": "언제까지입니까?"}, headers=_named(place, "POST /v1/ask").headers
    )
    judged = {"answer_id": asked.json()["id"], "useful": True}
    slots = {"program_id": "p1", "source_id": "guide"}
    own = ("POST /v1/feedback", *STAFF)
    for one in place.operations:
        if one.path.startswith(("/v1/diagnoses/{name}", *OF_ENGAGEMENTS, *OF_FILES, *OF_ALERTS)) or one.name in own:
            continue
        assert place.send(one, one.at(**slots), params=one.query) < 300, one.name
        if "304" in one.said["responses"]:
            assert place.send(one, one.at(**slots), params=one.query, headers={"If-None-Match": "*"}) == 304
    assert place.send(_named(place, "POST /v1/feedback"), json=judged) == 201
    _keep(place)
    _diagnose(place)
    _file(place)
    _refresh(place)
    _alert(place)


def _refresh(place: Place) -> None:
    send, list_, remove = (
        _named(place, f"{method} /v1/corpus/documents{rest}")
        for method, rest in (("POST", ""), ("GET", ""), ("DELETE", "/{document_id}"))
    )
    form = b'--b\r\nContent-Disposition: form-data; name="files"; filename="n.md"\r\n\r\n# n\r\n--b--\r\n'
    assert place.send(send, content=form, headers=FORM) == 201
    assert place.send(list_) == 200
    assert place.send(remove, remove.at(document_id="n")) == 204
    refresh = _named(place, "POST /v1/corpus/refresh")
    assert place.send(refresh) == 202
    below = "/v1/corpus/jobs/{job_id}"
    jobs, job, stream, cancel = (
        _named(place, name)
        for name in ("GET /v1/corpus/jobs", f"GET {below}", f"GET {below}/events", f"DELETE {below}")
    )
    assert place.send(jobs) == 200
    book = JobBook(open_database("", place.folder))
    made = book.page(1, 1)[0][0].id
    for one in (job, stream):
        assert place.send(one, one.at(job_id=made)) == 200
    assert place.send(cancel, cancel.at(job_id=made)) == 409
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Foreman, "settle", lambda _: None)
        waiting = book.add("refresh", {}, "시험 담당", now())
        assert waiting and place.send(refresh) in (202, 409)
        again = book.live() or book.add("refresh", {}, "시험 담당", now())
        assert again and place.send(cancel, cancel.at(job_id=again.id)) == 200


def _keep(place: Place) -> None:
    """What staff do about what there is: an item of the review, an announcement, a page that can be drawn."""
    decide, take_back, draw = (_named(place, name) for name in STAFF)
    item = place.client.get("/v1/corpus/review", headers=decide.headers).json()["items"][0]["id"]
    assert place.send(decide, decide.at(item=item)) == 200
    posted = place.client.get("/v1/corpus/announcements", headers=decide.headers).json()["announcements"][0]["id"]
    assert place.send(take_back, take_back.at(announcement=posted)) == 204
    assert place.send(draw, draw.at(document="drawn")) == 200


def _alert(place: Place) -> None:
    """A subscription, shown, read, damaged, changed, stopped and erased; a letter that died."""
    new = _named(place, "POST /v1/subscriptions")
    made = place.client.post("/v1/subscriptions", json=new.body, headers=new.headers).json()
    id_, below = made["token"].partition("-")[0], "/v1/subscriptions/{token}"
    shown = [one for one in place.operations if one.path.startswith(OF_ALERTS[:2]) and one.method == "GET"]
    for one in shown:
        assert place.send(one, one.at(token=made["token"])) == 200, one.name
        if "304" in one.said["responses"]:
            assert place.send(one, one.at(token=made["token"]), headers={"If-None-Match": "*"}) == 304
    change, confirm, stop, erase = (
        _named(place, name)
        for name in (f"PATCH {below}", f"POST {below}/confirm", f"POST {below}/stop", f"DELETE {below}")
    )
    assert place.send(confirm, confirm.at(token=made["token"])) == 200
    database = open_database("", place.folder)
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE subscriptions SET profile_json = 'damaged'")
    for one in shown:
        if "409" in one.said["responses"]:
            assert place.send(one, one.at(token=made["token"])) == 409, one.name
    assert place.send(change, change.at(token=made["token"])) == 200
    retry, letter = _named(place, "POST /v1/corpus/outbox/{letter}/retry"), ("letter", "{}")
    moment = "2026-03-20T09:00:00+09:00"
    assert Outbox(database).choose(id_, 1, "2026-03-20", (), letter, moment)
    Outbox(database).dead("letter", moment, "받는 주소가 거절됨(SMTP 550)")
    assert place.send(_named(place, "GET /v1/corpus/outbox")) == 200
    assert place.send(retry, retry.at(letter="letter")) == 200
    assert place.send(retry, retry.at(letter="letter")) == 404
    assert place.send(stop, stop.at(token=made["token"])) == 200
    for one in (change, confirm):
        assert place.send(one, one.at(token=made["token"])) == 409, one.name
    assert place.send(erase, erase.at(token=made["token"])) == 204
    assert place.send(erase, erase.at(token=made["token"])) == 404


def _diagnose(place: Place) -> None:
    draft = _named(place, "POST /v1/diagnoses")
    below = "/v1/diagnoses/{name}"
    get, edit, erase = (_named(place, f"{method} {below}") for method in ("GET", "PATCH", "DELETE"))
    issue, again, report = (
        _named(place, name)
        for name in (f"POST {below}/issue", f"POST {below}/reissue", f"GET {below}/report.{{suffix}}")
    )
    made = place.client.post("/v1/diagnoses", json=draft.body, headers=draft.headers).json()["id"]
    assert place.send(get, get.at(name=made)) == 200
    assert place.send(edit, edit.at(name=made)) == 200
    assert place.send(again, again.at(name=made)) == 409
    assert place.send(issue, issue.at(name=made)) == 200
    assert place.send(issue, issue.at(name=made)) == 409
    assert place.send(edit, edit.at(name=made)) == 409
    for suffix in ("docx", "hwpx", "pdf", "html", "md", "json"):
        assert place.send(report, report.at(name=made, suffix=suffix)) == 200
    assert place.send(again, again.at(name=made)) == 201
    assert place.send(erase, erase.at(name=made)) == 204
    for one in (get, edit, issue, again, report, erase):
        assert place.send(one, one.at(name=made)) in (410, 204), one.name


def _file(place: Place) -> None:
    """A consulting file: filled, changed by two, issued, handed over, closed and erased."""
    begin, below = _named(place, "POST /v1/engagements"), "/v1/engagements/{id}"
    id_ = place.client.post("/v1/engagements", json=begin.body, headers=begin.headers).json()["id"]
    get, edit, erase, over = (
        _named(place, f"{name}")
        for name in (f"GET {below}", f"PATCH {below}", f"DELETE {below}", f"POST {below}/handover")
    )
    kinds = [
        one.path.rpartition("/")[2]
        for one in place.operations
        if one.path.count("/") == 4 and one.method == "POST" and one.path.startswith(below)
    ]
    entries, kinds = {}, [kind for kind in kinds if kind not in ("handover", "documents")]
    for kind in kinds:
        add, list_ = _named(place, f"POST {below}/{kind}"), _named(place, f"GET {below}/{kind}")
        assert place.send(add, add.at(id=id_)) == 201, kind
        assert place.send(list_, list_.at(id=id_)) == 200
        entries[kind] = place.client.get(list_.at(id=id_), headers=list_.headers).json()[0]["id"]
    issue, drafts = _named(place, f"POST {below}/documents"), _named(place, f"GET {below}/drafts/{{kind}}.{{suffix}}")
    papers = _named(place, f"GET {below}/documents")
    paper = _named(place, f"GET {below}/documents/{{number}}.{{suffix}}")
    assert place.send(issue, issue.at(id=id_)) == 201
    assert place.send(papers, papers.at(id=id_)) == 200
    number = place.client.get(papers.at(id=id_), headers=papers.headers).json()[0]["number"]
    compare = _named(place, f"GET {below}/compare")
    assert place.send(compare, compare.at(id=id_), params=compare.query) == 200
    for suffix in ("docx", "hwpx", "pdf", "html", "md", "json"):
        assert place.send(drafts, drafts.at(id=id_, suffix=suffix)) == 200
        assert place.send(paper, paper.at(id=id_, number=number, suffix=suffix)) == 200
    ask, waiting, seen, decide = (
        _named(place, name)
        for name in (
            f"POST {below}/documents/{{number}}/approval",
            "GET /v1/engagements/approvals",
            "GET /v1/engagements/approvals/{number}.{suffix}",
            "POST /v1/engagements/approvals/{number}",
        )
    )
    ring = Keyring(open_database("", place.folder))
    reviewer, other = (
        {"X-API-Key": ring.create((Scope.CONSULT,), person, None, None, now())[1]}
        for person in ("경인 상담 2팀", "경인 상담 3팀")
    )
    assert place.send(ask, ask.at(id=id_, number=number), json={"person": "시험 담당"}) == 409
    assert place.send(ask, ask.at(id=id_, number=number), json={"person": "아무도 아님"}) == 404
    assert place.send(ask, ask.at(id=id_, number=number)) == 200
    assert place.send(waiting, params=waiting.query, headers=reviewer) == 200
    assert place.send(decide, decide.at(number=number), headers=other) == 404
    assert place.send(seen, seen.at(number=number, suffix="md"), headers=other) == 404
    for suffix in ("docx", "hwpx", "pdf", "html", "md", "json"):
        assert place.send(seen, seen.at(number=number, suffix=suffix), headers=reviewer) == 200
    assert place.send(decide, decide.at(number=number), headers=reviewer) == 200
    assert place.send(decide, decide.at(number=number), headers=reviewer) == 409
    print_ = _named(place, "GET /v1/engagements/documents.zip")
    assert place.send(print_, params={"files": id_, "suffix": "md"}) == 200
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("server.engagements.printing.MOST_PAPERS", 0)
        assert place.send(print_, params={"files": id_}) == 409
    empty = place.client.post("/v1/engagements", json=begin.body, headers=begin.headers).json()["id"]
    assert place.send(print_, params={"files": empty}) == 404
    changing = [edit, over, issue, ask, erase, *(_named(place, f"POST {below}/{kind}") for kind in kinds)]
    of_entry = [_named(place, f"{method} {below}/{kind}/{{entry}}") for kind in kinds for method in ("PATCH", "DELETE")]
    assert place.send(get, get.at(id=id_)) == 200
    late = {"If-Match": '"1"'}
    for one in changing:
        assert place.send(one, one.at(id=id_, number=number), headers=late) == 412, one.name
    for one in of_entry:
        at = one.at(id=id_, entry=entries[one.path.split("/")[4]])
        assert place.send(one, at, headers=late) == 412, one.name
        assert place.send(one, at) in (200, 204), one.name
    assert place.send(edit, edit.at(id=id_)) == 200
    assert place.send(edit, edit.at(id=id_), json={"is_closed": True}) == 200
    for one in changing:
        assert one is erase or place.send(one, one.at(id=id_, number=number)) == 409, one.name
    for one in of_entry:
        assert place.send(one, one.at(id=id_, entry="x")) == 409, one.name
    assert place.send(edit, edit.at(id=id_), json={"is_closed": False}) == 200
    given = place.client.post("/v1/engagements", json=begin.body, headers=begin.headers).json()["id"]
    assert place.send(over, over.at(id=given)) == 200
    assert place.send(erase, erase.at(id=id_)) == 204
    for one in (seen, decide):
        assert place.send(one, one.at(number=number, suffix="md"), headers=reviewer) == 410, one.name
    assert place.send(print_, params={"files": id_}) == 410
    gone = [one for one in place.operations if one.path.startswith(below)]
    for one in gone:
        at = one.at(id=id_, entry="x", number=number, suffix="md")
        assert place.send(one, at, params=one.query) == 410, one.name
    for one in gone:
        if "405" in one.said["responses"]:
            assert (
                place.send(one, one.at(id="a/handover" if one.path == below else "a/visits"), params=one.query) == 405
            )


def _are_refused(place: Place) -> None:
    """What nobody knows, asks for too much, comes without a key, or comes to another address."""
    unknown = {"program": "없는 사업"}
    for one in place.operations:
        assert place.send(one, params={"regoin": "1"}) == 422, one.name
        most = UPLOAD_LIMIT if one.name == UPLOAD else BODY_LIMIT
        assert place.send(one, content=b"0" * (most + 1)) == 413, one.name
        if one.path not in ("/healthz", "/readyz", "/metrics"):
            assert place.send(one, headers={"Host": "other.example"}) == 400, one.name
        if one.headers:
            for wrong in ("", "no-key"):
                assert place.send(one, headers={"X-API-Key": wrong}) == 401, one.name
        if "404" in one.said["responses"]:
            named = (
                *("name", "program_id", "source_id", "model", "conversation_id", "document_id", "job_id"),
                *("generation", "item", "document", "announcement", "token", "letter", "id", "entry"),
            )
            slots = dict.fromkeys(named, "no/such")
            body = {**one.body, "model": "other"} if isinstance(one.body, dict) and "model" in one.body else one.body
            params = {"/v1/contacts": unknown, "/v1/engagements/documents.zip": {"files": "none"}}.get(one.path)
            body = {"generation": "none"} if one.path == "/v1/corpus/rollback" else body
            assert place.send(one, one.at(**slots), params=params, json=body) == 404, one.name
    below = "/v1/diagnoses/{name}"
    for name, other in (
        (f"GET {below}", "a/issue"),
        (f"PATCH {below}", "a/issue"),
        (f"DELETE {below}", "a/issue"),
    ):
        one = _named(place, name)
        assert place.send(one, one.at(name=other)) == 405, name


def _are_late(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """A body of which the end never comes, and one that grows too large without having said so."""
    monkeypatch.setattr("server.http.gate.BODY_S", 0.05)
    monkeypatch.setattr("server.http.gate.UPLOAD_S", 0.05)
    for one in place.operations:
        if "408" in one.said["responses"]:
            headers = {**one.headers, "Idempotency-Key": "late"} if "409" in one.said["responses"] else one.headers
            headers = {**headers, **(FORM if one.name == UPLOAD else {})}
            reply = asyncio.run(_slow(place.app, one, headers))
            assert place.driven.hold(one, reply) == 408, one.name
    for name in ("BODY_S", "UPLOAD_S"):
        monkeypatch.setattr(f"server.http.gate.{name}", 30.0)
    monkeypatch.setattr("server.http.gate.UPLOAD_LIMIT", BODY_LIMIT)
    for one in place.operations:
        if "408" in one.said["responses"]:
            sent = iter([b"0" * (BODY_LIMIT + 1)])
            headers = {"Idempotency-Key": "large", **(FORM if one.name == UPLOAD else {})}
            assert place.send(one, content=sent, headers=headers) == 413, one.name


@dataclass(frozen=True, slots=True)
class Reply:
    """A response put together from its messages."""

    status_code: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()

    def json(self) -> Any:
        return json.loads(self.content)


async def _slow(app: FastAPI, one: Operation, headers: Mapping[str, str]) -> Reply:
    told: list[Any] = []
    sent = {"host": "testserver", "Content-Type": "application/json", **headers}

    async def receive() -> Any:
        await asyncio.sleep(30)

    async def send(message: Any) -> None:
        told.append(message)

    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": one.method,
        "scheme": "http",
        "path": one.at(),
        "raw_path": one.at().encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(name.lower().encode(), value.encode()) for name, value in sent.items()],
        "client": STRANGER,
        "server": ("testserver", 80),
    }
    await app(scope, receive, send)
    return Reply(
        told[0]["status"], Headers(raw=told[0]["headers"]), b"".join(message.get("body", b"") for message in told[1:])
    )


def _are_repeated(place: Place) -> None:
    """The same key again: while the first is under way, and with another body."""
    for one in place.operations:
        if any(parameter["name"] == "Idempotency-Key" for parameter in one.said.get("parameters", ())):
            once = {"Idempotency-Key": f"once {one.name}"}
            first = place.send(one, headers=once)
            assert place.send(one, headers=once) == first, one.name
            assert place.send(one, content=b"other", headers=once) == 422, one.name
    held = Repeats.begin

    def under_way(self: Repeats, id_: str, asked: str, moment: str, stale: str) -> Any:
        held(self, id_, asked, moment, stale)
        return held(self, id_, asked, moment, stale)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Repeats, "begin", under_way)
        for one in place.operations:
            if any(parameter["name"] == "Idempotency-Key" for parameter in one.said.get("parameters", ())):
                assert place.send(one, headers={"Idempotency-Key": f"twice {one.name}"}) == 409, one.name


def _break(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """An accident, an outage, and a door that is shut."""

    async def broken(*_: object) -> None:
        raise RuntimeError("secret")

    with monkeypatch.context() as patch:
        patch.setattr(Repeated, "__call__", broken)
        for one in place.operations:
            assert place.send(one) == 500, one.name

    def uncounted(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(Rates, "count", uncounted)
        for one in place.operations:
            if "429" in one.said["responses"]:
                assert place.send(one) == 503, one.name
    place.desk.fails = ModelUnavailable("모델을 불러올 수 없습니다.")
    for name in ("POST /v1/ask", "GET /readyz", "POST /v1/chat/completions"):
        assert place.send(_named(place, name)) == 503, name
    place.desk.fails = None
    monkeypatch.setattr("server.http.entry.SEEN_S", 0.0)
    Switches(open_database("", place.folder)).turn_off(Face.API, "점검하고 있습니다.", "시험 담당", now())
    for one in place.operations:
        if one.path.startswith("/v1/"):
            assert place.send(one) == 503, one.name


def test_whoever_comes_too_often_or_without_any_key_made_is_told_so_as_declared(folders: Path, tmp_path: Path) -> None:
    app, _ = opened(folders, tmp_path / "data", rate_limit="1/day")
    with TestClient(app, client=STRANGER, raise_server_exceptions=False) as client:
        driven = Driven(client.get("/openapi.json").json())
        for path, method, said in operations(driven.document):
            one = Operation(f"{method.upper()} {path}", method.upper(), path, said, {})
            reply = client.request(one.method, one.at())
            if "429" in said["responses"] and path != "/v1/ask":
                assert driven.hold(one, reply) == 429, one.name
    app, _ = opened(folders, tmp_path / "other")
    with TestClient(app, client=HERE, raise_server_exceptions=False) as client:
        for path, method, said in operations(driven.document):
            if "403" in said["responses"]:
                one = Operation(f"{method.upper()} {path}", method.upper(), path, said, {})
                assert driven.hold(one, client.request(one.method, one.at())) == 403, one.name
