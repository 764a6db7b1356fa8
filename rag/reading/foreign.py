"""Foreign: words in English flow in; the programme that they describe, or the body that they name, flows out."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.answering.cards import Cards
from rag.answering.senses import Senses
from rag.wordlists import word_lists

_LISTS = Path(__file__).with_name("foreign.yaml")
_NO_BODIES = ("little", "common")
# A description means the programme whose card is at least so near to it, beyond what is near to any programme, and
# nearer than every other by so much; by 75 descriptions of programmes that are there and that are not.
_NEAR, _AHEAD = 0.055, 0.012
# One word of a name ("industry") names no body, unless it is a short form of it.
_WORDS = 2


class Foreign:
    """English words held against the cards of one generation and the official names of bodies; read-only."""

    def __init__(self, cards: Cards, senses: Senses) -> None:
        self._cards = cards
        self._senses = senses

    def program(self, words: str) -> str:
        """The programme by name whose card alone lies near to a description in English; "" for none."""
        if not is_foreign(words):
            return ""
        near = self._cards.nearness(self._senses.of_words(words) - self._common)
        (name, best), *rest = sorted(near.items(), key=lambda one: -one[1]) or [("", 0.0)]
        ahead = best - rest[0][1] if rest else best
        return name if best >= _NEAR and ahead >= _AHEAD else ""

    @cached_property
    def _common(self) -> NDArray[np.float32]:
        """What the vectors of words have in common that suit any programme, the language above all."""
        mean: NDArray[np.float32] = np.mean(
            [self._senses.of_words(word) for word in word_lists(_LISTS)["common"]], axis=0
        )
        return mean


def body_meant(words: str) -> str:
    """The body, by its Korean name, all of whose words in English are those of one official name; "" for none."""
    said = _words(words)
    if not said or not is_foreign(words):
        return ""
    for body, names in word_lists(_LISTS).items():
        for name in names if body not in _NO_BODIES else ():
            official = _words(name)
            if said == official or (len(said) > _WORDS and said < official):
                return body
    return ""


def is_foreign(words: str) -> bool:
    """Whether words are written in Latin letters alone."""
    letters = [letter for letter in words if letter.isalpha()]
    return bool(letters) and all(letter.isascii() for letter in letters)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.casefold().replace(",", " ").replace("'", " ").split()) - frozenset(
        word_lists(_LISTS)["little"]
    )
