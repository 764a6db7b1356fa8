"""The application at an address of its own, for clients that bring their own way to reach it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI

from server.app import create_app
from server.desks.service import Service
from tests.server.conftest import ShelfDesk, set_up

STARTS_WITHIN_S = 20.0


@contextmanager
def listening(app: FastAPI) -> Iterator[str]:
    """Serve an application on a free port of this machine; its address without a path."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            deadline = time.monotonic() + STARTS_WITHIN_S
            while not server.started:
                assert thread.is_alive() and time.monotonic() < deadline
                time.sleep(0.02)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(STARTS_WITHIN_S)


@pytest.fixture(scope="session")
def served(folders: Path) -> Iterator[tuple[str, ShelfDesk]]:
    """The application over a made-up desk on 20 March 2026, at its address."""
    desk = ShelfDesk()
    app = create_app(Service(folders / "data", lambda: desk), set_up(folders), lambda: date(2026, 3, 20))
    with listening(app) as address:
        yield address, desk


@pytest.fixture
def address(served: tuple[str, ShelfDesk]) -> str:
    """Where the application is."""
    return served[0]


@pytest.fixture
def behind(served: tuple[str, ShelfDesk]) -> Iterator[ShelfDesk]:
    """The desk behind `address`, which the test may break."""
    yield served[1]
    served[1].fails = None
