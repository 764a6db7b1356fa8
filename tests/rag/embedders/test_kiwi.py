"""The Kiwi embedder keeps the contract, and its vectors mean something."""

from pathlib import Path

import numpy as np
import pytest

from rag.embedders import open_embedder
from rag.embedders.kiwi import KiwiEmbedder
from tests.contracts.embedder import EmbedderContract
from tests.rag.conftest import LettersEmbedder


class TestKiwiEmbedder(EmbedderContract):
    @pytest.fixture
    def embedder(self, kiwi: KiwiEmbedder) -> KiwiEmbedder:
        return kiwi


class TestLettersEmbedder(EmbedderContract):
    """The stand-in of other tests owes the same."""

    @pytest.fixture
    def embedder(self, letters: LettersEmbedder) -> LettersEmbedder:
        return letters


@pytest.mark.parametrize(
    "word, like, unlike", [("전화번호", "연락처", "대출"), ("융자", "대출", "훈련"), ("보조금", "지원금", "로봇")]
)
def test_words_of_like_meaning_are_nearer(kiwi: KiwiEmbedder, word: str, like: str, unlike: str) -> None:
    vector, near, far = (np.asarray(kiwi.embed_query(text)) for text in (word, like, unlike))
    assert vector @ near > vector @ far + 0.2


def test_a_text_without_known_words_gives_the_zero_vector(kiwi: KiwiEmbedder) -> None:
    assert kiwi.embed_query("🙂 …") == [0.0] * kiwi.dimension


def test_a_second_embedder_reads_the_kept_vectors(kiwi: KiwiEmbedder, kiwi_cache: Path) -> None:
    text = "중소기업 지원사업"
    vector = kiwi.embed_query(text)
    kept = {path: path.stat().st_mtime_ns for path in kiwi_cache.iterdir()}
    assert KiwiEmbedder(kiwi_cache).embed_query(text) == vector
    assert {path: path.stat().st_mtime_ns for path in kiwi_cache.iterdir()} == kept


def test_kept_vectors_that_were_cut_short_are_made_again(
    kiwi: KiwiEmbedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = np.ones((200, 256), dtype=np.float16)
    monkeypatch.setattr("rag.embedders.kiwi._recover", lambda: table)
    path = tmp_path / f"{kiwi.name}.npy"
    path.write_bytes(b"\x93NUMPY\x01\x00 cut short")
    KiwiEmbedder(tmp_path).embed_query("지원")
    assert np.load(path).shape == table.shape


def test_kiwi_is_opened_by_name_without_work(tmp_path: Path) -> None:
    assert isinstance(open_embedder("kiwi", tmp_path), KiwiEmbedder)
    assert list(tmp_path.iterdir()) == []
