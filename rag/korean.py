"""Korean letters: a letter or a word flows in; what it is, or the word with the particle it asks for, flows out."""

from __future__ import annotations

import re

# Whether the Korean reading of a digit or Latin letter ends in a consonant.
_CLOSED_DIGITS = "013678"
_CLOSED_LETTERS = "lmnrLMNR"
_FIRST, _LAST = "가", "힣"
_FINALS = 28


def is_hangul(letter: str) -> bool:
    """Whether a letter is a whole Korean syllable."""
    return _FIRST <= letter <= _LAST


def is_closed(syllable: str) -> bool:
    """Whether a Korean syllable ends in a consonant."""
    return (ord(syllable) - ord(_FIRST)) % _FINALS != 0


def with_particle(word: str, closed: str, open_: str) -> str:
    """The word with `closed` ("은", "을", "과") after a final consonant, else with `open_` ("는", "를", "와")."""
    spoken = re.sub(r"\([^)]*\)|[^\w]", "", word)
    last = spoken[-1:] or " "
    ends_closed = is_closed(last) if is_hangul(last) else last in _CLOSED_DIGITS or last in _CLOSED_LETTERS
    return f"{word}{closed if ends_closed else open_}"


def topic(word: str) -> str:
    """The word with 은 or 는."""
    return with_particle(word, "은", "는")
