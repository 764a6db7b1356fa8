"""The embedder that needs no download: text flows in, the mean of Kiwi's own morpheme vectors flows out."""

from __future__ import annotations

import io
import math
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.disk import replace_file
from rag.ports import Vector
from rag.text import content_morphemes, model_version, morpheme_ids, similarities

DIMENSION = 256
LANDMARKS = 400
# Ids below stand for whole classes (any number, any Latin word), not for a word.
FIRST_WORD = 96
# Raised when a change below gives other vectors, so that an index built before is refused.
REVISION = 1
# Share of the dense score where no word of a question is found, tuned with `make bench`: more finds more of what is
# asked in other words, and less of what is asked in those of the passage.
WEIGHT = 0.4
BATCH = 128


class KiwiEmbedder:
    """256-dimensional vectors of Korean text; 34 MB are computed once (about 13 s) and kept in `cache_dir`.

    A text is the mean of its content morphemes, each vector centred on the vocabulary and weighted by
    log(id / 96): Kiwi numbers words from 96 by falling frequency, so by Zipf's law that is an inverse document
    frequency that needs no corpus and is the same in every process.
    """

    def __init__(self, cache_dir: Path, weight: float = WEIGHT) -> None:
        self._cache_dir = cache_dir
        self._weight = weight
        self._lock = threading.Lock()
        self._table: NDArray[np.float16] | None = None

    @property
    def name(self) -> str:
        """Name and version, e.g. "kiwi-1-0.24.1-0.24.0"."""
        return f"kiwi-{REVISION}-{model_version()}"

    @property
    def dimension(self) -> int:
        """Length of every vector."""
        return DIMENSION

    @property
    def weight(self) -> float:
        """Share of the dense score in the fused score where no word of a question is found."""
        return self._weight

    @property
    def batch(self) -> int:
        """How many texts are embedded between two looks at the progress."""
        return BATCH

    def embed_documents(self, texts: Sequence[str]) -> list[Vector]:
        """One vector for each text, in order; a text without known words gives the zero vector."""
        return [self._embed(text) for text in texts]

    def embed_query(self, text: str) -> Vector:
        """The vector of a question."""
        return self._embed(text)

    def unread(self, texts: Sequence[str]) -> list[float]:
        """Nothing of any text: every morpheme counts."""
        return [0.0] * len(texts)

    def words(self, text: str) -> tuple[tuple[str, ...], NDArray[np.float32], NDArray[np.float32]]:
        """Content morphemes of a text, each form once: forms, vectors of unit length (zero for a word that is in no
        dictionary), and rarities log(id / 96).
        """
        table = self._vectors()
        found: dict[str, int] = {}
        for form, id_ in content_morphemes(text):
            found.setdefault(form, id_)
        vectors = np.zeros((len(found), DIMENSION), dtype=np.float32)
        rarity = np.zeros(len(found), dtype=np.float32)
        for row, id_ in enumerate(found.values()):
            if FIRST_WORD <= id_ < len(table):
                vector = table[id_].astype(np.float32)
                length = float(np.linalg.norm(vector))
                vectors[row] = vector / length if length else vector
                rarity[row] = math.log(id_ / FIRST_WORD)
        return tuple(found), vectors, rarity

    def _embed(self, text: str) -> Vector:
        table = self._vectors()
        ids = [id_ for id_ in morpheme_ids(text) if FIRST_WORD <= id_ < len(table)]
        if not ids:
            return [0.0] * DIMENSION
        weights = np.log(np.asarray(ids, dtype=np.float32) / FIRST_WORD)
        total = weights @ table[ids].astype(np.float32)
        length = float(np.linalg.norm(total))
        return [float(x) for x in total / length] if length else [0.0] * DIMENSION

    def _vectors(self) -> NDArray[np.float16]:
        with self._lock:
            if self._table is None:
                path = self._cache_dir / f"{self.name}.npy"
                self._table = _read(path)
                if self._table is None:
                    self._table = _recover()
                    replace_file(path, _packed(self._table))
            return self._table


def _read(path: Path) -> NDArray[np.float16] | None:
    """The kept vectors, or `None` where there are none or the file was cut short."""
    try:
        table: NDArray[np.float16] = np.load(path, mmap_mode="r")
    except (OSError, ValueError, EOFError):
        return None
    return table


def _packed(table: NDArray[np.float16]) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, table)
    return buffer.getvalue()


def _recover() -> NDArray[np.float16]:
    """The centred vectors of all morphemes, recovered from their cosines with a few hundred landmarks."""
    size = _vocabulary_size()
    landmarks = [FIRST_WORD + step * (size - FIRST_WORD) // LANDMARKS for step in range(LANDMARKS)]
    cosines = np.empty((size, LANDMARKS))
    for id_ in range(size):
        cosines[id_] = similarities(id_, landmarks)
    values, axes = np.linalg.eigh(cosines[landmarks])
    values, axes = values[-DIMENSION:], axes[:, -DIMENSION:]
    vectors = cosines @ (axes / np.sqrt(values))
    # An eigenbasis is free in its signs; turning it so that the landmarks become triangular fixes it everywhere.
    turn, corner = np.linalg.qr(vectors[landmarks[:DIMENSION]].T)
    vectors = vectors @ (turn * np.sign(np.diag(corner)))
    centred: NDArray[np.float16] = (vectors - vectors.mean(axis=0)).astype(np.float16)
    return centred


def _vocabulary_size() -> int:
    """How many morphemes have a vector; they are numbered from 0 without gaps."""
    low, high = FIRST_WORD, 1_000_000
    while low < high:
        middle = (low + high) // 2
        if math.isnan(similarities(FIRST_WORD, [middle])[0]):
            high = middle
        else:
            low = middle + 1
    return low
