"""A real Chroma server of the tests' own: on loopback, over a folder of its own, ended with the tests by its own id."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

RUN = "import sys; from chromadb.cli.cli import app; sys.argv = ['chroma', *sys.argv[1:]]; app()"


@dataclass(slots=True)
class ChromaServer:
    """A server at one address over one folder, which may be stopped and started again."""

    folder: Path
    port: int
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        at = ("--host", "127.0.0.1", "--port", str(self.port))
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [*(sys.executable, "-c", RUN, "run", "--path", self.folder / "data"), *at],
                cwd=self.folder,
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                told = (self.folder / "log").read_text("utf-8")
                assert self._process.poll() is None and time.monotonic() < deadline, told
                time.sleep(0.05)

    def stop(self) -> None:
        """End it; what it stores stays."""
        process, self._process = self._process, None
        if process:
            process.kill()
            process.wait(30)

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Meanwhile it holds its connections, and says nothing."""
        assert self._process
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def chroma_server(folder: Path) -> Iterator[ChromaServer]:
    """A server over a folder."""
    running = ChromaServer(folder, free_port())
    running.start()
    try:
        yield running
    finally:
        running.stop()
