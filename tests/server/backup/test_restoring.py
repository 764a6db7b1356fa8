"""What is restored is what was saved; what is there is never lost, and what goes wrong on the way changes nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from rag import generation
from rag.building import writing
from rag.errors import IndexBusy, StorageUnavailable
from rag.settings import Settings
from server.backup import restoring, swapping
from server.backup.making import back_up
from server.backup.occupied import in_use
from server.backup.refusals import BackupRefused
from server.backup.restoring import restore
from server.store.engine import open_database
from tests.rag.conftest import LettersEmbedder
from tests.rag.disks import disk
from tests.server.backup.holding import FILES, NOW, STATE, elsewhere, installed, rows_of, state_of

LATER = "2026-03-21T09:30:00+09:00"


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Path]:
    """An installation, and a backup of it."""
    folder = tmp_path_factory.mktemp("saved")
    settings = installed(folder)
    back_up(settings, folder / "all.jiwon", NOW)
    return settings, folder / "all.jiwon"


def test_everything_comes_back_as_it_was(saved: tuple[Settings, Path], tmp_path: Path) -> None:
    settings, file = saved
    there = elsewhere(settings, tmp_path)
    done = restore(there, file, LATER)
    assert state_of(there.corpus_dir) == state_of(settings.corpus_dir)
    assert rows_of(there) == rows_of(settings)
    for name, content in STATE.items():
        assert (there.data_dir / name).read_bytes() == content
    assert generation.stock(there.data_dir) == generation.stock(settings.data_dir)
    assert generation.serving(there.data_dir) == generation.serving(settings.data_dir)
    generation.open_current(there.data_dir, LettersEmbedder()).close()
    assert (there.data_dir / "jiwon.sqlite").stat().st_mode & 0o777 == 0o600
    assert done.before == () and done.notes == ()
    held = {path.name for folder in (there.data_dir, there.corpus_dir) for path in folder.iterdir()}
    assert not {name for name in held if name.startswith(".")}
    assert not (there.data_dir / "cache" / "vectors").exists()
    assert int((there.corpus_dir / "pack.yaml").stat().st_mtime) == int(
        (settings.corpus_dir / "pack.yaml").stat().st_mtime
    )


def test_a_backup_of_what_was_restored_holds_the_same(saved: tuple[Settings, Path], tmp_path: Path) -> None:
    settings, file = saved
    there = elsewhere(settings, tmp_path / "there")
    first = restore(there, file, LATER).description
    again = back_up(there, tmp_path / "again.jiwon", NOW)
    assert replace(again, members=()) == replace(first, members=())
    assert {(m.name, m.sha256) for m in again.members} == {(m.name, m.sha256) for m in first.members}


def test_restoring_the_same_twice_changes_nothing_and_asks_nothing(
    saved: tuple[Settings, Path], tmp_path: Path
) -> None:
    settings, file = saved
    there = elsewhere(settings, tmp_path)
    restore(there, file, LATER)
    (there.data_dir / "jiwon.sqlite").unlink()  # as if it had died before the last step
    inode = (there.corpus_dir / "pack.yaml").stat().st_ino
    assert restore(there, file, LATER).before == ()
    assert (there.corpus_dir / "pack.yaml").stat().st_ino == inode
    assert rows_of(there) == rows_of(settings)


def other_document(there: Settings) -> None:
    (there.corpus_dir / "new.pdf").write_bytes(b"%PDF")


def changed_document(there: Settings) -> None:
    (there.corpus_dir / "pack.yaml").write_bytes(b"programs: {more: []}\n")


def changed_state(there: Settings) -> None:
    (there.data_dir / "collect" / "bizinfo.json").write_bytes(b"{}")


def other_rows(there: Settings) -> None:
    assert rows_of(there)


@pytest.mark.parametrize("harm", [other_document, changed_document, changed_state, other_rows])
def test_what_is_there_is_kept_unless_it_is_to_be_replaced_and_then_moved_aside(
    saved: tuple[Settings, Path], tmp_path: Path, harm: Callable[[Settings], None]
) -> None:
    settings, file = saved
    there = elsewhere(settings, tmp_path)
    restore(there, file, LATER)
    if harm is not other_rows:
        (there.data_dir / "jiwon.sqlite").unlink()
    harm(there)
    before = state_of(tmp_path)
    with pytest.raises(BackupRefused, match="--replace"):
        restore(there, file, LATER)
    assert state_of(tmp_path) == before
    done = restore(there, file, LATER, replace=True)
    assert {Path(path).parent for path in done.before} <= {there.data_dir, there.corpus_dir}
    kept = {digest for folder in done.before for digest in state_of(Path(folder)).values()}
    now = set(state_of(there.corpus_dir).values()) | set(state_of(there.data_dir).values())
    assert set(before.values()) <= kept | now
    assert rows_of(there) == rows_of(settings)
    assert {n for n in state_of(there.corpus_dir) if not n.startswith(".before-")} == set(FILES)


def test_nothing_is_restored_below_a_server_a_backup_or_a_sync(saved: tuple[Settings, Path], tmp_path: Path) -> None:
    settings, file = saved
    there = elsewhere(settings, tmp_path)
    restore(there, file, LATER)
    before = state_of(tmp_path)
    opened = generation.open_current(there.data_dir, LettersEmbedder())
    with pytest.raises(BackupRefused, match="서버를 끝낸"):
        restore(there, file, LATER, replace=True)
    opened.close()
    with in_use(there.data_dir), pytest.raises(BackupRefused, match="서버를 끝낸"):
        restore(there, file, LATER, replace=True)
    with writing(there.data_dir), pytest.raises(IndexBusy):
        restore(there, file, LATER, replace=True)
    assert state_of(tmp_path) == before


def test_no_server_starts_and_no_backup_is_made_while_it_restores(
    saved: tuple[Settings, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, file = saved
    there = elsewhere(settings, tmp_path)
    told = []

    def meanwhile(*given: object) -> object:
        with pytest.raises(StorageUnavailable, match="되돌리고") as refused, in_use(there.data_dir):
            pass
        told.append(str(refused.value))
        return swapping.swap(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(restoring, "swap", meanwhile)
    restore(there, file, LATER)
    assert len(told) == 1


@pytest.mark.long
@pytest.mark.parametrize("at", range(0, 30, 3))
def test_whatever_renaming_fails_all_is_as_before(
    saved: tuple[Settings, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    settings, file = saved
    there = elsewhere(settings, tmp_path)
    restore(there, file, LATER)
    (there.corpus_dir / "new.pdf").write_bytes(b"%PDF")
    before, rows, calls, rename = state_of(tmp_path), rows_of(there), [], Path.rename

    def failing(source: Path, target: Path) -> Path:
        calls.append(source)
        if len(calls) == at + 1:
            raise OSError(5, "Input/output error", str(source))
        return rename(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", failing)
        with pytest.raises(Exception, match=r"Input/output|읽거나 쓰지"):
            restore(there, file, LATER, replace=True)
    assert state_of(tmp_path) == before
    assert rows_of(there) == rows


@pytest.mark.long
@pytest.mark.parametrize("at", range(0, 30, 3))
def test_wherever_it_is_killed_the_same_command_ends_it(saved: tuple[Settings, Path], tmp_path: Path, at: int) -> None:
    settings, file = saved
    there = elsewhere(settings, tmp_path)
    restore(there, file, LATER)
    (there.corpus_dir / "new.pdf").write_bytes(b"%PDF")
    child = os.fork()
    if child == 0:
        calls, rename = [], Path.rename

        def dying(source: Path, target: Path) -> Path:
            calls.append(source)
            if len(calls) == at + 1:
                os.kill(os.getpid(), 9)
            return rename(source, target)

        Path.rename = dying  # type: ignore[method-assign, assignment]
        restore(there, file, LATER, replace=True)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -9
    done = restore(there, file, LATER, replace=True)
    assert rows_of(there) == rows_of(settings)
    assert generation.serving(there.data_dir) == generation.serving(settings.data_dir)
    assert {n for n in state_of(there.corpus_dir) if not n.startswith(".before-")} == set(FILES)
    assert any((Path(folder) / "new.pdf").is_file() for folder in done.before)


def test_a_disk_without_room_is_told_before_anything_is_written(saved: tuple[Settings, Path], tmp_path: Path) -> None:
    settings, file = saved
    with disk(tmp_path / "disk", 4) as small:
        small.fill(leave=100_000)
        before = sorted(small.path.rglob("*"))
        with pytest.raises(BackupRefused, match=r"빈 곳이 없습니다.*MB쯤 필요"):
            restore(elsewhere(settings, small.path), file, LATER)
        assert sorted(small.path.rglob("*")) == before


def test_a_database_elsewhere_comes_back_where_it_is_named(saved: tuple[Settings, Path], tmp_path: Path) -> None:
    settings, file = saved
    (tmp_path / "db").mkdir()
    there = replace(elsewhere(settings, tmp_path), database_url=f"sqlite:///{tmp_path}/db/own.sqlite")
    restore(there, file, LATER)
    assert rows_of(there) == rows_of(settings)
    assert [path.name for path in (tmp_path / "db").iterdir()] == ["own.sqlite"]
    assert not (there.data_dir / "jiwon.sqlite").exists()
    with pytest.raises(BackupRefused, match=r"own\.sqlite.*--replace"):
        restore(there, file, LATER)
    done = restore(there, file, LATER, replace=True)
    assert (tmp_path / "db" / ".before-20260321093000" / "own.sqlite").is_file()
    assert len(done.before) == 2  # of the corpus, which is the same, nothing moved


def test_folders_in_one_another_are_refused(saved: tuple[Settings, Path], tmp_path: Path) -> None:
    settings, file = saved
    with pytest.raises(BackupRefused, match="--corpus"):
        restore(replace(settings, data_dir=tmp_path / "a", corpus_dir=tmp_path / "a" / "b"), file, LATER)


def test_what_comes_with_the_product_stays_as_it_is(
    saved: tuple[Settings, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, file = saved
    monkeypatch.setattr("server.backup.holdings.INSTALLATION", tmp_path)
    there = elsewhere(settings, tmp_path)
    (there.corpus_dir / "readings").mkdir(parents=True)
    (there.corpus_dir / "readings" / "rows.jsonl").write_text("{}", "utf-8")
    (there.corpus_dir / "regions.yaml").write_text("서울: []\n", "utf-8")
    done = restore(there, file, LATER)
    assert any("regions.yaml" in note for note in done.notes)
    assert (there.corpus_dir / "regions.yaml").read_text("utf-8") == "서울: []\n"
    names = {m.name for m in back_up(there, tmp_path / "b.jiwon", NOW).members if m.name.startswith("corpus/")}
    assert names == {f"corpus/{name}" for name in FILES if name != "regions.yaml"}


def test_a_backup_before_the_first_sync_and_server_is_restored(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "a" / "data", corpus_dir=tmp_path / "a" / "corpus")
    settings.data_dir.mkdir(parents=True)
    settings.corpus_dir.mkdir()
    description = back_up(settings, tmp_path / "b.jiwon", NOW)
    assert (description.generation, description.revision) == (None, None)
    assert "jiwon sync" in " ".join(description.notes)
    there = elsewhere(settings, tmp_path / "b")
    restore(there, tmp_path / "b.jiwon", LATER)
    assert not (there.data_dir / "jiwon.sqlite").exists()
    open_database("", there.data_dir).opened()
