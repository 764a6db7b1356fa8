"""Jobs: what becomes of work that staff started flows in; how each stands, and what happened in it, flows out."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

from sqlalchemy import Connection, RowMapping, Update, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from server.store.engine import Database
from server.store.tables import JOB_EVENTS, JOBS

SLOT = "corpus"
"""What only one job at a time may have: the corpus folder and its generations."""


class JobState(StrEnum):
    """How a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"

    @property
    def is_live(self) -> bool:
        """Whether it is not over yet."""
        return self in LIVE


LIVE = (JobState.WAITING, JobState.RUNNING)


class EventKind(StrEnum):
    """What an event of a job tells: how far it is, a line of its log, or that it is over."""

    PROGRESS = "progress"
    LOG = "log"
    END = "end"


@dataclass(frozen=True, slots=True)
class Job:
    """One job; `given_json` is what it was told, `result_json` what it came to, `pid` the process that
    does it on a `machine`, which has no name where there is but one.

    `done` of `total` things of the `step` are done; moments are ISO 8601 in Korea.
    """

    id: str
    kind: str
    state: JobState
    slot: str | None
    given_json: str
    person: str
    asked_at: str
    started_at: str | None
    ended_at: str | None
    pid: int | None
    step: str
    done: int
    total: int
    machine: str
    cancelled_by: str | None
    message: str
    result_json: str | None


@dataclass(frozen=True, slots=True)
class JobEvent:
    """One thing that happened in a job; ids grow with time."""

    id: int
    at: str
    kind: EventKind
    told: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class JobBook:
    """The jobs in one database. Methods raise StoreUnavailable."""

    database: Database

    def add(self, kind: str, given: Mapping[str, object], person: str, moment: str, machine: str = "") -> Job | None:
        """A new job that waits, to be done on a machine; None where another is not over."""
        id_ = uuid.uuid4().hex
        empty = {"step": "", "done": 0, "total": 0, "message": ""}
        try:
            with self.database.writing() as connection:
                connection.execute(
                    insert(JOBS).values(
                        id=id_,
                        kind=kind,
                        state=JobState.WAITING,
                        slot=SLOT,
                        given_json=json.dumps(given, ensure_ascii=False),
                        person=person,
                        asked_at=moment,
                        machine=machine,
                        **empty,
                    )
                )
                return _found(connection, id_)
        except IntegrityError:
            return None

    def found(self, id_: str) -> Job | None:
        """One job; None where there is none of this id."""
        with self.database.reading() as connection:
            return _found(connection, id_)

    def live(self) -> Job | None:
        """The one that is not over; None where all are."""
        with self.database.reading() as connection:
            row = connection.execute(select(JOBS).where(JOBS.c.slot == SLOT)).mappings().first()
            return _job(row) if row else None

    def page(self, page: int, per_page: int) -> tuple[tuple[Job, ...], int]:
        """A page of them, newest first, and how many there are."""
        with self.database.reading() as connection:
            total = connection.execute(select(func.count()).select_from(JOBS)).scalar_one()
            newest = select(JOBS).order_by(JOBS.c.asked_at.desc(), JOBS.c.id).offset((page - 1) * per_page)
            rows = connection.execute(newest.limit(per_page)).mappings()
            return tuple(map(_job, rows)), total

    def has_process(self, id_: str, pid: int) -> None:
        """Keep which process does it."""
        self._set(id_, pid=pid)

    def begin(self, id_: str, moment: str) -> None:
        """It runs."""
        self._set(id_, state=JobState.RUNNING, started_at=moment)

    def wish_over(self, id_: str, person: str) -> None:
        """Keep who wants it to end."""
        self._set(id_, cancelled_by=person)

    def progress(self, id_: str, step: str, done: int, total: int, moment: str) -> None:
        """Keep how far it is."""
        with self.database.writing() as connection:
            reached = {"step": step[:100], "done": done, "total": total}
            connection.execute(_live(id_).values(**reached))
            _note(connection, id_, moment, EventKind.PROGRESS, reached)

    def log(self, id_: str, text: str, moment: str) -> None:
        """Keep a line of its log."""
        with self.database.writing() as connection:
            _note(connection, id_, moment, EventKind.LOG, {"text": text})

    def end(
        self, id_: str, state: JobState, message: str, moment: str, result: Mapping[str, object] | None = None
    ) -> bool:
        """It is over; False where it was before."""
        with self.database.writing() as connection:
            told = json.dumps(result, ensure_ascii=False) if result is not None else None
            over = {"state": state, "slot": None, "ended_at": moment, "message": message, "result_json": told}
            if not connection.execute(_live(id_).values(**over)).rowcount:
                return False
            _note(connection, id_, moment, EventKind.END, {"state": state, "message": message})
            return True

    def events(self, id_: str, after: int = 0, most: int = 500) -> tuple[JobEvent, ...]:
        """What happened in it after an event, in order, as many as one may take at once."""
        with self.database.reading() as connection:
            which = (JOB_EVENTS.c.job == id_) & (JOB_EVENTS.c.id > after)
            rows = connection.execute(select(JOB_EVENTS).where(which).order_by(JOB_EVENTS.c.id).limit(most))
            return tuple(JobEvent(row.id, row.at, EventKind(row.kind), json.loads(row.told_json)) for row in rows)

    def logged(self, id_: str, most: int) -> tuple[JobEvent, ...]:
        """The last lines of its log, in order."""
        with self.database.reading() as connection:
            which = (JOB_EVENTS.c.job == id_) & (JOB_EVENTS.c.kind == EventKind.LOG)
            rows = connection.execute(select(JOB_EVENTS).where(which).order_by(JOB_EVENTS.c.id.desc()).limit(most))
            found = [JobEvent(row.id, row.at, EventKind(row.kind), json.loads(row.told_json)) for row in rows]
            return tuple(reversed(found))

    def forget(self, before: str) -> None:
        """Remove those that ended before a moment, with what happened in them."""
        with self.database.writing() as connection:
            connection.execute(delete(JOBS).where(JOBS.c.ended_at < before))

    def _set(self, id_: str, **values: object) -> None:
        with self.database.writing() as connection:
            connection.execute(_live(id_).values(**values))


def _live(id_: str) -> Update:
    return update(JOBS).where(JOBS.c.id == id_, JOBS.c.slot.is_not(None))


def _found(connection: Connection, id_: str) -> Job | None:
    row = connection.execute(select(JOBS).where(JOBS.c.id == id_)).mappings().first()
    return _job(row) if row else None


def _job(row: RowMapping) -> Job:
    values = {field.name: row[field.name] for field in fields(Job)}
    return Job(**{**values, "state": JobState(row["state"])})


def _note(connection: Connection, id_: str, moment: str, kind: EventKind, told: Mapping[str, object]) -> None:
    text = json.dumps(told, ensure_ascii=False)
    connection.execute(insert(JOB_EVENTS).values(job=id_, at=moment, kind=kind, told_json=text))
