"""A corpus of one small file behind a real server on loopback, with the key of staff."""

from __future__ import annotations

import json
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from rag.settings import Settings
from server.app import create_app
from server.desks.desks import Desk
from server.desks.service import Service
from server.patient import Patient
from tests.server.fakes import FakeDesk

KEY = "k3y-of-the-staff-office"
HEADER = "id,file,title,publisher,published_on,source_url\n"
NOTICE = """# {name} 공고

사업명: {name}

지원대상: 경기도에 있는 중소기업

신청기간: 2026. 3. 2. ~ 2026. 4. 20.

문의처: 가나다센터 031-000-0000
"""
BOUNDARY = "-----------------a-boundary"
Part = tuple[str, str | None, bytes]
"""The name of a field of a form, the name of a file where it is one, and its bytes."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A response."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(slots=True)
class Site:
    """A server on loopback, with the folders that it works on."""

    port: int
    settings: Settings
    headers: dict[str, str] = field(default_factory=lambda: {"X-API-Key": KEY})

    @property
    def corpus(self) -> Path:
        return self.settings.corpus_dir

    def send(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Reply:
        with self.opened(method, path, body, **headers) as told:
            return Reply(told.status, {k.lower(): v for k, v in told.getheaders()}, told.read())

    @contextmanager
    def opened(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Iterator[HTTPResponse]:
        line = HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            sent = {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
            line.request(method, path, body, {name: value for name, value in sent.items() if value})
            yield line.getresponse()
        finally:
            line.close()

    def upload(self, *parts: Part, **headers: str) -> Reply:
        kind = f"multipart/form-data; boundary={BOUNDARY}"
        return self.send("POST", "/v1/corpus/documents", form(*parts), Content_Type=kind, **headers)

    def refresh(self, **given: object) -> Reply:
        return self.send("POST", "/v1/corpus/refresh", json.dumps(given).encode(), Content_Type="application/json")

    def job(self, id_: str) -> dict[str, Any]:
        found: dict[str, Any] = self.send("GET", f"/v1/corpus/jobs/{id_}").json()
        return found

    def until(self, id_: str, is_so: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait until something is so of a job."""
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            job = self.job(id_)
            if is_so(job):
                return job
            time.sleep(0.05)
        raise AssertionError(job)

    def over(self, id_: str) -> dict[str, Any]:
        """Wait until a job is over."""
        return self.until(id_, lambda job: job["state"] not in ("waiting", "running"))


def form(*parts: Part) -> bytes:
    """The body of a form."""
    made = b""
    for name, file, raw in parts:
        named = f'; filename="{file}"' if file is not None else ""
        made += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'.encode() + raw + b"\r\n"
    return made + f"--{BOUNDARY}--\r\n".encode()


def installation(folder: Path) -> Settings:
    """Settings of a corpus of one notice, read by words alone; without the page, which takes seconds to draw."""
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "manifest.csv").write_text(HEADER + "a,a.md,가상 바우처 공고,가나다센터,2026-03-01,\n", "utf-8")
    (corpus / "a.md").write_text(NOTICE.format(name="가상 바우처"), "utf-8")
    return Settings(
        data_dir=folder / "data", corpus_dir=corpus, admin_key=KEY, embedder="kiwi", log_level="ERROR", open=False
    )


@contextmanager
def served(settings: Settings, opens: Callable[[], Desk] = FakeDesk) -> Iterator[Site]:
    """The application at a port of loopback, ended with the block; `opens` a desk of what is served."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    app = create_app(Service(settings.data_dir, opens), settings, lambda: date(2026, 3, 20))
    config = uvicorn.Config(
        app, http=Patient, host="127.0.0.1", port=0, log_level="critical", timeout_graceful_shutdown=5
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    try:
        yield Site(server.servers[0].sockets[0].getsockname()[1], settings)
    finally:
        server.should_exit = True
        thread.join(30)
        assert not thread.is_alive()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A server of its own."""
    with served(installation(tmp_path)) as site:
        yield site


@pytest.fixture
def warm(tmp_path: Path, corpus_data: Path) -> Settings:
    """An installation that has what another sync has kept, which takes a minute to compute."""
    settings = installation(tmp_path)
    shutil.copytree(corpus_data / "cache", settings.data_dir / "cache", symlinks=True)
    return settings


@pytest.fixture
def warm_site(warm: Settings) -> Iterator[Site]:
    """A server over it."""
    with served(warm) as site:
        yield site
