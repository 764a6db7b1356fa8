"""The engine: the address of a database flows in; transactions over its newest tables flow out."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, IntegrityError, NoSuchModuleError, SQLAlchemyError

from rag.errors import StoreUnavailable
from rag.refusing import errno_of, sentence
from server.store.migrate import migrate
from server.store.postgres import HELD_TOO_LONG, postgres_engine

FILE = "jiwon.sqlite"
WAIT_S = 30
"""How long a writer waits for another, in seconds."""
RETRY_S = 10.0
"""After how long a database that could not be opened is tried again, in seconds."""
LOCKED = "다른 작업이 데이터베이스를 쓰고 있습니다. 그 작업이 끝난 뒤에 다시 시도해 주세요."
BROKEN = "데이터베이스를 쓸 수 없습니다. 잠시 뒤 다시 시도하고, 계속되면 관리자에게 알려 주세요."


@dataclass(slots=True)
class Database:
    """A database, opened and brought to its newest revision when first used; safe for threads and processes.

    While it cannot be opened every use is refused, at most every `RETRY_S` after another try.
    """

    address: URL
    _engine: Engine | None = None
    _refusal: str = ""
    _tried_at: float = float("-inf")
    _opening: Lock = field(default_factory=Lock)

    @property
    def exists(self) -> bool:
        """Whether there may be anything in it: of SQLite, whether there is a file."""
        return self.address.get_backend_name() != "sqlite" or Path(str(self.address.database)).exists()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One transaction that only reads. Raises StoreUnavailable."""
        engine = self.opened()
        with _told(), engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, alone among writers, on disk as a whole at its end. Raises StoreUnavailable."""
        engine = self.opened()
        with _told(), engine.execution_options(writes=True).begin() as connection:
            yield connection

    def session(self) -> Connection | None:
        """A connection by itself, for what lasts as long as it does, which whoever has it closes; `None` for a file.

        Raises StoreUnavailable.
        """
        engine = self.opened()
        if engine.dialect.name != "postgresql":
            return None
        with _told():
            connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            connection.detach()
            return connection

    def opened(self) -> Engine:
        """The engine. Raises StoreUnavailable saying what to do, never with the address, which may hold a password."""
        if self._engine is not None:
            return self._engine
        with self._opening:
            if self._engine is None:
                if time.monotonic() < self._tried_at + RETRY_S:
                    raise StoreUnavailable(self._refusal)
                self._tried_at = time.monotonic()
                try:
                    self._engine = _migrated(self.address)
                except StoreUnavailable as error:
                    self._refusal = str(error)
                    raise
            return self._engine

    def close(self) -> None:
        """Release it; nobody uses it afterwards."""
        if self._engine is not None:
            self._engine.dispose()


def open_database(url: str, data_dir: Path) -> Database:
    """The database at the address, or the file in the data directory where there is none; nothing is opened yet.

    Raises StoreUnavailable where it is no address.
    """
    return Database(_address(url, data_dir))


@contextmanager
def as_it_stands(address: URL) -> Iterator[Connection]:
    """One transaction, alone among writers, over a database at whatever revision it is. Raises StoreUnavailable."""
    engine = _engine_of(address)
    try:
        with _told(), engine.execution_options(writes=True).begin() as connection:
            yield connection
    finally:
        engine.dispose()


def file_of(address: URL) -> Path | None:
    """The file that a database is, where it is one."""
    return Path(str(address.database)) if address.get_backend_name() == "sqlite" else None


def _migrated(address: URL) -> Engine:
    engine = _engine_of(address)
    try:
        with _told(), engine.execution_options(writes=True).begin() as connection:
            migrate(connection)
    except StoreUnavailable:
        engine.dispose()
        raise
    return engine


def _address(url: str, data_dir: Path) -> URL:
    if not url:
        return URL.create("sqlite", database=str((data_dir / FILE).absolute()))
    try:
        address = make_url(url)
    except ArgumentError:
        raise StoreUnavailable(
            "JIWON_DATABASE_URL: 데이터베이스 주소를 읽을 수 없습니다. 형식을 확인해 주세요."
        ) from None
    if address.get_backend_name() == "sqlite" and address.database in (None, "", ":memory:"):
        raise StoreUnavailable("JIWON_DATABASE_URL: 파일이 없는 SQLite는 쓸 수 없습니다. 파일 경로를 적어 주세요.")
    return address


def _engine_of(address: URL) -> Engine:
    # An error of the database tells its parameters otherwise, and those are about companies.
    if address.get_backend_name() != "sqlite":
        try:
            if address.get_backend_name() == "postgresql":
                return postgres_engine(address, WAIT_S)
            return create_engine(address, hide_parameters=True, pool_pre_ping=True)
        except (ModuleNotFoundError, NoSuchModuleError):
            raise StoreUnavailable(
                "JIWON_DATABASE_URL: 이 데이터베이스에 접속할 패키지가 없습니다. PostgreSQL이면 "
                "'pip install psycopg[binary]'로 설치하고 주소를 'postgresql+psycopg://'로 시작해 주세요."
            ) from None
    _make_private(Path(str(address.database)))
    engine = create_engine(address, hide_parameters=True, connect_args={"timeout": WAIT_S})
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _make_private(path: Path) -> None:
    """The file, readable by its owner alone."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        words = sentence(error, path) or f"{path}: 데이터베이스 파일을 열 수 없습니다({error.strerror})."
        raise StoreUnavailable(words) from None


def _set_up(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # we begin transactions ourselves
    connection.execute("PRAGMA secure_delete = ON")  # what is erased is overwritten
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except IntegrityError:
        raise
    except SQLAlchemyError as error:
        raise StoreUnavailable(_words(error)) from None


def _words(error: SQLAlchemyError) -> str:
    """What is the matter, with the remedy where it is the disk or another who holds the file; never an address."""
    cause = getattr(error, "orig", None)
    number = errno_of(cause)
    told = sentence(OSError(number, ""), Path(), called="데이터베이스") if number else None
    is_held = getattr(cause, "sqlite_errorname", "").startswith("SQLITE_BUSY")
    is_held = is_held or getattr(cause, "sqlstate", "") == HELD_TOO_LONG
    return told or (LOCKED if is_held else f"{BROKEN} ({type(error).__name__})")
