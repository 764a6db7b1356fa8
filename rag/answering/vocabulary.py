"""Vocabulary: texts flow in; their words, each numbered once, flow out, with how near other words are to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from rag.ports import WordVectors
from rag.prepared import Arrays, texts_in, texts_of

# Two words whose vectors are less alike than this say nothing of one another; 0.55 keeps 연락처~전화번호 and drops
# 교육~지원 (tests/bench/RESULTS.md).
_ALIKE = 0.55
# A word that only means the same counts less than the word itself.
_SENSE = 0.8
# A question has some ten words; every programme is held against them, so each is held against the vocabulary once.
_WORDS_KEPT, _TEXTS_KEPT = 256, 512


@dataclass(frozen=True, slots=True)
class Worded:
    """Texts as the numbers of their words, one behind the other; text `at` is `words[starts[at]:starts[at + 1]]`."""

    words: NDArray[np.int32]
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def of(self, among: Sequence[int]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """The words of these texts, one behind the other, and how many each has."""
        at = np.asarray(among, dtype=np.int64)
        sizes = self.starts[at + 1] - self.starts[at]
        ends = np.cumsum(sizes)
        places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(self.starts[at] - (ends - sizes), sizes)
        return self.words[places], sizes

    def holders(self, words: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The texts that hold each of so many words, one word behind the other, and where each word's texts begin."""
        order = np.argsort(self.words, kind="stable")
        texts = np.repeat(np.arange(len(self)), np.diff(self.starts))[order]
        return texts, np.searchsorted(self.words[order], np.arange(words + 1))

    def packed(self, name: str) -> Arrays:
        """The arrays under their names."""
        return {f"{name}.words": self.words, f"{name}.starts": self.starts}


def worded(arrays: Arrays, name: str) -> Worded:
    """The texts that were packed under a name."""
    return Worded(arrays[f"{name}.words"], arrays[f"{name}.starts"])


class Vocabulary:
    """The words of one generation with their vectors of unit length (words × dimension); shared between threads.

    A form that has several senses is as many words; of one set of texts it is the same word throughout.
    """

    def __init__(self, forms: Sequence[str], table: NDArray[np.float32], vectors: WordVectors) -> None:
        self._forms = forms
        self._table = table
        self._spelt: dict[str, list[int]] = {}
        for at, form in enumerate(forms):
            self._spelt.setdefault(form, []).append(at)
        self.words = lru_cache(_TEXTS_KEPT)(vectors.words)
        self._near: dict[tuple[str, bytes], NDArray[np.float32]] = {}

    def __len__(self) -> int:
        return len(self._forms)

    def places(self, told: Worded) -> dict[str, int]:
        """The words of a set of texts by their forms."""
        return {self._forms[word]: word for word in np.unique(told.words).tolist()}

    def near(self, forms: Sequence[str], vectors: NDArray[np.float32]) -> list[NDArray[np.float32]]:
        """How near (0–1) each of some words is to each of the vocabulary: 1 to its own form, less to one of like sense.

        Each is held against the vocabulary once while it is among the last asked, those that come together in one go.
        """
        keys = [(form, vector.tobytes()) for form, vector in zip(forms, vectors, strict=True)]
        known = self._near
        rows = {key: known[key] for key in keys if key in known}
        new = [at for at, key in enumerate(keys) if key not in rows]
        if new:
            cosines = vectors[new] @ self._table.T
            near: NDArray[np.float32] = np.where(cosines >= _ALIKE, cosines * _SENSE, 0.0).astype(np.float32)
            for row, at in zip(near, new, strict=True):
                row[self._spelt.get(forms[at], [])] = 1.0
                rows[keys[at]] = row
            # Another thread may do the same: one of the two is kept, and the words of the other are held again.
            self._near = {**dict(list(known.items())[-_WORDS_KEPT:]), **rows}
        return [rows[key] for key in keys]


class Gathering:
    """Sets of texts are told; their vocabulary, and the texts as numbers of its words, come out."""

    def __init__(self, vectors: WordVectors) -> None:
        self._vectors = vectors
        self._rows: list[NDArray[np.float32]] = []
        self._places: dict[tuple[str, bytes], int] = {}

    def texts(self, texts: Sequence[str]) -> Worded:
        """A set of texts as numbers of words, in order; a form has the sense that it has where it first stands."""
        own: dict[str, int] = {}
        known: dict[str, list[int]] = {}
        for text in texts:
            if text not in known:
                forms, table, _ = self._vectors.words(text)
                known[text] = [self._number(own, form, row) for form, row in zip(forms, table, strict=True)]
        told = [known[text] for text in texts]
        words = np.array([number for numbers in told for number in numbers], dtype=np.int32)
        return Worded(words, np.cumsum([0, *map(len, told)], dtype=np.int64))

    def vocabulary(self) -> Vocabulary:
        """All words told so far."""
        return Vocabulary(self._forms(), self._table(), self._vectors)

    def packed(self) -> Arrays:
        """The words told so far and their vectors."""
        return {"vocabulary.forms": texts_in(self._forms()), "vocabulary.table": self._table()}

    def _number(self, own: dict[str, int], form: str, row: NDArray[np.float32]) -> int:
        if form not in own:
            own[form] = self._places.setdefault((form, row.tobytes()), len(self._places))
            if own[form] == len(self._rows):
                self._rows.append(row)
        return own[form]

    def _forms(self) -> tuple[str, ...]:
        return tuple(form for form, _ in self._places)

    def _table(self) -> NDArray[np.float32]:
        return np.stack(self._rows) if self._rows else np.zeros((0, 1), dtype=np.float32)


def vocabulary_of(arrays: Arrays, vectors: WordVectors) -> Vocabulary:
    """The vocabulary that was packed."""
    return Vocabulary(texts_of(arrays["vocabulary.forms"]), arrays["vocabulary.table"], vectors)
