"""Statements: the details of a programme and the words of a question flow in, the details that answer best flow out."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.domain import Detail, Program
from rag.lexicon import Lexicon
from rag.text import morphemes, squash

# Beyond so many characters a row is not dampened further: it holds several statements.
_LONG = 200


@dataclass(frozen=True, slots=True)
class Terms:
    """The words of a question with their weights: its own 1, synonyms from the lexicon less."""

    weights: tuple[tuple[str, float], ...]


class StatementIndex:
    """The morphemes of every detail of every programme, counted once, so that ranking a question costs little."""

    def __init__(self, programs: Sequence[Program], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._words = {p.id: [frozenset(morphemes(f"{d.label} {d.text}")) for d in p.details] for p in programs}
        # A statement also speaks of what the heading above it names, only less so.
        self._heads = {p.id: [frozenset(morphemes(d.evidence.section)) for d in p.details] for p in programs}
        counts = Counter(word for sets in self._words.values() for words in sets for word in words)
        total = sum(len(sets) for sets in self._words.values()) + 1
        self._idf = {word: math.log(total / count) for word, count in counts.items()}
        self._unseen = math.log(total)

    def terms(self, text: str, names: Sequence[str] = ()) -> Terms:
        """The words of a question worth looking for; those of programme names already understood left out."""
        named = {word for name in names for word in morphemes(name)}
        own = [
            word
            for word in dict.fromkeys(morphemes(text))
            if word not in self._lexicon.stopwords and word not in named and not self._is_foreign(word)
        ]
        weights = dict.fromkeys(own, 1.0)
        bare = squash(text)
        for name in names:
            bare = bare.replace(squash(name), " ")
        for group in self._lexicon.synonyms:
            if any(squash(word) in bare for word in group):
                for word in {m for synonym in group for m in morphemes(synonym)} - named - self._lexicon.stopwords:
                    weights.setdefault(word, 0.5)
        return Terms(tuple(weights.items()))

    def _is_foreign(self, word: str) -> bool:
        """Whether a Latin word stands in no statement: small words of an English question would outweigh the rest."""
        return word.isascii() and word[:1].isalpha() and word not in self._idf

    def words_of(self, text: str) -> frozenset[str]:
        """The morphemes of a text."""
        return _words(text)

    def coverage(self, terms: Terms, text: str) -> float:
        """Share (0–1) of the question's own words, by rarity, that occur in the text."""
        present = _words(text)
        own = [(word, self._idf.get(word, self._unseen)) for word, weight in terms.weights if weight == 1.0]
        total = sum(rarity for _, rarity in own)
        return sum(rarity for word, rarity in own if word in present) / total if total else 0.0

    def best(self, program: Program, terms: Terms, labels: frozenset[str], count: int) -> list[Detail]:
        """The details of the programme that answer best: by shared words, those under `labels` first among equals."""
        scored = []
        stated = zip(program.details, self._words[program.id], self._heads[program.id], strict=True)
        for position, (detail, words, head) in enumerate(stated):
            shared = sum(
                weight * self._idf.get(word, 0.0) * (1.0 if word in words else 0.6)
                for word, weight in terms.weights
                if word in words or word in head
            )
            if shared > 0:
                bonus = 2.0 if detail.label in labels else 0.0
                # A long row shares words by its length alone; dampen it as retrieval does.
                scored.append(((shared + bonus) / (1 + 0.004 * min(len(detail.text), _LONG)), -position, detail))
        return [detail for _, _, detail in sorted(scored, key=lambda item: (-item[0], -item[1]))[:count]]


@lru_cache(maxsize=2048)
def _words(text: str) -> frozenset[str]:
    """The morphemes of a passage, kept because every question is held against the same ones."""
    return frozenset(morphemes(text))
