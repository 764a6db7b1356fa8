"""A matrix of vectors keeps the contract of a vector store, misses nothing that is near, or little where it is narrowed
by sketches, and is read where it lies."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from threading import Barrier

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag import matrix_vectors
from rag.errors import IndexDamaged, StorageUnavailable
from rag.matrix_vectors import IDS, MIDDLE, SIGNS, UNITS, MatrixVectors, write_matrix
from rag.ports import Vector
from rag.refusing import told
from rag.seals import broken, sealed
from rag.vectors import write_within
from tests.contracts.vector_store import Rows, Stored, VectorStoreContract
from tests.rag.disks import disk
from tests.rag.kinds import KINDS

REPOSITORY = Path(__file__).resolve().parents[2]
TWO = {"east": [1.0, 0.0], "north": [0.0, 1.0]}
# Few numbers, so that some vectors are alike, turned round or of zeros.
NUMBERS = st.sampled_from([-2.0, -1.0, 0.0, 0.5, 3.0])


class TestMatrixVectors(VectorStoreContract):
    @pytest.fixture(params=["exact", "sketched"])
    def stored(self, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stored]:
        numbers, stores = count(), []

        def stored(*rows: Rows) -> MatrixVectors:
            directory = tmp_path / f"vectors-{next(numbers)}"
            write_within(directory, rows, KINDS[request.param])
            stores.append(MatrixVectors(directory))
            return stores[-1]

        yield stored
        for store in stores:
            store.close()


def made(directory: Path, vectors: Mapping[str, Vector] = TWO) -> MatrixVectors:
    write_matrix(directory, vectors)
    return MatrixVectors(directory)


@st.composite
def questions(draw: st.DrawFn) -> tuple[list[list[float]], list[float], int]:
    """Vectors of one dimension, a question among them, and how many are asked for."""
    dimension = draw(st.integers(1, 9))
    vector = st.lists(NUMBERS, min_size=dimension, max_size=dimension)
    return draw(st.lists(vector, min_size=1, max_size=40)), draw(vector), draw(st.integers(0, 45))


@settings(deadline=None)
@given(questions())
def test_the_nearest_are_those_of_the_highest_cosines_and_of_alike_ones_the_first(
    drawn: tuple[list[list[float]], list[float], int],
) -> None:
    vectors, asked, most = drawn
    table, question = np.array(vectors), np.array(asked)
    lengths = np.linalg.norm(table, axis=1) * np.linalg.norm(question)
    cosines = np.divide(table @ question, lengths, out=np.zeros(len(table)), where=lengths > 0)
    with tempfile.TemporaryDirectory() as scratch:
        store = made(Path(scratch) / "vectors", {str(at): vector for at, vector in enumerate(vectors)})
        found = [(int(id_), cosine) for id_, cosine in store.nearest(asked, most)]
    assert [cosine for _, cosine in found] == pytest.approx(sorted(cosines, reverse=True)[:most], abs=1e-6)
    assert [cosine for _, cosine in found] == pytest.approx([cosines[at] for at, _ in found], abs=1e-6)
    places = [at for at, _ in found]
    assert len(set(places)) == len(places)
    for at, vector in enumerate(vectors):
        before = [other for other in range(at) if vectors[other] == vector]
        assert at not in places or all(other in places and places.index(other) < places.index(at) for other in before)


def test_many_that_are_alike_come_as_they_were_stored(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    kinds = rng.normal(size=(7, 384))
    store = made(tmp_path / "vectors", {str(at): kinds[at % 7].tolist() for at in range(1000)})
    for asked in rng.normal(size=(20, 384)):
        found = store.nearest(asked.tolist(), 300)
        best = np.argsort(-(kinds @ asked) / np.linalg.norm(kinds, axis=1))
        wanted = [at for kind in best for at in range(kind, 1000, 7)]
        assert [int(id_) for id_, _ in found] == wanted[:300]


@pytest.mark.parametrize(("drawn", "least"), [(0.0, 0.9), (1.0, 1.0)], ids=["evenly", "in clusters"])
def test_of_vectors_narrowed_by_sketches_few_of_the_nearest_are_missed(
    tmp_path: Path, drawn: float, least: float
) -> None:
    rng = np.random.default_rng(11)
    middles = drawn * rng.normal(size=(400, 96))
    units = np.repeat(middles, 20, axis=0) + rng.normal(size=(8000, 96))
    asked = middles[:30] + rng.normal(size=(30, 96))
    vectors = {str(at): unit for at, unit in enumerate(units.tolist())}
    write_matrix(tmp_path / "exact", vectors)
    write_matrix(tmp_path / "sketched", vectors, with_sketches=True)
    exact, sketched = MatrixVectors(tmp_path / "exact"), MatrixVectors(tmp_path / "sketched")
    held = [(set(exact.nearest(one, 10)), set(sketched.nearest(one, 10))) for one in asked.tolist()]
    assert np.mean([len(all_ & narrowed) / 10 for all_, narrowed in held]) >= least
    # Only ids and their cosines are told, and those as they are.
    assert len(sketched.nearest(asked[0].tolist(), 5000)) == 5000


def test_lengths_that_single_precision_squares_to_nothing_or_to_too_much_count_as_others(tmp_path: Path) -> None:
    store = made(tmp_path / "vectors", {"tiny": [3e-30, 4e-30], "huge": [3e30, 4e30]})
    assert dict(store.nearest([0.6, 0.8], 2)) == pytest.approx({"tiny": 1.0, "huge": 1.0}, abs=1e-6)


def test_ids_of_any_letters_come_back_as_they_were(tmp_path: Path) -> None:
    ids = ["가\n나", "", '"', "\ud800", "s1:2"]
    store = made(tmp_path / "vectors", {id_: [1.0, float(at)] for at, id_ in enumerate(ids)})
    assert [id_ for id_, _ in store.nearest([1.0, 0.0], 5)] == ids


def test_two_builds_write_the_same_bytes(tmp_path: Path) -> None:
    vectors = {str(at): row for at, row in enumerate(np.random.default_rng(1).normal(size=(50, 16)).tolist())}
    for name in ("a", "b"):
        write_matrix(tmp_path / name, vectors)
        write_matrix(tmp_path / f"{name}-sketched", vectors, with_sketches=True)
    assert sealed(tmp_path / "a") == sealed(tmp_path / "b")
    assert sorted(sealed(tmp_path / "a")) == [IDS, UNITS]
    assert sealed(tmp_path / "a-sketched") == sealed(tmp_path / "b-sketched")
    assert sorted(sealed(tmp_path / "a-sketched")) == [IDS, MIDDLE, SIGNS, UNITS]


def test_reading_changes_and_copies_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "scratch"))
    store = made(tmp_path / "vectors")
    seals = sealed(tmp_path / "vectors")
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert len(store.nearest([1.0, 0.0], 2)) == 2
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before
    store.close()
    assert broken(tmp_path / "vectors", seals) is None


def test_what_is_open_is_read_on_when_its_files_are_removed(tmp_path: Path) -> None:
    store = made(tmp_path / "vectors", {str(at): [1.0, float(at)] for at in range(5000)})
    store.open()
    shutil.rmtree(tmp_path / "vectors")
    assert [id_ for id_, _ in store.nearest([1.0, 0.0], 2)] == ["0", "1"]
    assert len(store) == 5000


def test_threads_that_ask_at_once_open_it_once_and_find_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vectors = np.random.default_rng(5).normal(size=(300, 32)).tolist()
    store = made(tmp_path / "vectors", {str(at): vector for at, vector in enumerate(vectors)})
    plain, opened, together = matrix_vectors._opened, count(), Barrier(8)

    def counted(directory: Path) -> matrix_vectors._Opened:
        next(opened)
        return plain(directory)

    def ask(_: int) -> list[list[tuple[str, float]]]:
        together.wait(30)
        return [store.nearest(vector, 20) for vector in vectors[:50]]

    monkeypatch.setattr(matrix_vectors, "_opened", counted)
    with ThreadPoolExecutor(8) as threads:
        first, *others = threads.map(ask, range(8))
    assert all(other == first for other in others)
    assert next(opened) == 1


FORKING = """
import os, sys
from pathlib import Path
from rag.vectors import store_of
store = store_of(Path(sys.argv[1]), "", "g")
store.open()
for vector in ([1.0, 0.0], [0.0, 1.0]):
    pid = os.fork()
    if pid == 0:
        sys.stdout.write(store.nearest(vector, 1)[0][0] + "\\n")
        sys.stdout.flush()
        os._exit(0)
    os.waitpid(pid, 0)
print(store.nearest([1.0, 0.0], 1)[0][0], "chromadb" in sys.modules)
"""


def test_processes_forked_from_whoever_opened_it_ask_it_too_and_nothing_of_chroma_is_loaded(tmp_path: Path) -> None:
    write_matrix(tmp_path / "vectors", TWO)
    done = subprocess.run(
        [sys.executable, "-c", FORKING, str(tmp_path / "vectors")],
        cwd=REPOSITORY,
        env=os.environ,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert done.stdout.split() == ["east", "north", "east", "False"]


def without(name: str) -> Callable[[Path], None]:
    """A file is missing."""
    return lambda directory: (directory / name).unlink()


def of_array(array: np.ndarray, name: str = UNITS) -> Callable[[Path], None]:
    """Another array lies there."""

    def harm(directory: Path) -> None:
        np.save(directory / name, array, allow_pickle=True)

    return harm


def of_bytes(name: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    """A file holds other bytes."""

    def harm(directory: Path) -> None:
        (directory / name).write_bytes(change((directory / name).read_bytes()))

    return harm


def json_of(other: object) -> Callable[[bytes], bytes]:
    """Whatever it was."""
    return lambda _: json.dumps(other).encode()


HARMS = [
    *(without(name) for name in (UNITS, IDS)),
    *(of_bytes(name, lambda _: b"") for name in (UNITS, IDS)),
    *(of_bytes(name, lambda whole: whole[: len(whole) // 2]) for name in (UNITS, IDS)),
    *(of_bytes(name, lambda whole: whole[:-1]) for name in (UNITS, IDS)),
    *(of_bytes(name, lambda _: bytes(range(256)) * 9) for name in (UNITS, IDS)),
    of_bytes(UNITS, lambda whole: whole.replace(b"}", b"(")),
    of_bytes(UNITS, lambda whole: whole.replace(b"'descr'", b"b'desc'")),
    of_bytes(UNITS, lambda _: b"PK\x03\x04 an archive"),
    *(of_array(np.zeros(shape, np.float32)) for shape in ((1, 2), (3, 2), (2,), (2, 2, 1))),
    *(of_array(np.zeros((2, 2), kind)) for kind in ("<f8", ">f4", "<i4")),
    of_array(np.array([{"a": 1}, None])),
    *(of_bytes(IDS, json_of(other)) for other in ({"a": 1, "b": 2}, "ab", 2, None)),
]
SKETCHES_HARMED = [
    without(MIDDLE),
    *(of_bytes(name, lambda _: b"") for name in (MIDDLE, SIGNS)),
    *(of_bytes(name, lambda whole: whole[:-1]) for name in (MIDDLE, SIGNS)),
    of_array(np.zeros(3, np.float32), MIDDLE),
    of_array(np.zeros(2, np.float64), MIDDLE),
    of_array(np.zeros((1, 3), np.uint64), SIGNS),
    of_array(np.zeros(2, np.uint64), SIGNS),
    of_array(np.zeros((1, 2), np.int64), SIGNS),
]


@pytest.mark.parametrize(
    ("with_sketches", "harm"),
    [*((False, harm) for harm in HARMS), *((True, harm) for harm in [*HARMS, *SKETCHES_HARMED])],
)
def test_what_is_missing_cut_or_of_another_form_is_refused_with_a_sentence(
    tmp_path: Path, with_sketches: bool, harm: Callable[[Path], None]
) -> None:
    write_matrix(tmp_path / "vectors", TWO, with_sketches)
    store = MatrixVectors(tmp_path / "vectors")
    harm(tmp_path / "vectors")
    for _ in range(2):
        with pytest.raises(IndexDamaged, match=rf"{tmp_path.name}/vectors: 벡터 색인을 열 수 없습니다.*jiwon sync"):
            store.open()
    assert not store.is_open


def test_a_directory_that_is_not_there_is_refused_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match="JIWON_CHROMA_URL"):
        MatrixVectors(tmp_path / "vectors").open()
    assert not list(tmp_path.iterdir())


def test_a_disk_that_gets_full_meanwhile_is_said(tmp_path: Path) -> None:
    vectors = {str(at): [1.0] * 384 for at in range(2000)}
    with (
        disk(tmp_path / "disk", 1) as small,
        pytest.raises(StorageUnavailable, match="디스크에 빈 곳이 없습니다"),
        told(small.path),
    ):
        write_matrix(small.path / "vectors", vectors)


def test_what_is_on_a_disk_that_can_only_be_read_is_opened(tmp_path: Path) -> None:
    with disk(tmp_path / "disk", 1) as small:
        store = made(small.path / "vectors")
        small.read_only()
        assert store.nearest([1.0, 0.0], 1)[0][0] == "east"
        store.close()
