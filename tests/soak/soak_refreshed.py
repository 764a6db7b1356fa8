"""Staff refresh, check, publish and roll back by the API while all are answered: each answer is of one generation.

Run by itself: `pytest tests/soak/soak_refreshed.py -s`.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2

from ingest.pipeline import sync
from rag.embedders.kiwi import KiwiEmbedder
from tests.bench.growth import made_up
from tests.soak.serving import Running, serving
from tests.soak.soak_load import FROZEN_S, Told, watching

CLIENTS, SECONDS, NOTICES = 8, 60.0, 60
FOLLOWED_S = 240.0
"""Until when the server must have followed what is served: who asks without pause leaves it little of two cores."""
KEY = "a-key-of-staff-for-the-soak"
QUESTIONS = (
    "지금 신청할 수 있는 지원사업을 알려 주세요",
    "마감이 언제인가요",
    "문의처 전화번호를 알려 주세요",
    "지원 내용이 뭔가요",
)
TOLD = ("status", "answer", "programs", "contacts")


def staff(server: Running) -> httpx2.Client:
    return httpx2.Client(base_url=server.url, headers={"X-API-Key": KEY}, timeout=120, trust_env=False)


def sent(http: httpx2.Client, path: str, **told: object) -> dict[str, Any]:
    """What comes of a POST that is done."""
    reply = http.post(path, json=told)
    assert reply.status_code < 300, (path, reply.status_code, reply.text)
    found: dict[str, Any] = reply.json()
    return found


def published(server: Running, corpus: Path) -> str:
    """A notice of the corpus says something new; it is read, checked and served. The id of what is served then."""
    path = corpus / "s0.md"
    path.write_text(path.read_text("utf-8") + "\n\n- 유의사항: 한 번 고친 공고입니다.\n", "utf-8")
    with staff(server) as http:
        job = sent(http, "/v1/corpus/refresh")
        while job["state"] in ("waiting", "running"):
            time.sleep(0.3)
            job = http.get(f"/v1/corpus/jobs/{job['id']}").json()
        assert job["state"] == "done", job
        candidate = str(job["result"]["generation"])
        sent(http, f"/v1/corpus/check/{candidate}")
        sent(http, f"/v1/corpus/publish/{candidate}", reason="공고와 견주어 확인", force=True)
    return candidate


def followed(server: Running, generation: str) -> None:
    """Wait until five calls in a row, whichever worker takes them, tell that generation, and are answered from it."""
    deadline, alike = time.monotonic() + FOLLOWED_S, 0
    with staff(server) as http:
        while alike < 5:
            assert time.monotonic() < deadline, "the server did not follow"
            told = http.post("/v1/ask", json={"question": QUESTIONS[0], "as_of": "2026-03-20"}).json()
            alike = alike + 1 if told.get("generation") == generation else 0
            time.sleep(0.2)


def test_what_staff_publish_and_take_back_is_followed_and_nobody_is_refused(kiwi: KiwiEmbedder, tmp_path: Path) -> None:
    corpus = made_up(tmp_path / "corpus", NOTICES)
    first = sync(corpus, tmp_path / "data", kiwi, built_at="2026-03-01T00:00:00+09:00").generation
    assert first
    told, answers = Told(), defaultdict[tuple[str, str], set[str]](set)
    settings = {"CORPUS_DIR": str(corpus), "ADMIN_KEY": KEY, "EMBEDDER": "kiwi"}

    async def one(http: httpx2.AsyncClient, url: str, number: int, is_over: Callable[[], bool]) -> None:
        at = number
        while not is_over():
            question, at = QUESTIONS[at % len(QUESTIONS)], at + 1
            try:
                reply = await http.post(f"{url}/v1/ask", json={"question": question, "as_of": "2026-03-20"})
                reply.raise_for_status()
                body = reply.json()
                answers[question, body["generation"]].add(repr([body[name] for name in TOLD]))
            except httpx2.HTTPError as error:
                told.errors[f"{type(error).__name__} {error}"[:120]] += 1
            told.done += 1

    async def staffed(server: Running) -> list[str]:
        second = await asyncio.to_thread(published, server, corpus)
        await asyncio.to_thread(followed, server, second)
        with staff(server) as http:
            await asyncio.to_thread(sent, http, "/v1/corpus/rollback", reason="공고가 거두어졌음")
        await asyncio.to_thread(followed, server, first)
        return [first, second]

    async def run(server: Running) -> list[str]:
        end = time.monotonic() + SECONDS  # at the least: who asks without pause leaves the refresh little of two cores
        async with (
            httpx2.AsyncClient(timeout=60, trust_env=False) as http,
            watching(server.url, told),
        ):
            work = asyncio.create_task(staffed(server))
            over = lambda: work.done() and time.monotonic() > end  # noqa: E731
            await asyncio.gather(*(one(http, server.url, n, over) for n in range(CLIENTS)))
            return await work

    with serving(tmp_path / "data", settings=settings) as server:
        served = asyncio.run(run(server))
    seen = {generation for _, generation in answers}
    print(f"\nrefreshed under load: {told.done} answers of {len(seen)} generations, {dict(told.errors)}, ", end="")
    print(f"healthz p99 {told.slowest * 1000:.0f} ms")
    assert not told.errors
    assert seen <= set(served) and len(seen) > 1
    assert {pair for pair, texts in answers.items() if len(texts) > 1} == set()
    assert told.slowest <= FROZEN_S
