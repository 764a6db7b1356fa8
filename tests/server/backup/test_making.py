"""A backup is whole whatever goes on meanwhile, private, and the one before stays until it is."""

from __future__ import annotations

import stat
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from rag import generation
from rag.building import writing
from rag.disk import hold
from rag.reading.kept import SHIPPED
from rag.settings import Settings
from server.backup import making
from server.backup.form import Packing, is_backup
from server.backup.making import back_up
from server.backup.reading import opened
from server.backup.refusals import BackupRefused
from server.backup.restoring import restore
from server.store.engine import open_database
from tests.rag import records
from tests.rag.conftest import LettersEmbedder
from tests.rag.disks import disk
from tests.server.backup.holding import FILES, NOW, STATE, elsewhere, installed, state_of

LATER = "2026-03-21T10:00:00+09:00"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return installed(tmp_path / "here")


def names(file: Path) -> set[str]:
    with opened(file) as backup:
        return {member.name for member, content in backup.members() if sum(map(len, content)) == member.size}


def test_it_holds_what_staff_and_service_keep_and_no_cache(settings: Settings, tmp_path: Path) -> None:
    done = back_up(settings, tmp_path / "b.jiwon", NOW)
    held = names(tmp_path / "b.jiwon")
    assert {name for name in held if name.startswith("corpus/")} == {f"corpus/{name}" for name in FILES}
    assert {f"data/{name}" for name in (*STATE, "CURRENT")} <= held
    assert not any("vectors/x.sqlite" in name or ".lock" in name.split("/")[1] or ".half" in name for name in held)
    assert "data/jiwon.sqlite" not in held and "database/keys.jsonl" in held
    ids = tuple(record.id for record in generation.generations(settings.data_dir))
    assert (done.generations, done.generation, done.documents) == (ids, ids[-1], len(FILES))
    assert stat.S_IMODE((tmp_path / "b.jiwon").stat().st_mode) == 0o600


def test_nothing_of_what_is_saved_changes_and_nothing_else_is_left(settings: Settings, tmp_path: Path) -> None:
    before = state_of(tmp_path)
    back_up(settings, tmp_path / "b.jiwon", NOW)
    after = state_of(tmp_path)
    del after["b.jiwon"]
    assert after == before
    assert {path.name for path in tmp_path.iterdir()} == {"here", "b.jiwon"}


def test_it_is_made_of_a_disk_that_cannot_be_written(tmp_path: Path) -> None:
    with disk(tmp_path / "disk", 64) as small:
        settings = installed(small.path / "here")
        small.read_only()
        back_up(settings, tmp_path / "b.jiwon", NOW)
        assert "database/keys.jsonl" in names(tmp_path / "b.jiwon")


def test_a_full_disk_is_told_and_the_backup_before_stays(settings: Settings, tmp_path: Path) -> None:
    with disk(tmp_path / "disk", 32) as small:
        file = small.path / "b.jiwon"
        back_up(settings, file, NOW)
        before = file.read_bytes()
        for left in (0, 50_000, 1_000_000, len(before)):
            small.fill(leave=left)
            with pytest.raises(BackupRefused, match="빈 곳이 없습니다"):
                back_up(settings, file, NOW)
            assert file.read_bytes() == before
            assert {path.name for path in small.path.iterdir()} == {"b.jiwon", "fill"}
            small.free()
        small.read_only()
        with pytest.raises(BackupRefused, match="읽기 전용"):
            back_up(settings, small.path / "c.jiwon", NOW)


def test_a_bad_place_is_refused(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("a letter", "utf-8")
    for file, words in (
        (tmp_path / "letter.txt", "덮어쓰지 않았습니다"),
        (tmp_path / "here", "덮어쓰지 않았습니다"),
        (tmp_path / "none" / "b.jiwon", "폴더가 없습니다"),
        (settings.data_dir / "b.jiwon", "밖에"),
        (settings.corpus_dir / "collected" / "b.jiwon", "밖에"),
    ):
        with pytest.raises(BackupRefused, match=words):
            back_up(settings, file, NOW)
    assert (tmp_path / "letter.txt").read_text("utf-8") == "a letter"
    for wrong in (replace(settings, data_dir=tmp_path / "none"), replace(settings, corpus_dir=tmp_path / "none")):
        with pytest.raises(BackupRefused, match="JIWON_"):
            back_up(wrong, tmp_path / "b.jiwon", NOW)
    assert not (tmp_path / "b.jiwon").exists()


def test_two_that_write_one_file_are_kept_apart_and_what_one_left_is_gone(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / ".b.jiwon.making"
    folder.mkdir()
    (folder / "whole").write_bytes(b"half of a backup")
    held = hold(folder, alone=True)
    assert held
    with pytest.raises(BackupRefused, match="다른 명령이"):
        back_up(settings, tmp_path / "b.jiwon", NOW)
    held.close()
    back_up(settings, tmp_path / "b.jiwon", NOW)
    assert is_backup(tmp_path / "b.jiwon") and not folder.exists()


def test_a_file_that_changes_meanwhile_is_read_again(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put, grown = making._put, settings.corpus_dir / "manifest.csv"
    changes = [b"first\n" * 1000, b"second\n" * 1000]

    def meanwhile(packing: Packing, name: str, path: Path) -> None:
        if changes and name == "corpus/pack.yaml":
            grown.write_bytes(changes.pop())
        put(packing, name, path)

    monkeypatch.setattr(making, "_put", meanwhile)
    done = back_up(settings, tmp_path / "b.jiwon", NOW)
    assert done.notes == ()
    there = elsewhere(settings, tmp_path / "there")
    restore(there, tmp_path / "b.jiwon", LATER)
    assert (there.corpus_dir / "manifest.csv").read_bytes() == grown.read_bytes() == b"first\n" * 1000


def test_a_corpus_into_which_files_keep_coming_is_saved_file_by_file(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put, count = making._put, iter(range(1000))

    def meanwhile(packing: Packing, name: str, path: Path) -> None:
        if name.startswith("corpus/"):
            (settings.corpus_dir / "collected" / f"{next(count)}.html").write_bytes(b"<p>new</p>")
        put(packing, name, path)

    monkeypatch.setattr(making, "_put", meanwhile)
    done = back_up(settings, tmp_path / "b.jiwon", NOW)
    assert any("파일이 오갔습니다" in note for note in done.notes)
    names(tmp_path / "b.jiwon")


def test_a_file_that_never_stands_still_is_named(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def vanishing(packing: Packing, name: str, path: Path) -> None:
        if name == "corpus/pack.yaml":
            raise making._Unsteady(path)

    monkeypatch.setattr(making, "_put", vanishing)
    with pytest.raises(BackupRefused, match=r"pack\.yaml.*자꾸 바뀌어"):
        back_up(settings, tmp_path / "b.jiwon", NOW)
    assert not (tmp_path / "b.jiwon").exists()


def test_a_damaged_generation_is_left_out_and_named(settings: Settings, tmp_path: Path) -> None:
    old, new = generation.generations(settings.data_dir)
    (generation.directory_of(settings.data_dir, new.id) / generation.CATALOGUE).write_bytes(b"")
    done = back_up(settings, tmp_path / "b.jiwon", NOW)
    assert (done.generation, done.generations) == (old.id, (old.id,))
    assert any(new.id in note for note in done.notes)


@pytest.mark.long
def test_syncs_and_writers_of_rows_under_way_spoil_nothing(settings: Settings, tmp_path: Path) -> None:
    ended, failed = threading.Event(), []
    made = replace(records.contents(tmp_path, "again"), reader_path=SHIPPED)
    database = open_database("", settings.data_dir)

    def sync() -> None:
        number = 0
        try:
            while not ended.is_set():
                number += 1
                with writing(settings.data_dir) as writer:
                    at = f"2026-02-01T00:{number // 60 % 60:02}:{number % 60:02}"
                    writer.activate(writer.build(made, LettersEmbedder(), "again", at).id)
                    writer.prune(0)
        except Exception as error:  # noqa: BLE001
            failed.append(error)

    def write() -> None:
        try:
            while not ended.is_set():
                with database.writing() as connection:
                    connection.exec_driver_sql(
                        "INSERT INTO audit(at,person,key,action,outcome,request) VALUES('','','','','','')"
                    )
        except Exception as error:  # noqa: BLE001
            failed.append(error)

    threads = [threading.Thread(target=work) for work in (sync, write)]
    for thread in threads:
        thread.start()
    try:
        for number in range(4):
            file = tmp_path / f"{number}.jiwon"
            done = back_up(settings, file, NOW)
            there = elsewhere(settings, tmp_path / f"there{number}")
            restore(there, file, LATER)
            opened_ = generation.open_current(there.data_dir, LettersEmbedder())
            assert opened_.record.id == done.generation
            opened_.close()
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    assert failed == []
