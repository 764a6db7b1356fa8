"""The port of what is to do: what a person should look at flows out, what is decided about it flows in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from ui.pages.leaf import Stretch
from ui.rooms.visitor import Visitor


class Verdict(StrEnum):
    """What one makes of an item, or of all of a group: it is right as told, does not matter, or is open again."""

    ACCEPT = "accept"
    SET_ASIDE = "set_aside"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class TodoGroup:
    """One class of items: what is wrong with them, whose they are, and how many.

    Where a `candidate` is named its check found them, and they can be corrected alone.
    """

    id: str
    name: str
    body: str
    count: int
    examples: tuple[str, ...] = ()
    candidate: str = ""


@dataclass(frozen=True, slots=True)
class TodoLists:
    """The classes of what is open, the most harm first; how many items were decided already."""

    groups: tuple[TodoGroup, ...]
    decided: int


@dataclass(frozen=True, slots=True)
class TodoLine:
    """One item of a list: what it is about, what is wrong, where, how often was asked about it, who decided it how."""

    id: str
    subject: str
    message: str
    place: str
    asked: int
    decision: str = ""


@dataclass(frozen=True, slots=True)
class TodoLines:
    """A group and the first of its items, the worst first."""

    group: TodoGroup
    lines: tuple[TodoLine, ...]


@dataclass(frozen=True, slots=True)
class TodoItem:
    """One item: what is told now (`values`), and the page it was read from, as a picture ("" for none) and as text.

    `replaced` is what documents say in the place of a value of staff; `field` is what of the programme would be
    corrected ("" where nothing can be), `offices` are whom it names. `decision` says who decided it how.
    """

    id: str
    group: TodoGroup
    subject: str
    message: str
    action: str
    document: str
    place: str
    quote: str
    replaced: str
    values: tuple[str, ...]
    field: str
    offices: tuple[str, ...]
    picture: str
    text: tuple[Stretch, ...]
    decision: str = ""


class TodoOffice(Protocol):
    """What staff look through. Methods raise JiwonError with a sentence for whoever reads it."""

    def groups(self, visitor: Visitor) -> TodoLists:
        """All that is open, by classes."""

    def lines(self, visitor: Visitor, group: str, most: int) -> TodoLines:
        """What is open of a class, or with `DECIDED` what was decided."""

    def item(self, visitor: Visitor, id_: str) -> TodoItem:
        """One item."""

    def decide(self, visitor: Visitor, id_: str, verdict: Verdict, reason: str) -> None:
        """Keep what somebody makes of one item."""

    def decide_all(self, visitor: Visitor, group: str, count: int, verdict: Verdict, reason: str) -> int:
        """Keep it of all that is open of a class, where these are as many as was confirmed; how many they were."""

    def correct(self, visitor: Visitor, id_: str, field: str, told: Mapping[str, object], reason: str) -> None:
        """Write the right value of a field of the programme, by the names of its parts."""


DECIDED = "decided"
"""Stands for a class: everything that was decided."""
