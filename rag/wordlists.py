"""Word lists: a YAML file of a module, edited like text, flows in; its words, numbers or patterns by name flow out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from rag.yaml_file import read_yaml


@cache
def word_lists(path: Path, group: str = "") -> Mapping[str, tuple[str, ...]]:
    """The lists of a file, or of one group of it, by name, each "name: [word, …]".

    The files are part of the installation.
    """
    raw = read_yaml(path)
    named = raw[group] if group else raw
    return {str(name): tuple(map(str, words)) for name, words in named.items() if isinstance(words, list)}


@cache
def sizes(path: Path) -> Mapping[str, Mapping[str, float]]:
    """The numbers of a file by group and word, each "name: {word: number, …}"."""
    raw = read_yaml(path)
    return {str(group): {str(word): float(number) for word, number in own.items()} for group, own in raw.items()}


@cache
def patterns(path: Path) -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    """The patterns of a file by group and name, each "name: [alternative, …]"; case is ignored."""
    raw = read_yaml(path)
    return {
        group: {name: re.compile("|".join(alternatives), re.IGNORECASE) for name, alternatives in named.items()}
        for group, named in raw.items()
    }
