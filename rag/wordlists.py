"""Word lists: a YAML file of a module, edited like text, flows in; its words by name flow out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml


@cache
def word_lists(path: Path) -> Mapping[str, tuple[str, ...]]:
    """The lists of a file by name, each "name: [word, …]". The files are part of the installation."""
    raw = yaml.safe_load(path.read_text("utf-8"))
    return {str(name): tuple(str(word) for word in words) for name, words in raw.items()}
