"""Chroma keeps the contract of a vector store, on real files."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.errors import IndexDamaged
from rag.vectors import ChromaVectors
from tests.contracts.vector_store import VectorStoreContract


class TestChromaVectors(VectorStoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[ChromaVectors]:
        store = ChromaVectors(tmp_path / "vectors")
        yield store
        store.close()


def test_what_was_stored_is_there_after_closing_and_opening(tmp_path: Path) -> None:
    store = ChromaVectors(tmp_path / "vectors")
    store.add(["a", "b"], [[1.0, 0.0], [0.0, 1.0]])
    store.close()
    again = ChromaVectors(tmp_path / "vectors")
    assert again.nearest([0.0, 1.0], 1)[0][0] == "b"
    again.close()


def test_a_directory_that_is_not_a_store_is_refused_with_a_sentence(tmp_path: Path) -> None:
    directory = tmp_path / "vectors"
    directory.mkdir()
    (directory / "chroma.sqlite3").write_bytes(b"not a database, but long enough to be read as one" * 50)
    with pytest.raises(IndexDamaged, match="벡터 색인을 열 수 없습니다"):
        ChromaVectors(directory)
