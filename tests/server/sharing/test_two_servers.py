"""What only one server may do at a time: jobs of staff, and collecting at set times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from rag.settings import Settings
from server.clock import now
from server.sharing.machine import machine_of
from server.staff import scheduled
from server.staff.foreman import Foreman, JobRefused
from server.store.engine import Database, open_database
from server.store.jobs import JobBook, JobState
from server.store.locks import SCHEDULING, ServerLock, present
from tests.server.postgres import Postgres


@pytest.fixture
def database(here: Settings) -> Iterator[Database]:
    with closing(open_database(here.database_url, here.data_dir)) as opened:
        yield opened


def test_a_machine_keeps_its_word_and_another_has_another(here: Settings, there: Settings) -> None:
    assert machine_of(here.data_dir) == machine_of(here.data_dir) != machine_of(there.data_dir)


def test_a_job_of_a_server_that_is_there_is_left_alone_by_the_other(
    here: Settings, there: Settings, database: Database
) -> None:
    book = JobBook(database)
    ours, theirs = Foreman(here, book), Foreman(there, book)
    server = present(database, machine_of(here.data_dir))
    assert server.take()
    job = book.add("refresh", {}, "시험 담당", now(), machine_of(here.data_dir))
    assert job
    theirs.settle()
    live = book.live()
    assert live and live.id == job.id
    with pytest.raises(JobRefused, match="시험 담당"):
        theirs.start("refresh", {}, "다른 담당")
    with pytest.raises(JobRefused, match="다른 서버에서"):
        theirs.cancel(job.id, "다른 담당")
    live = book.live()
    assert live and live.cancelled_by is None
    ours.settle()  # no process of its machine does it
    found = book.found(job.id)
    assert found and found.state is JobState.INTERRUPTED
    server.close()


def test_a_job_of_a_server_that_is_gone_is_known_for_dead_by_the_other(
    here: Settings, there: Settings, database: Database
) -> None:
    book = JobBook(database)
    job = book.add("refresh", {}, "시험 담당", now(), machine_of(here.data_dir))
    assert job
    Foreman(there, book).settle()
    found = book.found(job.id)
    assert found and found.state is JobState.INTERRUPTED


def test_one_server_collects_until_it_is_gone(here: Settings, postgres_server: Postgres, tmp_path: Path) -> None:
    ran: dict[str, list[Sequence[str]]] = {"one": [], "two": []}

    def run_of(name: str) -> scheduled.Run:
        def run(command: Sequence[str]) -> tuple[int, str]:
            ran[name].append(command)
            return 0, ""

        return run

    databases = [open_database(here.database_url, here.data_dir) for _ in range(2)]
    locks = [ServerLock(one, SCHEDULING) for one in databases]
    settings = Settings(data_dir=tmp_path, corpus_dir=tmp_path)
    for _ in range(2):
        for name, lock in zip(ran, locks, strict=True):
            scheduled.collect_all(settings, run_of(name), lock)
    assert ran == {"one": [scheduled.STAGE] * 2, "two": []}
    databases[0].close()
    locks[0].close()
    scheduled.collect_all(settings, run_of("two"), locks[1])
    assert ran["two"] == [scheduled.STAGE]
    locks[1].close()
    databases[1].close()


def test_while_nobody_can_tell_who_collects_nobody_does(
    here: Settings, postgres_server: Postgres, tmp_path: Path
) -> None:
    ran: list[Sequence[str]] = []

    def run(command: Sequence[str]) -> tuple[int, str]:
        ran.append(command)
        return 0, ""

    settings = Settings(data_dir=tmp_path, corpus_dir=tmp_path)
    with closing(open_database(here.database_url, here.data_dir)) as database:
        lock = ServerLock(database, SCHEDULING)
        scheduled.collect_all(settings, run, lock)
        postgres_server.stop()
        try:
            scheduled.collect_all(settings, run, lock)
            assert len(ran) == 1
        finally:
            postgres_server.start()
        scheduled.collect_all(settings, run, lock)
        assert len(ran) == 2
        lock.close()
