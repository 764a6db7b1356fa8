"""Roles: a figure in a text flows in; what the words around it call it ("예산", "과제당") flows out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from rag.wordlists import patterns
from rag.writing.literals import literals


class Role(StrEnum):
    """What a sum or a share is of; the value is its name in `roles.yaml`."""

    BUDGET = "budget"
    CEILING = "ceiling"
    OWN = "own share"


_WORDS = patterns(Path(__file__).with_name("roles.yaml"))


def roles(text: str, start: int, end: int) -> set[Role]:
    """What the words next to [start, end) call the figure: the last such word before it and the first behind it."""
    before, after = _around(text, start, end)
    found = ((m.start(), role) for role, pattern in _WORDS["before"].items() for m in pattern.finditer(before))
    last = max(found, default=None)
    behind = {Role(role) for role, pattern in _WORDS["after"].items() if pattern.match(after)}
    return behind | ({Role(last[1])} if last else set())


def rates(text: str, start: int, end: int) -> Iterator[re.Pattern[str]]:
    """For whom or how often the figure is given, as patterns that find the same elsewhere."""
    before, after = _around(text, start, end)
    return (pattern for pattern in _WORDS["per"].values() if pattern.search(f"{before} {after[:6]}"))


def events(text: str, start: int, end: int) -> Iterator[re.Pattern[str]]:
    """What happens on the day, as patterns that find the same elsewhere."""
    before, after = _around(text, start, end)
    return (pattern for pattern in _WORDS["events"].values() if pattern.search(f"{before[-20:]} {after[:12]}"))


def begins(text: str, end: int) -> bool:
    """Whether something is said to begin on the day that ends there."""
    return bool(_WORDS["turns"]["begins"].match(text, end))


def ends(text: str, end: int) -> bool:
    """Whether something is said to end on the day that ends there."""
    return bool(_WORDS["turns"]["ends"].match(text, end))


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """The words between the figure and the figures before and behind it, within its line."""
    line = text.rfind("\n", 0, start) + 1
    found = literals(text)
    first = max((each.end for each in found if each.end <= start), default=0)
    last = min((each.start for each in found if each.start >= end), default=len(text))
    return text[max(first, line) : start], text[end:last].split("\n")[0]
