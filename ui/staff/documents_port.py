"""The port of documents: what is in the corpus and how it stands flows out; they are taken away, an index begun."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from ui.rooms.visitor import Visitor


class DocumentState(StrEnum):
    """How a document stands: answers use it, a new generation holds it, nothing has read it yet, it could not be read,
    or it was taken away and answers use it until the next generation.
    """

    SERVED = "served"
    STAGED = "staged"
    WAITING = "waiting"
    UNREAD = "unread"
    LEAVING = "leaving"


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document: `note` says why it was not read or what to look at.

    Days are "" where not known; so is the address of its first page, `leaf`, where answers do not use it.
    """

    id: str
    file: str
    title: str
    publisher: str
    state: DocumentState
    note: str
    published: str
    collected: str
    checked: str
    leaf: str


@dataclass(frozen=True, slots=True)
class DocumentList:
    """Those that were asked for, the first of them, and how many of all stand how."""

    total: int
    lines: tuple[DocumentLine, ...]
    states: tuple[tuple[DocumentState, int], ...]


@dataclass(frozen=True, slots=True)
class OldLine:
    """Something out of date, or an address that leads nowhere: its item of what is to do, what, why, and its days."""

    item: str
    subject: str
    message: str
    days: str


@dataclass(frozen=True, slots=True)
class OldLists:
    """What is out of date and which addresses lead nowhere: the first of each, and how many."""

    stale: tuple[OldLine, ...]
    stale_total: int
    links: tuple[OldLine, ...]
    links_total: int


@dataclass(frozen=True, slots=True)
class SentLine:
    """What became of a file that was sent: `why` says why it was not taken, "" where it was."""

    name: str
    state: str
    why: str


class DocumentOffice(Protocol):
    """The corpus. Methods raise JiwonError with a sentence for whoever reads it."""

    def find(self, visitor: Visitor, words: str, state: DocumentState | None, most: int) -> DocumentList:
        """The documents that hold all words in title, publisher, file or id, in the order of the corpus."""

    def old(self, visitor: Visitor, most: int) -> OldLists:
        """What is out of date."""

    def take_away(self, visitor: Visitor, id_: str, reason: str) -> None:
        """Move a document aside; answers use it until the next generation is served."""

    def index(self, visitor: Visitor, allow_deletions: bool) -> None:
        """Begin to build a new generation; `allow_deletions` leaves out of it what was taken away."""
