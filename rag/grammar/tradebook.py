"""Tradebook: `trades.yaml` flows in; what a word says of a trade, and the codes of a field, flow out.

A code is that of the Korean Standard Industrial Classification, 11th revision, with its section before it: "C"
(section), "C25" (division), "C259" (group), "C25929". A longer code lies in every shorter one it begins with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rag.text import squash
from rag.yaml_file import read_yaml

Codes = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trade:
    """A trade told at [start, end) of a text: the codes it may have (none: unknown) and the themes it is about.

    Codes are those of the Korean Standard Industrial Classification with the section: "C", "C25", "C259", "C25929".
    """

    codes: Codes
    words: str
    start: int
    end: int
    themes: frozenset[str] = frozenset()

    @property
    def is_read(self) -> bool:
        """Whether anything is known of it."""
        return bool(self.codes or self.themes)


@dataclass(frozen=True, slots=True)
class Act:
    """What is done with goods: `gives` are codes with goods ("own": whoever makes them), `alone` without.

    `of` are codes that count instead where the goods come from a trade.
    """

    gives: Codes
    alone: Codes
    of: tuple[tuple[str, Codes], ...]

    def is_other_than(self, trade: Codes) -> bool:
        """Whether whoever does it with a service is of another trade than the service."""
        return "own" not in self.gives and not any(code[0] == one[0] for code in self.alone for one in trade)

    def codes(self, goods: Codes) -> Codes:
        """The codes of who does this with goods of these codes."""
        if not goods:
            return self.alone
        other = next((codes for trade, codes in self.of if any(code.startswith(trade) for code in goods)), None)
        given = other or self.gives
        return tuple(dict.fromkeys(code for one in given for code in (goods if one == "own" else (one,))))


@dataclass(frozen=True, slots=True)
class Field:
    """A field that notices name: codes in it, codes in those that are not, codes that may be, themes and words."""

    inside: Codes
    outside: Codes = ()
    maybe: Codes = ()
    themes: frozenset[str] = frozenset()
    sure: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Word:
    """What a word may say: the trade itself, goods, an act or who does it, a theme, or nothing at all."""

    trade: Codes = ()
    goods: Codes = ()
    act: Act | None = None
    theme: str = ""
    is_firm: bool = False
    is_ignored: bool = False
    is_filler: bool = False
    is_label: bool = False


NOTHING = Word()
"""What a word says that the tradebook does not know."""


@dataclass(frozen=True, slots=True)
class Book:
    """All of `trades.yaml`, by squashed words."""

    words: Mapping[str, Word]
    verbs: Mapping[str, Act]
    fields: Mapping[str, Field]
    themes: Mapping[str, Codes]
    sections: Mapping[str, str]
    using: frozenset[str]
    denying: frozenset[str]
    not_doing: frozenset[str]
    light: frozenset[str]
    joins: frozenset[str]
    endings: frozenset[str]
    field_suffixes: tuple[str, ...]
    dealt: Act
    making: tuple[str, ...]
    longest: int


@cache
def book() -> Book:
    """The tradebook, read once."""
    raw = read_yaml(Path(__file__).with_name("trades.yaml"))
    acts = {name: _act(entry) for name, entry in raw["acts"].items()}
    words: dict[str, dict[str, Any]] = {}
    for word, key, value in _said(raw, acts):
        words.setdefault(squash(word), {}).setdefault(key, value)
    return Book(
        words={word: Word(**said) for word, said in words.items()},
        verbs={verb: acts[name] for name, entry in raw["acts"].items() for verb in entry.get("verbs", ())},
        fields=dict(_fields(raw)),
        themes={theme: tuple(entry.get("alone", ())) for theme, entry in raw["themes"].items()},
        sections={code[1:]: code for code in raw["divisions"]},
        using=frozenset(raw["using"]),
        denying=frozenset(raw["denials"]["verbs"]),
        not_doing=frozenset(raw["denials"]["adverbs"]),
        light=frozenset(raw["light"]),
        joins=frozenset(raw["joins"]),
        endings=frozenset(raw["endings"]),
        field_suffixes=tuple(raw["field_suffixes"]),
        dealt=acts["deal"],
        making=tuple(squash(word) for word in raw["acts"]["make"]["words"]),
        longest=max(map(len, words)),
    )


def _act(entry: Mapping[str, Any]) -> Act:
    of = tuple((code, tuple(codes)) for code, codes in entry.get("of", {}).items())
    return Act(tuple(entry["gives"]), tuple(entry["alone"]), of)


def _said(raw: Mapping[str, Any], acts: Mapping[str, Act]) -> Iterator[tuple[str, str, object]]:
    """Every word with the part of `Word` that it fills; what comes first stays."""
    for codes, words in raw["words"].items():
        yield from ((word, "trade", tuple(str(codes).split())) for word in words)
    for codes, words in raw["usual"].items():
        yield from ((word, "trade", tuple(codes.split())) for word in words)
    for code, words in raw["goods"].items():
        yield from ((word, "goods", (code,)) for word in words)
    for name, entry in raw["acts"].items():
        for word in entry["words"]:
            yield word, "act", acts[name]
            yield from ((f"{word}{suffix}", "act", acts[name]) for suffix in raw["suffixes"])
            yield from ((f"{word}{suffix}", "is_firm", True) for suffix in raw["suffixes"])
    for theme, entry in raw["themes"].items():
        yield from ((word, "theme", theme) for word in entry["words"])
    for key, part in (("ignored", "is_ignored"), ("fillers", "is_filler"), ("labels", "is_label")):
        yield from ((word, part, True) for word in raw[key])


def _fields(raw: Mapping[str, Any]) -> Iterator[tuple[str, Field]]:
    """Every field by its names; sections, divisions and groups are fields of their own."""
    for kind in ("groups", "divisions", "sections"):
        for code, name in raw[kind].items():
            yield from ((squash(words), Field((code,))) for words in (code, name, name.split(";")[0]))
    for name, entry in raw["fields"].items():
        field = Field(
            tuple(entry.get("in", ())),
            tuple(entry.get("out", ())),
            tuple(entry.get("maybe", ())),
            frozenset(entry.get("themes", ())),
            frozenset(squash(word) for word in entry.get("sure", ())),
        )
        yield from ((squash(words), field) for words in (name, *entry.get("also", ())))
