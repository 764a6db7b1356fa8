"""Phrases: a YAML file of word lists beside a module flows in; matchers that find its phrases in a text flow out.

A list is `name: [phrase, …]`; no phrase of it counts that begins within one of the list `no_name`. A phrase is written
as the rules of `rag.grammar` are: words in order, with white space allowed between them; `a|b` is either, `[a b]` may
be missing, `+a` touches what stands before it. The name of a list, or of one of `KINDS`, stands for its phrases; `<a`
begins and `a>` ends where no letter or digit goes on; `=a` follows behind. The longest of several phrases counts.
Lists may stand in groups, each `group: {name: [phrase, …]}`, which the lists outside of all groups serve.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from rag.wordlists import word_lists

KINDS = {
    "number": r"\d(?:[\d,.]{0,16}\d)?",
    "digit": r"\d",
    "name": r"[가-힣]{2,8}",
    "long_name": r"[가-힣]{2,12}",
    "trade_name": r"[가-힣]{1,10}업",
    "korean": r"[가-힣]",
    "latin": r"[A-Za-z]",
    "space": r"\s{1,2}",
    "letters": r"[가-힣]{0,8}?",
    "rest": r"[^\s,.]{0,12}",
    "hardly": r".{0,3}?",
    "few": r"[^\n→>]{0,20}?",
    "far": r"[^.]{0,30}?",
    "soon": r"[^.\n]{0,6}?",
    "signs": r"[^가-힣\d(]{1,8}",
    "any": r".{0,90}?",
    "first": "^",
    "last": "$",
    "near": r"[^.\n]{0,12}?",
    "word": r"\S{1,20}\s",
    "aside": r"\([^()]{0,20}\)",
    "wide_aside": r"\([^()]{0,200}\)",
    "marks": r"[^\w\s]{1,4}",
    "open": r"[(\[「『<【]",
    "close": r"[)\]」』>】]",
    "comma": r"[,·ㆍ/]",
    "colon": r"[:：]",
    "tilde": r"[~∼～〜]",
    "equals": "=",
    "plus": r"[+＋]",
    "end": r"(?:$|[).,])",
    "quote": r"['’‘`\"“”]",
}
"""What a phrase may hold beside words: figures, letters, a whole word, words in brackets, marks in all spellings, and
the ends of the text."""

_GAP, _BEGINS, _ENDS = r"\s{0,2}", r"(?<!\w)", r"(?!\w)"
_ASIDE = re.compile(r"\(([^()]*)\)")
_SENTENCE_END = re.compile(r"(?<=[다요음함됨임])\.\s|[\n;]")


class Hit(NamedTuple):
    """The place of a phrase in a text, and its words."""

    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Phrases:
    """Matchers of one list; each works in time linear in the text."""

    of: str
    but: str

    def is_in(self, text: str) -> bool:
        """Whether the text has a phrase of the list."""
        return next(self.all(text), None) is not None

    def first(self, text: str, start: int = 0) -> Hit | None:
        """The first phrase from a place on."""
        return next(self.all(text, start), None)

    def last(self, text: str) -> Hit | None:
        """The last phrase."""
        return max(self.all(text), default=None)

    def all(self, text: str, start: int = 0) -> Iterator[Hit]:
        """Every phrase, from left to right, none overlapping another."""
        for found in self._anywhere.finditer(text, start):
            if found["of"] is not None:
                yield Hit(found.start("of"), found.end("of"), found["of"])

    def begins(self, text: str, at: int = 0) -> Hit | None:
        """The phrase that stands first from a place on, white space aside."""
        found = self._here.match(text, at)
        return Hit(found.start("of"), found.end("of"), found["of"]) if found and found["of"] is not None else None

    def ends(self, text: str) -> Hit | None:
        """The phrase that stands last, white space aside."""
        found = self._last.search(text)
        return Hit(found.start("of"), found.end("of"), found["of"]) if found and found["of"] is not None else None

    def is_all(self, text: str) -> bool:
        """Whether the text is one phrase and nothing else."""
        return self._whole.fullmatch(text) is not None

    def without(self, text: str) -> str:
        """The text with a blank in the place of each phrase."""
        for hit in reversed(list(self.all(text))):
            text = f"{text[: hit.start]} {text[hit.end :]}"
        return text

    def parts(self, text: str) -> list[str]:
        """What stands before, between and behind the phrases."""
        hits = list(self.all(text))
        starts, ends = (0, *(hit.end for hit in hits)), (*(hit.start for hit in hits), len(text))
        return [text[start:end] for start, end in zip(starts, ends, strict=True)]

    @cached_property
    def _anywhere(self) -> re.Pattern[str]:
        return re.compile(rf"{self.but}|(?P<of>{self.of})" if self.but else rf"(?P<of>{self.of})")

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        return re.compile(rf"\s*(?:{self.of})\s*")

    @cached_property
    def _here(self) -> re.Pattern[str]:
        return re.compile(rf"\s*(?:{self._anywhere.pattern})")

    @cached_property
    def _last(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{self._anywhere.pattern})\s*$")


@cache
def phrases(path: Path, group: str = "") -> Mapping[str, Phrases]:
    """The lists of a file, or of one group of it, by name, in order. The files are part of the installation."""
    shared, named = word_lists(path), word_lists(path, group)

    def joined(given: Sequence[str]) -> str:
        # Of several phrases that begin at one place the longest counts.
        return "|".join(_compiled(phrase, kind) for phrase in sorted(given, key=len, reverse=True))

    @cache
    def kind(word: str) -> str:
        return joined(shared[word]) if word in shared and word.isascii() else KINDS.get(word, re.escape(word))

    return {name: Phrases(joined(given), joined(named.get(f"no_{name}", ()))) for name, given in named.items()}


def asides(text: str) -> list[str]:
    """What stands in brackets, those that hold no others."""
    return _ASIDE.findall(text)


def sentences(text: str) -> list[str]:
    """The sentences of a statement, and its lines."""
    return _SENTENCE_END.split(text)


def _compiled(phrase: str, kind: Callable[[str], str]) -> str:
    """One phrase as a pattern."""
    made = ""
    tokens = iter(phrase.split())
    for token in tokens:
        is_optional = token[0] == "[" and len(token) > 1
        while is_optional and token.count("[") > token.count("]"):
            token += f" {next(tokens)}"
        bare = token[1:-1] if is_optional else token
        mark, bare = (bare[0], bare[1:]) if bare[0] in "+=" and len(bare) > 1 else ("", bare)
        body = _compiled(bare, kind) if " " in bare else _either(bare, kind)
        gap = _GAP if made and mark != "+" else ""
        made += f"(?={gap}{body})" if mark == "=" else f"(?:{gap}{body}){'?' * is_optional}"
    return made


def _either(words: str, kind: Callable[[str], str]) -> str:
    return f"(?:{'|'.join(_word(word, kind) for word in sorted(words.split('|'), key=len, reverse=True))})"


def _word(word: str, kind: Callable[[str], str]) -> str:
    begins, ends = len(word) > 1 and word[0] == "<", len(word) > 1 and word[-1] == ">"
    return f"{_BEGINS * begins}(?:{kind(word[begins : len(word) - ends])}){_ENDS * ends}"
