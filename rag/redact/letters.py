"""Letters: a text flows in, the same in one plain form flows out, each letter with its place in the original."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# Letters of Hangul that are blank, and a circled letter that is written for the sign of e-mail addresses.
_SPECIAL = {"\u3164": "", "\u115f": "", "\u1160": "", "\uffa0": "", "ⓐ": "@", "Ⓐ": "@"}
_UNSEEN = frozenset(("Cf", "Mn", "Me"))
_USUAL = frozenset("0123456789０１２３４５６７８９")


@dataclass(frozen=True, slots=True)
class Plain:
    """A text in NFKC and lower case, its digits 0 to 9, without what nobody sees; and where each letter came from."""

    text: str
    begins: tuple[int, ...]
    """Where the original of each letter begins."""
    ends: tuple[int, ...]
    """Where it ends, with what nobody sees behind it."""
    odd: frozenset[int]
    """The letters that are digits, but were written neither in ASCII nor in full width."""


def plain(text: str) -> Plain:
    """The plain form of a text; what a letter is written of is never split."""
    if text.isascii():
        return Plain(text.lower(), tuple(range(len(text))), tuple(range(1, len(text) + 1)), frozenset())
    letters = list(_joined(list(_letters(text))))
    followings = [*(begin for _, begin, _ in letters[1:]), len(text)][: len(letters)]
    odd = (
        at for at, (letter, begin, end) in enumerate(letters) if letter.isdigit() and not _USUAL & set(text[begin:end])
    )
    return Plain(
        "".join(letter for letter, _, _ in letters),
        tuple(begin for _, begin, _ in letters),
        tuple(max(end, following) for (_, _, end), following in zip(letters, followings, strict=True)),
        frozenset(odd),
    )


def _letters(text: str) -> Iterator[tuple[str, int, int]]:
    for at, letter in enumerate(text):
        for form in _form(letter):
            yield form, at, at + 1


@lru_cache(4096)
def _form(letter: str) -> str:
    if letter in _SPECIAL:
        return _SPECIAL[letter]
    forms = unicodedata.normalize("NFKC", letter).lower()
    return "".join(_digit(form) for form in forms if unicodedata.category(form) not in _UNSEEN)


def _digit(letter: str) -> str:
    """The digit that a letter is, of those that count in figures; else the letter."""
    value: float | None = unicodedata.digit(letter, None)
    if value is None and unicodedata.category(letter) in ("No", "Nl"):
        value = unicodedata.numeric(letter, None)
    return letter if value is None or value not in range(10) else str(int(value))


def _joined(letters: list[tuple[str, int, int]]) -> Iterator[tuple[str, int, int]]:
    """The letters with syllables that were written in parts of Hangul put together."""
    at = 0
    while at < len(letters):
        count = 1
        if "\u1100" <= letters[at][0] <= "\u1112":
            count += _is(letters, at + 1, "\u1161", "\u1175")
            count += count == 2 and _is(letters, at + 2, "\u11a8", "\u11c2")
        parts = letters[at : at + count]
        yield (
            unicodedata.normalize("NFC", "".join(part for part, _, _ in parts)) if count > 1 else parts[0][0],
            parts[0][1],
            parts[-1][2],
        )
        at += count


def _is(letters: list[tuple[str, int, int]], at: int, first: str, last: str) -> bool:
    return at < len(letters) and first <= letters[at][0] <= last
