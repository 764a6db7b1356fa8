"""Two servers behind a proxy, over PostgreSQL and Chroma: the same answers as one alone, whatever ends meanwhile.

Run by itself: `pytest tests/soak/soak_replicas.py -s`. SOAK_QUESTIONS says how many questions are held against those of
one server with its vectors in its folder (default 60).
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import pytest

from rag.generation import pointed
from rag.settings import INSTALLATION, Settings
from server.sharing.writing_shared import sole_writer
from server.staff.refresh import refresh
from server.store.engine import open_database
from server.store.generation_book import GenerationBook
from tests.chroma import ChromaServer, chroma_server
from tests.nginx import ABSENT, PROGRAM, nginx
from tests.server.postgres import Postgres, postgres
from tests.soak.serving import Running, serving, wait_until_ready

QUESTIONS = int(os.environ.get("SOAK_QUESTIONS", "60"))
EVALS = Path(__file__).parents[1] / "evals" / "questions.jsonl"
CLIENTS = 4
FOLLOWED_S = 300.0
KEY = "a-key-of-staff-for-the-soak"
OWN = ("id", "took_ms", "generation")
"""What of an answer is its own."""
STORY = "안내서에 열 명짜리 소프트웨어 회사가 태양광 발전량 예측 교육받은 사례, 결과가 어땠어요?"
SEARCHED = {"question": STORY, "as_of": "2026-03-20"}
"""What no record answers by itself: passages are looked for each time."""
NOTICE = """# 2026년 모의 포장재 바우처 지원사업 공고

- 지원대상: 경기도에 있는 중소기업
- 신청기간: 2026. 3. 2. ~ 2026. 4. 20.
- 문의처: 모의 진흥원 031-000-0000
"""

Told = dict[str, Any]


@dataclass(slots=True)
class Site:
    """What the servers share, and the settings of each by the name of its folder."""

    folder: Path
    corpus: Path
    chroma: ChromaServer
    database: Postgres

    def settings(self, name: str) -> Settings:
        return Settings(
            data_dir=self.folder / name,
            corpus_dir=self.corpus,
            embedder="kiwi",
            database_url=self.database.address,
            chroma_url=self.chroma.url,
            store_url=f"file://{self.folder}/originals",
            admin_key=KEY,
        )

    def serving(self, name: str, *, is_ready: bool = True) -> Any:
        """A server over a folder; those whose corpus folder is empty have originals from the store alone."""
        own = self.settings(name)
        (self.folder / "no-corpus").mkdir(exist_ok=True)
        given = {
            "CORPUS_DIR": str(self.corpus if name == "one" else self.folder / "no-corpus"),
            "EMBEDDER": "kiwi",
            "DATABASE_URL": own.database_url,
            "CHROMA_URL": own.chroma_url,
            "STORE_URL": own.store_url,
            "ADMIN_KEY": KEY,
            "TRUSTED_PROXIES": "10.9.9.9",  # who comes from here is the operator, also through the proxy of the test
        }
        return serving(own.data_dir, workers=1, settings=given, is_ready=is_ready)

    def publish(self) -> str:
        """A notice more, served at once."""
        (self.corpus / "soak.md").write_text(NOTICE, "utf-8")
        report = refresh(self.settings("one"), self.corpus, "2026-03-02T00:00:00+09:00")
        assert report.generation and report.changed
        return report.generation


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    corpus = folder / "corpus"
    shutil.copytree(INSTALLATION / "corpus", corpus)
    (folder / "chroma").mkdir()
    with postgres() as database, chroma_server(folder / "chroma") as chroma:
        made = Site(folder, corpus, chroma, database)
        report = refresh(made.settings("one"), corpus, "2026-03-01T00:00:00+09:00")
        assert report.generation
        yield made


def questions() -> list[Told]:
    """Some of the development set, evenly."""
    every = [json.loads(line) for line in EVALS.read_text("utf-8").splitlines()]
    asked = [{"question": one["question"], "as_of": one["as_of"]} for one in every if len(one["question"]) <= 2000]
    return asked[:: max(len(asked) // QUESTIONS, 1)]


def answers(url: str, asked: list[Told]) -> list[Told]:
    """What a server tells, but for what is its own."""
    found = []
    with httpx2.Client(base_url=url, timeout=120, trust_env=False) as http:
        for question in asked:
            reply = http.post("/v1/ask", json=question)
            assert reply.status_code == 200, reply.text
            found.append({name: value for name, value in reply.json().items() if name not in OWN})
    return found


def refused(url: str, path: str = "/v1/ask", body: Told | None = None) -> str:
    """The sentence of a 503 with Retry-After, as soon as the server comes to say so."""
    ends = time.monotonic() + 120
    while True:
        reply = httpx2.post(f"{url}{path}", json=body or SEARCHED, timeout=60, trust_env=False)
        if reply.status_code == 503:
            assert int(reply.headers["retry-after"]) > 0
            assert reply.headers["content-type"].startswith("application/problem+json")
            return str(reply.json()["detail"])
        assert reply.status_code == 200 and time.monotonic() < ends, reply.text
        time.sleep(0.2)


def answered(url: str, within_s: float = 120.0) -> Told:
    """What the server answers as soon as it does again; until then it may say 503 and nothing else."""
    ends = time.monotonic() + within_s
    while True:
        reply = httpx2.post(f"{url}/v1/ask", json=SEARCHED, timeout=60, trust_env=False)
        if reply.status_code == 200:
            told: Told = reply.json()
            return told
        assert reply.status_code == 503 and time.monotonic() < ends, reply.text
        time.sleep(0.2)


@contextmanager
def before(servers: list[Running], folder: Path) -> Iterator[str]:
    """The address of nginx before them."""
    if PROGRAM is None:
        pytest.skip(ABSENT)
    folder.mkdir()
    with nginx(folder, [int(server.url.rpartition(":")[2]) for server in servers]) as url:
        yield url


@dataclass(slots=True)
class Load:
    """What clients met that asked on and on."""

    done: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    told: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))


def under_load(url: str, work: Callable[[], object]) -> Load:
    """Do work while clients ask without pause."""
    asked, load = questions()[:8], Load()

    async def client(http: httpx2.AsyncClient, number: int, is_over: Callable[[], bool]) -> None:
        at = number
        while not is_over():
            question, at = asked[at % len(asked)], at + 1
            try:
                reply = await http.post(f"{url}/v1/ask", json=question)
                reply.raise_for_status()
                body = reply.json()
                own = {name: value for name, value in body.items() if name not in OWN}
                load.told[question["question"], body["generation"]].add(json.dumps(own, sort_keys=True))
            except httpx2.HTTPError as error:
                load.errors[f"{type(error).__name__} {error}"[:120]] += 1
            load.done += 1

    async def run() -> None:
        async with httpx2.AsyncClient(timeout=90, trust_env=False) as http:
            task = asyncio.create_task(asyncio.to_thread(work))
            await asyncio.gather(*(client(http, number, task.done) for number in range(CLIENTS)))
            await task

    asyncio.run(run())
    return load


def followed(server: Running, generation: str) -> None:
    """Wait until a server answers from a generation."""
    ends = time.monotonic() + FOLLOWED_S
    while answered(server.url)["generation"] != generation:
        assert time.monotonic() < ends, server.log.read_text("utf-8")
        time.sleep(0.5)


def test_two_servers_answer_as_one_alone_through_publishing_and_death(
    site: Site, corpus_data: Path, tmp_path: Path
) -> None:
    asked = questions()
    with serving(corpus_data, workers=1, settings={"CORPUS_DIR": str(site.corpus), "EMBEDDER": "kiwi"}) as alone:
        expected = answers(alone.url, asked)
    with site.serving("one") as one, site.serving("two") as two:
        for server in (one, two):
            differs = [q for q, a, b in zip(asked, expected, answers(server.url, asked), strict=True) if a != b]
            assert differs == []
        first = pointed(site.settings("one").data_dir)
        print(f"\nalike embedded and served, at two servers: {len(asked)} questions")
        cited = next(answer for answer in expected if answer["citations"])["citations"][0]["document"]["id"]
        files = [httpx2.get(f"{server.url}/documents/{cited}", trust_env=False) for server in (one, two)]
        assert files[0].status_code == files[1].status_code == 200 and files[0].content == files[1].content
        with before([one, two], tmp_path / "nginx") as url:

            def staffed() -> None:
                second = site.publish()
                for server in (one, two):
                    followed(server, second)
                with sole_writer(site.settings("one")) as writer:
                    writer.activate(first)
                for server in (one, two):
                    followed(server, first)

            load = under_load(url, staffed)
            print(f"published and taken back: {load.done} answers, {dict(load.errors)}")
            assert not load.errors
            assert len({generation for _, generation in load.told}) == 2
            assert {pair for pair, texts in load.told.items() if len(texts) > 1} == set()

            def killed() -> None:
                time.sleep(2)
                two.process.kill()
                two.process.wait(30)
                time.sleep(8)

            load = under_load(url, killed)
            print(f"one of two killed: {load.done} answers, {dict(load.errors)}")
            assert not load.errors and load.done > 8


def test_while_a_store_is_away_whoever_asks_is_told_so_and_nothing_is_lost(site: Site) -> None:
    with site.serving("one") as one, site.serving("two") as two:
        for server in (one, two):
            answered(server.url)
        site.chroma.stop()
        for server in (one, two):
            assert "Chroma 서버가 답하지 않습니다" in refused(server.url)
        site.chroma.start()
        for server in (one, two):
            answered(server.url)
        site.database.stop()
        kept = [answered(server.url)["id"] for server in (one, two)]
        for server, id_ in zip((one, two), kept, strict=True):
            assert "데이터베이스" in refused(server.url, "/v1/feedback", {"answer_id": id_, "useful": True})
        site.database.start()
        for server, id_ in zip((one, two), kept, strict=True):
            _given(server.url, id_)


def _given(url: str, id_: str) -> None:
    """Feedback on an answer that was given while the database was away is taken once it is back: it was kept."""
    ends = time.monotonic() + 90
    while True:
        reply = httpx2.post(f"{url}/v1/feedback", json={"answer_id": id_, "useful": True}, timeout=60, trust_env=False)
        if reply.is_success:
            return
        assert reply.status_code in (404, 503) and time.monotonic() < ends, reply.text
        time.sleep(0.5)


@pytest.mark.parametrize("away", ["chroma", "database"])
def test_a_server_that_starts_while_a_store_is_away_says_so_and_goes_on_once_it_is_back(site: Site, away: str) -> None:
    store: ChromaServer | Postgres = getattr(site, away)
    name = f"new-{away}"
    store.stop()
    try:
        with site.serving(name, is_ready=False) as server:
            _listens(server)
            word = "Chroma" if away == "chroma" else "데이터베이스"
            assert word in _not_ready(server, word)
            store.start()
            wait_until_ready(server)
            own = site.settings(name)
            with closing(open_database(own.database_url, own.data_dir)) as database:
                assert answered(server.url)["generation"] == GenerationBook(database).shared().current
    finally:
        if not _runs(store):
            store.start()


def _runs(store: ChromaServer | Postgres) -> bool:
    return (store._process if isinstance(store, ChromaServer) else store._server) is not None


def _listens(server: Running) -> None:
    ends = time.monotonic() + 120
    while True:
        try:
            if httpx2.get(f"{server.url}/healthz", timeout=5, trust_env=False).status_code == 200:
                return
        except httpx2.HTTPError:
            assert server.process.poll() is None and time.monotonic() < ends, server.log.read_text("utf-8")
        time.sleep(0.2)


def _not_ready(server: Running, word: str) -> str:
    ends = time.monotonic() + 120
    while True:
        reply = httpx2.get(f"{server.url}/readyz", timeout=60, trust_env=False)
        assert reply.status_code == 503 and reply.headers["retry-after"]
        if word in reply.json()["detail"] or time.monotonic() > ends:
            return str(reply.json()["detail"])
        time.sleep(0.5)
