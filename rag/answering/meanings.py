"""Meanings: words flow in, how near they are to other words in form and in sense flows out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from rag.answering.vocabulary import Gathering, Vocabulary, Worded
from rag.ports import WordVectors

_TERMS_KEPT = 512


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

    def __init__(self, texts: Worded, vocabulary: Vocabulary) -> None:
        self._texts = texts
        self._vocabulary = vocabulary
        self._places = vocabulary.places(texts)
        counts = np.bincount(texts.words, minlength=len(vocabulary))
        self._rarity = np.log((1 + len(texts)) / (1 + counts)) + 0.2
        self._unseen = float(np.log(1 + len(texts)) + 0.2)
        # Every programme of a list is held against the same words.
        self._terms = lru_cache(_TERMS_KEPT)(self._terms_in)

    def terms(self, text: str, without: Iterable[str] = ()) -> Terms:
        """The words of a text worth looking for; a word of `without` is none."""
        return self._terms(text, frozenset(without))

    def _terms_in(self, text: str, without: frozenset[str]) -> Terms:
        forms, vectors, _ = self._vocabulary.words(text)
        places = self._places
        kept = [at for at, form in enumerate(forms) if form not in without]
        weights = [float(self._rarity[places[forms[at]]]) if forms[at] in places else self._unseen for at in kept]
        return Terms(tuple(forms[at] for at in kept), vectors[kept], np.array(weights, dtype=np.float32))

    def coverage(self, terms: Terms, among: Sequence[int]) -> NDArray[np.float32]:
        """For each text of `among` the share (0–1) of the terms, by weight, that it says in form or in sense."""
        if not len(terms) or not len(among) or not len(self._vocabulary):
            return np.zeros(len(among), dtype=np.float32)
        words, sizes = self._texts.of(among)
        found = np.zeros((len(terms), len(among)), dtype=np.float32)
        told = np.flatnonzero(sizes)
        if len(told):
            starts = np.cumsum([0, *sizes[told][:-1]])
            found[:, told] = np.maximum.reduceat(self._near(terms, words), starts, axis=1)
        shares: NDArray[np.float32] = (terms.weights @ found / terms.weights.sum()).astype(np.float32)
        return shares

    def coverage_of_all(self, terms: Terms) -> NDArray[np.float32]:
        """What `coverage` says of every text, found by way of the few words that are near to a term."""
        if not len(terms) or not len(self._vocabulary):
            return np.zeros(len(self._texts), dtype=np.float32)
        texts, starts = self._holders
        found = np.zeros((len(terms), len(self._texts)), dtype=np.float32)
        for row, near in zip(found, self._vocabulary.near(terms.forms, terms.vectors), strict=True):
            for word in np.flatnonzero(near):
                held = texts[starts[word] : starts[word + 1]]
                row[held] = np.maximum(row[held], near[word])
        shares: NDArray[np.float32] = (terms.weights @ found / terms.weights.sum()).astype(np.float32)
        return shares

    @cached_property
    def _holders(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        return self._texts.holders(len(self._vocabulary))

    def said_by(self, terms: Terms, among: Sequence[int]) -> NDArray[np.float32]:
        """For each text of `among` the share (0–1) of its own words, by weight, that the terms say in form or sense."""
        shares = np.zeros(len(among), dtype=np.float32)
        if not len(terms) or not len(among) or not len(self._vocabulary):
            return shares
        words, sizes = self._texts.of(among)
        said = self._near(terms, words).max(axis=0)
        rarity = self._rarity[words]
        end = 0
        for at, size in enumerate(sizes):
            own = slice(end, end + size)
            end += size
            if size:
                shares[at] = rarity[own] @ said[own] / rarity[own].sum()
        return shares

    def _near(self, terms: Terms, words: NDArray[np.int32]) -> NDArray[np.float32]:
        """How near (0–1) each term is to each of these words, by number."""
        return np.stack([near[words] for near in self._vocabulary.near(terms.forms, terms.vectors)])


def meanings_of(texts: Sequence[str], vectors: WordVectors) -> Meanings:
    """The meanings of a few texts with a vocabulary of their own."""
    gathering = Gathering(vectors)
    told = gathering.texts(texts)
    return Meanings(told, gathering.vocabulary())
