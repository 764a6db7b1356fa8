"""A real PostgreSQL of the tests' own: it listens on a socket in a folder of its own and is ended with the tests."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, NullPool, create_engine, text
from sqlalchemy.exc import OperationalError

PROGRAMS = "/usr/lib/postgresql"
USER = "jiwon"
ABSENT = f"no PostgreSQL is installed in {PROGRAMS}"
OTHERS_CUT_OFF = """
    SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE datname = current_database() AND pid != pg_backend_pid()
"""


@dataclass(slots=True)
class Postgres:
    """A server of the programs in a folder, over a folder of its own, which may be stopped and started again."""

    folder: Path
    programs: Path
    who: dict[str, Any]
    _server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        at = ("-D", "data", "-k", self.folder, "-c", "listen_addresses=", "-c", "fsync=off")
        with (self.folder / "log").open("ab") as log:
            self._server = subprocess.Popen(
                [self.programs / "postgres", *at], cwd=self.folder, stdout=log, stderr=log, **self.who
            )
        _wait(self, self._server)

    def stop(self) -> None:
        """End it at once; what was committed stays."""
        server, self._server = self._server, None
        if server:
            server.send_signal(signal.SIGQUIT)
            server.wait(60)

    def emptied(self) -> str:
        """The address of the database, with nothing in it and nobody connected."""
        engine = create_engine(self.address, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            connection.execute(text(OTHERS_CUT_OFF))
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        return self.address

    @property
    def address(self) -> str:
        """Where the database is."""
        address = URL.create("postgresql+psycopg", USER, database="postgres", query={"host": str(self.folder)})
        return address.render_as_string(hide_password=False)


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A server; the test is skipped where none is installed."""
    found = sorted(Path(PROGRAMS).glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if not found:
        pytest.skip(ABSENT)
    programs = found[-1].parent
    # Nobody but root may enter the folders of tests that root runs, and PostgreSQL does not run as root.
    folder = Path(tempfile.mkdtemp(prefix="jiwon-postgres-"))
    who = _nobody(folder)
    # Texts in the order of Korean, as on the machine of an operator here, and not in that of their bytes.
    made = ("-D", "data", "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync")
    order = ("--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=ko")
    running = Postgres(folder, programs, who)
    try:
        subprocess.run(
            [programs / "initdb", *made, *order], cwd=folder, check=True, capture_output=True, timeout=120, **who
        )
        running.start()
        yield running
    finally:
        running.stop()
        shutil.rmtree(folder)


def _nobody(folder: Path) -> dict[str, Any]:
    """As whom to run, with the folder made over to that user."""
    if os.getuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _wait(running: Postgres, server: subprocess.Popen[bytes]) -> None:
    engine = create_engine(running.address, poolclass=NullPool)
    deadline = time.monotonic() + 60
    while True:
        try:
            engine.connect().close()
            break
        except OperationalError:
            told = (running.folder / "log").read_text("utf-8")
            assert server.poll() is None and time.monotonic() < deadline, told
            time.sleep(0.05)
