"""What every VectorStore owes its users, as a class of tests to inherit; the subclass gives the `store` fixture."""

import pytest

from rag.ports import VectorStore


class VectorStoreContract:
    """Inherit and provide an empty `store`."""

    @pytest.fixture
    def store(self) -> VectorStore:
        raise NotImplementedError

    def test_a_new_store_is_empty_and_answers(self, store: VectorStore) -> None:
        assert len(store) == 0
        assert store.nearest([1.0, 0.0], 3) == []

    def test_the_nearest_come_first_with_their_cosine(self, store: VectorStore) -> None:
        store.add(["east", "north", "between"], [[1.0, 0.0], [0.0, 1.0], [0.8, 0.6]])
        found = store.nearest([1.0, 0.0], 3)
        assert [id_ for id_, _ in found] == ["east", "between", "north"]
        assert [cosine for _, cosine in found] == pytest.approx([1.0, 0.8, 0.0], abs=1e-5)

    def test_the_cosine_does_not_depend_on_length(self, store: VectorStore) -> None:
        store.add(["long"], [[30.0, 40.0]])
        assert store.nearest([0.6, 0.8], 1)[0][1] == pytest.approx(1.0, abs=1e-5)

    def test_no_more_than_asked_and_no_more_than_there_are(self, store: VectorStore) -> None:
        store.add(["a", "b", "c"], [[1.0, 0.0], [0.0, 1.0], [0.6, 0.8]])
        assert len(store.nearest([1.0, 0.0], 2)) == 2
        assert len(store.nearest([1.0, 0.0], 50)) == 3

    def test_a_known_id_is_overwritten(self, store: VectorStore) -> None:
        store.add(["a", "b"], [[1.0, 0.0], [0.0, 1.0]])
        store.add(["a"], [[-1.0, 0.0]])
        assert len(store) == 2
        assert store.nearest([-1.0, 0.0], 1)[0][0] == "a"

    def test_zero_vectors_are_stored_and_like_nothing(self, store: VectorStore) -> None:
        store.add(["nothing", "east"], [[0.0, 0.0], [1.0, 0.0]])
        assert len(store) == 2
        assert dict(store.nearest([1.0, 0.0], 2))["nothing"] == pytest.approx(0.0, abs=1e-5)
        assert all(cosine == pytest.approx(0.0, abs=1e-5) for _, cosine in store.nearest([0.0, 0.0], 2))

    def test_more_rows_than_one_batch_are_all_stored(self, store: VectorStore) -> None:
        count = 6000
        store.add([str(number) for number in range(count)], [[1.0, number / count] for number in range(count)])
        assert len(store) == count
