"""Cards: lines that say what each programme is for, and words of a wish, flow in; how well each suits flows out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.answering.letters import Letters
from rag.answering.meanings import Meanings
from rag.answering.senses import Senses
from rag.domain import Program
from rag.ports import WordVectors

# The best line of a card counts with the mean of its best three; weights by the project's own questions, see
# tests/bench/RESULTS.md.
_BEST, _FEW = 0.6, 3
_SENSE = 0.6
# How much of the words a line on a track says counts beside how near it is in sense; by wishes of tracks.
_SAYS_OF_TRACK = 0.4


@dataclass(frozen=True, slots=True)
class Near:
    """A programme by name, the share (0–1) of the words that a line of its card says, and how well the card suits."""

    name: str
    said: float
    suit: float


class Cards:
    """The cards of one generation: of each programme the lines that say what it is for; read-only."""

    def __init__(self, programs: Sequence[Program], senses: Senses, vectors: WordVectors) -> None:
        own = [at for at, line in enumerate(senses.lines) if line.is_card]
        self._lines = tuple(senses.lines[at] for at in own)
        self._names = {program.id: program.name for program in programs}
        self._table = senses.table[own]
        self._meaning = senses.of_words
        self._meanings = Meanings([line.text for line in self._lines], vectors)
        self._letters = Letters([line.text for line in self._lines])
        self._of: dict[str, list[int]] = {}
        for at, line in enumerate(self._lines):
            self._of.setdefault(line.program, []).append(at)

    def suits(self, words: str, ids: Sequence[str]) -> tuple[NDArray[np.float32], ...]:
        """How well the cards of programmes, by id, suit words: five columns, each with a value for every programme.

        How near in sense the best line is, and the best three together; what share of the words they say; what share of
        the letters any line shares.
        """
        if not words.strip() or not ids:
            return tuple(np.zeros(len(ids), dtype=np.float32) for _ in range(5))
        own = [self._of.get(id_, []) for id_ in ids]
        among = [at for places in own for at in places]
        sense = self._table[among] @ self._meaning(words)
        said = self._meanings.coverage(self._meanings.terms(words), among)
        letters = self._letters.shared(words, among)
        found, start = np.zeros((5, len(ids)), dtype=np.float32), 0
        for at, places in enumerate(own):
            lines = slice(start, start + len(places))
            start += len(places)
            if places:
                nearest, most = np.sort(sense[lines])[::-1][:_FEW], np.sort(said[lines])[::-1][:_FEW]
                found[:, at] = nearest[0], nearest.mean(), most[0], most.mean(), letters[lines].max()
        return tuple(found)

    def of_tracks(self, words: str, program: str, without: Collection[str]) -> dict[str, float]:
        """How well the lines on each track of a programme, by id, suit words; `without` are words of its names."""
        own = [at for at in self._of.get(program, ()) if self._lines[at].track]
        if not words.strip() or not own:
            return {}
        sense = self._table[own] @ self._meaning(words)
        said = self._meanings.coverage(self._meanings.terms(words, frozenset(without)), own)
        found: dict[str, tuple[float, float]] = {}
        for at, near, share in zip(own, sense, said, strict=True):
            track = self._lines[at].track or ""
            best = found.get(track, (0.0, 0.0))
            found[track] = max(best[0], float(near)), max(best[1], float(share))
        return {track: near + _SAYS_OF_TRACK * share for track, (near, share) in found.items()}

    def nearness(self, vector: NDArray[np.float32]) -> dict[str, float]:
        """How near the nearest line of each card, by the name of its programme, is to a vector."""
        sense = self._table @ vector
        near: dict[str, float] = {}
        for id_, own in self._of.items():
            name = self._names[id_]
            near[name] = max(near.get(name, -1.0), float(sense[own].max()))
        return near

    def nearest(self, words: str) -> list[Near]:
        """The programmes by how well they suit the words, best first; none for no words."""
        if not words.strip() or not self._lines:
            return []
        owners = list(self._of)
        among = list(range(len(self._lines)))
        sense = self._table @ self._meaning(words)
        said = self._meanings.coverage(self._meanings.terms(words), among)
        by_sense = {id_: _together(sense[self._of[id_]]) for id_ in owners}
        share = _spread(by_sense)
        found = []
        for id_ in owners:
            most = float(said[self._of[id_]].max())
            found.append(Near(self._names[id_], most, _SENSE * share[id_] + (1 - _SENSE) * most))
        return sorted(found, key=lambda near: -near.suit)

    def suit(self, words: str, programs: Sequence[Program]) -> dict[str, float]:
        """How well each programme, by id, suits the words: 1 the best of them, 0 the least."""
        among = [at for program in programs for at in self._of.get(program.id, ())]
        if not among or not words.strip():
            return {program.id: 0.0 for program in programs}
        sense = self._table[among] @ self._meaning(words)
        said = self._meanings.coverage(self._meanings.terms(words), among)
        place = {at: index for index, at in enumerate(among)}
        by_sense: dict[str, float] = {}
        by_words: dict[str, float] = {}
        for program in programs:
            own = [place[at] for at in self._of.get(program.id, ())]
            by_sense[program.id] = _together(sense[own]) if own else 0.0
            by_words[program.id] = _together(said[own]) if own else 0.0
        sense_share, word_share = _spread(by_sense), _spread(by_words)
        return {p.id: _SENSE * sense_share[p.id] + (1 - _SENSE) * word_share[p.id] for p in programs}


def _together(scores: NDArray[np.float32]) -> float:
    best = np.sort(scores)[::-1][:_FEW]
    return float(_BEST * best[0] + (1 - _BEST) * best.mean())


def _spread(scores: dict[str, float]) -> dict[str, float]:
    """The scores from 0, the least, to 1, the best: those of one model lie in a narrow band of their own."""
    low, high = min(scores.values()), max(scores.values())
    return {id_: (score - low) / (high - low) if high > low else 0.0 for id_, score in scores.items()}
