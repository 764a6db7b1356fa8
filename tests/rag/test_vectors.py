"""Chroma keeps the contract of a vector store, on real files, and changes none of them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from rag.errors import IndexDamaged
from rag.seals import broken, sealed
from rag.vectors import ChromaVectors, write
from rag.views import PREFIX
from tests.contracts.vector_store import Rows, Stored, VectorStoreContract

REPOSITORY = Path(__file__).resolve().parents[2]


class TestChromaVectors(VectorStoreContract):
    @pytest.fixture
    def stored(self, tmp_path: Path) -> Iterator[Stored]:
        numbers, stores = count(), []

        def stored(*rows: Rows) -> ChromaVectors:
            directory = tmp_path / f"vectors-{next(numbers)}"
            write(directory, rows)
            stores.append(ChromaVectors(directory))
            return stores[-1]

        yield stored
        for store in stores:
            store.close()


def test_a_directory_that_is_not_a_store_is_refused_with_a_sentence(tmp_path: Path) -> None:
    directory = tmp_path / "vectors"
    directory.mkdir()
    (directory / "chroma.sqlite3").write_bytes(b"not a database, but long enough to be read as one" * 50)
    with pytest.raises(IndexDamaged, match="벡터 색인을 열 수 없습니다"):
        ChromaVectors(directory).open()


def test_a_directory_that_is_not_there_is_refused_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match="벡터 색인을 열 수 없습니다"):
        ChromaVectors(tmp_path / "vectors").open()
    assert not list(tmp_path.iterdir())


def test_reading_changes_no_file(tmp_path: Path) -> None:
    write(tmp_path / "vectors", [([str(at)], [[1.0, at / 10]]) for at in range(10)])
    seals = sealed(tmp_path / "vectors")
    for _ in range(2):
        store = ChromaVectors(tmp_path / "vectors")
        assert len(store.nearest([1.0, 0.0], 3)) == 3
        store.close()
    assert broken(tmp_path / "vectors", seals) is None
    assert sealed(tmp_path / "vectors").keys() == seals.keys()


FORKING = """
import os, sys
from pathlib import Path
from rag.vectors import ChromaVectors
store = ChromaVectors(Path(sys.argv[1]))
for vector in ([1.0, 0.0], [0.0, 1.0]):
    pid = os.fork()
    if pid == 0:
        sys.stdout.write(store.nearest(vector, 1)[0][0] + "\\n")
        sys.stdout.flush()
        os._exit(0)
    os.waitpid(pid, 0)
print(store.is_open)
"""


def run(program: str, directory: Path, **environment: str) -> str:
    """What a program prints of a directory. Chroma was never opened in its process, so that it may fork."""
    done = subprocess.run(
        [sys.executable, "-c", program, str(directory)],
        cwd=REPOSITORY,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return done.stdout


def test_each_process_forked_from_whoever_holds_it_opens_its_own(tmp_path: Path) -> None:
    write(tmp_path / "vectors", [(["east", "north"], [[1.0, 0.0], [0.0, 1.0]])])
    assert run(FORKING, tmp_path / "vectors").split() == ["east", "north", "False"]


DYING = """
import os, sys
from pathlib import Path
from rag.vectors import ChromaVectors
store = ChromaVectors(Path(sys.argv[1]))
store.open()
os._exit(0)
"""


def test_what_a_killed_reader_left_is_removed_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("rag.views._UNHELD_S", -1.0)
    write(tmp_path / "vectors", [(["a"], [[1.0, 0.0]])])
    run(DYING, tmp_path / "vectors", TMPDIR=str(tmp_path))
    (left,) = tmp_path.glob(f"{PREFIX}*")
    first = ChromaVectors(tmp_path / "vectors")
    first.open()
    (held,) = tmp_path.glob(f"{PREFIX}*")
    second = ChromaVectors(tmp_path / "vectors")
    second.open()
    assert left != held and held.is_dir()
    first.close()
    second.close()
    assert not list(tmp_path.glob(f"{PREFIX}*"))
