"""What every Embedder owes its users, as a class of tests to inherit; the subclass gives the `embedder` fixture."""

import math

import pytest

from rag.ports import Embedder

TEXTS = (
    "중소기업 인공지능 바우처 지원사업",
    "산업인력공단 지사 전화번호와 연락처",
    "직원 교육 훈련 과정",
    "",
    "🙂 \x00 ㅋㅋ",
)


def _length(vector: object) -> float:
    assert isinstance(vector, list)
    return math.sqrt(sum(x * x for x in vector))


class EmbedderContract:
    """Inherit and provide `embedder`."""

    @pytest.fixture
    def embedder(self) -> Embedder:
        raise NotImplementedError

    def test_every_vector_has_the_dimension_promised(self, embedder: Embedder) -> None:
        vectors = embedder.embed_documents(TEXTS)
        assert len(vectors) == len(TEXTS)
        assert {len(vector) for vector in (*vectors, embedder.embed_query(TEXTS[0]))} == {embedder.dimension}

    def test_vectors_are_of_unit_length_or_zero(self, embedder: Embedder) -> None:
        for vector in (*embedder.embed_documents(TEXTS), *map(embedder.embed_query, TEXTS)):
            assert _length(vector) == pytest.approx(1.0, abs=1e-4) or not any(vector)
        assert any(embedder.embed_query(TEXTS[0]))

    def test_no_texts_give_no_vectors(self, embedder: Embedder) -> None:
        assert list(embedder.embed_documents([])) == []

    def test_a_vector_does_not_depend_on_the_other_texts(self, embedder: Embedder) -> None:
        together = embedder.embed_documents(TEXTS[:3])
        for text, vector in zip(TEXTS, together, strict=False):
            assert embedder.embed_documents([text])[0] == pytest.approx(vector, abs=1e-4)

    def test_a_question_is_nearest_to_the_text_it_repeats(self, embedder: Embedder) -> None:
        texts = TEXTS[:3]
        vectors = embedder.embed_documents(texts)
        for wanted, text in enumerate(texts):
            query = embedder.embed_query(text)
            cosines = [sum(a * b for a, b in zip(query, vector, strict=True)) for vector in vectors]
            assert cosines.index(max(cosines)) == wanted

    def test_the_weight_is_a_share(self, embedder: Embedder) -> None:
        assert 0.0 <= embedder.weight <= 1.0

    def test_the_name_is_told_and_stable(self, embedder: Embedder) -> None:
        assert embedder.name
        assert embedder.name == embedder.name.strip()

    def test_it_takes_at_least_one_text_at_once(self, embedder: Embedder) -> None:
        assert embedder.batch >= 1

    def test_short_texts_are_read_whole_and_the_share_of_a_long_one_is_told(self, embedder: Embedder) -> None:
        assert embedder.unread([]) == []
        assert embedder.unread(TEXTS) == [0.0] * len(TEXTS)
        some, more = embedder.unread([TEXTS[0] * 100, TEXTS[0] * 1000])
        assert 0.0 <= some <= more < 1.0

    def test_a_text_of_any_length_has_a_vector(self, embedder: Embedder) -> None:
        (vector,) = embedder.embed_documents([TEXTS[0] * 100])
        assert _length(vector) == pytest.approx(1.0, abs=1e-4)
