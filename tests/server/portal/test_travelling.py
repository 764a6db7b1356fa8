"""The work of every read can be done in another process: what is asked and what comes back can be pickled."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from server.app import create_app
from server.desks.service import Service
from tests.server.conftest import set_up
from tests.server.fakes import FakeDesk
from tests.server.http.test_fresh import READS
from tests.server.portal.conftest import TODAY


@dataclass
class FarDesks:
    """Desks that only pickled work reaches."""

    desk: FakeDesk = field(default_factory=FakeDesk)

    async def run(self, work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        assert not kwargs
        work, args = pickle.loads(pickle.dumps((work, args)))
        return pickle.loads(pickle.dumps(work(self.desk, *args)))


@pytest.fixture(scope="module")
def both(folders: Path) -> Iterator[tuple[TestClient, TestClient]]:
    """The application with a desk of its own process, and with one that only pickled work reaches."""
    desk = FakeDesk()
    near = create_app(Service(folders / "data", lambda: desk), set_up(folders), lambda: TODAY)
    far = create_app(FarDesks(), set_up(folders), lambda: TODAY)  # type: ignore[arg-type]
    with TestClient(near) as here, TestClient(far) as there:
        yield here, there


@pytest.mark.parametrize("path", READS)
def test_what_travels_comes_back_the_same(both: tuple[TestClient, TestClient], path: str) -> None:
    here, there = both
    assert there.get(path).content == here.get(path).content != b""
    assert there.get(path, headers={"If-None-Match": here.get(path).headers["etag"]}).status_code == 304


def test_so_do_matches_and_refusals(both: tuple[TestClient, TestClient]) -> None:
    here, there = both
    asked = {"profile": {"size": "중소기업"}}
    assert there.post("/v1/match", json=asked).content == here.post("/v1/match", json=asked).content
    assert there.get("/v1/programs?region=none").status_code == 422
