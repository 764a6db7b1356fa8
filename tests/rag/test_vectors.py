"""The number of vectors decides what kind of store is written, and what lies there which is opened."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from rag import vectors
from rag.chroma_vectors import ChromaVectors, ServedVectors, write_chroma
from rag.errors import IndexDamaged
from rag.matrix_vectors import SIGNS, MatrixVectors
from rag.ports import Rows, Vector, VectorStore
from rag.vectors import Limits, store_of, write, write_within
from tests.rag.kinds import KINDS

EAST, NORTH = [1.0, 0.0], [0.0, 1.0]
LIMITS = Limits(exact=10, sketched=20)


def rows(count: int, batch: int = 3) -> Rows:
    """So many different ids with vectors that turn from east to north."""
    made = [(f"s{at}", [float(count - at), float(at)]) for at in range(count)]
    for start in range(0, count, batch):
        ids, vectors_ = zip(*made[start : start + batch], strict=True)
        yield ids, vectors_


def written(directory: Path, given: Rows, limits: Limits = LIMITS) -> VectorStore:
    write_within(directory, given, limits)
    return store_of(directory, "", "g")


@pytest.mark.parametrize(
    ("count", "kind", "sketched"),
    [(0, MatrixVectors, False), (10, MatrixVectors, False), (11, MatrixVectors, True), (20, MatrixVectors, True),
     (21, ChromaVectors, False)],
)  # fmt: skip
def test_up_to_a_limit_every_vector_is_held_against_a_question_up_to_another_its_likest_and_beyond_chroma_finds(
    tmp_path: Path, count: int, kind: type[VectorStore], sketched: bool
) -> None:
    store = written(tmp_path / "vectors", rows(count))
    assert isinstance(store, kind)
    assert (tmp_path / "vectors" / SIGNS).exists() is sketched
    assert len(store) == count
    assert [id_ for id_, _ in store.nearest(EAST, 4)] == [f"s{at}" for at in range(min(count, 4))]
    store.close()


def test_whichever_is_written_finds_the_same(tmp_path: Path) -> None:
    made = np.random.default_rng(7).normal(size=(40, 16)).tolist()
    given = [([f"s{at}" for at in range(40)], made)]
    stores = [written(tmp_path / kind, given, limits) for kind, limits in KINDS.items()]
    for asked in made[:10]:
        few, *others = (store.nearest(asked, 5) for store in stores)
        for many in others:
            assert [id_ for id_, _ in few] == [id_ for id_, _ in many]
            assert [cosine for _, cosine in few] == pytest.approx([cosine for _, cosine in many], abs=1e-5)
    for store in stores:
        store.close()


@pytest.mark.parametrize(
    ("limits", "kind"), [(Limits(2, 2), MatrixVectors), (Limits(1, 2), MatrixVectors), (Limits(0, 1), ChromaVectors)]
)
def test_an_id_that_comes_again_counts_once_and_is_overwritten(
    tmp_path: Path, limits: Limits, kind: type[VectorStore]
) -> None:
    again = [(["a", "b", "a"], [EAST, EAST, NORTH]), (["b"], [NORTH])]
    store = written(tmp_path / "vectors", again, limits)
    assert isinstance(store, kind)
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
    write_within(tmp_path / "vectors", given(), Limits(5, 10))
    assert len(drawn) == 30


def test_a_build_goes_by_the_limits_that_were_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "few", rows(11))
    assert isinstance(store_of(tmp_path / "few", "", "g"), MatrixVectors)
    monkeypatch.setattr(vectors, "LIMITS", Limits(5, 10))
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
    assert isinstance(store_of(tmp_path / "vectors", "http://127.0.0.1:1", "g"), MatrixVectors)
    assert isinstance(store_of(tmp_path / "none", "http://127.0.0.1:1", "g"), ServedVectors)
    with pytest.raises(IndexDamaged, match="JIWON_CHROMA_URL"):
        store_of(tmp_path / "none", "", "g").open()


def test_a_folder_of_neither_kind_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "vectors").mkdir()
    with pytest.raises(IndexDamaged, match="벡터 색인을 열 수 없습니다"):
        store_of(tmp_path / "vectors", "http://127.0.0.1:1", "g").open()
    assert not list((tmp_path / "vectors").iterdir())
