"""A running application and a browser without a window, for the tests of the pages; both end by themselves."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, sync_playwright

from rag.settings import Settings
from server.app import create_app
from server.desks.desk import opener
from server.desks.service import Service

CHROMIUM = shutil.which("chromium")
ARGUMENTS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)


@contextmanager
def running(app: FastAPI) -> Iterator[str]:
    """The address of the application on loopback while the block lasts."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not server.started and time.monotonic() < until:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(20)


@contextmanager
def corpus_site(folder: Path, corpus_data: Path, day: date, **given: str) -> Iterator[str]:
    """The address of a server over the bundled corpus on a day, with a database of its own in the folder."""
    for part in ("generations", "cache"):
        (folder / part).symlink_to(corpus_data / part)
    (folder / "CURRENT").write_bytes((corpus_data / "CURRENT").read_bytes())
    settings = Settings(data_dir=folder, **given)  # type: ignore[arg-type]
    with running(create_app(Service(folder, opener(settings)), settings, lambda: day)) as address:
        yield address


def kept(page: Page, name: str) -> None:
    """A picture of the whole page in the folder that `JIWON_SCREENSHOTS` names; none where it names none."""
    if folder := os.environ.get("JIWON_SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()
