"""Migrating: the transaction of a writer flows in, its database comes out at the newest revision known here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from rag.errors import StoreUnavailable

MIGRATIONS = Path(__file__).with_name("migrations")


def migrate(
    connection: Connection, versions: Sequence[Path] = (MIGRATIONS / "versions",), revision: str = "head"
) -> None:
    """Bring the database to the newest revision, or to one on the way; all of it or, should the process die, nothing.

    Raises StoreUnavailable where a newer version of the product has written it.
    """
    config = configured(connection, versions)
    script = ScriptDirectory.from_config(config)
    known = {step.revision for step in script.walk_revisions()}
    here = set(MigrationContext.configure(connection).get_current_heads())
    if here - known:
        raise StoreUnavailable(
            f"데이터베이스가 이 프로그램보다 새로운 판({', '.join(sorted(here - known))})의 것입니다. "
            "프로그램을 그 판으로 올리거나, JIWON_DATABASE_URL로 다른 데이터베이스를 정해 주세요."
        )
    if here != set(script.get_heads()):
        command.upgrade(config, revision)


def revision_of(connection: Connection) -> str:
    """The revision that the database is at; empty where nothing has been made in it."""
    return "".join(MigrationContext.configure(connection).get_current_heads())


def is_known(revision: str) -> bool:
    """Whether this version of the product knows a revision."""
    script = ScriptDirectory.from_config(_config((MIGRATIONS / "versions",)))
    return revision in {step.revision for step in script.walk_revisions()}


def configured(connection: Connection, versions: Sequence[Path] = (MIGRATIONS / "versions",)) -> Config:
    """What alembic runs by: these revisions, within the transaction of this connection."""
    config = _config(versions)
    config.attributes["connection"] = connection
    return config


def _config(versions: Sequence[Path]) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(str(folder).replace("%", "%%") for folder in versions))
    return config
