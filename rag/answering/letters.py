"""Letters: texts flow in; how many of the letters of some words each of them holds flows out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from rag.prepared import Arrays, texts_in, texts_of
from rag.text import squash

_WORDS_KEPT = 64


class Letters:
    """The pairs of letters of texts, by which words with slips and compounds are found; white space ignored.

    `held` are the texts that hold each pair, one pair behind the other; those of pair `at` end at `ends[at]`.
    """

    def __init__(self, pairs: Sequence[str], held: NDArray[np.int32], ends: NDArray[np.int64], count: int) -> None:
        self._places = {pair: at for at, pair in enumerate(pairs)}
        self._held, self._ends, self._count = held, ends, count
        # Every programme of a list is held against the same words.
        self._found = lru_cache(_WORDS_KEPT)(self._holding)

    def shared(self, words: str, among: Sequence[int] | NDArray[np.int64]) -> NDArray[np.float32]:
        """For each text of `among` the share (0–1) of the pairs of the words, by rarity, that it holds."""
        whole, found = self._found(words)
        own: NDArray[np.float32] = found[np.asarray(among, dtype=np.int64)]
        return own / whole if whole else own

    def _holding(self, words: str) -> tuple[float, NDArray[np.float32]]:
        """The rarity of all pairs of the words together, and of those that each text holds."""
        whole, found = 0.0, np.zeros(self._count, dtype=np.float32)
        for pair in sorted(_pairs(words)):
            held = self._of(pair)
            rarity = math.log((1 + self._count) / (1 + len(held))) + 0.2
            whole += rarity
            found[held] += rarity
        return whole, found

    def _of(self, pair: str) -> NDArray[np.int32]:
        at = self._places.get(pair)
        if at is None:
            return self._held[:0]
        return self._held[self._ends[at - 1] if at else 0 : self._ends[at]]

    def packed(self, name: str) -> Arrays:
        """The arrays under their names."""
        count = np.array([self._count], dtype=np.int64)
        pairs = texts_in(tuple(self._places))
        return {f"{name}.pairs": pairs, f"{name}.held": self._held, f"{name}.ends": self._ends, f"{name}.count": count}


def letters_of(texts: Sequence[str]) -> Letters:
    """The pairs of letters of these texts."""
    held: dict[str, list[int]] = {}
    for at, text in enumerate(texts):
        for pair in sorted(_pairs(text)):
            held.setdefault(pair, []).append(at)
    places = np.array([at for own in held.values() for at in own], dtype=np.int32)
    return Letters(tuple(held), places, np.cumsum([len(own) for own in held.values()], dtype=np.int64), len(texts))


def read_letters(arrays: Arrays, name: str) -> Letters:
    """The letters that were packed under a name."""
    pairs, held, ends, count = (arrays[f"{name}.{part}"] for part in ("pairs", "held", "ends", "count"))
    return Letters(texts_of(pairs), held, ends, int(count[0]))


def _pairs(text: str) -> frozenset[str]:
    return frozenset(a + b for a, b in pairwise(squash(text).casefold()) if a.isalnum() and b.isalnum())
