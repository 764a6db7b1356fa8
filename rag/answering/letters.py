"""Letters: texts flow in; how many of the letters of some words each of them holds flows out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from rag.text import squash


class Letters:
    """The pairs of letters of texts, by which words with slips and compounds are found; white space ignored."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._held: dict[str, list[int]] = {}
        for at, text in enumerate(texts):
            for pair in _pairs(text):
                self._held.setdefault(pair, []).append(at)
        self._count = len(texts)

    def shared(self, words: str, among: Sequence[int]) -> NDArray[np.float32]:
        """For each text of `among` the share (0–1) of the pairs of the words, by rarity, that it holds."""
        whole, found = 0.0, np.zeros(self._count, dtype=np.float32)
        for pair in sorted(_pairs(words)):
            held = self._held.get(pair, ())
            rarity = math.log((1 + self._count) / (1 + len(held))) + 0.2
            whole += rarity
            if held:
                found[list(held)] += rarity
        return found[list(among)] / whole if whole else found[list(among)]


def _pairs(text: str) -> frozenset[str]:
    return frozenset(a + b for a, b in pairwise(squash(text).casefold()) if a.isalnum() and b.isalnum())
