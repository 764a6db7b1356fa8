"""Chains: a plain text flows in; its digits, however written, in chains of digits with nothing but joints between."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from itertools import groupby
from pathlib import Path

from rag.redact.letters import Plain
from rag.wordlists import word_lists

WORDS = Path(__file__).with_name("words.yaml")
_SAID = {word: digit for digit, words in word_lists(WORDS, "digits").items() for word in words}
_ALIKE = str.maketrans({letter: digit for digit, words in word_lists(WORDS, "alike").items() for letter in words})
# More than this between two digits, and they belong to two numbers. In letters; no source, longer than any joint met.
_WIDEST = 16
_MONTH, _DAY = "월", "일"
_DASHES = frozenset("−˗⁃➖")
_COUNTED = frozenset("%₩$€¥")
"""Signs of what is counted: before or after one, a number ends."""
_HEX = frozenset("0123456789abcdef")
_HEX_ID = 16
"""From so many letters on, a word of hexadecimal digits is the id of something."""


class Gap(Enum):
    """What stands before a digit."""

    NONE = "nothing"
    SPACE = "white space"
    DASH = "a dash, in a sign or in words"
    DOT = "a dot"
    OTHER = "another sign or word"
    LINE = "a new line"


_JOINS = {
    word: {"dash": Gap.DASH, "dot": Gap.DOT}.get(kind, Gap.OTHER)
    for kind, words in word_lists(WORDS, "joins").items()
    for word in words
}


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_TOKEN = re.compile(
    rf"(?P<word>[0-9a-z\u110b\u1175]+)|(?P<said>{_any_of(word for word in _SAID if not word.isascii())})"
    rf"|(?P<join>{_any_of(word for word in _JOINS if not word.isascii())})|(?P<light>(?:\W|_)+)|(?P<other>.)"
)


@dataclass(slots=True)
class Chain:
    """Digits in the order of the text. The lists hold, for each digit, its place in the text and what is before it."""

    text: str
    digits: str = ""
    values: list[str] = field(default_factory=list)
    begins: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    odd: list[bool] = field(default_factory=list)
    """Whether it was said in words, or written in digits that nobody counts with."""
    runs: list[int] = field(default_factory=list)
    """How many digits follow one another from it on with nothing between, itself included."""
    loose_runs: list[int] = field(default_factory=list)
    """The same with nothing but white space between."""
    free: list[bool] = field(default_factory=list)
    """Whether its group is of one digit or holds an odd one: nobody writes sums or tables so."""

    def __len__(self) -> int:
        return len(self.digits)

    def edge(self, at: int) -> bool:
        """Whether a number may begin or end before that digit; of digits in words, anywhere."""
        return at in (0, len(self)) or (
            at < len(self) and (self.gaps[at] is not Gap.NONE or self.odd[at] or self.odd[at - 1])
        )

    def groups(self, at: int, loose: bool = False) -> list[int]:
        """The lengths of at most eight groups of digits from that one on; `loose` joins what white space parts."""
        runs = self.loose_runs if loose else self.runs
        lengths: list[int] = []
        while at < len(runs) and len(lengths) < 8:
            lengths.append(runs[at])
            at += runs[at]
        return lengths

    def between(self, at: int) -> str:
        """The words between that digit and the one before it."""
        return self.text[self.ends[at - 1] : self.begins[at]]


def chains(plain: Plain) -> Iterator[Chain]:
    """Every chain of a text, in order."""
    chain, joins = Chain(plain.text), [Gap.NONE]
    for kind, value, begin, end in _tokens(plain.text):
        if kind == "join":
            joins.append(_JOINS.get(value, Gap.NONE))
        elif kind == "other" or (chain.digits and begin - chain.ends[-1] > _WIDEST):
            yield from _closed(chain)
            chain = Chain(plain.text)
        if kind == "digits" and not _is_day(chain, begin):
            _extend(chain, value, begin, end, joins, plain.odd)
            joins = [Gap.NONE]
    yield from _closed(chain)


def _is_day(chain: Chain, begin: int) -> bool:
    """Whether what would be a one is the word for the day of a month: "3월 20일"."""
    if not chain.ends or chain.ends[-1] != begin or chain.text[begin] != _DAY:
        return False
    return _MONTH in chain.text[max(0, begin - 4) : begin]


def _extend(chain: Chain, value: str, begin: int, end: int, joins: list[Gap], odd: frozenset[int]) -> None:
    gap = _gap(chain.text[chain.ends[-1] : begin], joins) if chain.gaps else Gap.LINE
    each = 1 if len(value) == end - begin else end - begin
    for place, digit in enumerate(value):
        start = begin + place
        chain.values.append(digit)
        chain.begins.append(start)
        chain.ends.append(start + each)
        chain.gaps.append(gap if place == 0 else Gap.NONE)
        chain.odd.append(chain.text[start : start + each] != digit or start in odd)


def _gap(between: str, joins: list[Gap]) -> Gap:
    if told := [gap for gap in (Gap.DASH, Gap.DOT, Gap.OTHER) if gap in joins]:
        return told[0]
    signs = between.strip()
    if any(unicodedata.category(sign) == "Pd" or sign in _DASHES for sign in signs):
        return Gap.DASH
    if "\n" in between:
        return Gap.LINE
    if not signs:
        return Gap.SPACE if between else Gap.NONE
    return Gap.DOT if signs == "." else Gap.OTHER


def _closed(chain: Chain) -> Iterator[Chain]:
    """The chain with its runs counted, unless nothing is in it."""
    if not chain.gaps:
        return
    chain.digits = "".join(chain.values)
    chain.runs = _runs(chain.gaps, (Gap.NONE,))
    at = 0
    while at < len(chain):
        length = chain.runs[at]
        chain.free += [length == 1 or any(chain.odd[at : at + length])] * length
        at += length
    chain.loose_runs = _runs(_parting(chain), (Gap.NONE, Gap.SPACE))
    yield chain


def _parting(chain: Chain) -> list[Gap]:
    """The gaps, where white space between a digit in words and a group in figures parts them: "지사 02-…"."""
    parted = list(chain.gaps)
    for at in range(1, len(parted)):
        unlike = chain.odd[at - 1] != chain.odd[at] and not (chain.free[at - 1] and chain.free[at])
        if unlike and parted[at] is Gap.SPACE:
            parted[at] = Gap.OTHER
    return parted


def _runs(gaps: list[Gap], joined: tuple[Gap, ...]) -> list[int]:
    lengths, length = [], 0
    for gap in reversed(gaps):
        length += 1
        lengths.append(length)
        if gap not in joined:
            length = 0
    return lengths[::-1]


def _tokens(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Kind (digits, join, other), digits or words, begin and end of every token."""
    for match in _TOKEN.finditer(text):
        begin, end = match.span()
        match match.lastgroup:
            case "word":
                yield from _word(match[0], begin)
            case "said":
                yield "digits", _SAID[match[0]], begin, end
            case "light" if not _COUNTED.isdisjoint(match[0]):
                yield "other", match[0], begin, end
            case "join" | "light":
                yield "join", match[0], begin, end
            case _:
                yield "other", match[0], begin, end


def _word(word: str, begin: int) -> Iterator[tuple[str, str, int, int]]:
    """What a word of Latin letters and digits is, or its parts are."""
    end = begin + len(word)
    alike = word.translate(_ALIKE)
    if word in _SAID:
        yield "digits", _SAID[word], begin, end
    elif word in _JOINS:
        yield "join", word, begin, end
    elif alike.isdigit() and (alike == "010" or any(letter.isdigit() for letter in word)):
        yield "digits", alike, begin, end
    elif word.isalpha() or (len(word) >= _HEX_ID and set(word) <= _HEX):
        yield "other", word, begin, end
    else:
        for _, letters in groupby(word, str.isdigit):
            part = "".join(letters)
            yield from _word(part, begin)
            begin += len(part)
