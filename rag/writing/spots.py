"""Spots: names flow in; which of them stands nearest to a figure in a text flows out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rag.text import squash


class Spots:
    """Names as they may stand in a text, with whatever white space; a longer one hides those inside it."""

    def __init__(self, names: Iterable[str]) -> None:
        longest_first = sorted(names, key=lambda name: len(squash(name)), reverse=True)
        self._names = {squash(name): name for name in longest_first}
        ways = (r"\s*".join(map(re.escape, squash(name))) for name in longest_first)
        self._pattern = re.compile("|".join(ways) or r"(?!)", re.IGNORECASE)

    def nearest(self, text: str, start: int, end: int) -> str:
        """The last name before [start, end), else the first behind it, else nothing."""
        found = [(match.start(), self._names.get(squash(match[0]), "")) for match in self._pattern.finditer(text)]
        before = [name for at, name in found if at < start]
        behind = [name for at, name in found if at >= end]
        return (before[-1:] or behind[:1] or [""])[0]
