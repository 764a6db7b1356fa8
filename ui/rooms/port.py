"""The port of 기업 진단: what a consultant can do flows in from the server, records that the room shows flow out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from rag.diagnosis.tree import Report
from ui.rooms.visitor import Visitor, Welcome


@dataclass(frozen=True, slots=True)
class Field:
    """One thing the form asks: its label, what to write, and the replies to choose from (of which many may be)."""

    label: str
    hint: str
    options: tuple[str, ...] = ()
    is_many: bool = False
    is_survey: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """What is next to be minded: on which day, in how many days, and what it is."""

    day: date
    left: int
    what: str


@dataclass(frozen=True, slots=True)
class Line:
    """One diagnosis in the list; `until` is the last day of a draft, `number` that of an issued one."""

    id: str
    company: str
    number: str | None
    former: str | None
    as_of: date
    until: date | None
    due: Due | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft or issued diagnosis: what the form holds by label, its texts by key, its report and that as HTML.

    `texts` holds what the documents say where the consultant wrote nothing; those of `editable` may be changed.
    """

    id: str
    number: str | None
    former: str | None
    company: str
    as_of: date
    until: date | None
    values: Mapping[str, object]
    texts: Mapping[str, str]
    edited: frozenset[str]
    editable: tuple[str, ...]
    report: Report
    document: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two diagnoses beside each other: their names, then label and both values of everything they tell."""

    names: tuple[str, str]
    rows: tuple[tuple[str, str, str], ...]


class Room(Protocol):
    """What a consultant can do here. Every method with a visitor raises SignedOut or JiwonError; those that change
    something SignedAnew too.
    """

    @property
    def fields(self) -> tuple[Field, ...]:
        """What the form asks, in order."""

    def welcome(self, visitor: Visitor) -> Welcome:
        """Who is signed in."""

    def find(self, visitor: Visitor, words: str, is_issued: bool | None, most: int) -> tuple[int, tuple[Line, ...]]:
        """How many diagnoses hold the words in name or number, and the newest of them."""

    def open(self, visitor: Visitor, name: str) -> Draft:
        """One of them, by id or number."""

    def compare(self, visitor: Visitor, first: str, second: str) -> Pair:
        """Two of them."""

    def save(self, visitor: Visitor, name: str, values: Mapping[str, object]) -> Draft:
        """A draft of what the form holds, by label, nothing for what is unknown; without a name a new one."""

    def write(self, visitor: Visitor, name: str, texts: Mapping[str, str]) -> Draft:
        """A draft with its texts changed; an empty one brings back what the documents say."""

    def issue(self, visitor: Visitor, name: str) -> Draft:
        """A draft frozen under its number."""

    def reissue(self, visitor: Visitor, name: str) -> Draft:
        """A new draft of an issued one, of today."""
