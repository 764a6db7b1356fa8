"""A service over a made-up desk, and the application around it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from rag.domain import Source
from rag.settings import INSTALLATION, Settings
from server.app import create_app
from server.clock import now
from server.desks.service import Service
from server.staff.foreman import Foreman
from server.store.engine import FILE
from server.store.jobs import Job, JobState
from tests.server.fakes import HERE, SOURCE, FakeDesk
from tests.server.postgres import Postgres, postgres

PDF = b"%PDF-1.4\n%%EOF\n"
DRAWN = INSTALLATION / "corpus" / "press2026.pdf"


class ShelfDesk(FakeDesk):
    """A desk whose catalogue also knows files that must not be served as they are."""

    def source(self, source_id: str, /) -> Source | None:
        known = {
            "guide": replace(SOURCE, digest=hashlib.sha256(PDF).hexdigest()),
            "page": replace(SOURCE, id="page", path="page.html", digest=hashlib.sha256(b"<script>").hexdigest()),
            "outside": replace(SOURCE, id="outside", path="../secret.pdf", digest=hashlib.sha256(PDF).hexdigest()),
            "drawn": replace(
                SOURCE, id="drawn", path="drawn.pdf", digest=hashlib.sha256(DRAWN.read_bytes()).hexdigest()
            ),
            "gone": replace(SOURCE, id="gone", path="gone.pdf"),
            "changed": replace(SOURCE, id="changed", digest="0"),
        }
        return known.get(source_id)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """A PostgreSQL; who asks for it is skipped where none is installed."""
    with postgres() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database of each kind; that of SQLite is where it is without an address."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / FILE}"
    server: Postgres = request.getfixturevalue("postgres_server")
    return server.emptied()


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus folder, a PDF beside it, and a data directory in which a generation is served."""
    folder = tmp_path_factory.mktemp("installation")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "guide.pdf").write_bytes(PDF)
    (folder / "corpus" / "drawn.pdf").write_bytes(DRAWN.read_bytes())
    (folder / "corpus" / "page.html").write_bytes(b"<script>")
    (folder / "secret.pdf").write_bytes(PDF)
    (folder / "data").mkdir()
    (folder / "data" / "CURRENT").write_text("g1\n", "utf-8")
    return folder


def set_up(folder: Path) -> Settings:
    """Settings of an installation in a folder."""
    return Settings(data_dir=folder / "data", corpus_dir=folder / "corpus")


def at_once(foreman: Foreman, job: Job, _: object) -> None:
    """In the place of hiring a process: the job is done."""
    foreman.book.end(job.id, JobState.DONE, "", now(), {})


@pytest.fixture(scope="session")
def running(folders: Path) -> Iterator[tuple[TestClient, ShelfDesk]]:
    """The application on 20 March 2026, built once since the page takes a while to build."""
    desk = ShelfDesk()
    app = create_app(Service(folders / "data", lambda: desk), set_up(folders), lambda: date(2026, 3, 20))
    with TestClient(app, client=HERE, raise_server_exceptions=False) as client:
        yield client, desk


@pytest.fixture
def client(running: tuple[TestClient, ShelfDesk]) -> TestClient:
    """The application."""
    return running[0]


@pytest.fixture
def desk(running: tuple[TestClient, ShelfDesk]) -> Iterator[ShelfDesk]:
    """The desk behind `client`, which the test may break."""
    yield running[1]
    running[1].fails = None
