"""The keeper: a process in which a generation is opened once; workers that answer from it are forked from it.

A worker costs a fork and what it changes, not a second opening nor a second copy in memory, so that one which is
ended can be replaced at once. What does not survive a fork, the store of vectors, each worker opens for itself.
"""

from __future__ import annotations

import contextlib
import gc
import os
import selectors
import signal
import socket
import struct
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rag.domain import Generation
from rag.errors import JiwonError
from server.desks.desks import NOT_OPENED, Forked
from server.desks.frames import put, take
from server.logs import log, set_up

ORDER = struct.Struct(">cI")
"""What a keeper is told: `HIRE`, with one end of a socket pair, to fork a worker at it, or `FIRE` and a pid."""
HIRE, FIRE = b"h", b"f"

NICE = 5
"""By how much workers stand back for the process that listens, which must answer within moments whatever they do."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a keeper says once it can hire."""

    record: Generation


@dataclass(frozen=True, slots=True)
class Refused:
    """What it says, in a sentence, where nothing could be opened."""

    reason: str


@dataclass(frozen=True, slots=True)
class Hired:
    """What a worker says of itself once it can work."""

    pid: int


@dataclass(frozen=True, slots=True)
class Failed:
    """What work ended with instead of a result."""

    error: Exception


def keep(descriptor: int) -> None:
    """Open what the first frame at a socket says how to, then hire and fire until its other end is closed."""
    end = socket.socket(fileno=descriptor)
    # Whoever stops the server signals all of its processes; these end when the one that listens has no use for them.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    opening, log_level = _first(end)
    set_up(log_level)
    try:
        desk = opening()
    except JiwonError as error:
        put(end, Refused(str(error)))
        return
    except Exception:  # noqa: BLE001 - whatever is wrong with a generation must not take the server down
        log().exception("generation_not_opened")
        put(end, Refused(NOT_OPENED))
        return
    # What is shared must not be written to: the collector marks what it visits.
    gc.collect()
    gc.freeze()
    put(end, Opened(desk.record))
    _Staff(end, desk).serve()


def _first(end: socket.socket) -> tuple[Callable[[], Forked], str]:
    first = take(end)
    assert isinstance(first, tuple)
    opening, log_level = first
    return opening, str(log_level)


class _Staff:
    """The workers of one keeper."""

    def __init__(self, end: socket.socket, desk: Forked) -> None:
        self._end, self._desk = end, desk
        self._pids: set[int] = set()

    def serve(self) -> None:
        with selectors.DefaultSelector() as waiting:
            waiting.register(self._end, selectors.EVENT_READ)
            while True:
                waiting.select(timeout=1.0)
                self._bury()
                if waiting.select(timeout=0) and not self._obeyed():
                    break
        for pid in self._pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def _obeyed(self) -> bool:
        """Do one thing that was asked for; False where nobody will ask any more."""
        try:
            order, ends, _, _ = socket.recv_fds(self._end, ORDER.size, 1)
        except ConnectionError:
            return False
        if len(order) != ORDER.size:
            return False
        word, pid = ORDER.unpack(order)
        if word == HIRE:
            self._hire(ends[0])
        elif word == FIRE and pid in self._pids:
            os.kill(pid, signal.SIGKILL)
        return True

    def _hire(self, end: int) -> None:
        pid = os.fork()
        if pid == 0:
            self._end.close()
            _work_and_leave(socket.socket(fileno=end), self._desk)
        os.close(end)
        self._pids.add(pid)

    def _bury(self) -> None:
        """Take note of who ended; until then nobody else can have its number, so that no stranger is ended."""
        for pid in list(self._pids):
            with contextlib.suppress(ChildProcessError):
                if os.waitpid(pid, os.WNOHANG) == (0, 0):
                    continue
            self._pids.discard(pid)


def _work_and_leave(end: socket.socket, desk: Forked) -> None:
    """The life of a worker."""
    try:
        os.nice(NICE)
        try:
            desk.open_vectors()
        except JiwonError as error:
            put(end, Failed(error))
            return
        put(end, Hired(os.getpid()))
        for work, given, named in _asked(end):
            put(end, _outcome(desk, work, given, named))
    except (EOFError, OSError):
        pass
    except BaseException:  # noqa: BLE001 - nothing of the keeper may run on in a worker
        traceback.print_exc()
    finally:
        os._exit(0)


def _asked(end: socket.socket) -> Iterator[tuple[Callable[..., object], tuple[object, ...], dict[str, object]]]:
    while True:
        asked = take(end)
        assert isinstance(asked, tuple)
        yield asked


def _outcome(desk: Forked, work: Callable[..., object], given: tuple[object, ...], named: dict[str, object]) -> object:
    try:
        return work(desk, *given, **named)
    except JiwonError as error:
        return Failed(error)
    except Exception as error:  # noqa: BLE001 - whatever broke, the worker goes on and whoever asked is told
        # The words of an error may be about a company: where it broke is enough.
        at = [f"{Path(step.filename).name}:{step.lineno}" for step in traceback.extract_tb(error.__traceback__)]
        log().error("work_failed", work=getattr(work, "__name__", "?"), error=type(error).__name__, at=at)
        return Failed(WorkFailed(type(error).__name__))


class WorkFailed(Exception):
    """Work broke in a way that nobody foresaw; names the kind of error, whose words stay in the log of the worker."""
