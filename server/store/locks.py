"""Locks: a number flows in; on PostgreSQL one of all servers has it, until it lets go, or it or its connection dies."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from zlib import crc32

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from rag.errors import StoreUnavailable
from server.store.engine import BROKEN, Database

WRITING, SCHEDULING, PRESENT = 5_407_714, 5_407_715, 5_407_716
"""Who changes what is served; who collects at set times; that a machine is there (with a number of its own)."""


@dataclass(slots=True)
class ServerLock:
    """A lock of the whole database. A file is of one machine, whose own locks do: there everybody has it.

    `beside` others who have it so; safe to share between threads.
    """

    database: Database
    number: int
    own: int = 0
    beside: bool = False
    _session: Connection | None = None
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def take(self) -> bool:
        """Whether it is had, from before or from now on. Raises StoreUnavailable."""
        with self._guard:
            try:
                if self._session is not None:
                    try:
                        self._session.execute(text("SELECT 1"))
                        return True
                    except SQLAlchemyError:
                        self._let_go()
                session = self.database.session()
                if session is None:
                    return True
                kind = "_shared" if self.beside else ""
                numbers = {"number": self.number, "own": self.own}
                if session.scalar(text(f"SELECT pg_try_advisory_lock{kind}(:number, :own)"), numbers):
                    self._session = session
                    return True
                session.close()
            except SQLAlchemyError:
                raise StoreUnavailable(BROKEN) from None
            return False

    def close(self) -> None:
        """Let go of it."""
        with self._guard:
            self._let_go()

    def _let_go(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            try:
                session.close()
            except SQLAlchemyError:
                session.invalidate()


def present(database: Database, machine: str) -> ServerLock:
    """What a server has for as long as it is there; several of one machine have it beside one another."""
    return ServerLock(database, PRESENT, _number(machine), beside=True)


def is_there(database: Database, machine: str) -> bool:
    """Whether a server of a machine is there. Raises StoreUnavailable."""
    alone = ServerLock(database, PRESENT, _number(machine))
    try:
        return not alone.take()
    finally:
        alone.close()


def _number(machine: str) -> int:
    return crc32(machine.encode()) - 2**31
