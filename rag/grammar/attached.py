"""Attached: the syllables behind the name of a place flow in; the particles, endings and nouns they are flow out.

A name is short and often a word of its own ("예산", "양산"), so what is attached to it is read by Kiwi's parts of
speech and not by its letters: behind a witness, a name nobody mistakes ("런던에서는").
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from rag.korean import is_closed
from rag.text import Word, tagged
from rag.yaml_file import read_yaml

_LONGEST = 16
_PARTICLES = ("J", "E", "VCP", "VCN")


@cache
def lists() -> dict[str, frozenset[str]]:
    """The word lists of `places.yaml`."""
    return {key: frozenset(words) for key, words in _file().items() if isinstance(words, list)}


@cache
def _file() -> dict[str, list[str] | dict[str, list[str]]]:
    raw: dict[str, list[str] | dict[str, list[str]]] = read_yaml(Path(__file__).with_name("places.yaml"))
    return raw


@cache
def _witnesses(kind: str) -> tuple[str, ...]:
    witnesses = _file()["witnesses"]
    return tuple(witnesses[kind]) if isinstance(witnesses, dict) else ()


@cache
def _nouns() -> frozenset[str]:
    return lists()["near"] | lists()["seats"] | lists()["firms"] | lists()["spots"]


@dataclass(frozen=True, slots=True)
class Tail:
    """What is attached to a name: a noun that may stand right behind a place, and forms with tags of the rest.

    `length` counts its syllables.
    """

    noun: str = ""
    forms: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    length: int = 0

    @property
    def is_bare(self) -> bool:
        """Whether nothing is attached."""
        return not self.noun and not self.forms

    @property
    def is_answer(self) -> bool:
        """Whether it is the bare 요 or 이요 of an answer."""
        return self.tags == ("JX",) and self.forms[0] in lists()["answers"]

    @property
    def is_copular(self) -> bool:
        """Whether it says that something is the place."""
        return "VCP" in self.tags or self.is_answer


@lru_cache(maxsize=8192)
def tail_of(attached: str, last: str) -> Tail | None:
    """The syllables attached to a name whose last syllable is given, where they may follow a place; else none."""
    if not attached:
        return Tail()
    if len(attached) > _LONGEST:
        return None
    if read := _grammatical(attached, last):
        return Tail("", *read, len(attached))
    for end in range(len(attached), 0, -1):
        noun = attached[:end]
        if noun in _nouns():
            if end == len(attached):
                return Tail(noun, length=end)
            if read := _grammatical(attached[end:], noun[-1]):
                return Tail(noun, *read, len(attached))
    return None


def _grammatical(attached: str, last: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Forms and tags of particles, copulas and endings; none where the syllables are anything else.

    A slip such as "부산야" or "구미이에요" is read behind a witness of the other kind.
    """
    for kind in ("closed", "open") if is_closed(last) else ("open", "closed"):
        for witness in _witnesses(kind):
            for end in ("", "."):
                words = [w for w in tagged(f"{witness}{attached}{end}") if w.start >= len(witness) and w.tag != "SF"]
                if words and words[0].start <= len(witness) and _are_attached(words):
                    return tuple(w.form for w in words), tuple(w.tag for w in words)
    return None


def _are_attached(words: list[Word]) -> bool:
    """Whether the morphemes follow a place: particles and endings, and whatever begins anew behind an ending.

    A verb may be written together with the name or its particle ("부산살아요", "부산에있는").
    """
    before = ""
    is_copula = words[0].tag == "VCP"
    for word in words:
        if before.startswith("E") and not (before == "ETM" and is_copula):
            break
        is_verb = word.tag[:1] == "V" and (before.startswith("J") or (not before and word.form in lists()["settled"]))
        if not (is_verb or word.tag.startswith(_PARTICLES)):
            return False
        before = word.tag
    return not before.startswith("V") or before in ("VCP", "VCN")
