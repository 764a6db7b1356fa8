"""Rulebook: the grammar's YAML files flow in; a trie of words and a trie of rules flow out.

A file has `words` (kind → word → value; a space in a Korean word may be missing in a text) and `rules`:
`{make: kind, of: pattern, by: action}`. A pattern is kinds in order, with white space allowed between them; `a|b` is
either, `[a]` may be missing, `+a` touches what stands before it, `'x'` is the word x itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from rag.yaml_file import read_yaml

STOP, OPENING = "stop", "opening"
VALUE, HIDDEN = "value", "hidden"


@dataclass(frozen=True, slots=True)
class Node:
    """What [start, end) of a text was read as, and from which `parts`.

    `last` is the kind of its last word, `rank` decides between equals.
    """

    kind: str
    start: int
    end: int
    value: Any
    last: str
    rank: int = 0
    parts: tuple[Node, ...] = ()


Action = Callable[[date, tuple[Node, ...]], Any]
"""From the day a text is read on and the nodes of a rule to what they come to; None where the rule does not hold."""


def registering(actions: dict[str, Action]) -> Callable[[Action], Action]:
    """A decorator that keeps actions by their names, under which the rules of a YAML file call them."""

    def kept(action: Action) -> Action:
        actions[action.__name__] = action
        return action

    return kept


class Rule(NamedTuple):
    """What a pattern makes, and by which action."""

    make: str
    by: Action
    rank: int


@dataclass(slots=True)
class State:
    """A place in the trie of rules: which kinds may come next (touching or not), and which rules are whole here."""

    edges: dict[tuple[str, bool], State] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)


@dataclass(slots=True)
class Letter:
    """A place in the trie of words: which letters may come next, and which words are whole here."""

    next: dict[str, Letter] = field(default_factory=dict)
    words: list[tuple[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Book:
    """The words and rules of a grammar; `lists` are those of its common file."""

    words: Letter
    rules: State
    tails: Letter
    lists: Mapping[str, frozenset[str]]
    letters: Mapping[int, str]


def opened(folder: Path, names: Sequence[str], actions: Mapping[str, Mapping[str, Action]]) -> Book:
    """The grammar of the files `common` and `names` in a folder; `actions` holds the actions of each file by name."""
    common = read_yaml(folder / "common.yaml")
    words, tails, rules = Letter(), Letter(), State()
    for kind, listed in ((STOP, common["stops"]), (OPENING, common["openings"])):
        for word in listed:
            _add(words, word, kind, None)
    for word in common["tails"]:
        _add(tails, word, "tail", None)
    for name in names:
        data = read_yaml(folder / f"{name}.yaml")
        for kind, listed in data["words"].items():
            for word, value in listed.items():
                _add(words, str(word), kind, tuple(value) if isinstance(value, list) else value)
        for rule in data["rules"]:
            made = Rule(rule["make"], actions[name][rule["by"]] if "by" in rule else _same, rule.get("rank", 0))
            for pattern in _expanded(rule["of"]):
                _plant(rules, pattern, made, words)
    lists = {name: frozenset(common[name]) for name in ("strong", "homographs", "leaning", "copulas")}
    letters = {ord(other): plain for plain, others in common["letters"].items() for other in others}
    return Book(words, rules, tails, lists, letters)


def _same(as_of: date, parts: tuple[Node, ...]) -> Any:
    """What the only part is; for a rule without an action."""
    return parts[0].value


def _add(trie: Letter, word: str, kind: str, value: Any) -> None:
    """A word in the trie, also without its spaces where it is Korean."""
    for form in {word, word if word.isascii() else word.replace(" ", "")}:
        place = trie
        for letter in form:
            place = place.next.setdefault(letter, Letter())
        if all(known != kind for known, _ in place.words):
            place.words.append((kind, value))


def _expanded(pattern: str) -> Iterator[tuple[tuple[str, bool], ...]]:
    """Every sequence of (kind, touches) that a pattern stands for."""
    choices: list[list[tuple[tuple[str, bool], ...]]] = []
    for part in pattern.split():
        bare = part.strip("[]")
        kinds = [kind.lstrip("+") for kind in bare.split("|")]
        given = [((kind, bare.startswith("+")),) for kind in kinds]
        choices.append([*given, ()] if part.startswith("[") else [*given])
    for chosen in product(*choices):
        yield tuple(step for steps in chosen for step in steps)


def _plant(rules: State, pattern: tuple[tuple[str, bool], ...], rule: Rule, words: Letter) -> None:
    state = rules
    for at, (kind, touches) in enumerate(pattern):
        if kind.startswith("'"):
            _add(words, kind.strip("'"), kind, kind.strip("'"))
        state = state.edges.setdefault((kind, touches and at > 0), State())
    state.rules.append(rule)
