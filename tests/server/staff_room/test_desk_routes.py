"""Files come in and pictures go out for a browser signed in as staff alone, and nothing in a name is executed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from ingest.files.manifest import read_manifest
from rag.domain import Source
from rag.settings import INSTALLATION, Settings
from server.app import create_app
from server.clock import now
from server.desks.service import Service
from server.http.gate import UPLOAD_LIMIT
from server.staff_room.desk_routes import TOKEN
from server.store.audit import Audit
from server.store.engine import open_database
from server.store.keyring import Keyring, Scope
from server.store.sessions import Sessions
from tests.server.fakes import HERE, SOURCE, FakeDesk
from ui.rooms.visitor import COOKIE

KEY = "k3y-of-the-staff-office"
PRESS = INSTALLATION / "corpus" / "press2026.pdf"
NAME = "<img src=x onerror=alert(1)>.md"


class Shelved(FakeDesk):
    """A desk whose catalogue knows a PDF of the corpus."""

    def source(self, source_id: str, /) -> Source | None:
        digest = hashlib.sha256(PRESS.read_bytes()).hexdigest()
        return replace(SOURCE, id="press", path=PRESS.name, digest=digest) if source_id == "press" else None


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """The application with its pages, and nobody signed in."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / PRESS.name).write_bytes(PRESS.read_bytes())
    (tmp_path / "CURRENT").write_text("g1\n", "utf-8")
    settings = Settings(data_dir=tmp_path, corpus_dir=tmp_path / "corpus", admin_key=KEY)
    app = create_app(Service(tmp_path, Shelved), settings, lambda: date(2026, 3, 20))
    with TestClient(app, client=HERE, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


def signed(client: TestClient, folder: Path, key: str = KEY) -> str:
    """The token of a page, once signed in with a key."""
    client.post("/sign-in", data={"key": key, "next": "/desk" if key == KEY else "/diagnosis"})
    session = Sessions(open_database("", folder)).found(client.cookies[COOKIE], now())
    assert session
    return session.csrf


def send(client: TestClient, csrf: str, *files: tuple[str, bytes], **told: str) -> Any:
    """What comes of sending files."""
    parts = [("files", (name, raw)) for name, raw in files]
    return client.post("/desk/files", files=parts, data=told, headers={TOKEN: csrf})


def test_each_file_is_taken_or_refused_in_words_and_nothing_of_its_name_is_executed(
    client: TestClient, tmp_path: Path
) -> None:
    csrf = signed(client, tmp_path)
    reply = send(client, csrf, (NAME, b"# notice"), ("empty.pdf", b""), ("a.png", b"\x89PNG\r\n\x1a\n\0\0"))
    assert reply.status_code == 200 and "script-src 'self'" in reply.headers["content-security-policy"]
    assert reply.text.count("<li") == 3 and "<img" not in reply.text and "&lt;img" in reply.text
    assert "글자가 없는 파일" in reply.text and "읽을 수 없는 형식" in reply.text
    assert len([entry for entry in read_manifest(tmp_path / "corpus") if entry.file.endswith(".md")]) == 1
    audited = [(deed.action, deed.outcome) for deed in Audit(open_database("", tmp_path)).last(9)]
    assert (f"/desk documents send {NAME}", "done") in audited


def test_a_twin_takes_the_place_of_another_only_where_that_was_chosen(client: TestClient, tmp_path: Path) -> None:
    csrf = signed(client, tmp_path)
    assert "받았습니다" in send(client, csrf, ("a.md", b"# first"), title="<b>첫 공고</b>").text
    again = send(client, csrf, ("a.md", b"# second")).text
    assert "이름이 같은 다른 문서" in again and "replace" not in again
    assert "새 판으로 바꾸었습니다" in send(client, csrf, ("a.md", b"# second"), replace="true").text
    wrong = send(client, csrf, ("b.md", b"# b"), published_on="2026-02-30").text
    assert "2026-02-30" in wrong and "b.md" not in [entry.file for entry in read_manifest(tmp_path / "corpus")]


@pytest.mark.long
def test_a_page_of_another_sign_in_gets_its_token_and_sends_nothing(client: TestClient, tmp_path: Path) -> None:
    csrf = signed(client, tmp_path)
    reply = send(client, "guessed", ("a.md", b"# a"))
    assert (reply.status_code, reply.headers[TOKEN]) == (409, csrf) and "다시 로그인" in reply.text
    assert not (tmp_path / "corpus" / "a.md").exists()


def test_strangers_and_consultants_neither_send_nor_see(client: TestClient, tmp_path: Path) -> None:
    _, consultant = Keyring(open_database("", tmp_path)).create((Scope.CONSULT,), "상담 담당", None, None, now())
    for key in ("", consultant):
        csrf = signed(client, tmp_path, key) if key else ""
        reply = send(client, csrf, ("a.md", b"# a"))
        assert reply.status_code == 401 and "로그인이 끝났습니다" in reply.text
        led = client.get("/desk/pages/press/1.png")
        assert (led.status_code, led.headers["location"]) == (303, "/sign-in?next=/desk")
    assert not (tmp_path / "corpus" / "a.md").exists()


def test_what_is_too_large_is_refused_before_it_is_read(client: TestClient, tmp_path: Path) -> None:
    headers = {TOKEN: signed(client, tmp_path), "Content-Length": str(UPLOAD_LIMIT + 1)}
    reply = client.post(
        "/desk/files", content=b"x", headers={**headers, "Content-Type": "multipart/form-data; boundary=b"}
    )
    assert reply.status_code == 413 and "64MB" in reply.json()["detail"]


@pytest.mark.long
def test_a_page_is_drawn_with_the_quote_lit_or_what_is_wrong_is_told(client: TestClient, tmp_path: Path) -> None:
    signed(client, tmp_path)
    plain, lit = (client.get("/desk/pages/press/1.png", params=told) for told in ({}, {"mark": "2026. 3. 10.까지"}))
    assert plain.headers["content-type"] == lit.headers["content-type"] == "image/png"
    assert plain.content != lit.content and lit.headers["cache-control"] == "private, no-store"
    for address, said in (("press/9.png", "2쪽까지"), ("none/1.png", "문서가 없습니다"), ("press/1.png?of=g9", "g9")):
        reply = client.get(f"/desk/pages/{address}")
        assert reply.status_code == 404 and said in reply.json()["detail"]
