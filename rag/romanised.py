"""Romanisation: a Korean place name flows in, its spelling in Latin letters flows out.

The Revised Romanization of Korean (Ministry of Culture and Tourism notice 2000-8), as far as place names need it.
"""

from __future__ import annotations

_INITIALS = ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"]
_VOWELS = [
    "a",
    "ae",
    "ya",
    "yae",
    "eo",
    "e",
    "yeo",
    "ye",
    "o",
    "wa",
    "wae",
    "oe",
    "yo",
    "u",
    "wo",
    "we",
    "wi",
    "yu",
    "eu",
    "ui",
    "i",
]
_FINALS = [
    "",
    "k",
    "k",
    "ks",
    "n",
    "nj",
    "nh",
    "t",
    "l",
    "lk",
    "lm",
    "lp",
    "ls",
    "lt",
    "lp",
    "lh",
    "m",
    "p",
    "ps",
    "t",
    "t",
    "ng",
    "t",
    "t",
    "k",
    "t",
    "p",
    "h",
]
# What a final and the initial after it become together.
_MEETINGS = {
    "ng r": "ngn", "m r": "mn", "k r": "ngn", "p r": "mn", "n r": "ll", "l n": "ll", "l r": "ll", "k n": "ngn",
    "k m": "ngm", "p n": "mn", "p m": "mm", "t n": "nn", "t m": "nm", "k ": "g", "p ": "b", "t ": "t", "l ": "r",
}  # fmt: skip


def romanised(name: str) -> str:
    """The name in lower-case Latin letters: "강릉" is "gangneung"; anything but Hangul syllables is left as it is."""
    out = ""
    final = ""
    for letter in name:
        code = ord(letter) - 0xAC00
        if not 0 <= code < 11172:
            out, final = out + final + letter.lower(), ""
            continue
        initial, vowel, last = _INITIALS[code // 588], _VOWELS[code // 28 % 21], _FINALS[code % 28]
        joint = _MEETINGS.get(f"{final} {initial}") if final else None
        out += (joint if joint is not None else final + initial) + vowel
        final = last
    return out + final
