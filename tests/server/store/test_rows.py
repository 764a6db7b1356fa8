"""Every row of every table comes back as it was, also those of an older version, and in a database of another kind."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from rag.errors import StoreUnavailable
from server.store.audit import Audit, Deed
from server.store.engine import as_it_stands, open_database
from server.store.keyring import Keyring, Scope
from server.store.rows import SUFFIX, dump, has_rows, load, snapshot
from server.store.shared_tables import KEPT
from server.store.tables import METADATA
from tests.server.store.everything import everything, fill
from tests.server.store.test_engine import old_file

NOW = "2026-03-20T10:00:00+09:00"


def files_of(folder: Path) -> dict[str, Path]:
    """What was dumped, by table."""
    return {path.name.removesuffix(SUFFIX): path for path in folder.glob(f"*{SUFFIX}")}


def test_every_table_comes_back_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "rows").mkdir()
    source, target = open_database("", tmp_path / "a"), open_database("", tmp_path / "b")
    with source.writing() as connection:
        fill(connection)
    revision, counts = dump(source, tmp_path / "rows")
    assert set(counts) == {table.name for table in KEPT}
    with as_it_stands(target.address) as connection:
        load(connection, revision, files_of(tmp_path / "rows"))
    with source.reading() as before, target.reading() as after:
        assert everything(after) == everything(before)
        assert compare_metadata(MigrationContext.configure(after), METADATA) == []
    assert {
        name: len(path.read_text("ascii").splitlines()) for name, path in files_of(tmp_path / "rows").items()
    } == counts
    Audit(target).note(Deed(NOW, "시험", "terminal", "after", "done", "r"))
    assert Audit(target).last(1)[0].action == "after"


def test_a_key_opens_in_what_has_come_back(tmp_path: Path) -> None:
    (tmp_path / "rows").mkdir()
    source, target = open_database("", tmp_path / "a"), open_database("", tmp_path / "b")
    record, key = Keyring(source).create((Scope.STAFF,), "시험 담당", None, None, NOW)
    revision, _ = dump(source, tmp_path / "rows")
    with as_it_stands(target.address) as connection:
        load(connection, revision, files_of(tmp_path / "rows"))
    assert Keyring(target).found(key, NOW) == record
    assert key.encode() not in (tmp_path / "rows" / f"keys{SUFFIX}").read_bytes()


def test_rows_of_an_older_version_come_into_the_tables_of_this_one(tmp_path: Path) -> None:
    database = sqlite3.connect(old_file(tmp_path))
    database.row_factory = sqlite3.Row
    import json

    rows = [dict(row) for row in database.execute("SELECT * FROM diagnoses")]
    (tmp_path / "diagnoses.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "ascii")
    target = open_database("", tmp_path / "new")
    with as_it_stands(target.address) as connection:
        load(connection, "0001", {"diagnoses": tmp_path / "diagnoses.jsonl"})
    with target.reading() as connection:
        found = everything(connection)["diagnoses"]
        assert [{name: row[name] for name in rows[0]} for row in found] == rows
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


@pytest.mark.parametrize("line", ["{", "[]", '{"id": 1}', '{"nothing": 1}', '{"digest": {"base64": "?"}}', '"x"'])
def test_rows_that_suit_no_table_are_refused_without_showing_them(tmp_path: Path, line: str) -> None:
    (tmp_path / "keys.jsonl").write_text(line + "\n", "ascii")
    target = open_database("", tmp_path / "new")
    with pytest.raises(StoreUnavailable, match="keys") as refused, as_it_stands(target.address) as connection:
        load(connection, "0002", {"keys": tmp_path / "keys.jsonl"})
    assert line not in str(refused.value) or line == "{"
    assert not has_rows(target.address)


def test_a_database_is_copied_while_another_writes_and_is_not_touched(tmp_path: Path) -> None:
    source = open_database("", tmp_path / "a")
    with source.writing() as connection:
        fill(connection)
    (tmp_path / "aside").mkdir()
    before = (tmp_path / "a" / "jiwon.sqlite").stat().st_mtime_ns
    with source.writing() as writer, snapshot(source.address, tmp_path / "aside") as found:
        writer.exec_driver_sql("DELETE FROM switches")
        assert found
        with found.reading() as connection:
            assert len(everything(connection)["switches"]) == 3
    assert (tmp_path / "a" / "jiwon.sqlite").stat().st_mtime_ns >= before
    with snapshot(open_database("", tmp_path / "none").address, tmp_path / "aside") as found:
        assert found is None
    assert not (tmp_path / "none").exists()


def test_a_damaged_database_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "jiwon.sqlite").write_bytes(b"no database" * 1000)
    (tmp_path / "aside").mkdir()
    with (
        pytest.raises(StoreUnavailable, match=r"jiwon\.sqlite.*백업"),
        snapshot(open_database("", tmp_path).address, tmp_path / "aside"),
    ):
        pass
