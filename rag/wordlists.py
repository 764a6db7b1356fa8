"""Word lists: a YAML file of a module, edited like text, flows in; its words or its patterns by name flow out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml


@cache
def word_lists(path: Path) -> Mapping[str, tuple[str, ...]]:
    """The lists of a file by name, each "name: [word, …]". The files are part of the installation."""
    raw = yaml.safe_load(path.read_text("utf-8"))
    return {str(name): tuple(str(word) for word in words) for name, words in raw.items()}


@cache
def patterns(path: Path) -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    """The patterns of a file by group and name, each "name: [alternative, …]"; case is ignored."""
    raw = yaml.safe_load(path.read_text("utf-8"))
    return {
        group: {name: re.compile("|".join(alternatives), re.IGNORECASE) for name, alternatives in named.items()}
        for group, named in raw.items()
    }
