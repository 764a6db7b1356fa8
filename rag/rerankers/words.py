"""The reranker that needs no model: a question with texts flows in, how many of its words each holds flows out."""

from __future__ import annotations

from collections.abc import Sequence

from rag.text import bigrams, morphemes


class WordsReranker:
    """Shares of words stand in for a model's judgement: quick, and the same in every process."""

    @property
    def name(self) -> str:
        """Name and version."""
        return "words-1"

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """Of each text, the share (0–1) of the question's morphemes and bigrams that occur in it."""
        wanted = _terms(question)
        return [len(wanted & _terms(text)) / max(len(wanted), 1) for text in texts]


def _terms(text: str) -> frozenset[str]:
    return frozenset((*morphemes(text), *bigrams(text)))
