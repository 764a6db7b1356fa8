"""Word lists: a YAML file of a module, edited like text, flows in; its words, rules or patterns by name flow out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_ANYWHERE = 1000


@cache
def word_lists(path: Path, group: str = "") -> Mapping[str, tuple[str, ...]]:
    """The lists of a file, or of one group of it, by name, each "name: [word, …]".

    The files are part of the installation.
    """
    raw = yaml.safe_load(path.read_text("utf-8"))
    named = raw[group] if group else raw
    return {str(name): tuple(map(str, words)) for name, words in named.items() if isinstance(words, list)}


@cache
def sizes(path: Path) -> Mapping[str, Mapping[str, float]]:
    """The numbers of a file by group and word, each "name: {word: number, …}"."""
    raw = yaml.safe_load(path.read_text("utf-8"))
    return {str(group): {str(word): float(number) for word, number in own.items()} for group, own in raw.items()}


@cache
def patterns(path: Path) -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    """The patterns of a file by group and name, each "name: [alternative, …]"; case is ignored."""
    raw = yaml.safe_load(path.read_text("utf-8"))
    return {
        group: {name: re.compile("|".join(alternatives), re.IGNORECASE) for name, alternatives in named.items()}
        for group, named in raw.items()
    }


@dataclass(frozen=True, slots=True)
class Rule:
    """Which words make a phrase, written without spaces, mean something; a list left out asks for nothing.

    The phrase is one of `whole`; or it starts with one of `starts`, has one of `has` and behind it one of `then`, and
    ends in one of `ends`, each behind the ones before; `about` stands right before that end, and any of `tails` may
    follow it. At most `within` letters stand between what is behind one another; none of `but` may stand in the phrase.
    """

    whole: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    has: tuple[str, ...] = ()
    then: tuple[str, ...] = ()
    about: tuple[str, ...] = ("",)
    ends: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    within: int = _ANYWHERE

    def fits(self, phrase: str) -> bool:
        """Whether the phrase is made as the rule says."""
        if self.whole:
            return phrase in self.whole
        begin = max((len(word) for word in self.starts if phrase.startswith(word)), default=None)
        if self.starts and begin is None:
            return False
        parts = [words for words in (self.has, self.then) if words]
        return self._follows(phrase[begin or 0 :], parts, bool(self.starts)) and not any(w in phrase for w in self.but)

    def _follows(self, rest: str, parts: Sequence[Sequence[str]], is_near: bool) -> bool:
        """Whether one word of each part stands in the rest, one behind the other, and the end behind them."""
        if not parts:
            return self._closes(rest, is_near)
        reach = self.within if is_near else len(rest)
        places = (
            at + len(word) for word in parts[0] for at in range(min(reach + 1, len(rest))) if rest.startswith(word, at)
        )
        return any(self._follows(rest[place:], parts[1:], True) for place in sorted(set(places)))

    def _closes(self, rest: str, is_near: bool) -> bool:
        if not self.ends:
            return True
        reach = self.within if is_near else len(rest)
        stems = (rest.removesuffix(word) for word in self.ends if rest.endswith(word))
        if any(stem.endswith(self.about) and len(stem) <= reach for stem in stems):
            return True
        return any(self._closes(rest.removesuffix(tail), is_near) for tail in self.tails if rest.endswith(tail))


@cache
def rules(path: Path) -> Mapping[str, Mapping[str, tuple[Rule, ...]]]:
    """The rules of a file by group and name, in order, each "name: [{has: [word, …]}, …]"."""
    raw = yaml.safe_load(path.read_text("utf-8"))
    return {
        group: {name: tuple(map(_rule, given)) for name, given in named.items() if isinstance(given[0], dict)}
        for group, named in raw.items()
        if isinstance(named, dict)
    }


def first(named: Mapping[str, Sequence[Rule]], phrase: str) -> str | None:
    """The first name of which a rule fits the phrase."""
    return next((name for name, given in named.items() if any(rule.fits(phrase) for rule in given)), None)


def made_of(phrase: str, words: frozenset[str]) -> bool:
    """Whether a phrase without spaces is these words and nothing else."""
    longest = max(map(len, words), default=0)
    ends = {0}
    for end in range(1, len(phrase) + 1):
        if any(begin in ends and phrase[begin:end] in words for begin in range(max(0, end - longest), end)):
            ends.add(end)
    return len(phrase) in ends


def _rule(given: Mapping[str, Any]) -> Rule:
    fields: dict[str, Any] = {
        name: tuple(map(str, said)) if isinstance(said, list) else said for name, said in given.items()
    }
    return Rule(**fields)
