"""Cards: lines that say what each programme is for, and words of a wish, flow in; how well each suits flows out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from rag.answering.meanings import Meanings
from rag.answering.statements import label_weight, statements_of
from rag.domain import Program
from rag.generation import StoredCards
from rag.plan import Ask
from rag.ports import Embedder, Vector, WordVectors
from rag.tracks import tracks_of

# A line longer than this says several things, and none of them loudly.
_LONGEST = 160
# The best line of a card counts with the mean of its best three; weights by the project's own questions, see
# tests/bench/RESULTS.md.
_BEST, _FEW = 0.6, 3
_SENSE = 0.6
# Cosines of lines of one programme differ by hundredths, the shares of words said by tenths.
_TRACK_SAYS = 0.1
_WISHES_KEPT = 64


@dataclass(frozen=True, slots=True)
class CardLine:
    """One line of a card: the programme it belongs to, by id, the track, and the words."""

    program: str
    text: str
    track: str | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """A programme by name, the share (0–1) of the words that a line of its card says, and how well the card suits."""

    name: str
    said: float
    suit: float


def card_lines(programs: Sequence[Program]) -> tuple[CardLine, ...]:
    """The lines of all cards: names, whom it is for, what it is for and gives; the same programmes give the same."""
    lines: list[CardLine] = []
    for program in programs:
        where = f"{program.ministry} {program.agency}".strip()
        lines.append(CardLine(program.id, f"{program.name} {where}"))
        for track in tracks_of(program):
            lines.append(CardLine(program.id, f"{program.name} {track.name}", track.name))
        for statement in statements_of(program):
            if label_weight(Ask.WHAT, statement.label) or label_weight(Ask.WHO_MAY, statement.label):
                text = f"{program.name}: {statement.label} {statement.text[:_LONGEST]}"
                lines.append(CardLine(program.id, text, statement.track))
    return tuple(dict.fromkeys(lines))


def stored_cards(programs: Sequence[Program], kept: Callable[[list[str]], list[Vector]], embedder: str) -> StoredCards:
    """The vectors of the lines of these programmes, to be stored with their generation."""
    lines = [line.text for line in card_lines(programs)]
    vectors = np.asarray(kept(lines), dtype=np.float32) if lines else np.zeros((0, 0), dtype=np.float32)
    return StoredCards(embedder, digest_of(lines), vectors)


def digest_of(lines: Sequence[str]) -> str:
    """A digest of the lines, in order."""
    return sha256("\n".join(lines).encode()).hexdigest()


class Cards:
    """The cards of one generation with the vectors of their lines; read-only."""

    def __init__(
        self,
        programs: Sequence[Program],
        lines: Sequence[CardLine],
        table: NDArray[np.float32],
        embedder: Embedder,
        vectors: WordVectors,
    ) -> None:
        self._lines = tuple(lines)
        self._names = {program.id: program.name for program in programs}
        self._table = table
        # One answer asks for the same wish several times: of the programmes, then of the tracks of each.
        self._meaning = lru_cache(_WISHES_KEPT)(lambda words: np.asarray(embedder.embed_query(words), dtype=np.float32))
        self._meanings = Meanings([line.text for line in lines], vectors)
        self._of: dict[str, list[int]] = {}
        for at, line in enumerate(lines):
            self._of.setdefault(line.program, []).append(at)

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

    def tracks(self, words: str, program: Program) -> list[str]:
        """The tracks of a programme by how well their lines suit the words, best first."""
        among = [at for at in self._of.get(program.id, ()) if self._lines[at].track]
        if not among or not words.strip():
            return []
        sense = self._table[among] @ self._meaning(words)
        said = self._meanings.coverage(self._meanings.terms(words), among)
        ranked = np.argsort(-(sense + _TRACK_SAYS * said), kind="stable")
        return list(dict.fromkeys(track for at in ranked if (track := self._lines[among[int(at)]].track)))

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
