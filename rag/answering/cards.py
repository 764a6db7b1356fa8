"""Cards: lines that say what each programme is for, and words of a wish, flow in; how well each suits flows out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from rag.answering.letters import read_letters
from rag.answering.meanings import Meanings
from rag.answering.senses import Senses
from rag.answering.vocabulary import Vocabulary, worded
from rag.domain import Program
from rag.prepared import Arrays, texts_of

# The best line of a card counts with the mean of its best three; weights by the project's own questions, see
# tests/bench/RESULTS.md.
_BEST, _FEW = 0.6, 3
_SENSE = 0.6
# How much of the words a line on a track says counts beside how near it is in sense; by wishes of tracks.
_SAYS_OF_TRACK = 0.4
_WORDS_KEPT = 64


@dataclass(frozen=True, slots=True)
class Near:
    """A programme by name, the share (0–1) of the words that a line of its card says, and how well the card suits."""

    name: str
    said: float
    suit: float


class Cards:
    """The cards of one generation: of each programme the lines that say what it is for; read-only."""

    def __init__(self, programs: Sequence[Program], arrays: Arrays, senses: Senses, vocabulary: Vocabulary) -> None:
        self._names = tuple(program.name for program in programs)
        self._places = {program.id: at for at, program in enumerate(programs)}
        self._starts = arrays["cards.starts"]
        self._tracks = texts_of(arrays["cards.tracks"])
        self._meanings = Meanings(worded(arrays, "cards.told"), vocabulary)
        self._letters = read_letters(arrays, "cards.letters")
        table, lines = senses.table, arrays["cards.lines"]
        # One answer asks the same words of all programmes, of some of them, and of the tracks of each.
        self._sense = lru_cache(_WORDS_KEPT)(lambda words: (table @ senses.of_words(words))[lines])
        self._said = lru_cache(_WORDS_KEPT)(
            lambda words, without: self._meanings.coverage_of_all(self._meanings.terms(words, without))
        )
        self._senses, self._at = senses, lines

    def suits(self, words: str, ids: Sequence[str]) -> tuple[NDArray[np.float32], ...]:
        """How well the cards of programmes, by id, suit words: five columns, each with a value for every programme.

        How near in sense the best line is, and the best three together; what share of the words they say; what share of
        the letters any line shares.
        """
        if not words.strip() or not ids:
            return tuple(np.zeros(len(ids), dtype=np.float32) for _ in range(5))
        lines, sizes = self._lines(ids)
        letters = self._letters.shared(words, lines)
        columns = (*_best(self._sense(words)[lines], sizes), *_best(self._said(words, frozenset())[lines], sizes))
        return (*columns, np.maximum.reduceat(letters, np.cumsum([0, *sizes[:-1]])))

    def of_tracks(self, words: str, program: str, without: Collection[str]) -> dict[str, float]:
        """How well the lines on each track of a programme, by id, suit words; `without` are words of its names."""
        own = [at for at in self._own(program) if self._tracks[at]]
        if not words.strip() or not own:
            return {}
        sense, said = self._sense(words)[own], self._said(words, frozenset(without))[own]
        found: dict[str, tuple[float, float]] = {}
        for at, near, share in zip(own, sense, said, strict=True):
            track = self._tracks[at]
            best = found.get(track, (0.0, 0.0))
            found[track] = max(best[0], float(near)), max(best[1], float(share))
        return {track: near + _SAYS_OF_TRACK * share for track, (near, share) in found.items()}

    def nearness(self, vector: NDArray[np.float32]) -> dict[str, float]:
        """How near the nearest line of each card, by the name of its programme, is to a vector."""
        near: dict[str, float] = {}
        if self._names:
            sense = (self._senses.table @ vector)[self._at]
            for name, best in zip(self._names, np.maximum.reduceat(sense, self._starts[:-1]), strict=True):
                near[name] = max(near.get(name, -1.0), float(best))
        return near

    def nearest(self, words: str) -> list[Near]:
        """The programmes by how well they suit the words, best first; none for no words."""
        if not words.strip() or not self._names:
            return []
        sizes = np.diff(self._starts)
        said = self._said(words, frozenset())
        share = _spread(_together(*_best(self._sense(words), sizes)))
        most = np.maximum.reduceat(said, self._starts[:-1])
        suit = _SENSE * share + (1 - _SENSE) * most.astype(np.float64)
        order = np.argsort(-suit, kind="stable")
        return [Near(self._names[at], float(most[at]), float(suit[at])) for at in order]

    def suit(self, words: str, programs: Sequence[Program]) -> dict[str, float]:
        """How well each programme, by id, suits the words: 1 the best of them, 0 the least."""
        if not programs or not words.strip():
            return {program.id: 0.0 for program in programs}
        lines, sizes = self._lines([program.id for program in programs])
        sense, said = (values[lines] for values in (self._sense(words), self._said(words, frozenset())))
        by_sense, by_words = (_spread(_together(*_best(values, sizes))) for values in (sense, said))
        suit = _SENSE * by_sense + (1 - _SENSE) * by_words
        return {program.id: float(own) for program, own in zip(programs, suit, strict=True)}

    def _own(self, program: str) -> range:
        """The lines of the card of a programme, by id."""
        at = self._places.get(program)
        return range(0) if at is None else range(int(self._starts[at]), int(self._starts[at + 1]))

    def _lines(self, ids: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The lines of the cards of programmes, one card behind the other, and how many each has."""
        at = np.array([self._places[id_] for id_ in ids], dtype=np.int64)
        sizes = self._starts[at + 1] - self._starts[at]
        ends = np.cumsum(sizes)
        return np.arange(ends[-1]) + np.repeat(self._starts[at] - (ends - sizes), sizes), sizes


def _best(values: NDArray[np.float32], sizes: NDArray[np.int64]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Of values that stand card behind card: the best of each card, and the mean of its best three."""
    ends = np.cumsum(sizes)
    order = np.lexsort((-values, np.repeat(np.arange(len(sizes)), sizes)))
    best = np.zeros((_FEW, len(sizes)), dtype=np.float32)
    for nth, row in enumerate(best):
        has = sizes > nth
        row[has] = values[order[(ends - sizes)[has] + nth]]
    together = best[0]
    for row in best[1:]:
        together = together + row
    return best[0], together / np.minimum(sizes, _FEW).astype(np.float32)


def _together(best: NDArray[np.float32], few: NDArray[np.float32]) -> NDArray[np.float64]:
    return (_BEST * best + (1 - _BEST) * few).astype(np.float64)


def _spread(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """The scores from 0, the least, to 1, the best: those of one model lie in a narrow band of their own."""
    low, high = scores.min(), scores.max()
    spread: NDArray[np.float64] = (scores - low) / (high - low) if high > low else np.zeros_like(scores)
    return spread
