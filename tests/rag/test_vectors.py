"""The number of vectors decides what kind of store is written, and what lies there which is opened."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from rag import vectors
from rag.chroma_vectors import ChromaVectors, ServedVectors, write_chroma
from rag.errors import IndexDamaged
from rag.exact_vectors import ExactVectors
from rag.ports import Rows, Vector, VectorStore
from rag.vectors import store_of, write, write_by_number

EAST, NORTH = [1.0, 0.0], [0.0, 1.0]


def rows(count: int, batch: int = 3) -> Rows:
    """So many different ids with vectors that turn from east to north."""
    made = [(f"s{at}", [float(count - at), float(at)]) for at in range(count)]
    for start in range(0, count, batch):
        ids, vectors_ = zip(*made[start : start + batch], strict=True)
        yield ids, vectors_


def written(directory: Path, given: Rows, exact_at_most: int = 10) -> VectorStore:
    write_by_number(directory, given, exact_at_most)
    return store_of(directory, "", "g")


@pytest.mark.parametrize(
    ("count", "kind"), [(0, ExactVectors), (9, ExactVectors), (10, ExactVectors), (11, ChromaVectors)]
)
def test_up_to_the_limit_every_vector_is_held_against_a_question_and_beyond_it_chroma_finds(
    tmp_path: Path, count: int, kind: type[VectorStore]
) -> None:
    store = written(tmp_path / "vectors", rows(count))
    assert isinstance(store, kind)
    assert len(store) == count
    assert [id_ for id_, _ in store.nearest(EAST, 4)] == [f"s{at}" for at in range(min(count, 4))]
    store.close()


def test_whichever_is_written_finds_the_same(tmp_path: Path) -> None:
    made = np.random.default_rng(7).normal(size=(40, 16)).tolist()
    given = [([f"s{at}" for at in range(40)], made)]
    exact, graph = written(tmp_path / "few", given, 40), written(tmp_path / "many", given, 39)
    for asked in made[:10]:
        few, many = exact.nearest(asked, 5), graph.nearest(asked, 5)
        assert [id_ for id_, _ in few] == [id_ for id_, _ in many]
        assert [cosine for _, cosine in few] == pytest.approx([cosine for _, cosine in many], abs=1e-5)
    exact.close()
    graph.close()


@pytest.mark.parametrize("exact_at_most", [2, 1], ids=["exact", "chroma"])
def test_an_id_that_comes_again_counts_once_and_is_overwritten(tmp_path: Path, exact_at_most: int) -> None:
    again = [(["a", "b", "a"], [EAST, EAST, NORTH]), (["b"], [NORTH])]
    store = written(tmp_path / "vectors", again, exact_at_most)
    assert isinstance(store, ExactVectors if exact_at_most == 2 else ChromaVectors)
    assert dict(store.nearest(NORTH, 3)) == pytest.approx({"a": 1.0, "b": 1.0}, abs=1e-5)
    store.close()


def test_what_comes_after_the_limit_is_not_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    def given() -> Iterator[tuple[Sequence[str], Sequence[Vector]]]:
        for ids, vectors_ in rows(30):
            drawn.extend(ids)
            yield ids, vectors_

    def stored(_: Path, flowing: Rows) -> None:
        assert len(drawn) == 12
        assert [len(ids) for ids, _ in flowing] == [12, *[3] * 6]

    monkeypatch.setattr(vectors, "write_chroma", stored)
    write_by_number(tmp_path / "vectors", given(), 10)
    assert len(drawn) == 30


def test_a_build_goes_by_the_limit_that_was_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "few", rows(11))
    assert isinstance(store_of(tmp_path / "few", "", "g"), ExactVectors)
    monkeypatch.setattr(vectors, "EXACT_AT_MOST", 10)
    write(tmp_path / "many", rows(11))
    assert isinstance(store_of(tmp_path / "many", "", "g"), ChromaVectors)


def test_what_earlier_versions_wrote_is_opened_whatever_its_number(tmp_path: Path) -> None:
    write_chroma(tmp_path / "vectors", [(["east", "north"], [EAST, NORTH])])
    store = store_of(tmp_path / "vectors", "", "g")
    assert isinstance(store, ChromaVectors)
    assert store.nearest(NORTH, 1)[0][0] == "north"
    store.close()


def test_vectors_lie_in_the_folder_where_there_is_one_and_else_at_the_server(tmp_path: Path) -> None:
    write(tmp_path / "vectors", rows(3))
    assert isinstance(store_of(tmp_path / "vectors", "http://127.0.0.1:1", "g"), ExactVectors)
    assert isinstance(store_of(tmp_path / "none", "http://127.0.0.1:1", "g"), ServedVectors)
    with pytest.raises(IndexDamaged, match="JIWON_CHROMA_URL"):
        store_of(tmp_path / "none", "", "g").open()


def test_a_folder_of_neither_kind_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "vectors").mkdir()
    with pytest.raises(IndexDamaged, match="벡터 색인을 열 수 없습니다"):
        store_of(tmp_path / "vectors", "http://127.0.0.1:1", "g").open()
    assert not list((tmp_path / "vectors").iterdir())
