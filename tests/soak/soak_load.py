"""Under load nothing fails, nobody gets another's answer, and the server says at once that it is up."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import pytest

from ingest.pipeline import sync
from rag.embedders.kiwi import KiwiEmbedder
from tests.bench.growth import MANY, made_up
from tests.soak.serving import Running, serving

CLIENTS, SECONDS, WARM = 64, 60.0, 12.0
FROZEN_S = 0.5
"""What 99 of 100 calls of /healthz must not take. On two quiet cores they take .02; a machine is not always quiet, but
a server that computes where it listens takes seconds.
"""
HALTED = 0.3
"""Of the rate of few clients that of many must not fall below. On two quiet cores it is above .9, beside
other work at .6."""
REQUESTS = int(os.environ.get("SOAK_REQUESTS", "20000"))
"""How many requests memory is watched over; a tenth of them come before it is first measured."""
QUESTIONS = (
    "AI통합 바우처는 얼마까지 지원되나요",
    "지금 신청할 수 있는 지원사업을 알려 주세요",
    "경기도 화성에 있는 금속가공 공장인데 직원 교육을 도와주는 사업이 있나요",
    "스마트공장은 어디에 문의하나요",
    "상시근로자 12명인 음식점도 신청할 수 있나요",
    "신청 서류는 무엇인가요",
    "부산에서 설비를 바꾸는 돈을 빌릴 수 있나요",
    "마감이 언제인가요",
)
HOSTILE = (
    {"question": "0" * 2000},
    {"question": "가" * 2000},
    {"question": "그건 얼마인가요", "history": [{"role": "user", "content": "0" * 20_000}]},
    {"question": "그건 얼마인가요", "history": [{"role": "user", "content": "지원 사업 " * 400}] * 90},
    {"question": "3억 5천만원 2026년 3월 4일 " * 90},
    {"question": "".join(chr(0xAC00 + at * 7919 % 11172) for at in range(2000))},
)


@dataclass
class Told:
    """What clients and a watcher saw."""

    done: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    differing: int = 0
    health: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.done / self.seconds

    @property
    def slowest(self) -> float:
        """What 99 of 100 calls of /healthz took at most, in seconds."""
        return sorted(self.health)[int(len(self.health) * 0.99)]


def client() -> httpx2.AsyncClient:
    return httpx2.AsyncClient(timeout=60, trust_env=False, limits=httpx2.Limits(max_connections=400))


async def ask(http: httpx2.AsyncClient, url: str, question: str) -> str:
    """What an answer tells, without what each has for itself; raises for an error."""
    reply = await http.post(f"{url}/v1/ask", json={"question": question, "as_of": "2026-03-20"})
    reply.raise_for_status()
    told = reply.json()
    return json.dumps({name: told[name] for name in ("status", "answer", "programs", "contacts")}, sort_keys=True)


async def load(url: str, clients: int, seconds: float, alone: dict[str, str] | None = None) -> Told:
    """So many clients ask for so long, while somebody watches /healthz; `alone` are answers to hold theirs against."""
    told = Told()
    began = time.monotonic()

    async def one(number: int) -> None:
        at = number
        while time.monotonic() < began + seconds:
            question = QUESTIONS[at % len(QUESTIONS)]
            at += 1
            try:
                answer = await ask(http, url, question)
            except httpx2.HTTPError as error:
                told.errors[f"{type(error).__name__} {error}"[:120]] += 1
            else:
                told.differing += alone is not None and answer != alone[question]
            told.done += 1

    async with client() as http, watching(url, told):
        await asyncio.gather(*(one(number) for number in range(clients)))
    told.seconds = time.monotonic() - began
    return told


@contextlib.asynccontextmanager
async def watching(url: str, told: Told):  # type: ignore[no-untyped-def]
    """Call /healthz twenty times a second meanwhile."""

    async def watch() -> None:
        async with client() as http:
            while True:
                began = time.monotonic()
                (await http.get(f"{url}/healthz")).raise_for_status()
                told.health.append(time.monotonic() - began)
                await asyncio.sleep(0.05)

    task = asyncio.create_task(watch())
    try:
        yield
        assert not task.done(), task.exception()
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def answers_alone(url: str) -> dict[str, str]:
    """What one client alone is answered."""
    async with client() as http:
        return {question: await ask(http, url, question) for question in QUESTIONS}


@pytest.fixture(scope="module")
def bundled(corpus_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled corpus, synced."""
    return Path(shutil.copytree(corpus_data, tmp_path_factory.mktemp("bundled") / "data", symlinks=True))


@pytest.fixture(scope="module")
def thousand(kiwi: KiwiEmbedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A thousand notices made up by rule, synced."""
    folder = tmp_path_factory.mktemp("thousand")
    report = sync(made_up(folder / "corpus", MANY), folder / "data", kiwi, built_at="2026-03-01T00:00:00+09:00")
    assert not report.failed
    return folder / "data"


@pytest.fixture(params=["bundled", "thousand"])
def running(request: pytest.FixtureRequest) -> Iterator[Running]:
    with serving(request.getfixturevalue(request.param)) as server:
        yield server


def test_sixty_four_clients_get_the_answers_of_one_without_an_error(running: Running) -> None:
    async def run() -> None:
        alone = await answers_alone(running.url)
        few = [await load(running.url, clients, WARM) for clients in (1, 2, 8)]
        many = await load(running.url, CLIENTS, SECONDS, alone)
        rates = ", ".join(f"{told.rate:.1f}" for told in (*few, many))
        print(f"\nanswers a second at 1, 2, 8, 64 clients: {rates}; healthz p99 {many.slowest * 1000:.0f} ms")
        assert not many.errors and not any(told.errors for told in few), many.errors
        assert many.differing == 0
        assert many.rate >= HALTED * max(told.rate for told in few)
        assert many.slowest <= FROZEN_S

    asyncio.run(run())


def test_hostile_requests_end_in_moments_and_nobody_notices(bundled: Path) -> None:
    async def run(server: Running) -> None:
        told = Told()
        async with client() as http, watching(server.url, told):
            await answers_alone(server.url)
            slow = await asyncio.to_thread(slow_bodies, server.url, 300)
            sent = [http.post(f"{server.url}/v1/ask", json=HOSTILE[n % len(HOSTILE)]) for n in range(20)]
            statuses = Counter(reply.status_code for reply in await asyncio.gather(*sent))
            await asyncio.sleep(12)
            closed = sum(is_refused(each) for each in slow)
        print(f"\nhostile: {dict(statuses)}, slow bodies refused {closed}; healthz p99 {told.slowest * 1000:.0f} ms")
        assert set(statuses) <= {200, 413, 422, 503}
        assert closed == 300
        assert told.slowest <= FROZEN_S

    with serving(bundled) as server:
        asyncio.run(run(server))


def slow_bodies(url: str, count: int) -> list[socket.socket]:
    """Connections that promise a body and send none."""
    host, port = url.removeprefix("http://").split(":")
    found = []
    for _ in range(count):
        end = socket.create_connection((host, int(port)), timeout=30)
        end.sendall(
            f"POST /v1/ask HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
            'Content-Length: 1000\r\n\r\n{"question": "'.encode()
        )
        found.append(end)
    return found


def is_refused(end: socket.socket) -> bool:
    """Whether a slow connection has been answered that it is late, or closed."""
    end.settimeout(5)
    try:
        return end.recv(4096)[:12] in (b"HTTP/1.1 408", b"")
    except OSError:
        return False
    finally:
        end.close()


def test_memory_does_not_grow_with_requests(bundled: Path) -> None:
    async def run(server: Running) -> None:
        async with client() as http:
            asked = 0

            async def one(number: int, until: int) -> None:
                nonlocal asked
                while asked < until:
                    asked += 1
                    await ask(http, server.url, f"{QUESTIONS[asked % len(QUESTIONS)]} {asked}")

            await asyncio.gather(*(one(n, REQUESTS // 10) for n in range(8)))
            early = server.memory()
            await asyncio.gather(*(one(n, REQUESTS) for n in range(8)))
            late = server.memory()
        print(f"\nmemory after {REQUESTS // 10}: {early / 1e6:.0f} MB, after {REQUESTS}: {late / 1e6:.0f} MB")
        assert late <= 1.15 * early

    with serving(bundled) as server:
        asyncio.run(run(server))


def test_a_new_generation_is_swapped_in_while_all_are_answered(
    bundled: Path, kiwi: KiwiEmbedder, tmp_path: Path
) -> None:
    data = Path(shutil.copytree(bundled, tmp_path / "data", symlinks=True))
    corpus = made_up(tmp_path / "corpus", 12)

    async def run(server: Running) -> None:
        before = httpx2.get(f"{server.url}/readyz", trust_env=False).json()["generation"]
        work = asyncio.create_task(load(server.url, 8, 45))
        await asyncio.to_thread(
            lambda: sync(corpus, data, kiwi, built_at="2026-03-02T00:00:00+09:00", allow_deletions=True)
        )
        told = await work
        after = httpx2.get(f"{server.url}/readyz", trust_env=False).json()["generation"]
        print(f"\nswap under load: {told.done} answers, {dict(told.errors)}, healthz p99 {told.slowest * 1000:.0f} ms")
        assert before != after
        assert not told.errors
        assert told.slowest <= FROZEN_S

    with serving(data) as server:
        asyncio.run(run(server))


def test_told_to_stop_the_server_ends_what_it_has_begun(bundled: Path) -> None:
    statuses: Counter[object] = Counter()

    def one(url: str) -> None:
        with httpx2.Client(timeout=60, trust_env=False) as http:
            for question in QUESTIONS * 50:
                try:
                    statuses[http.post(f"{url}/v1/ask", json={"question": question}).status_code] += 1
                except httpx2.HTTPError as error:
                    statuses[type(error).__name__] += 1
                    return

    with serving(bundled) as server:
        threads = [threading.Thread(target=one, args=(server.url,)) for _ in range(8)]
        for thread in threads:
            thread.start()
        time.sleep(3)
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(30) in (0, -signal.SIGTERM)
        for thread in threads:
            thread.join(60)
    print(f"\nstopped under load: {dict(statuses)}")
    # Whoever was being answered got the answer; the next call found nobody, or a connection that had just closed.
    assert set(statuses) <= {200, "ConnectError", "RemoteProtocolError", "ReadError"}
    assert statuses[200] > 8
