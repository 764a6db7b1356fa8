"""A backup of one kind of database comes back in the other, and what was in PostgreSQL is set aside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from rag.errors import StoreUnavailable
from rag.settings import Settings
from server.backup import restoring
from server.backup.making import back_up
from server.backup.refusals import BackupRefused
from server.backup.restoring import restore
from server.store.audit import Audit, Deed
from server.store.engine import open_database
from tests.server.backup.holding import NOW, elsewhere, installed, rows_of

LATER = "2026-03-21T09:30:00+09:00"
ASIDE = "jiwon_before_20260321093000"


@pytest.fixture
def emptied(request: pytest.FixtureRequest) -> Callable[[], str]:
    """The address of an empty PostgreSQL; the test is skipped where none can be had."""
    try:
        server = request.getfixturevalue("postgres_server")
    except pytest.FixtureLookupError:
        pytest.skip("no PostgreSQL for tests")

    def address() -> str:
        found = str(server.emptied())
        with create_engine(found).begin() as connection:
            connection.execute(text(f'DROP SCHEMA IF EXISTS "{ASIDE}" CASCADE'))
        return found

    return address


def note(settings: Settings) -> None:
    """Add a row whose number the database gives."""
    database = open_database(settings.database_url, settings.data_dir)
    Audit(database).note(Deed(NOW, "시험", "terminal", "after", "done", "r"))
    database.close()


@pytest.mark.long
def test_rows_go_from_a_file_to_postgresql_and_back(emptied: Callable[[], str], tmp_path: Path) -> None:
    settings = installed(tmp_path / "here")
    back_up(settings, tmp_path / "a.jiwon", NOW)
    there = replace(elsewhere(settings, tmp_path / "there"), database_url=emptied())
    done = restore(there, tmp_path / "a.jiwon", LATER)
    assert done.before == ()
    assert rows_of(there) == rows_of(settings)
    assert not (there.data_dir / "jiwon.sqlite").exists()
    note(there)
    back_up(there, tmp_path / "b.jiwon", NOW)
    back = elsewhere(settings, tmp_path / "back")
    restore(back, tmp_path / "b.jiwon", LATER)
    assert rows_of(back) == rows_of(there) != rows_of(settings)


@pytest.mark.long
def test_rows_in_postgresql_are_kept_unless_they_are_to_be_replaced_and_then_set_aside(
    emptied: Callable[[], str], tmp_path: Path
) -> None:
    settings = installed(tmp_path / "here")
    back_up(settings, tmp_path / "a.jiwon", NOW)
    there = replace(elsewhere(settings, tmp_path / "there"), database_url=emptied())
    note(there)
    before = rows_of(there)
    with pytest.raises(BackupRefused, match=r"JIWON_DATABASE_URL.*--replace"):
        restore(there, tmp_path / "a.jiwon", LATER)
    assert rows_of(there) == before
    done = restore(there, tmp_path / "a.jiwon", LATER, replace=True)
    assert ASIDE in done.before
    assert rows_of(there) == rows_of(settings)
    with create_engine(there.database_url).begin() as connection:
        assert connection.scalar(text(f'SELECT action FROM "{ASIDE}".audit')) == "after"


@pytest.mark.long
def test_where_folders_cannot_be_swapped_rows_stay_too(
    emptied: Callable[[], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = installed(tmp_path / "here")
    back_up(settings, tmp_path / "a.jiwon", NOW)
    there = replace(elsewhere(settings, tmp_path / "there"), database_url=emptied())
    note(there)
    before = rows_of(there)

    def failing(*_: object) -> None:
        raise StoreUnavailable("no")

    monkeypatch.setattr(restoring, "swap", failing)
    with pytest.raises(StoreUnavailable):
        restore(there, tmp_path / "a.jiwon", LATER, replace=True)
    assert rows_of(there) == before
    with create_engine(there.database_url).begin() as connection:
        assert not connection.scalar(text(f"SELECT count(*) FROM pg_namespace WHERE nspname = '{ASIDE}'"))
