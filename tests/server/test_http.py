"""The server as a process: it listens where it is told, answers over HTTP, and stops when asked."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]


@contextmanager
def serving(data_dir: Path, **settings: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`jiwon serve` on a free port, once it answers."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-c", "from server.cli import main; main()", "serve"],
        cwd=ROOT,
        env={**os.environ, "JIWON_DATA_DIR": str(data_dir), "JIWON_PORT": str(port), **settings},
        stderr=subprocess.PIPE,
        text=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + 90
        while process.poll() is None and time.monotonic() < until:
            try:
                httpx2.get(f"{address}/healthz", timeout=5)
                break
            except httpx2.TransportError:
                time.sleep(0.1)
        yield process, address
    finally:
        process.kill()
        process.wait(20)


def test_it_serves_logs_and_stops_cleanly_even_without_an_index(tmp_path: Path) -> None:
    with serving(tmp_path) as (process, address):
        assert httpx2.get(f"{address}/healthz", timeout=20).json() == {"status": "ok"}
        assert httpx2.get(f"{address}/readyz", timeout=20).status_code == 503
        assert "<html" in httpx2.get(address, timeout=20).text.lower()
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=60)
    lines = said.splitlines()
    assert address in lines[0]
    assert "Traceback" not in said
    events = [json.loads(line) for line in lines if line.startswith("{")]
    assert {"/healthz", "/readyz", "/"} <= {event["route"] for event in events if event["event"] == "request"}


def test_the_routes_of_staff_open_to_the_key_of_the_operator_alone_and_the_log_never_shows_it(tmp_path: Path) -> None:
    key = "k3y-of-the-staff-office"
    with serving(tmp_path, JIWON_ADMIN_KEY=key) as (process, address):
        shelf = f"{address}/v1/corpus/generations"
        assert httpx2.get(shelf, timeout=20).status_code == 401
        assert httpx2.get(shelf, headers={"X-API-Key": f"{key}x"}, timeout=20).status_code == 401
        opened = httpx2.get(shelf, headers={"X-API-Key": key}, timeout=20)
        assert (opened.status_code, opened.json()) == (200, [])
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=60)
    assert "/v1/corpus/generations" in said
    assert key not in said


def test_without_a_key_set_the_routes_of_staff_stay_shut(tmp_path: Path) -> None:
    with serving(tmp_path) as (_, address):
        refused = httpx2.get(f"{address}/v1/corpus/review", headers={"X-API-Key": ""}, timeout=20)
    assert refused.status_code == 403
    assert "JIWON_ADMIN_KEY" in refused.json()["detail"]
