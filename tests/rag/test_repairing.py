"""A damaged index is made anew of a whole catalogue and answers as before; of a damaged catalogue nothing is made."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import pytest

from ingest.pipeline import sync
from rag import generation
from rag.advisor import Advisor
from rag.building import writing
from rag.domain import Answer, Generation, Question
from rag.embedders.kiwi import KiwiEmbedder
from rag.errors import IndexBusy, IndexDamaged, IndexMissing, ModelUnavailable
from rag.ports import Embedder
from rag.repairing import Repaired, repair
from rag.settings import INSTALLATION
from tests.rag.test_healing import cut_short, empty, flip, garble, remove

CORPUS = INSTALLATION / "corpus"
QUESTIONS = (
    "강원지사 전화번호",
    "AI통합 바우처는 얼마까지 지원되나요",
    "경기도 화성시에서 받을 수 있는 지원사업",
    "신청 마감이 언제인가요",
)


@pytest.fixture
def data_dir(corpus_data: Path, tmp_path: Path) -> Path:
    """What the bundled corpus is served from, to be harmed."""
    return Path(shutil.copytree(corpus_data, tmp_path / "data", symlinks=True))


def asked(data_dir: Path, kiwi: KiwiEmbedder) -> list[Answer]:
    opened = generation.open_current(data_dir, kiwi)
    try:
        advisor = Advisor(opened)
        return [advisor.answer(Question(text, date(2026, 3, 20))) for text in QUESTIONS]
    finally:
        opened.close()


def mended(data_dir: Path, kiwi: KiwiEmbedder) -> Repaired:
    return repair(data_dir, CORPUS, lambda record: kiwi)


def folder_of(data_dir: Path) -> Path:
    return next(path for path in (data_dir / "generations").glob("[!.]*"))


def lost(folder: Path) -> None:
    shutil.rmtree(folder) if folder.is_dir() else folder.unlink()


def first_file(harm: Callable[[Path], None]) -> Callable[[Path], None]:
    def harmed(part: Path) -> None:
        files = sorted(path for path in part.rglob("*") if path.is_file() and path.stat().st_size) or [part]
        harm(files[0])

    return harmed


@pytest.mark.long
@pytest.mark.parametrize(
    ("part", "harm"),
    [
        *((part, lost) for part in ("vectors", "lexical", "prepared", "reader.zip", "lexicon.yaml", "pack.yaml")),
        *(("vectors", first_file(flip)), ("lexical", first_file(cut_short)), ("prepared", first_file(garble))),
        *(("regions.yaml", empty), ("reader.zip", flip)),
    ],
)
def test_whatever_of_the_index_is_harmed_it_answers_as_before(
    data_dir: Path, kiwi: KiwiEmbedder, part: str, harm: Callable[[Path], None]
) -> None:
    before, folder = asked(data_dir, kiwi), folder_of(data_dir)
    (old,) = generation.generations(data_dir)
    harm(folder / part)
    assert generation.serving(data_dir) is None
    done = mended(data_dir, kiwi)
    assert generation.current(data_dir) == done.record
    assert replace(done.record, id=old.id) == old
    assert asked(data_dir, kiwi) == before
    assert folder.is_dir() and folder.name in done.told[0]
    assert not list((data_dir / "generations").glob(".building-*"))


@pytest.mark.long
def test_a_sync_finds_nothing_to_do_after_a_repair(data_dir: Path, kiwi: KiwiEmbedder) -> None:
    lost(folder_of(data_dir) / "vectors")
    done = mended(data_dir, kiwi)
    report = sync(CORPUS, data_dir, kiwi, built_at="2026-03-02T00:00:00")
    assert (report.changed, report.generation) == (False, done.record.id)


@pytest.mark.parametrize("harm", [remove, empty, flip, cut_short, garble])
def test_a_damaged_catalogue_is_never_built_on(
    data_dir: Path, kiwi: KiwiEmbedder, harm: Callable[[Path], None]
) -> None:
    harm(folder_of(data_dir) / generation.CATALOGUE)
    before = sorted(data_dir.rglob("*"))
    with pytest.raises(IndexDamaged, match=r"catalogue\.sqlite.*jiwon restore.*jiwon sync"):
        mended(data_dir, kiwi)
    assert sorted(data_dir.rglob("*")) == before


@pytest.mark.parametrize("harm", [remove, empty, garble])
def test_without_a_record_no_catalogue_can_be_held_against_its_seal(
    data_dir: Path, kiwi: KiwiEmbedder, harm: Callable[[Path], None]
) -> None:
    harm(folder_of(data_dir) / generation.RECORD_FILE)
    with pytest.raises(IndexDamaged, match=r"generation\.json.*jiwon restore.*jiwon sync"):
        mended(data_dir, kiwi)


def test_names_that_are_left_nowhere_as_they_were_are_named(data_dir: Path, kiwi: KiwiEmbedder, tmp_path: Path) -> None:
    path = folder_of(data_dir) / generation.PACK
    described = json.loads((path.parent / generation.RECORD_FILE).read_text("utf-8"))
    described[generation.SEALS][generation.PACK] = "0" * 64
    (path.parent / generation.RECORD_FILE).write_text(json.dumps(described), "utf-8")
    with pytest.raises(IndexDamaged, match=r"pack\.yaml.*jiwon sync"):
        mended(data_dir, kiwi)


@pytest.mark.parametrize("content", [None, b"", b"\xff", b"20260101000000-nosuch-1\n"])
def test_a_bad_pointer_is_written_anew(data_dir: Path, kiwi: KiwiEmbedder, content: bytes | None) -> None:
    (old,) = generation.generations(data_dir)
    pointer = data_dir / generation.POINTER
    pointer.unlink() if content is None else pointer.write_bytes(content)
    done = mended(data_dir, kiwi)
    assert done.record == old and "CURRENT" in done.told[0]
    assert generation.ailments(data_dir) == ()


def test_what_is_whole_is_left_as_it_is(data_dir: Path, kiwi: KiwiEmbedder) -> None:
    before = {path: path.stat().st_mtime_ns for path in data_dir.rglob("*") if path.name != ".lock"}
    assert "고칠 것이 없습니다" in mended(data_dir, kiwi).told[0]
    assert {path: path.stat().st_mtime_ns for path in data_dir.rglob("*") if path.name != ".lock"} == before


@pytest.mark.long
def test_an_older_one_that_is_served_instead_is_not_taken_for_it(data_dir: Path, kiwi: KiwiEmbedder) -> None:
    folder = folder_of(data_dir)
    older = folder.with_name("20250101000000-abcdef12-1")
    shutil.copytree(folder, older)
    described = json.loads((older / generation.RECORD_FILE).read_text("utf-8"))
    (older / generation.RECORD_FILE).write_text(json.dumps({**described, "id": older.name}), "utf-8")
    lost(folder / "vectors")
    served = generation.serving(data_dir)
    assert served and served.record.id == older.name
    done = mended(data_dir, kiwi)
    assert done.record.id.startswith(folder.name.rpartition("-")[0]) and done.record.id != older.name
    found = generation.serving(data_dir)
    assert found and (found.record, found.why) == (done.record, "")


@pytest.mark.long
def test_one_of_a_version_without_seals_is_made_anew_too(data_dir: Path, kiwi: KiwiEmbedder) -> None:
    folder = folder_of(data_dir)
    described = json.loads((folder / generation.RECORD_FILE).read_text("utf-8"))
    del described[generation.SEALS]
    (folder / generation.RECORD_FILE).write_text(json.dumps(described), "utf-8")
    before = asked(data_dir, kiwi)
    lost(folder / "vectors")
    mended(data_dir, kiwi)
    assert asked(data_dir, kiwi) == before


def test_nothing_is_repaired_where_nothing_was_served_or_another_builds(
    data_dir: Path, kiwi: KiwiEmbedder, tmp_path: Path
) -> None:
    with pytest.raises(IndexMissing, match="jiwon sync"):
        mended(tmp_path / "none", kiwi)
    with writing(data_dir), pytest.raises(IndexBusy):
        mended(data_dir, kiwi)


def test_where_the_embedder_is_gone_nothing_changes(data_dir: Path) -> None:
    lost(folder_of(data_dir) / "vectors")

    def gone(record: Generation) -> Embedder:
        raise ModelUnavailable(f"{asdict(record)['embedder']} is gone")

    with pytest.raises(ModelUnavailable):
        repair(data_dir, CORPUS, gone)
    assert len(list((data_dir / "generations").glob("[!.]*"))) == 1
