"""What every VectorStore owes its users, as a class of tests to inherit; the subclass gives the `stored` fixture."""

from collections.abc import Callable, Sequence

import pytest

from rag.ports import Vector, VectorStore

Rows = tuple[Sequence[str], Sequence[Vector]]
Stored = Callable[..., VectorStore]


class VectorStoreContract:
    """Inherit and provide `stored`: a function that writes ids with vectors, so many at a time, and reads them."""

    @pytest.fixture
    def stored(self) -> Stored:
        raise NotImplementedError

    def test_an_empty_store_answers(self, stored: Stored) -> None:
        store = stored()
        assert len(store) == 0
        assert store.nearest([1.0, 0.0], 3) == []

    def test_it_is_opened_when_it_is_asked_or_told_to(self, stored: Stored) -> None:
        asked, told = stored((["a"], [[1.0, 0.0]])), stored((["a"], [[1.0, 0.0]]))
        assert not asked.is_open and not told.is_open
        told.open()
        told.open()
        assert asked.nearest([1.0, 0.0], 1) == told.nearest([1.0, 0.0], 1)
        assert asked.is_open and told.is_open

    def test_the_nearest_come_first_with_their_cosine(self, stored: Stored) -> None:
        store = stored((["east", "north", "between"], [[1.0, 0.0], [0.0, 1.0], [0.8, 0.6]]))
        found = store.nearest([1.0, 0.0], 3)
        assert [id_ for id_, _ in found] == ["east", "between", "north"]
        assert [cosine for _, cosine in found] == pytest.approx([1.0, 0.8, 0.0], abs=1e-5)

    def test_the_cosine_does_not_depend_on_length(self, stored: Stored) -> None:
        store = stored((["long"], [[30.0, 40.0]]))
        assert store.nearest([0.6, 0.8], 1)[0][1] == pytest.approx(1.0, abs=1e-5)

    def test_no_more_than_asked_and_no_more_than_there_are(self, stored: Stored) -> None:
        store = stored((["a", "b", "c"], [[1.0, 0.0], [0.0, 1.0], [0.6, 0.8]]))
        assert len(store.nearest([1.0, 0.0], 2)) == 2
        assert len(store.nearest([1.0, 0.0], 50)) == 3

    def test_a_known_id_is_overwritten(self, stored: Stored) -> None:
        store = stored((["a", "b"], [[1.0, 0.0], [0.0, 1.0]]), (["a"], [[-1.0, 0.0]]))
        assert len(store) == 2
        assert store.nearest([-1.0, 0.0], 1)[0][0] == "a"

    def test_zero_vectors_are_stored_and_like_nothing(self, stored: Stored) -> None:
        store = stored((["nothing", "east"], [[0.0, 0.0], [1.0, 0.0]]))
        assert len(store) == 2
        assert dict(store.nearest([1.0, 0.0], 2))["nothing"] == pytest.approx(0.0, abs=1e-5)
        assert all(cosine == pytest.approx(0.0, abs=1e-5) for _, cosine in store.nearest([0.0, 0.0], 2))

    def test_more_rows_than_one_batch_are_all_stored(self, stored: Stored) -> None:
        count = 6000
        store = stored(([str(number) for number in range(count)], [[1.0, number / count] for number in range(count)]))
        assert len(store) == count
