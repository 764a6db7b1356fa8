"""Working: in a process of its own a job flows in; how far it is, and what it came to, flows into the database."""

from __future__ import annotations

import json
import os
import pickle
import signal
import sys
import time
from dataclasses import dataclass, field

from rag.errors import JiwonError
from rag.settings import Settings
from server.clock import now
from server.logs import log, set_up
from server.staff.kinds import KINDS
from server.store.engine import open_database
from server.store.jobs import Job, JobBook, JobState

EVERY_S = 0.5
"""How often is kept how far a job is, at most, in seconds."""
NICE = 10
"""By how much a job stands back for whoever answers."""
BROKEN = "작업이 알 수 없는 까닭으로 끝났습니다({kind}). 다시 시작해 보고, 계속되면 관리자에게 알려 주세요."
CANCELLED = "취소했습니다."
INTERRUPTED = "작업이 끝나기 전에 멈추었습니다. 다시 시작하면 읽어 둔 것부터 이어서 합니다."


@dataclass(frozen=True, slots=True)
class Order:
    """What a process is told at its start: which job to do, with which settings."""

    settings: Settings
    id: str
    log_level: str


class Stopped(BaseException):
    """The job is to end now; nothing on the way takes this for an accident."""


@dataclass(slots=True)
class Reporter:
    """Keeps how far a job is, no oftener than somebody can see; that nothing can be kept now does not end the job."""

    book: JobBook
    id: str
    _step: str = ""
    _kept_at: float = field(default=float("-inf"))

    def tell(self, step: str, done: int, total: int) -> None:
        """So many of so many things of a step are done."""
        is_news = step != self._step or done >= total
        if not is_news and time.monotonic() < self._kept_at + EVERY_S:
            return
        self._step, self._kept_at = step, time.monotonic()
        try:
            self.book.progress(self.id, step, done, total, now())
        except JiwonError as error:
            log().warning("progress_not_kept", job=self.id, reason=str(error))

    def log(self, text: str) -> None:
        """One line for whoever looks closer."""
        try:
            self.book.log(self.id, text, now())
        except JiwonError as error:
            log().warning("line_not_kept", job=self.id, reason=str(error))


def work() -> None:
    """Do the job that stands at the beginning of the standard input."""
    order = pickle.load(sys.stdin.buffer)
    assert isinstance(order, Order)
    set_up(order.log_level)
    database = open_database(order.settings.database_url, order.settings.data_dir)
    book = JobBook(database)
    signal.signal(signal.SIGTERM, _stop)
    os.nice(NICE)
    try:
        do(book, order)
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        database.close()
    # Threads that still read a file for nobody would keep the process.
    os._exit(0)


def do(book: JobBook, order: Order) -> None:
    """Do one job to its end, whatever that is."""
    job = book.found(order.id)
    if job is None or not job.state.is_live:
        return
    book.begin(job.id, now())
    try:
        result = KINDS[job.kind].work(order.settings, json.loads(job.given_json), Reporter(book, job.id))
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        book.end(job.id, JobState.DONE, "", now(), result)
    except Stopped:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        over(book, job.id)
    except JiwonError as error:
        book.end(job.id, JobState.FAILED, str(error), now())
    except Exception as error:  # noqa: BLE001 - whatever broke, whoever waits for the job is told that it is over
        log().exception("job_failed", job=job.id, kind=job.kind)
        book.end(job.id, JobState.FAILED, BROKEN.format(kind=type(error).__name__), now())


def over(book: JobBook, id_: str) -> Job | None:
    """Keep of a job whose process ended early that it was cancelled, where somebody wished so, or else interrupted."""
    job = book.found(id_)
    if job and job.state.is_live:
        ended = (JobState.CANCELLED, CANCELLED) if job.cancelled_by else (JobState.INTERRUPTED, INTERRUPTED)
        book.end(id_, *ended, now())
        return book.found(id_)
    return job


def _stop(*_: object) -> None:
    raise Stopped
