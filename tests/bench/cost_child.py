"""A process of the cost benchmark: the name of a peer flows in, what indexing, opening and asking cost it flows out.

Run as a program, one for each peer. It reads commands as JSON lines and answers each with one; so the parent can ask
all of them in turn, and what else runs on the machine disturbs all alike.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from rag.embedders import open_embedder
from rag.ports import Embedder
from tests.bench.known import KEPT, Drawn, Known
from tests.bench.peers import Search, peer

DRAWN = "drawn"
SHOWN = 10
FIRST = 20
"""Texts that are indexed before the clock starts, so that everything is imported and loaded."""


def embedder_of(kind: str) -> Embedder:
    """That of passages: drawn ones, or known ones of e5."""
    return Drawn() if kind == DRAWN else Known(open_embedder(kind, KEPT / kind))


def peak() -> int:
    """The most memory this process has had at once, in bytes."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) * 1024


def index(name: str, folder: Path, kind: str, texts: Path) -> dict[str, Any]:
    """Seconds of the clock and of processors that writing the index takes once everything is loaded, and memory."""
    read: dict[str, str] = json.loads(texts.read_text("utf-8"))
    embedder = embedder_of(kind)
    embedder.embed_documents(list(read.values())[:1])
    one = peer(name)
    with tempfile.TemporaryDirectory() as first:
        one.index(dict(list(read.items())[:FIRST]), Path(first), embedder)
    started, spent = time.perf_counter(), time.process_time()
    one.index(read, folder, embedder)
    return {"wall": time.perf_counter() - started, "cpu": time.process_time() - spent, "peak": peak()}


class Asked:
    """A peer that is open, with the questions it is asked."""

    def __init__(self, name: str, folder: Path, kind: str, questions: Path) -> None:
        self._asked: list[str] = json.loads(questions.read_text("utf-8"))
        embedder = embedder_of(kind)
        if isinstance(embedder, Known):
            embedder.know(self._asked)
        started, spent = time.perf_counter(), time.process_time()
        self._search: Search = peer(name).opened(folder, embedder)
        self._search(self._asked[-1], SHOWN)
        self.opening = {"wall": time.perf_counter() - started, "cpu": time.process_time() - spent, "peak": peak()}

    def times(self, first: int, count: int) -> dict[str, Any]:
        """Seconds of the clock of so many questions, one after the other."""
        return {"times": [_timed(self._search, self._at(at)) for at in range(first, first + count)], "peak": peak()}

    def load(self, clients: int, seconds: float) -> dict[str, Any]:
        """Questions answered a second by so many threads that ask for so long, and how many failed."""
        end = time.perf_counter() + seconds

        def ask(client: int) -> tuple[int, int]:
            answered = failed = 0
            while time.perf_counter() < end:
                try:
                    found = self._search(self._at(client + answered + failed), SHOWN)
                except Exception:  # noqa: BLE001 - whatever a library raises under load is a failed question
                    found = ()
                answered, failed = answered + bool(found), failed + (not found)
            return answered, failed

        with ThreadPoolExecutor(clients) as threads:
            started = time.perf_counter()
            counts = list(threads.map(ask, range(clients)))
            answered, failed = (sum(column) for column in zip(*counts, strict=True))
            return {"rate": answered / (time.perf_counter() - started), "failed": failed, "peak": peak()}

    def _at(self, at: int) -> str:
        return self._asked[at % len(self._asked)]


def _timed(search: Search, question: str) -> float:
    started = time.perf_counter()
    search(question, SHOWN)
    return time.perf_counter() - started


def cold(name: str, folder: Path, kind: str, question: str) -> dict[str, Any]:
    """One question asked of an index that has just been opened, with the embedder's model loaded for it."""
    embedder: Embedder = Drawn() if kind == DRAWN else open_embedder(kind, KEPT / kind)
    peer(name).opened(folder, embedder)(question, SHOWN)
    return {"peak": peak()}


def main() -> None:
    """The command is argv[1]; only `ask` goes on reading."""
    command, *rest = sys.argv[1:]
    say: Callable[[object], None] = lambda told: print(json.dumps(told), flush=True)  # noqa: E731
    if command == "index":
        say(index(rest[0], Path(rest[1]), rest[2], Path(rest[3])))
    elif command == "cold":
        say(cold(rest[0], Path(rest[1]), rest[2], rest[3]))
    else:
        asked = Asked(rest[0], Path(rest[1]), rest[2], Path(rest[3]))
        say(asked.opening)
        for line in sys.stdin:
            told = json.loads(line)
            say(asked.load(**told["load"]) if "load" in told else asked.times(**told["times"]))


if __name__ == "__main__":
    main()
