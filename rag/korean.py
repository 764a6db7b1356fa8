"""Korean grammar: a word flows in, the word with the particle that its last sound asks for flows out."""

from __future__ import annotations

import re

# Whether the Korean reading of a digit or Latin letter ends in a consonant.
_CLOSED_DIGITS = "013678"
_CLOSED_LETTERS = "lmnrLMNR"


def with_particle(word: str, closed: str, open_: str) -> str:
    """The word with `closed` ("은", "을", "과") after a final consonant, else with `open_` ("는", "를", "와")."""
    spoken = re.sub(r"\([^)]*\)|[^\w]", "", word)
    last = spoken[-1:] or " "
    if "가" <= last <= "힣":
        is_closed = (ord(last) - ord("가")) % 28 != 0
    else:
        is_closed = last in _CLOSED_DIGITS or last in _CLOSED_LETTERS
    return f"{word}{closed if is_closed else open_}"


def topic(word: str) -> str:
    """The word with 은 or 는."""
    return with_particle(word, "은", "는")
