"""Isolation: a file flows in; what a child process with limits makes of it, its Reading, flows out."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import threading
from pathlib import Path
from queue import LifoQueue
from types import TracebackType

from ingest.checks.report import ResultCode, refusal
from ingest.files.child import Job, Reply
from ingest.files.making import Words
from ingest.files.reading import Reading
from rag.domain import Document, Source
from rag.errors import LoadError
from rag.settings import INSTALLATION

LONGEST = 30.0
"""Seconds a file may take, and again each page whose letters are recognised."""
TO_UNDERSTAND = 4
"""So many times as long may seeking its programmes take: 300 dense pages on a busy machine."""
CHILDREN = 2
"""Files read at the same time."""
CHILD = "ingest.files.child"


class Isolation:
    """Child processes that read files, each within limits; one that dies or hangs is replaced for the next file.

    Threads may share it: as many as there are children read at the same time, others wait.
    """

    def __init__(self, words: Words, seconds: float = LONGEST, children: int = CHILDREN) -> None:
        self._children = [_Child(pickle.dumps(words), seconds) for _ in range(children)]
        # The one that has just answered first: the other is started, and loads the analyser, where both are needed.
        self._idle: LifoQueue[_Child] = LifoQueue()
        for child in self._children:
            self._idle.put(child)

    def __enter__(self) -> Isolation:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def read(self, path: Path, source: Source, *, listed: bool = True) -> Reading:
        """Read one file. Raises LoadError with a named reason, also where reading took too long or killed the child."""
        return self._ask(Job(source, path.absolute(), listed))

    def understand(self, document: Document) -> Reading:
        """What is made of a document that was read earlier. Raises LoadError likewise."""
        return self._ask(Job(document.source, document=document))

    def _ask(self, job: Job) -> Reading:
        child = self._idle.get()
        try:
            return child.answer(job)
        finally:
            self._idle.put(child)

    def close(self) -> None:
        """End the children."""
        for child in self._children:
            child.end()


class _Child:
    """One process, started when first needed."""

    def __init__(self, words: bytes, seconds: float) -> None:
        self._words = words
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None

    def answer(self, job: Job) -> Reading:
        """What is made of a file; where the process dies over its programmes, what can be found again in it."""
        expired = threading.Event()
        found: Reading | None = None
        is_last = False
        try:
            process = self._living()
            _send(process, pickle.dumps(job))
            while not is_last:
                seconds = self._seconds * (TO_UNDERSTAND if found else 1)
                is_last, answer = self._reply(process, expired, seconds)
                if isinstance(answer, LoadError):
                    raise answer
                found = answer or found
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            self.end()
            if found is None:
                code = ResultCode.TIMED_OUT if expired.is_set() else ResultCode.CORRUPT
                raise refusal(job.source, code, type(error).__name__) from error
        assert found is not None
        return found

    def _reply(self, process: subprocess.Popen[bytes], expired: threading.Event, seconds: float) -> Reply:
        assert process.stdout is not None
        timer = threading.Timer(seconds, _stop, (process, expired))
        timer.start()
        try:
            reply: Reply = pickle.load(process.stdout)
            return reply
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
        _send(self._process, self._words)
        return self._process


def _stop(process: subprocess.Popen[bytes], expired: threading.Event) -> None:
    expired.set()
    _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill the process and every one it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _send(process: subprocess.Popen[bytes], message: bytes) -> None:
    assert process.stdin is not None
    process.stdin.write(message)
    process.stdin.flush()
