"""Rerankers: the name in `JIWON_RERANKER` flows in, a ready Reranker flows out."""

from __future__ import annotations

from rag.ports import Reranker
from rag.rerankers.cross_encoder import CrossEncoderReranker
from rag.rerankers.words import WordsReranker


def open_reranker(name: str) -> Reranker:
    """The reranker called `name`: "words", or the name or path of a cross-encoder.

    Raises ModelUnavailable when such a model cannot be had.
    """
    return WordsReranker() if name == "words" else CrossEncoderReranker(name)
