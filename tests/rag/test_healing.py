"""What is served heals: a bad pointer or a damaged generation counts as absent, and the newest whole one is served."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from rag import generation
from rag.building import writing
from rag.domain import Generation
from rag.errors import IndexDamaged, IndexMissing, StorageUnavailable
from rag.generation import OpenGeneration, Serving
from rag.reading.kept import SHIPPED
from rag.retrieve import retrieve
from tests.rag import records
from tests.rag.conftest import LettersEmbedder
from tests.rag.disks import disk
from tests.rag.records import contents

OLD, NEW = "2026-01-01T00:00:00", "2026-01-02T00:00:00"


def served(data_dir: Path, mark: str, at: str) -> Generation:
    made = replace(contents(data_dir, mark), reader_path=SHIPPED)
    return records.served(data_dir, made, LettersEmbedder(), mark, at)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """Two generations, the newer of which is served."""
    (tmp_path / "data").mkdir()
    for mark, at in (("old", OLD), ("new", NEW)):
        served(tmp_path / "data", mark, at)
    return tmp_path / "data"


def opened(data_dir: Path) -> OpenGeneration:
    return generation.open_current(data_dir, LettersEmbedder())


def answers_from(data_dir: Path) -> str:
    found = opened(data_dir)
    try:
        return retrieve(found, "정책자금 대출", 1)[0].chunk.id.partition("-")[0]
    finally:
        found.close()


def standing(data_dir: Path) -> Serving:
    found = generation.serving(data_dir)
    assert found
    return found


def remove(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def garble(path: Path) -> None:
    path.write_bytes(os.urandom(64))


def cut_short(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def flip(path: Path) -> None:
    """One bit changes, as it does on a disk that ages."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    "content", [None, b"", b"  \n", b"\x00\xff\xfe", b"../../etc", b"20260101000000-nosuch-1\n", b"{}", b"new\nold"]
)
def test_a_bad_pointer_counts_as_absent_and_the_newest_whole_generation_is_served(
    data_dir: Path, content: bytes | None
) -> None:
    newest = generation.current(data_dir)
    pointer = data_dir / generation.POINTER
    if content is None:
        pointer.unlink()
    else:
        pointer.write_bytes(content)
    found = standing(data_dir)
    assert (found.record, found.wanted) == (newest, "")
    assert "CURRENT" in found.why
    assert answers_from(data_dir) == "new"
    (said,) = generation.ailments(data_dir)
    assert found.why in said and "jiwon sync" in said


@pytest.mark.usefixtures("either_store")
@pytest.mark.parametrize("harm", [remove, empty, garble, cut_short, flip])
def test_a_generation_of_which_any_file_is_harmed_is_not_served(data_dir: Path, harm: Callable[[Path], None]) -> None:
    old, new = generation.generations(data_dir)
    directory = generation.directory_of(data_dir, new.id)
    files = [path for path in directory.rglob("*") if path.is_file() and path.stat().st_size]
    assert {path.relative_to(directory).parts[0] for path in files} >= {
        *(generation.RECORD_FILE, generation.CATALOGUE, generation.LEXICAL, generation.VECTORS, generation.READER),
        *(generation.LEXICON, generation.REGIONS),
    }
    for path in files:
        if path.name == generation.RECORD_FILE and harm is flip:
            continue  # of a record only its form is known
        whole = path.read_bytes()
        harm(path)
        found = standing(data_dir)
        assert (found.record, found.wanted) == (old, new.id)
        assert new.id in found.why and path.name in found.why
        assert generation.generations(data_dir) == (old,)
        assert [damaged.id for damaged in generation.stock(data_dir).damaged] == [new.id]
        path.write_bytes(whole)
    assert standing(data_dir).why == ""


@pytest.mark.usefixtures("either_store")
@pytest.mark.parametrize("part", [generation.CATALOGUE, generation.LEXICAL, generation.VECTORS])
def test_a_generation_that_a_version_without_seals_built_is_left_where_it_cannot_be_opened(
    data_dir: Path, part: str
) -> None:
    old, new = generation.generations(data_dir)
    for record in (old, new):
        directory = generation.directory_of(data_dir, record.id)
        (directory / generation.SERVED).unlink()
        described = json.loads((directory / generation.RECORD_FILE).read_text("utf-8"))
        del described[generation.SEALS]
        (directory / generation.RECORD_FILE).write_text(json.dumps(described), "utf-8")
    directory = generation.directory_of(data_dir, new.id)
    (directory / part).rename(directory / "lost")
    assert answers_from(data_dir) == "old"
    found = opened(data_dir)
    assert found.serving.wanted == new.id and part in found.serving.why
    found.close()


def test_what_was_never_served_is_not_served_instead(data_dir: Path) -> None:
    waiting = records.built(data_dir, contents(data_dir, "waiting"), LettersEmbedder(), "w", "2026-01-03T00:00:00")
    (data_dir / generation.POINTER).unlink()
    assert answers_from(data_dir) == "new"
    assert waiting in generation.generations(data_dir)


def test_where_none_is_whole_it_is_said_which_and_what_to_do(data_dir: Path) -> None:
    for record in generation.generations(data_dir):
        garble(generation.directory_of(data_dir, record.id) / generation.CATALOGUE)
    assert generation.current(data_dir) is None
    with pytest.raises(IndexDamaged, match=r"catalogue\.sqlite.*jiwon sync"):
        opened(data_dir)
    with pytest.raises(IndexDamaged, match="jiwon sync"):
        generation.open_catalogue(data_dir)
    assert len(generation.ailments(data_dir)) == 2


def test_the_folder_of_the_generations_may_be_lost(data_dir: Path) -> None:
    (data_dir / "generations").rename(data_dir / "lost")
    assert generation.current(data_dir) is None
    with pytest.raises(IndexMissing, match="jiwon sync"):
        opened(data_dir)


def test_stepping_back_to_a_damaged_generation_is_refused(data_dir: Path) -> None:
    old, new = generation.generations(data_dir)
    garble(generation.directory_of(data_dir, old.id) / generation.CATALOGUE)
    with writing(data_dir) as writer, pytest.raises(IndexDamaged, match="바꾸지 않았습니다"):
        writer.activate(old.id)
    assert generation.current(data_dir) == new


def test_a_damaged_generation_is_not_removed_with_the_old_ones(data_dir: Path) -> None:
    old, new = generation.generations(data_dir)
    garble(generation.directory_of(data_dir, old.id) / generation.CATALOGUE)
    with writing(data_dir) as writer:
        writer.prune(0)
    assert [damaged.id for damaged in generation.stock(data_dir).damaged] == [old.id]
    assert generation.generations(data_dir) == (new,)


@pytest.mark.usefixtures("either_store")
def test_reading_changes_no_file_of_a_generation(data_dir: Path) -> None:
    def state() -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in data_dir.rglob("*")}

    before = state()
    answers_from(data_dir)
    assert state() == before


def test_too_many_open_files_are_no_damage(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_: object, **__: object) -> bytes:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr("rag.generation.broken", exhausted)
    with pytest.raises(StorageUnavailable, match="ulimit"):
        opened(data_dir)


@pytest.mark.usefixtures("either_store")
def test_a_read_only_disk_is_read(tmp_path: Path) -> None:
    with disk(tmp_path / "disk", 32) as small:
        served(small.path, "a", OLD)
        small.read_only()
        assert answers_from(small.path) == "a"
        with pytest.raises(StorageUnavailable, match=r"읽기 전용.*JIWON_DATA_DIR"), writing(small.path):
            pass
        assert generation.current(small.path)


@pytest.mark.usefixtures("either_store")
def test_a_full_disk_is_read(tmp_path: Path) -> None:
    with disk(tmp_path / "disk", 32) as small:
        served(small.path, "a", OLD)
        small.fill()
        assert answers_from(small.path) == "a"


@pytest.mark.usefixtures("either_store")
@pytest.mark.parametrize("left", [0, 200_000, 4_600_000])
def test_a_disk_that_gets_full_while_building_leaves_the_old_served_and_no_rest(tmp_path: Path, left: int) -> None:
    with disk(tmp_path / "disk", 32) as small:
        old = served(small.path, "old", OLD)
        made = replace(contents(tmp_path, "new"), reader_path=SHIPPED)
        small.fill(leave=left)
        with (
            pytest.raises(StorageUnavailable, match=r"디스크에 빈 곳이 없습니다.*MB쯤 필요합니다"),
            writing(small.path) as writer,
        ):
            writer.activate(writer.build(made, LettersEmbedder(), "new", NEW).id)
        small.free()
        assert generation.current(small.path) == old
        assert not list((small.path / "generations").glob(".building-*"))
        assert answers_from(small.path) == "old"
        later = "2026-01-03T00:00:00"
        assert records.served(small.path, made, LettersEmbedder(), "new", later) == generation.current(small.path)


def test_a_full_disk_at_the_first_start_is_said(tmp_path: Path) -> None:
    with disk(tmp_path / "disk", 1) as small:
        small.fill()
        made = contents(tmp_path, "a")
        with pytest.raises(StorageUnavailable, match="디스크에 빈 곳이 없습니다"):
            records.built(small.path / "data", made, LettersEmbedder(), "a")
        assert generation.current(small.path / "data") is None


def test_whoever_serves_can_tell_when_to_look_again(data_dir: Path) -> None:
    states = [generation.state(data_dir)]
    answers_from(data_dir)
    assert generation.state(data_dir) == states[0]
    (data_dir / generation.POINTER).unlink()
    states.append(generation.state(data_dir))
    with writing(data_dir) as writer:
        writer.activate(generation.generations(data_dir)[0].id)
    states.append(generation.state(data_dir))
    assert len(set(states)) == 3
