"""Words: a text flows in; whether it says what the word lists of conditions hold flows out."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from rag.text import squash, tagged
from rag.wordlists import word_lists

WORDS = word_lists(Path(__file__).with_name("words.yaml"))
# All that 1,000 programmes ask: every question is held against the same texts.
_MANY = 32768


def speaks_of(text: str, words: Iterable[str]) -> bool:
    """Whether one of the words occurs in a text, white space ignored."""
    return _speaks_of(text, tuple(words))


@lru_cache(maxsize=_MANY)
def _speaks_of(text: str, words: tuple[str, ...]) -> bool:
    bare = squash(text)
    return any(word in bare for word in words)


@lru_cache(maxsize=_MANY)
def forms(text: str) -> frozenset[str]:
    """The morphemes of a text, as the word lists have them."""
    return frozenset(word.form.lower() for word in tagged(text))


def says(text: str, sayings: Iterable[str]) -> bool:
    """Whether a text says one of these, each a word or several joined by "+"."""
    return _says(text, tuple(sayings))


@lru_cache(maxsize=_MANY)
def _says(text: str, sayings: tuple[str, ...]) -> bool:
    said = forms(text)
    return any(said.issuperset(saying.lower().split("+")) for saying in sayings)
