"""Shared by the tests of retrieval: a small embedder that needs no model."""

import hashlib
import math
from collections.abc import Sequence

import pytest

from rag.ports import Vector
from rag.text import bigrams
from tests.rag.kinds import KINDS


class LettersEmbedder:
    """Counts of character bigrams hashed into a few places: quick, and alike for alike texts."""

    def __init__(self, name: str = "letters", dimension: int = 64) -> None:
        self.name = name
        self.dimension = dimension
        self.weight = 0.2
        self.batch = 4

    def embed_documents(self, texts: Sequence[str]) -> list[Vector]:
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> Vector:
        row = [0.0] * self.dimension
        for pair in bigrams(text):
            row[int(hashlib.sha256(pair.encode()).hexdigest(), 16) % self.dimension] += 1.0
        length = math.sqrt(sum(x * x for x in row))
        return [x / length for x in row] if length else row

    def unread(self, texts: Sequence[str]) -> list[float]:
        return [0.0] * len(texts)


@pytest.fixture
def letters() -> LettersEmbedder:
    return LettersEmbedder()


@pytest.fixture(params=["exact", "chroma"])
def either_store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The test is run twice: what it builds here holds every vector against a question, or has Chroma find them."""
    monkeypatch.setattr("rag.vectors.LIMITS", KINDS[request.param])
    return str(request.param)
