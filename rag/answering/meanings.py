"""Meanings: words flow in, how near they are to other words in form and in sense flows out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.ports import WordVectors

# Two words whose vectors are less alike than this say nothing of one another; 0.55 keeps 연락처~전화번호 and drops
# 교육~지원 (tests/bench/RESULTS.md).
_ALIKE = 0.55
# A word that only means the same counts less than the word itself.
_SENSE = 0.8


@dataclass(frozen=True, slots=True)
class Terms:
    """The words of a question to look for: forms, vectors, and how much each counts."""

    forms: tuple[str, ...]
    vectors: NDArray[np.float32]
    weights: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.forms)


class Meanings:
    """The words of a set of texts, so that a question's words can be held against each text at little cost."""

    def __init__(self, texts: Sequence[str], vectors: WordVectors) -> None:
        self._vectors = vectors
        places: dict[str, int] = {}
        rows: list[NDArray[np.float32]] = []
        self._texts: list[NDArray[np.intp]] = []
        for text in texts:
            forms, table, _ = vectors.words(text)
            for form, row in zip(forms, table, strict=True):
                if form not in places:
                    places[form] = len(rows)
                    rows.append(row)
            self._texts.append(np.array([places[form] for form in forms], dtype=np.intp))
        self._places = places
        self._table = np.stack(rows) if rows else np.zeros((0, 1), dtype=np.float32)
        counts = np.zeros(len(rows))
        for words in self._texts:
            counts[words] += 1
        self._rarity = np.log((1 + len(texts)) / (1 + counts)) + 0.2
        self._unseen = float(np.log(1 + len(texts)) + 0.2)

    def terms(self, text: str, without: Iterable[str] = ()) -> Terms:
        """The words of a text worth looking for; a word of `without` is none."""
        forms, vectors, _ = self._vectors.words(text)
        left_out = frozenset(without)
        kept = [at for at, form in enumerate(forms) if form not in left_out]
        weights = [
            float(self._rarity[self._places[forms[at]]]) if forms[at] in self._places else self._unseen for at in kept
        ]
        return Terms(tuple(forms[at] for at in kept), vectors[kept], np.array(weights, dtype=np.float32))

    def coverage(self, terms: Terms, among: Sequence[int]) -> NDArray[np.float32]:
        """For each text of `among` the share (0–1) of the terms, by weight, that it says in form or in sense."""
        if not len(terms) or not among or not len(self._table):
            return np.zeros(len(among), dtype=np.float32)
        near = self._near(terms)
        sizes = np.array([len(self._texts[at]) for at in among])
        words = np.concatenate([self._texts[at] for at in among])
        found = np.zeros((len(terms), len(among)), dtype=np.float32)
        told = np.flatnonzero(sizes)
        if len(told):
            starts = np.cumsum([0, *sizes[told][:-1]])
            found[:, told] = np.maximum.reduceat(near[:, words], starts, axis=1)
        shares: NDArray[np.float32] = (terms.weights @ found / terms.weights.sum()).astype(np.float32)
        return shares

    def said_by(self, terms: Terms, among: Sequence[int]) -> NDArray[np.float32]:
        """For each text of `among` the share (0–1) of its own words, by weight, that the terms say in form or sense."""
        shares = np.zeros(len(among), dtype=np.float32)
        if not len(terms) or not len(self._table):
            return shares
        said = self._near(terms).max(axis=0)
        for at, place in enumerate(among):
            words = self._texts[place]
            if len(words):
                shares[at] = self._rarity[words] @ said[words] / self._rarity[words].sum()
        return shares

    def _near(self, terms: Terms) -> NDArray[np.float32]:
        """How near (0–1) each term is to each word of the texts: 1 for the word itself, less for one of like sense."""
        cosines = terms.vectors @ self._table.T
        near: NDArray[np.float32] = np.where(cosines >= _ALIKE, cosines * _SENSE, 0.0).astype(np.float32)
        for row, form in enumerate(terms.forms):
            if form in self._places:
                near[row, self._places[form]] = 1.0
        return near
