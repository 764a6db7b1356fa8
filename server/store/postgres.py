"""PostgreSQL: an address flows in; an engine whose writers wait for one another, as SQLite's do, flows out."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL

WRITERS = 5_407_713
"""The number of the lock that a writer holds until its transaction ends; it is of one database."""
HELD_TOO_LONG = "55P03"
"""What PostgreSQL calls it when a lock was waited for too long."""
_PATIENCE = {"connect_timeout": 5, "tcp_user_timeout": 10_000}
"""Seconds to connect, and milliseconds until a host that says nothing counts as away."""
NO_CHARACTER = "\N{REPLACEMENT CHARACTER}"


def postgres_engine(address: URL, wait_s: float) -> Engine:
    """The engine; who writes waits at most so many seconds for another. Raises as `create_engine` does."""
    # A writer reads what the one before it wrote, which a transaction that sees but one moment would not.
    engine = create_engine(
        address,
        hide_parameters=True,
        pool_pre_ping=True,
        isolation_level="READ COMMITTED",
        connect_args=_PATIENCE if address.get_driver_name().startswith("psycopg") else {},
    )

    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("writes"):
            connection.execute(text(f"SET LOCAL lock_timeout = {round(wait_s * 1000)}"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": WRITERS})

    event.listen(engine, "begin", begin)
    event.listen(engine, "before_cursor_execute", _storable, retval=True)
    return engine


def _storable(*told: Any) -> tuple[str, Any]:
    """The statement with parameters that can be stored: no text of PostgreSQL holds the character 0."""
    _, _, statement, parameters, _, _ = told
    return statement, _without_zero(parameters)


def _without_zero(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", NO_CHARACTER)
    if isinstance(value, dict):
        return {name: _without_zero(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_without_zero(one) for one in value)
    return value
