"""A database is made, upgraded or refused with a sentence; it is private and safe with two processes."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from rag.errors import StoreUnavailable
from server.store.engine import open_database
from server.store.keyring import Keyring, Scope
from server.store.memory import Memory
from server.store.migrate import MIGRATIONS, configured, migrate
from server.store.shelf import Shelf, Status
from server.store.switches import Face, Switches
from server.store.tables import METADATA
from tests.rag.disks import disk
from tests.server.postgres import OTHERS_CUT_OFF, Postgres

ROOT = Path(__file__).parents[3]
OLD = Path(__file__).with_name("revision_0001.sql")
NEWEST = "0012"
LATER = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "9001", "{newest}"
def upgrade():
    op.add_column("diagnoses", sa.Column("mood", sa.Text))
    {then}
"""


def old_file(folder: Path) -> Path:
    """A database as revision 0001 left it, with one diagnosis in it."""
    path = folder / "jiwon.sqlite"
    database = sqlite3.connect(path)
    database.executescript(OLD.read_text("utf-8"))
    database.close()
    return path


def later_version(folder: Path, then: str = "pass") -> tuple[Path, Path]:
    """Where the revisions of a later version stand."""
    folder.mkdir()
    (folder / "r9001_later.py").write_text(LATER.format(then=then, newest=NEWEST), "utf-8")
    return MIGRATIONS / "versions", folder


def test_the_file_is_private_and_overwrites_what_is_erased(tmp_path: Path) -> None:
    database = open_database("", tmp_path / "new" / "folder")
    database.opened()
    assert stat.S_IMODE((tmp_path / "new" / "folder" / "jiwon.sqlite").stat().st_mode) == 0o600
    with database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA secure_delete").scalar() == 1


def test_the_tables_are_those_of_the_code(database_url: str, tmp_path: Path) -> None:
    with open_database(database_url, tmp_path).reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_a_writer_waits_for_the_one_before_and_sees_what_it_wrote(database_url: str, tmp_path: Path) -> None:
    databases = [open_database(database_url, tmp_path) for _ in range(4)]

    def add(turn: int) -> None:
        with databases[turn % 4].writing() as connection:
            told = connection.scalar(text("SELECT count(*) FROM switches"))
            connection.execute(text("SELECT 1"))
            connection.execute(text("INSERT INTO switches VALUES (:name, '', '', '')"), {"name": f"n{told}"})

    with ThreadPoolExecutor(8) as many:
        list(many.map(add, range(40)))
    with databases[0].reading() as connection:
        assert connection.scalar(text("SELECT count(*) FROM switches")) == 40


@pytest.mark.long
def test_a_reader_does_not_wait_for_a_writer(database_url: str, tmp_path: Path) -> None:
    database = open_database(database_url, tmp_path)
    with database.writing(), database.reading() as connection:
        assert connection.scalar(text("SELECT count(*) FROM answers")) == 0


def test_an_old_file_opens_with_everything_in_it(tmp_path: Path) -> None:
    old_file(tmp_path)
    database = open_database("", tmp_path)
    kept = Shelf(database).find("owner", "26-경인-00001")
    assert kept and (kept.status, kept.sequence, kept.report_json) == (Status.ISSUED, 1, '{"title": "진단"}')
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_a_later_version_upgrades_an_old_file_and_this_one_refuses_it_afterwards(tmp_path: Path) -> None:
    path = old_file(tmp_path)
    database = open_database("", tmp_path)
    with database.writing() as connection:
        migrate(connection, later_version(tmp_path / "later"))
        assert "mood" in {column["name"] for column in inspect(connection).get_columns("diagnoses")}
    kept = Shelf(database).find("owner", "26-경인-00001")
    assert kept and kept.sequence == 1
    before = path.read_bytes()
    with pytest.raises(StoreUnavailable, match="9001"):
        open_database("", tmp_path).opened()
    assert path.read_bytes() == before


def test_answers_of_an_older_revision_are_packed_and_read_as_they_were(database_url: str, tmp_path: Path) -> None:
    old = {"id": "a1", "at": "2026-03-20T10:00:00+09:00", "told": '{"answer": "가평은 강원지사입니다."}'}
    database = open_database(database_url, tmp_path)
    with database.writing() as connection:
        config = configured(connection)
        command.downgrade(config, "0002")
        connection.execute(
            text(
                "INSERT INTO answers (id, asked_at, expires_at, generation, status, question, digests_json, "
                "answer_json)"
                " VALUES (:id, :at, :at, 'g1', 'answered', '어디로요?', '{}', :told)"
            ),
            old,
        )
        connection.execute(
            text("INSERT INTO feedback (id, answer, given_at, useful) VALUES ('f1', :id, :at, true)"), old
        )
    again = open_database(database_url, tmp_path)
    found = Memory(again).find("a1")
    assert found and found.answer_json == old["told"]
    assert len(Memory(again).judged("a1")) == 1
    with again.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_keys_of_an_older_revision_open_as_before_and_tell_no_organisation(database_url: str, tmp_path: Path) -> None:
    database = open_database(database_url, tmp_path)
    record, key = Keyring(database).create((Scope.CONSULT,), "시험 담당", None, None, "2026-03-20T10:00:00+09:00")
    with database.writing() as connection:
        command.downgrade(configured(connection), "0011")
        assert "organisation" not in {column["name"] for column in inspect(connection).get_columns("keys")}
    again = open_database(database_url, tmp_path)
    assert Keyring(again).found(key, "2026-03-20T10:00:00+09:00") == record and record.organisation is None
    with again.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_an_upgrade_that_breaks_off_leaves_the_tables_as_they_were(database_url: str, tmp_path: Path) -> None:
    database = open_database(database_url, tmp_path)
    Switches(database).turn_off(Face.API, "점검", "시험 담당", "2026-03-20T10:00:00+09:00")
    with pytest.raises(ZeroDivisionError), database.writing() as connection:
        migrate(connection, later_version(tmp_path / "later", then="1 / 0"))
    with open_database(database_url, tmp_path).reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    assert Switches(database).off() == {Face.API: "점검"}


def test_an_upgrade_that_breaks_off_leaves_the_old_file_whole(tmp_path: Path) -> None:
    path = old_file(tmp_path)
    database = open_database("", tmp_path)
    database.opened()
    before = sqlite3.connect(path).iterdump()
    with pytest.raises(ZeroDivisionError), database.writing() as connection:
        migrate(connection, later_version(tmp_path / "later", then="1 / 0"))
    assert list(sqlite3.connect(path).iterdump()) == list(before)


def test_processes_that_start_at_once_make_one_database(database_url: str, tmp_path: Path) -> None:
    script = "import sys; from pathlib import Path; from server.store.engine import open_database as o"
    command = [sys.executable, "-c", f"{script}; o(sys.argv[1], Path()).opened()", database_url]
    workers = [subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": "."}) for _ in range(3)]
    assert [worker.wait(60) for worker in workers] == [0, 0, 0]
    with open_database(database_url, tmp_path).reading() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == NEWEST


@pytest.mark.parametrize(
    "url",
    ["sqlite://", "sqlite:///:memory:", "postgresql+nothing://me:s3cret@host/name", "sqlite:////proc/none/x.sqlite"],
)
def test_what_cannot_be_opened_is_refused_without_showing_a_password(tmp_path: Path, url: str) -> None:
    with pytest.raises(StoreUnavailable) as refused:
        open_database(url, tmp_path).opened()
    assert any("가" <= letter <= "힣" for letter in str(refused.value))
    assert "s3cret" not in str(refused.value)


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "jiwon.sqlite"
    path.write_bytes(b"this is a letter, and no database at all" * 100)
    with pytest.raises(StoreUnavailable):
        open_database("", tmp_path).opened()
    assert path.read_bytes().startswith(b"this is a letter")


def test_an_error_of_the_database_tells_nothing_of_what_was_written(database_url: str, tmp_path: Path) -> None:
    database = open_database(database_url, tmp_path)
    with pytest.raises(StoreUnavailable) as failed, database.writing() as connection:
        connection.execute(text("INSERT INTO nowhere VALUES (:name)"), {"name": "비밀정밀"})
    assert "비밀정밀" not in str(failed.value)
    assert failed.value.__suppress_context__


def test_a_database_that_could_not_be_opened_is_opened_once_it_can_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "jiwon.sqlite"
    path.write_bytes(b"no database" * 100)
    database = open_database("", tmp_path)
    with pytest.raises(StoreUnavailable):
        database.opened()
    path.unlink()
    with pytest.raises(StoreUnavailable):  # not tried again at once
        database.opened()
    monkeypatch.setattr("server.store.engine.RETRY_S", 0.0)
    with database.reading() as connection:
        assert inspect(connection).has_table("answers")


def test_a_database_that_another_holds_is_told_as_that(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = open_database(database_url, tmp_path)
    other.opened()
    monkeypatch.setattr("server.store.engine.WAIT_S", 0.1)
    with other.writing(), pytest.raises(StoreUnavailable, match="다른 작업이"):
        open_database(database_url, tmp_path).opened()
    open_database(database_url, tmp_path).opened().dispose()


def test_a_server_that_cuts_off_everybody_is_found_again(postgres_server: Postgres, tmp_path: Path) -> None:
    database = open_database(postgres_server.emptied(), tmp_path)
    keys = Keyring(database)
    keys.create((Scope.ASK,), "시험 담당", None, None, "2026-03-20T10:00:00+09:00")
    with open_database(postgres_server.address, tmp_path).writing() as connection:
        assert connection.scalar(text(OTHERS_CUT_OFF))
    assert len(keys.all()) == 1


def test_no_server_at_the_address_is_told_without_the_address(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable) as refused:
        open_database("postgresql+psycopg://me:s3cret@127.0.0.1:9/name", tmp_path).opened()
    assert "s3cret" not in str(refused.value) and "127.0.0.1" not in str(refused.value)


def test_a_full_or_read_only_disk_is_told_with_the_remedy(tmp_path: Path) -> None:
    with disk(tmp_path / "disk", 2) as small:
        database = open_database("", small.path)
        database.opened()
        small.fill()
        with pytest.raises(StoreUnavailable, match="빈 곳이 없습니다"), database.writing() as connection:
            connection.exec_driver_sql("CREATE TABLE more (letters)")
            connection.exec_driver_sql("INSERT INTO more VALUES (randomblob(100000))")
        small.free()
        database.close()
        small.read_only()
        with pytest.raises(StoreUnavailable, match="읽기 전용"):
            open_database("", small.path).opened()
