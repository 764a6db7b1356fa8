"""The YAML files of the grammar: each kind of word has one file, every kind and action that a rule names is there."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import yaml

import rag.grammar
from rag.grammar import ages, bounds, days, numbers, phones
from rag.grammar.rulebook import HIDDEN, VALUE

FOLDER = Path(rag.grammar.__file__ or "").parent
ACTIONS = {
    "numbers": numbers.ACTIONS,
    "measures": bounds.ACTIONS,
    "days": days.ACTIONS,
    "ages": ages.ACTIONS,
    "phones": phones.ACTIONS,
}
FILES = {name: yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8")) for name in ACTIONS}
# What the engine makes of a run of digits.
FIGURES = {"digits", "d2", "year4", "int"}


def parts(pattern: str) -> set[str]:
    """The kinds that a pattern names, without words of its own."""
    kinds = {kind.lstrip("+") for part in pattern.split() for kind in part.strip("[]").lstrip("+").split("|")}
    return {kind for kind in kinds if not kind.startswith("'")}


def test_a_kind_of_word_belongs_to_one_file_and_is_no_slip_of_yaml() -> None:
    kinds = Counter(kind for data in FILES.values() for kind in data["words"])
    assert all(isinstance(kind, str) for kind in kinds)
    assert [kind for kind, times in kinds.items() if times > 1] == []


def test_every_kind_that_a_rule_names_is_made_by_something_and_every_kind_is_used() -> None:
    rules = [rule for data in FILES.values() for rule in data["rules"]]
    words = {kind for data in FILES.values() for kind in data["words"]}
    made = {rule["make"] for rule in rules}
    named = set().union(*(parts(rule["of"]) for rule in rules))
    assert named - words - made - FIGURES == set()
    assert (words | made) - named - {VALUE, HIDDEN} == set()


def test_every_action_is_there_and_every_one_is_called() -> None:
    for name, data in FILES.items():
        called = {rule["by"] for rule in data["rules"] if "by" in rule}
        assert called == set(ACTIONS[name]), name
