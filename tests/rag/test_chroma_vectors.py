"""Chroma keeps the contract of a vector store, on real files, of which it changes none, and at a server of its own."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import numpy as np
import pytest

from rag import chroma_vectors
from rag.chroma_vectors import ChromaVectors, ServedVectors, drop, serve, write_chroma
from rag.errors import IndexDamaged, StorageUnavailable
from rag.seals import broken, sealed
from rag.views import PREFIX
from tests.chroma import ChromaServer, chroma_server, free_port
from tests.contracts.vector_store import Rows, Stored, VectorStoreContract

REPOSITORY = Path(__file__).resolve().parents[2]


class TestChromaVectors(VectorStoreContract):
    @pytest.fixture
    def stored(self, tmp_path: Path) -> Iterator[Stored]:
        numbers, stores = count(), []

        def stored(*rows: Rows) -> ChromaVectors:
            directory = tmp_path / f"vectors-{next(numbers)}"
            write_chroma(directory, rows)
            stores.append(ChromaVectors(directory))
            return stores[-1]

        yield stored
        for store in stores:
            store.close()


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    with chroma_server(tmp_path_factory.mktemp("chroma")) as running:
        yield running


class TestServedVectors(VectorStoreContract):
    @pytest.fixture
    def stored(self, chroma: ChromaServer) -> Iterator[Stored]:
        numbers, stores = count(), []

        def stored(*rows: Rows) -> ServedVectors:
            name = f"20260301000000-contract-{next(numbers)}"
            serve(chroma.url, name, rows)
            stores.append(ServedVectors(chroma.url, name))
            return stores[-1]

        yield stored
        for store in stores:
            store.close()


def test_embedded_and_served_find_the_same(chroma: ChromaServer, tmp_path: Path) -> None:
    made = np.random.default_rng(7).normal(size=(600, 32)).tolist()
    rows = [([str(at) for at in range(600)], made)]
    write_chroma(tmp_path / "vectors", rows)
    serve(chroma.url, "alike", rows)
    own, served = ChromaVectors(tmp_path / "vectors"), ServedVectors(chroma.url, "alike")
    alike = 0
    for vector in made[::10]:
        ours, theirs = dict(own.nearest(vector, 200)), dict(served.nearest(vector, 200))
        both = [id_ for id_ in ours if id_ in theirs]
        assert list(ours)[:20] == list(theirs)[:20]
        assert [ours[id_] for id_ in both] == pytest.approx([theirs[id_] for id_ in both], abs=1e-6)
        alike += len(both)
    # Each graph was woven by several threads: one that lies far may be missed by either.
    assert alike >= 0.99 * 200 * len(made[::10])
    own.close()
    served.close()


def test_what_is_served_again_takes_the_place_of_what_was(chroma: ChromaServer) -> None:
    serve(chroma.url, "again", [(["a", "b"], [[1.0, 0.0], [0.0, 1.0]])])
    serve(chroma.url, "again", [(["c"], [[1.0, 0.0]])])
    assert [id_ for id_, _ in ServedVectors(chroma.url, "again").nearest([1.0, 0.0], 3)] == ["c"]


def test_what_was_dropped_is_damaged_and_may_be_dropped_again(chroma: ChromaServer) -> None:
    serve(chroma.url, "dropped", [(["a"], [[1.0, 0.0]])])
    open_already = ServedVectors(chroma.url, "dropped")
    open_already.open()
    drop(chroma.url, "dropped")
    drop(chroma.url, "dropped")
    for store in (open_already, ServedVectors(chroma.url, "dropped")):
        with pytest.raises(IndexDamaged, match="Chroma 서버에 없습니다"):
            store.nearest([1.0, 0.0], 1)


def test_while_the_server_is_away_questions_are_refused_and_then_answered_again(tmp_path: Path) -> None:
    with chroma_server(tmp_path) as server:
        serve(server.url, "kept", [(["a"], [[1.0, 0.0]])])
        used, unused = ServedVectors(server.url, "kept"), ServedVectors(server.url, "kept")
        found = used.nearest([1.0, 0.0], 1)
        server.stop()
        for store in (used, unused):
            with pytest.raises(StorageUnavailable, match="Chroma 서버가 답하지 않습니다"):
                store.nearest([1.0, 0.0], 1)
        with pytest.raises(StorageUnavailable):
            serve(server.url, "other", [(["a"], [[1.0, 0.0]])])
        server.start()
        assert used.nearest([1.0, 0.0], 1) == unused.nearest([1.0, 0.0], 1) == found


def test_a_server_that_takes_connections_and_says_nothing_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chroma_vectors, "TIMEOUT_S", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        store = ServedVectors(f"http://127.0.0.1:{silent.getsockname()[1]}", "any")
        with pytest.raises(StorageUnavailable):
            store.nearest([1.0, 0.0], 1)


def test_a_server_that_falls_silent_later_is_away(chroma: ChromaServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chroma_vectors, "TIMEOUT_S", 0.5)
    serve(chroma.url, "silent", [(["a"], [[1.0, 0.0]])])
    store = ServedVectors(chroma.url, "silent")
    store.open()
    with chroma.stopped(), pytest.raises(StorageUnavailable):
        store.nearest([1.0, 0.0], 1)
    assert store.nearest([1.0, 0.0], 1)


def test_an_address_with_a_password_is_not_told(tmp_path: Path) -> None:
    with pytest.raises(StorageUnavailable) as refused:
        ServedVectors(f"http://reader:secret-word@127.0.0.1:{free_port()}", "any").open()
    assert "secret-word" not in str(refused.value)


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
    write_chroma(tmp_path / "vectors", [([str(at)], [[1.0, at / 10]]) for at in range(10)])
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
from rag.chroma_vectors import ChromaVectors
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
    write_chroma(tmp_path / "vectors", [(["east", "north"], [[1.0, 0.0], [0.0, 1.0]])])
    assert run(FORKING, tmp_path / "vectors").split() == ["east", "north", "False"]


DYING = """
import os, sys
from pathlib import Path
from rag.chroma_vectors import ChromaVectors
store = ChromaVectors(Path(sys.argv[1]))
store.open()
os._exit(0)
"""


def test_what_a_killed_reader_left_is_removed_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("rag.views._UNHELD_S", -1.0)
    write_chroma(tmp_path / "vectors", [(["a"], [[1.0, 0.0]])])
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
