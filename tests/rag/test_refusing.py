"""What the system refuses is told as a sentence with the remedy, whichever library met it."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from rag.errors import CorpusError, IndexDamaged, StorageUnavailable
from rag.refusing import ailment, errno_of, sentence, told
from tests.rag.disks import disk

REMEDY = {
    errno.ENOSPC: "공간을 비운",
    errno.EROFS: "다시 마운트",
    errno.EACCES: "주인",
    errno.EMFILE: "ulimit -n",
    errno.EIO: "디스크를 점검",
    errno.ENOTDIR: "JIWON_DATA_DIR",
}


@pytest.mark.parametrize(("number", "remedy"), REMEDY.items())
def test_each_refusal_has_its_remedy_and_names_the_place(tmp_path: Path, number: int, remedy: str) -> None:
    words = sentence(OSError(number, "refused"), tmp_path / "not" / "there")
    assert words and remedy in words and str(tmp_path) in words
    hidden = sentence(OSError(number, "refused"), tmp_path, called="CURRENT")
    assert hidden and "CURRENT" in hidden and str(tmp_path) not in hidden


def test_a_full_disk_says_how_much_is_needed_where_that_is_known(tmp_path: Path) -> None:
    words = sentence(OSError(errno.ENOSPC, ""), tmp_path, needed=123_000_000)
    assert words and "123MB" in words
    assert "MB" not in str(sentence(OSError(errno.ENOSPC, ""), tmp_path))


@pytest.mark.parametrize("error", [OSError(errno.ENOENT, "no such file"), OSError("without a number")])
def test_what_is_no_matter_of_the_disk_goes_through(tmp_path: Path, error: OSError) -> None:
    assert sentence(error, tmp_path) is None
    with pytest.raises(OSError, match=r"."), told(tmp_path):
        raise error


def test_what_we_say_ourselves_goes_through(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="a"), told(tmp_path):
        raise CorpusError("a")


@pytest.mark.parametrize(
    "error",
    [
        *(sqlite3.OperationalError("database or disk is full"), IndexDamaged("b")),
        OSError("768000 requested and 262112 written"),  # so NumPy tells it
    ],
)
def test_what_a_library_says_on_a_full_disk_is_told_as_that(tmp_path: Path, error: Exception) -> None:
    with disk(tmp_path / "disk", 1) as small:
        small.fill()
        with pytest.raises(StorageUnavailable, match="빈 곳이 없습니다"), told(small.path):
            raise error


def test_what_a_library_says_on_a_read_only_disk_is_told_as_that(tmp_path: Path) -> None:
    with disk(tmp_path / "disk", 32) as small:
        assert ailment(small.path) is None
        small.read_only()
        with pytest.raises(StorageUnavailable, match="읽기 전용"), told(small.path):
            raise ValueError("Failed to acquire Lockfile")


def test_on_a_sound_disk_an_error_stays_what_it_is(tmp_path: Path) -> None:
    with disk(tmp_path / "disk", 32) as small, pytest.raises(ValueError, match="c"), told(small.path):
        raise ValueError("c")


def test_a_folder_that_is_a_file_is_told_as_that(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("", "utf-8")
    with pytest.raises(StorageUnavailable, match="폴더가 아닙니다"), told(tmp_path / "data"):
        (tmp_path / "data" / "generations").mkdir()


def test_an_error_of_sqlite_is_one_of_the_system(tmp_path: Path) -> None:
    with disk(tmp_path / "disk", 1) as small:
        with closing(sqlite3.connect(small.path / "a.sqlite")) as file:
            file.execute("create table t (b blob)")
        small.read_only()
        with closing(sqlite3.connect(small.path / "a.sqlite")) as file, pytest.raises(sqlite3.Error) as found:
            file.execute("insert into t values (1)")
        assert errno_of(found.value) == errno.EROFS
    assert errno_of(ValueError()) == errno_of(None) == 0
