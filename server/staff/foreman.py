"""The foreman: what staff want done flows in; one job at a time is done by a process of its own, and looked after.

Whoever does a job holds a directory for as long as its process lives (the system lets go of it, however that ends), so
that any server can tell a job that runs from one whose process died, also after both were killed.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool

from rag.building import writing
from rag.disk import Hold, hold
from rag.errors import IndexBusy, JiwonError
from rag.refusing import told
from rag.settings import INSTALLATION, Settings
from server.clock import now
from server.logs import log
from server.sharing.machine import machine_of
from server.staff.kinds import KINDS
from server.staff.working import Order, over
from server.store.engine import open_database
from server.store.jobs import Job, JobBook, JobState
from server.store.locks import is_there

# Not as a main module, whose classes would be others than ours when they travel.
WORK = "from server.staff.working import work; work()"
FOLDER = "jobs"
GRACE_S = 3.0
"""How long a job may take to end by itself once it is to, in seconds; then its process is ended."""
LOOK_EVERY_S = 0.05
RUNNING = (
    "{person}님이 {since}에 시작한 작업 '{kind}'({id})이(가) 아직 끝나지 않았습니다. 끝난 뒤에 다시 하거나 그 작업을 "
    "취소해 주세요."
)
BUSY = "지금 터미널에서 색인을 만들고 있습니다. 그 작업이 끝난 뒤에 다시 해 주세요."
NOT_STARTED = "작업을 시작하지 못했습니다({error}). 서버의 메모리와 디스크를 확인해 주세요."
ELSEWHERE = "다른 서버에서 하는 작업입니다. 그 서버에서 취소하거나 끝날 때까지 기다려 주세요."
OVER = "이미 끝난 작업입니다({state})."


class JobRefused(JiwonError):
    """Something that is asked of a job cannot be done now; the sentence says why."""


@dataclass(slots=True)
class Foreman:
    """Starts jobs over one data directory, ends them, and keeps what becomes of them."""

    settings: Settings
    book: JobBook
    _ours: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    _starting: threading.Lock = field(default_factory=threading.Lock)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """The foreman for as long as the server runs: what a server before has left is looked at first."""
        with contextlib.suppress(JiwonError):
            await run_in_threadpool(self.settle)
        try:
            yield
        finally:
            await run_in_threadpool(self.close)

    def start(self, kind: str, given: Mapping[str, object], person: str) -> Job:
        """Begin a job in a process of its own.

        Raises JobRefused where another runs or a sync does, StoreUnavailable, StorageUnavailable.
        """
        with self._starting, told(self.settings.data_dir):
            alone = self._soon_alone()
            with contextlib.closing(alone):
                self._bury()
                try:
                    with writing(self.settings.data_dir, self.settings.chroma_url):
                        pass
                except IndexBusy as error:
                    raise JobRefused(BUSY) from error
                job = self.book.add(kind, given, person, now(), self._machine())
                if job is None:
                    raise JobRefused(said_of(self.book.live()))
                self._hire(job, alone)
        return self.book.found(job.id) or job

    def settle(self) -> None:
        """Keep of a job whose process is gone that it was interrupted. Raises StoreUnavailable."""
        if self.book.live() is None:
            return
        with self._starting:
            alone = self._hold()
            if alone is not None:
                with contextlib.closing(alone):
                    self._bury()

    def found(self, id_: str) -> Job | None:
        """One job as it stands now; None where there is none of this id. Raises StoreUnavailable."""
        job = self.book.found(id_)
        if job and job.state.is_live:
            self.settle()
            return self.book.found(id_)
        return job

    def cancel(self, id_: str, person: str) -> Job | None:
        """End a job within seconds; what it came to, None where there is none of this id.

        Raises JobRefused where it is over, StoreUnavailable.
        """
        job = self.found(id_)
        if job is None:
            return None
        if not job.state.is_live:
            raise JobRefused(OVER.format(state=job.state))
        if self._is_done_elsewhere(job):
            raise JobRefused(ELSEWHERE)
        self.book.wish_over(id_, person)
        self._end(job)
        return over(self.book, id_)

    def close(self) -> None:
        """End what this foreman has started; it can be started again. Nobody asks afterwards."""
        left = list(self._ours.values())
        for process in left:
            process.terminate()
        deadline = time.monotonic() + GRACE_S
        for process in left:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, deadline - time.monotonic()))
            process.kill()
            process.wait()
        with contextlib.suppress(JiwonError):
            self.settle()

    def _hold(self) -> Hold | None:
        """The directory that a job holds; None while one does."""
        folder = self.settings.data_dir / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        return hold(folder, alone=True)

    def _soon_alone(self) -> Hold:
        """The directory that a job holds, also where the process of one that is over is just leaving.

        Raises JobRefused while a job is done.
        """
        deadline = time.monotonic() + GRACE_S
        while (alone := self._hold()) is None:
            left = self.book.live()
            if left or time.monotonic() >= deadline:
                raise JobRefused(said_of(left))
            time.sleep(LOOK_EVERY_S)
        return alone

    def _bury(self) -> None:
        """Nobody does a job now: one that is not over has no process any more."""
        left = self.book.live()
        if left and not self._is_done_elsewhere(left):
            over(self.book, left.id)

    def _machine(self) -> str:
        return machine_of(self.settings.data_dir) if self.settings.shares else ""

    def _is_done_elsewhere(self, job: Job) -> bool:
        """Whether another machine, which is there, does it."""
        return job.machine not in ("", self._machine()) and is_there(self.book.database, job.machine)

    def _hire(self, job: Job, alone: Hold) -> None:
        order = pickle.dumps(Order(self.settings, job.id, self.settings.log_level))
        known = os.pathsep.join([str(INSTALLATION), *filter(None, [os.environ.get("PYTHONPATH")])])
        try:
            process = subprocess.Popen(
                [sys.executable, "-P", "-c", WORK],  # the code of this installation, whatever the folder at hand holds
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                pass_fds=(alone.fileno(),),
                start_new_session=True,  # whoever stops the server by its terminal leaves the rest to `close`
                env={**os.environ, "PYTHONPATH": known},
            )
        except OSError as error:
            self.book.end(job.id, JobState.FAILED, NOT_STARTED.format(error=error.strerror), now())
            raise JobRefused(NOT_STARTED.format(error=error.strerror)) from error
        self._ours[job.id] = process
        self.book.has_process(job.id, process.pid)
        assert process.stdin is not None
        with contextlib.suppress(BrokenPipeError), process.stdin:
            process.stdin.write(order)
        threading.Thread(target=self._watch, args=(job.id, process), daemon=True, name=f"job-{job.id}").start()

    def _watch(self, id_: str, process: subprocess.Popen[bytes]) -> None:
        """Wait for a process of ours, so that nothing is left of it, and keep how it ended where it could not."""
        process.wait()
        self._ours.pop(id_, None)
        try:
            over(self.book, id_)
        except JiwonError as error:
            log().warning("job_end_not_kept", job=id_, reason=str(error))

    def _end(self, job: Job) -> None:
        """Have its process end, in time by itself; what a killed one left half is removed."""
        if job.pid is None or not self._is_held(0):
            return
        _signal(job.pid, signal.SIGTERM)
        if self._is_held(GRACE_S):
            _signal(job.pid, signal.SIGKILL)
            self._is_held(GRACE_S)
        with contextlib.suppress(JiwonError), writing(self.settings.data_dir, self.settings.chroma_url):
            pass

    def _is_held(self, seconds: float) -> bool:
        """Whether somebody does a job, still after so many seconds."""
        deadline = time.monotonic() + seconds
        while True:
            with self._starting:  # to look is to hold it for a moment, which nobody shall take for a job
                alone = self._hold()
                if alone is not None:
                    alone.close()
                    return False
            if time.monotonic() >= deadline:
                return True
            time.sleep(LOOK_EVERY_S)


def said_of(job: Job | None) -> str:
    """Who does what since when, for whoever comes second."""
    if job is None:
        return BUSY
    name = KINDS[job.kind].name if job.kind in KINDS else job.kind
    since = (job.started_at or job.asked_at)[:16].replace("T", " ")
    return RUNNING.format(person=job.person, since=since, kind=name, id=job.id)


@contextmanager
def naming_who_works(settings: Settings) -> Iterator[None]:
    """Whoever is refused because a job runs is told which. Raises IndexBusy."""
    try:
        yield
    except IndexBusy as error:
        try:
            job = _running(settings)
        except JiwonError:
            job = None
        raise (IndexBusy(said_of(job)) if job else error) from None


def _running(settings: Settings) -> Job | None:
    database = open_database(settings.database_url, settings.data_dir)
    try:
        return JobBook(database).live()
    finally:
        database.close()


def _signal(pid: int, number: int) -> None:
    """Tell a process, and at the last those that it started beside it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if number == signal.SIGKILL:
            os.killpg(pid, number)
        else:
            os.kill(pid, number)
