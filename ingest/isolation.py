"""Isolation: the path of a file flows in, its Document, read by a child process with limits, flows out."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import threading
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType

from ingest.report import ResultCode, refusal
from rag.domain import Document, Source
from rag.errors import LoadError
from rag.settings import INSTALLATION

LONGEST = 30.0
"""Seconds a file may take, and again each page whose letters are recognised."""
CHILDREN = 2
"""Files read at the same time."""
CHILD = "ingest.loaders.child"


class Isolation:
    """Child processes that read files, each within limits; one that dies or hangs is replaced for the next file.

    Threads may share it: as many as there are children read at the same time, others wait.
    """

    def __init__(self, seconds: float = LONGEST, children: int = CHILDREN) -> None:
        self._children = [_Child(seconds) for _ in range(children)]
        self._idle: SimpleQueue[_Child] = SimpleQueue()
        for child in self._children:
            self._idle.put(child)

    def __enter__(self) -> Isolation:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def load(self, path: Path, source: Source) -> Document:
        """Read one file. Raises LoadError with a named reason, also where reading took too long or killed the child."""
        child = self._idle.get()
        try:
            return child.load(path, source)
        finally:
            self._idle.put(child)

    def close(self) -> None:
        """End the children."""
        for child in self._children:
            child.end()


class _Child:
    """One process, started when first needed."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None

    def load(self, path: Path, source: Source) -> Document:
        process = self._living()
        expired = threading.Event()
        try:
            _ask(process, path.absolute(), source)
            while (answer := self._answer(process, expired)) is None:
                pass  # it has come to the next page of a scan
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            self.end()
            code = ResultCode.TIMED_OUT if expired.is_set() else ResultCode.CORRUPT
            raise refusal(source, code, type(error).__name__) from error
        if isinstance(answer, LoadError):
            raise answer
        return answer

    def _answer(self, process: subprocess.Popen[bytes], expired: threading.Event) -> Document | LoadError | None:
        assert process.stdout is not None
        timer = threading.Timer(self._seconds, _stop, (process, expired))
        timer.start()
        try:
            answer: Document | LoadError | None = pickle.load(process.stdout)
            return answer
        finally:
            timer.cancel()

    def end(self) -> None:
        """Kill the process; the next file gets a new one."""
        if self._process is None:
            return
        _kill(self._process)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        self._process.wait()
        self._process = None

    def _living(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.end()
        known = os.pathsep.join([str(INSTALLATION), *filter(None, [os.environ.get("PYTHONPATH")])])
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", CHILD],  # the code of this installation, whatever the folder at hand holds
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            process_group=0,  # what it started itself ends with it
            # Each thread of a parser would reserve address space of its own, which the limit counts.
            env={**os.environ, "PYTHONPATH": known, "MALLOC_ARENA_MAX": "2", "OPENBLAS_NUM_THREADS": "1"},
        )
        return self._process


def _stop(process: subprocess.Popen[bytes], expired: threading.Event) -> None:
    expired.set()
    _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill the process and every one it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _ask(process: subprocess.Popen[bytes], path: Path, source: Source) -> None:
    assert process.stdin is not None
    pickle.dump((path, source), process.stdin)
    process.stdin.flush()
