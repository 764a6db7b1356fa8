"""Known vectors: texts flow in, their vectors as an earlier run made them flow out, so that a table measures the rest.

They are kept in the folder for temporary files; the first run takes about ten minutes of one processor.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from rag.kept import KeptVectors
from rag.ports import Embedder, Vector

KEPT = Path(tempfile.gettempdir()) / "jiwon-bench"
# So many texts are embedded before the file is written: a run that is stopped goes on there.
_BLOCK = 64


class Known:
    """An embedder that embeds no text twice, in this run or a later one; in all else the one it is made of."""

    def __init__(self, embedder: Embedder, directory: Path = KEPT / "vectors") -> None:
        self._embedder, self._directory = embedder, directory
        self._questions: dict[str, Vector] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._embedder, name)

    def embed_documents(self, texts: Sequence[str]) -> list[Vector]:
        """The vector of each passage."""
        with closing(KeptVectors(self._directory, self._embedder)) as kept:
            # The same words, whatever white space an index puts around them.
            bare = [text.strip() for text in texts]
            blocks = (bare[at : at + _BLOCK] for at in range(0, len(bare), _BLOCK))
            return [vector for block in blocks for vector in kept.embed(block)]

    def embed_query(self, text: str) -> Vector:
        """The vector of a question."""
        if text not in self._questions:
            self.know([text])
        return self._questions[text]

    def know(self, questions: Iterable[str]) -> None:
        """Have the vectors of questions at hand, whichever thread asks for them later."""
        asked = list(questions)
        with closing(KeptVectors(self._directory, self._embedder)) as kept:
            self._questions.update(zip(asked, kept.embed_queries(asked), strict=True))


class Drawn:
    """An embedder whose vectors are drawn by the letters of a text: for measuring what many cost, where embedding them
    would take hours. Texts with the same first word are alike.
    """

    name, dimension, weight, batch = "drawn", 384, 0.7, 4096

    def embed_documents(self, texts: Sequence[str]) -> list[Vector]:
        """The vector of each text."""
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> Vector:
        """The vector of a text: what its first word says, and as much of its own."""
        sort, own = (
            np.random.default_rng(crc32(words.encode())).normal(size=self.dimension)
            for words in (text.split(" ", 1)[0], text)
        )
        vector = sort + own
        drawn: list[float] = (vector / np.linalg.norm(vector)).astype(np.float32).tolist()
        return drawn

    def unread(self, texts: Sequence[str]) -> list[float]:
        """Nothing of any text."""
        return [0.0] * len(texts)
