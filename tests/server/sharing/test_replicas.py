"""The bundled corpus, embedded and served, at two servers: the same answers; what is away is told, and comes back."""

from __future__ import annotations

import asyncio
import json
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from fsspec import filesystem  # type: ignore[import-untyped]

from rag.advisor import Advisor
from rag.building import writing
from rag.domain import Answer, Question
from rag.embedders.kiwi import KiwiEmbedder
from rag.generation import open_current, pointed
from rag.settings import INSTALLATION, Settings
from server.app import create_app
from server.desks.desk import opener
from server.desks.service import Service
from server.sharing import refusals as said
from server.sharing.catching_up import caught_up
from server.sharing.following import Follower
from server.sharing.writing_shared import sole_writer
from server.staff.refresh import refresh
from tests.chroma import ChromaServer, chroma_server
from tests.server.fakes import HERE
from tests.server.postgres import Postgres, postgres

EVALS = Path(__file__).parents[2] / "evals" / "questions.jsonl"
EVERY = 40
"""Of so many questions of the development set one is asked; all of them: tests/soak/soak_replicas.py."""
DAY = "2026-03-20"
STORY = "안내서에 열 명짜리 소프트웨어 회사가 태양광 발전량 예측 교육받은 사례, 결과가 어땠어요?"
SEARCHED = {"question": STORY, "as_of": DAY}
"""What no record answers by itself: passages are looked for each time."""
ASKED = {"question": "능력개발전담주치의 강원지사 전화번호를 알려 주세요", "as_of": DAY}


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Postgres, ChromaServer]]:
    """PostgreSQL and Chroma, which the tests may stop."""
    with postgres() as database, chroma_server(tmp_path_factory.mktemp("stores")) as chroma:
        yield database, chroma


@pytest.fixture(scope="module")
def shared(
    stores: tuple[Postgres, ChromaServer], corpus_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    """A server that serves the bundled corpus and shares it; what was read and embedded of it before is at hand."""
    folder = tmp_path_factory.mktemp("shared")
    shutil.copytree(corpus_data / "cache", folder / "one" / "cache", symlinks=True)
    database, chroma = stores
    settings = Settings(
        data_dir=folder / "one",
        embedder="kiwi",
        database_url=database.emptied(),
        chroma_url=chroma.url,
        store_url=f"file://{folder}/originals",
    )
    assert refresh(settings, INSTALLATION / "corpus", "2026-03-01T00:00:00").changed
    return settings


@pytest.fixture(scope="module")
def other(shared: Settings) -> Settings:
    """Another server, which has taken over what the first shares and has no corpus folder."""
    folder = shared.data_dir.parent
    (folder / "no-corpus").mkdir()
    settings = replace(shared, data_dir=folder / "two", corpus_dir=folder / "no-corpus")
    caught_up(settings)
    return settings


def questions() -> list[Question]:
    every = [json.loads(line) for line in EVALS.read_text("utf-8").splitlines()]
    return [Question(one["question"], date.fromisoformat(one["as_of"])) for one in every[::EVERY]]


def answers(settings: Settings, kiwi: KiwiEmbedder) -> list[Answer]:
    opened = open_current(settings.data_dir, kiwi, chroma_url=settings.chroma_url)
    try:
        advisor = Advisor(opened)
        return [advisor.answer(question) for question in questions()]
    finally:
        opened.close()


@pytest.mark.long
def test_embedded_and_served_at_both_servers_every_answer_is_the_same(
    adviser: Advisor, shared: Settings, other: Settings, kiwi: KiwiEmbedder
) -> None:
    alone = [adviser.answer(question) for question in questions()]
    assert answers(shared, kiwi) == alone
    assert answers(other, kiwi) == alone


@pytest.fixture
def client(other: Settings) -> Iterator[TestClient]:
    """The application of the other server."""
    service = Service(other.data_dir, opener(other))
    with TestClient(create_app(service, other, lambda: date(2026, 3, 20)), client=HERE) as http:
        yield http
    service.close()


def refusal(reply: Any) -> str:
    assert reply.status_code == 503 and reply.headers["retry-after"], reply.text
    assert reply.headers["content-type"].startswith("application/problem+json")
    return str(reply.json()["detail"])


def given(client: TestClient, id_: str) -> int:
    """The status of feedback on an answer once it is neither away nor unknown any more."""
    ends = time.monotonic() + 60
    while True:
        reply = client.post("/v1/feedback", json={"answer_id": id_, "useful": True})
        if reply.status_code not in (404, 503) or time.monotonic() > ends:
            return int(reply.status_code)
        time.sleep(0.2)


@pytest.mark.long
def test_while_a_store_is_away_it_is_told_and_nothing_is_lost(
    client: TestClient, stores: tuple[Postgres, ChromaServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.store.engine.RETRY_S", 0.0)
    database, chroma = stores
    before, wished = (client.post("/v1/ask", json=one).json() for one in (ASKED, SEARCHED))
    assert before["status"] == "answered"
    chroma.stop()
    try:
        assert "Chroma 서버가 답하지 않습니다" in refusal(client.post("/v1/ask", json=SEARCHED))
        told = client.post("/v1/ask/stream", json=SEARCHED).text
        assert "event: error" in told and "Chroma" in told
        # What records alone answer needs no search, and is the same as ever.
        assert client.post("/v1/ask", json=ASKED).json()["answer"] == before["answer"]
    finally:
        chroma.start()
    assert client.post("/v1/ask", json=SEARCHED).json()["answer"] == wished["answer"]
    database.stop()
    try:
        reply = client.post("/v1/ask", json=ASKED)
        assert reply.status_code == 200, reply.text
        assert "데이터베이스" in refusal(
            client.post("/v1/feedback", json={"answer_id": reply.json()["id"], "useful": True})
        )
    finally:
        database.start()
    assert given(client, reply.json()["id"]) == 201


@pytest.mark.long
def test_originals_come_from_the_store(client: TestClient, other: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    cited = client.post("/v1/ask", json=ASKED).json()["citations"][0]["document"]["id"]
    reply = client.get(f"/documents/{cited}")
    assert reply.status_code == 200 and len(reply.content) > 1000
    assert not any(other.corpus_dir.iterdir())
    store = other.data_dir.parent / "originals"
    shutil.rmtree(other.data_dir / "cache" / "originals")
    aside = store.with_name("aside")
    store.rename(aside)
    assert client.get(f"/documents/{cited}").status_code == 404
    monkeypatch.setattr(type(filesystem("file")), "get_file", refuse)
    assert "저장소가 답하지 않거나" in refusal(client.get(f"/documents/{cited}"))
    monkeypatch.undo()
    aside.rename(store)
    assert client.get(f"/documents/{cited}").status_code == 200


@pytest.mark.long
def test_a_server_follows_by_itself_and_says_meanwhile_why_it_has_nothing(shared: Settings) -> None:
    own = replace(shared, data_dir=shared.data_dir.parent / "three")
    (own.data_dir).mkdir()
    (own.data_dir / "cache").symlink_to(shared.data_dir / "cache")
    follower = Follower(own)

    async def follow() -> None:
        async with follower.at_work():
            assert follower.lacking() == said.FETCHING
            ends = time.monotonic() + 240
            while not pointed(own.data_dir):
                assert time.monotonic() < ends, follower.lacking()
                await asyncio.sleep(0.1)

    asyncio.run(follow())
    assert pointed(own.data_dir) == pointed(shared.data_dir)


@pytest.mark.long
def test_a_server_that_cannot_tell_what_is_shared_says_so_and_follows_later(
    shared: Settings, stores: tuple[Postgres, ChromaServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.store.engine.RETRY_S", 0.0)
    own = replace(shared, data_dir=shared.data_dir.parent / "four")
    follower = Follower(own)

    async def follow() -> None:
        async with follower.at_work():
            ends = time.monotonic() + 240
            while "데이터베이스" not in follower.lacking():
                assert time.monotonic() < ends, follower.lacking()
                await asyncio.sleep(0.1)
            await asyncio.to_thread(stores[0].start)
            while not pointed(own.data_dir):
                assert time.monotonic() < ends, follower.lacking()
                await asyncio.sleep(0.1)

    stores[0].stop()
    asyncio.run(follow())
    assert pointed(own.data_dir) == pointed(shared.data_dir)


def test_a_server_alone_lacks_nothing_that_others_have(tmp_path: Path) -> None:
    assert Follower(Settings(data_dir=tmp_path)).lacking() == ""
    with sole_writer(Settings(data_dir=tmp_path)) as writer, writing(tmp_path / "another"):
        assert writer.sharing is None
