"""Keystrokes: Hangul flows in, the letters a 두벌식 keyboard types for it flow out, and back again."""

from __future__ import annotations

import re
from itertools import pairwise

_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS: tuple[str, ...] = tuple(
    re.findall(r"\S+", "ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ")
)
_CLOSING = "ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ"
_FINALS: tuple[str, ...] = ("", *re.findall(r"\S+", _CLOSING))
_ONES = frozenset("".join(_VOWELS))
# Letters standing alone that are laughter, tears or assent rather than an unfinished syllable.
_FEELING = re.compile(r"(?:[ㅋㅎㅠㅜㅡㅇ]+|([ㄱㄴㄷ])\1+)(?![ㄱ-ㅣ가-힣])")
_ROWS = ("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", "ㅋㅌㅊㅍㅠㅜㅡ")
# Letters of one sound, or of one key with and without shift.
_ALIKE = ("ㄱㄲㅋ", "ㄷㄸㅌ", "ㅂㅃㅍ", "ㅅㅆ", "ㅈㅉㅊ", "ㅐㅔ", "ㅗㅜ", "ㅣㅡ", "ㅏㅑ", "ㅓㅕ", "ㅗㅛ", "ㅜㅠ")
_NEIGHBOURS = frozenset(pair for row in _ROWS for a, b in pairwise(row) for pair in (a + b, b + a)) | frozenset(
    a + b for group in _ALIKE for a in group for b in group
)


def keys(text: str) -> str:
    """The letters typed, one for each key: "의" is "ㅇㅡㅣ", "값" is "ㄱㅏㅂㅅ"; what is not Hangul stays."""
    return "".join(map(keys_of, text))


def keys_of(letter: str) -> str:
    """The letters typed for one character."""
    code = ord(letter) - 0xAC00
    if not 0 <= code < 11172:
        return letter
    return _INITIALS[code // 588] + _VOWELS[code // 28 % 21] + _FINALS[code % 28]


def is_near(typed: str, meant: str) -> bool:
    """Whether letters of which one differs do so by a key beside it, or one that sounds or looks alike."""
    differing = [a + b for a, b in zip(typed, meant, strict=False) if a != b]
    return len(typed) != len(meant) or all(pair in _NEIGHBOURS for pair in differing[:1])


def composed(text: str) -> str:
    """The text with the letters left alone in its words put together as a keyboard would: "극ㅓ" is "그거"."""
    return re.sub(r"[가-힣ㄱ-ㅣ]+", lambda match: _word_composed(match[0]), text)


def _word_composed(word: str) -> str:
    feeling = _FEELING.search(word)
    body, tail = (word[: feeling.start()], word[feeling.start() :]) if feeling else (word, "")
    return (_typed(keys(body)) if re.search("[ㄱ-ㅣ]", body) else body) + tail


def _typed(letters: str) -> str:
    """What appears when the letters are typed one after another."""
    out = ""
    at = 0
    while at < len(letters):
        vowel = _longest(letters, at + 1, _VOWELS) if letters[at] in _INITIALS else ""
        if not vowel:
            out, at = out + letters[at], at + 1
            continue
        initial, at = letters[at], at + 1 + len(vowel)
        final = _longest(letters, at, _FINALS)
        # A vowel takes the consonant before it as its own.
        if final and letters[at + len(final) : at + len(final) + 1] in _ONES:
            final = final[:-1]
        at += len(final)
        code = _INITIALS.index(initial) * 588 + _VOWELS.index(vowel) * 28 + _FINALS.index(final)
        out += chr(0xAC00 + code)
    return out


def _longest(letters: str, at: int, units: tuple[str, ...]) -> str:
    """The longest unit that stands at this place; "" when none does."""
    return next((letters[at : at + size] for size in (2, 1) if letters[at : at + size] in units), "")
