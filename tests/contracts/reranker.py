"""What every Reranker owes its users, as a class of tests to inherit; the subclass gives the `reranker` fixture."""

import math

import pytest

from rag.ports import Reranker

QUESTION = "중소기업 인공지능 바우처"
TEXTS = (
    "중소기업 인공지능 바우처 지원사업",
    "산업인력공단 지사 전화번호와 연락처",
    "직원 교육 훈련 과정",
    "",
    "🙂 \x00 ㅋㅋ",
)


class RerankerContract:
    """Inherit and provide `reranker`."""

    @pytest.fixture
    def reranker(self) -> Reranker:
        raise NotImplementedError

    def test_every_text_has_one_finite_score(self, reranker: Reranker) -> None:
        scores = reranker.scores(QUESTION, TEXTS)
        assert len(scores) == len(TEXTS)
        assert all(type(score) is float and math.isfinite(score) for score in scores)

    def test_no_texts_have_no_scores(self, reranker: Reranker) -> None:
        assert reranker.scores(QUESTION, []) == []

    def test_texts_are_told_apart(self, reranker: Reranker) -> None:
        assert len(set(reranker.scores(QUESTION, TEXTS[:3]))) > 1

    def test_the_score_depends_on_the_question(self, reranker: Reranker) -> None:
        assert reranker.scores(QUESTION, TEXTS[:1]) != reranker.scores("직원 훈련 과정", TEXTS[:1])

    def test_a_score_does_not_depend_on_the_other_texts(self, reranker: Reranker) -> None:
        together = reranker.scores(QUESTION, TEXTS[:3])
        for text, score in zip(TEXTS, together, strict=False):
            assert reranker.scores(QUESTION, [text])[0] == pytest.approx(score, abs=1e-4)

    def test_asking_twice_gives_the_same(self, reranker: Reranker) -> None:
        assert reranker.scores(QUESTION, TEXTS) == reranker.scores(QUESTION, TEXTS)

    def test_texts_and_questions_of_any_length_have_a_score(self, reranker: Reranker) -> None:
        assert len(reranker.scores(QUESTION * 500, [TEXTS[0] * 1000, TEXTS[0]])) == 2
        assert len(reranker.scores("", TEXTS)) == len(TEXTS)

    def test_the_name_is_told_and_stable(self, reranker: Reranker) -> None:
        assert reranker.name
        assert reranker.name == reranker.name.strip()
