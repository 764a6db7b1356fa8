"""Senses: the same words are embedded once, and of very many words no more than of a long question."""

import numpy as np

from rag.answering.senses import Senses
from tests.rag.conftest import LettersEmbedder


class Counting(LettersEmbedder):
    """The small embedder, counting the letters it embeds."""

    def __init__(self) -> None:
        super().__init__()
        self.letters: list[int] = []

    def embed_query(self, text: str) -> list[float]:
        self.letters.append(len(text))
        return list(super().embed_query(text))


def test_words_are_embedded_once() -> None:
    embedder = Counting()
    senses = Senses(np.zeros((0, 0), dtype=np.float32), embedder)
    assert senses.of_words("설비를 고칩니다") is senses.of_words("설비를 고칩니다")
    assert embedder.letters == [8]


def test_of_a_page_of_words_as_much_is_embedded_as_of_a_long_question() -> None:
    embedder = Counting()
    senses = Senses(np.zeros((0, 0), dtype=np.float32), embedder)
    long = "가나다라 " * 400
    assert np.array_equal(senses.of_words(long), senses.of_words(f"{long}마바사"))
    assert embedder.letters == [256]
