"""Rows: a database flows out as one file of JSON lines for each table; the files flow into a database of either kind.

A row is a JSON object by column; bytes are `{"base64": …}`. The files go with the revision of the tables that they were
read from, so that an older version's are read too.
"""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path

from sqlalchemy import URL, Connection, Integer, MetaData, Table, exists, func, insert, inspect, select, text
from sqlalchemy.exc import SQLAlchemyError

from rag.errors import StoreUnavailable
from server.store.engine import FILE, Database, as_it_stands, file_of
from server.store.migrate import migrate, revision_of
from server.store.shared_tables import KEPT
from server.store.tables import METADATA

SUFFIX = ".jsonl"
VERSIONS = "alembic_version"
AT_ONCE = 500
LOCK_WAIT = "10s"
"""How long PostgreSQL waits for whoever uses a table that is set aside."""
UNREADABLE = (
    "{file}: 데이터베이스 파일을 읽을 수 없습니다({reason}). 디스크를 점검하고, 예전 백업이 있으면 되돌려 주세요."
)
NO_ROWS = "백업에 든 표 '{table}'의 내용을 데이터베이스에 넣을 수 없습니다. 다른 백업 파일을 써 주세요."


@contextmanager
def snapshot(address: URL, aside: Path) -> Iterator[Database | None]:
    """A database as it is at one moment; `None` where there is none yet.

    A file is copied into the folder `aside` by the online backup of SQLite, which keeps writers for no longer than the
    copy takes, and is neither changed nor migrated itself. Raises StoreUnavailable.
    """
    file = file_of(address)
    if file is None:
        found = Database(address)
    elif file.is_file():
        found = Database(URL.create("sqlite", database=str(_copied(file, aside / FILE))))
    else:
        yield None
        return
    try:
        yield found
    finally:
        found.close()


def _copied(file: Path, copy: Path) -> Path:
    copy.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as source:
            copy.touch(0o600)
            with closing(sqlite3.connect(copy)) as target:
                source.backup(target)
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(copy)) from error
        raise StoreUnavailable(UNREADABLE.format(file=file, reason=error)) from error
    return copy


def dump(database: Database, folder: Path) -> tuple[str, dict[str, int]]:
    """Write the rows of every table into files of a folder, all as of one moment; the revision, and how many each has.

    What follows from the data folder is left out.

    Raises StoreUnavailable.
    """
    counts: dict[str, int] = {}
    with database.reading() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for table in KEPT:
            with (folder / f"{table.name}{SUFFIX}").open("w", encoding="ascii") as file:
                counts[table.name] = _written(connection, table, file.write)
        return revision_of(connection), counts


def _written(connection: Connection, table: Table, write: Callable[[str], object]) -> int:
    count = 0
    streamed = connection.execution_options(yield_per=AT_ONCE)
    for row in streamed.execute(select(table).order_by(*table.primary_key.columns)).mappings():
        told = {name: _told(value) for name, value in row.items()}
        write(json.dumps(told) + "\n")
        count += 1
    return count


def load(connection: Connection, revision: str, files: Mapping[str, Path]) -> None:
    """Fill a database that has no tables with the rows of files, by table; it comes out at the newest revision.

    Raises StoreUnavailable where the rows do not suit the tables of the revision.
    """
    migrate(connection, revision=revision)
    known = MetaData()
    known.reflect(connection)
    unknown = next((name for name in files if name not in known.tables or name == VERSIONS), None)
    if unknown is not None:
        raise StoreUnavailable(NO_ROWS.format(table=unknown))
    for table in known.sorted_tables:
        if table.name in files:
            try:
                _fill(connection, table, files[table.name])
            except (SQLAlchemyError, ValueError, TypeError, AttributeError):
                # What is in the row is about a company: it is not told.
                raise StoreUnavailable(NO_ROWS.format(table=table.name)) from None
    if connection.dialect.name == "postgresql":
        _count_on(connection, known.sorted_tables)
    migrate(connection)


def _fill(connection: Connection, table: Table, file: Path) -> None:
    with file.open("rb") as lines:
        rows = ({name: _value(told) for name, told in json.loads(line).items()} for line in lines)
        while batch := list(islice(rows, AT_ONCE)):
            connection.execute(insert(table), batch)


def _count_on(connection: Connection, tables: Iterable[Table]) -> None:
    """Numbers that PostgreSQL gives go on behind those that are there."""
    for table in tables:
        keys = table.primary_key.columns.values()
        if len(keys) == 1 and isinstance(keys[0].type, Integer):
            last = connection.scalar(select(func.max(keys[0])))
            names = {"table": f'"{table.name}"', "column": keys[0].name, "last": last}
            if last is not None:
                connection.execute(text("SELECT setval(pg_get_serial_sequence(:table, :column), :last)"), names)


def has_rows(address: URL) -> bool:
    """Whether a database holds anything. Raises StoreUnavailable."""
    file = file_of(address)
    if file is not None and not file.is_file():
        return False
    with as_it_stands(address) as connection:
        return _has_rows(connection)


def _has_rows(connection: Connection) -> bool:
    there = set(inspect(connection).get_table_names())
    return any(connection.scalar(select(exists(select(t)))) for t in KEPT if t.name in there)


def set_aside(connection: Connection, name: str) -> bool:
    """Move all tables of ours in PostgreSQL into a schema of that name; gone where nothing was in them.

    Whether something was. Raises StoreUnavailable.
    """
    held = _has_rows(connection)
    there = set(inspect(connection).get_table_names())
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_WAIT}'")
    connection.exec_driver_sql(f'CREATE SCHEMA "{name}"')
    for table in ({*METADATA.tables, VERSIONS}) & there:
        connection.exec_driver_sql(f'ALTER TABLE "{table}" SET SCHEMA "{name}"')
    if not held:
        connection.exec_driver_sql(f'DROP SCHEMA "{name}" CASCADE')
    return held


def _told(value: object) -> object:
    return {"base64": b64encode(value).decode("ascii")} if isinstance(value, bytes | memoryview) else value


def _value(told: object) -> object:
    return b64decode(told["base64"], validate=True) if isinstance(told, dict) else told
