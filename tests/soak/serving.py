"""A server as people start it: the command in a process of its own on loopback, ended by its own id."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx2

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-c", "from server.cli import main; main()")


@dataclass(frozen=True, slots=True)
class Running:
    """A server under way; `log` is what it wrote."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def memory(self) -> int:
        """What it and its workers hold together, in bytes: pages that they share count once."""
        return sum(_proportional(pid) for pid in family(self.process.pid))


def family(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in task.read_text("utf-8").split():
                found += family(int(child))
    return found


def _proportional(pid: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text("utf-8").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


@contextmanager
def serving(
    data_dir: Path, *, workers: int = 2, settings: Mapping[str, str] | None = None, is_ready: bool = True
) -> Iterator[Running]:
    """A server over the data, ready to answer unless it need not be; ended afterwards, with all of its processes."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = {"DATA_DIR": str(data_dir), "PORT": str(port), **(settings or {})}
    log = Path(tempfile.gettempdir()) / f"jiwon-soak-{port}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*COMMAND, "serve", "--workers", str(workers)],
            cwd=ROOT,
            env={**os.environ, **{f"JIWON_{name}": value for name, value in given.items()}},
            stdout=out,
            stderr=out,
        )
    running = Running(f"http://127.0.0.1:{port}", process, log)
    try:
        if is_ready:
            wait_until_ready(running)
        yield running
    finally:
        below = family(process.pid)
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(30)
        deadline = time.monotonic() + 20
        while any(map(_runs, below)) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not any(map(_runs, below))


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def wait_until_ready(running: Running) -> None:
    """Wait until a probe question is answered."""
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        assert running.process.poll() is None, running.log.read_text("utf-8")
        with suppress(httpx2.HTTPError):
            if httpx2.get(f"{running.url}/readyz", timeout=30, trust_env=False).status_code == 200:
                return
        time.sleep(0.2)
    raise AssertionError(running.log.read_text("utf-8"))
