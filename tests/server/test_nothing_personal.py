"""The whole server: whatever of a person is asked, in whatever field, nothing logged, counted or stored tells."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings

from rag.settings import Settings
from server.app import create_app
from server.desks.service import Service
from server.logs import set_up
from tests.rag.redact.persons import NUMBERS, around, email, plain_digits
from tests.server.fakes import HERE, FakeDesk

OURS = ("timestamp", "request_id", "ms")
QUIET = settings(max_examples=6, deadline=None, database=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "CURRENT").write_text("g1\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def desk() -> FakeDesk:
    """What answers, or breaks with whatever was asked in its error."""
    return FakeDesk()


@pytest.fixture(scope="module")
def client(folder: Path, desk: FakeDesk) -> Iterator[TestClient]:
    """An application that turns nobody away and stores what it is asked."""
    given = Settings(data_dir=folder, rate_limit="1000000/minute")
    app = create_app(Service(folder, lambda: desk), given, lambda: date(2026, 3, 20))
    with TestClient(app, client=HERE, raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize("kind", [*NUMBERS, "email"])
def test_no_log_metric_or_row_tells_what_was_asked(
    client: TestClient, desk: FakeDesk, folder: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    set_up("INFO")

    @QUIET
    @given(around(NUMBERS.get(kind, email())))
    def holds(made: tuple[str, str]) -> None:
        text, personal = made
        capsys.readouterr()
        ask_everywhere(client, desk, text, personal)
        lines = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
        assert {line["event"] for line in lines} >= {"request"}
        logged = [str(value) for line in lines for key, value in line.items() if key not in OURS]
        digits = plain_digits(personal)
        for value in (*logged, *rows(folder / "jiwon.sqlite"), client.get("/metrics").text):
            assert personal not in value
            assert len(digits) < 10 or digits not in plain_digits(value)

    holds()


def ask_everywhere(client: TestClient, desk: FakeDesk, text: str, personal: str) -> None:
    """Everything that a stranger may send, with the text in it."""
    desk.fails = None
    asked = {"question": text, "history": [{"role": "user", "content": text}], "conversation_id": "a1"}
    answer = client.post("/v1/ask", json=asked).json()
    judged = {"answer_id": answer["id"], "useful": False, "reason": text, "comment": text}
    client.post("/v1/feedback", json=judged)
    client.post("/v1/ask", json={text: text})
    client.get("/v1/programs", params={"q": text, "region": text})
    client.get(f"/v1/programs/{quote(personal)}")
    desk.fails = RuntimeError(text)
    client.post("/v1/ask", json={"question": text})


def rows(file: Path) -> Iterator[str]:
    """Every value of every table; what is packed as it reads."""
    with closing(sqlite3.connect(file)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        assert {"answers", "feedback"} <= set(tables)
        for table in tables:
            for row in database.execute(f'SELECT * FROM "{table}"'):
                yield from map(read, row)
        assert database.execute("SELECT count(*) FROM answers WHERE answer_packed IS NOT NULL").fetchone() > (0,)


def read(value: object) -> str:
    """A value as text, unpacked where it is packed."""
    if isinstance(value, bytes):
        with suppress(zlib.error):
            value = zlib.decompress(value)
        return value.decode("utf-8", "replace")
    return str(value)
