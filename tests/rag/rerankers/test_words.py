"""The reranker of words keeps the contract, and puts the text that repeats the question first."""

import pytest

from rag.rerankers import open_reranker
from rag.rerankers.words import WordsReranker
from tests.contracts.reranker import QUESTION, TEXTS, RerankerContract


class TestWordsReranker(RerankerContract):
    @pytest.fixture
    def reranker(self) -> WordsReranker:
        return WordsReranker()


def test_the_share_of_words_held_is_the_score() -> None:
    scores = WordsReranker().scores(QUESTION, TEXTS)
    assert scores[0] == 1.0 == max(scores)
    assert scores[3] == 0.0


def test_it_is_opened_by_name() -> None:
    assert isinstance(open_reranker("words"), WordsReranker)
