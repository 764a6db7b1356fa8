"""The port of 컨설팅 파일: what a consultant can do with files flows in, records that the room shows flow out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from rag.errors import JiwonError
from ui.rooms.port import Due
from ui.rooms.visitor import Visitor


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing a form asks: its name, its title, what to write, and as what ("line", "lines", "day", "month", …).

    `options` are what may be chosen, as sent and as read; `kinds` are those of an item that it is asked of.
    """

    name: str
    title: str
    hint: str
    sort: str = "line"
    options: tuple[tuple[str, str], ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file in the list, with what is due next."""

    id: str
    company: str
    is_open: bool
    consultant: str
    opened: str
    due: Due | None


@dataclass(frozen=True, slots=True)
class FileLines:
    """How many files were found, and the first of them."""

    total: int
    lines: tuple[FileLine, ...]


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry as it is read: what it is called, what it tells by title, and who wrote it when."""

    id: str
    title: str
    facts: tuple[tuple[str, str], ...]
    written: str


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a file: its name, its title, its entries, and what the form of one more asks."""

    kind: str
    title: str
    entries: tuple[EntryLine, ...]
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class ApprovalLine:
    """What came of it that somebody looks through a document ("asked", "approved", "returned"), and what was said.

    `is_there` is false where the reviewer is waited for, but has no key any more.
    """

    state: str
    reviewer: str
    asked: str
    wish: str
    remark: str
    decided: str
    is_there: bool = True


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A document that one was asked to look through."""

    number: str
    title: str
    company: str
    approval: ApprovalLine


@dataclass(frozen=True, slots=True)
class Arrived:
    """What became of a row of a table: its company, the file, whether that is new, and what is to be checked.

    `kind` is what the row tells of: a company, or an entry of its file ("수행일지").
    """

    row: int
    company: str
    file: str
    is_new: bool
    said: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What the list is to show: files that hold the words, open or closed, in which order, due within which days."""

    words: str = ""
    is_open: bool = True
    order: str = "due"
    within: int | None = None


@dataclass(frozen=True, slots=True)
class IssuedLine:
    """One issued document; whether a newer one stands for it, whether the file was changed since, who looks at it."""

    number: str
    title: str
    issued: str
    former: str | None
    is_replaced: bool
    is_behind: bool
    approval: ApprovalLine | None = None


@dataclass(frozen=True, slots=True)
class FileView:
    """A file as the room shows it; `revision` counts its changes, `company` is what its form holds by name."""

    id: str
    revision: int
    name: str
    is_open: bool
    consultant: str
    opened: str
    due: tuple[Due, ...]
    note: str
    facts: tuple[tuple[str, str], ...]
    company: Mapping[str, str]
    sections: tuple[Section, ...]
    papers: tuple[tuple[str, str], ...]
    issued: tuple[IssuedLine, ...]
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class At:
    """The file that a page shows, and the revision that the page was drawn from."""

    file: str
    revision: int


class ChangedMeanwhile(JiwonError):
    """Somebody else has changed the file since the page was drawn."""

    def __init__(self) -> None:
        super().__init__("그사이 다른 사람이 이 파일을 고쳤습니다. 적은 것은 저장하지 않았고 화면에 그대로 있습니다.")


class Files(Protocol):
    """What a consultant can do with files. Every method with a visitor raises SignedOut or JiwonError; those that
    change something SignedAnew and, with a place, ChangedMeanwhile too.
    """

    @property
    def company(self) -> tuple[Asked, ...]:
        """What is asked of a company, in order."""

    def find(self, visitor: Visitor, wanted: Looked, most: int) -> FileLines:
        """Those that are looked for."""

    def open(self, visitor: Visitor, file: str) -> FileView:
        """One of them."""

    def begin(self, visitor: Visitor, company: Mapping[str, str]) -> FileView:
        """A new one."""

    def describe(self, visitor: Visitor, at: At, company: Mapping[str, str]) -> FileView:
        """What is known of the company, changed."""

    def note(self, visitor: Visitor, at: At, note: str) -> FileView:
        """What the reviewer notes."""

    def close(self, visitor: Visitor, at: At, *, is_open: bool) -> FileView:
        """Closed, or opened again."""

    def entry(self, visitor: Visitor, file: str, kind: str, entry: str) -> Mapping[str, str]:
        """What the form of an entry holds, by name."""

    def put(self, visitor: Visitor, at: At, kind: str, entry: str, told: Mapping[str, str]) -> FileView:
        """An entry of what a form holds; without the id of one a new one."""

    def remove(self, visitor: Visitor, at: At, kind: str, entry: str) -> FileView:
        """An entry taken away."""

    def hand_over(self, visitor: Visitor, at: At, person: str) -> str:
        """Given to another consultant, whose name flows out."""

    def preview(self, visitor: Visitor, file: str, paper: str) -> str:
        """A document as it would be issued, as HTML."""

    def issue(self, visitor: Visitor, at: At, paper: str) -> FileView:
        """A document frozen under its number."""

    def erase(self, visitor: Visitor, at: At, typed: str) -> None:
        """What a file and its documents tell is wiped, once the word for that is typed."""

    def compare(self, visitor: Visitor, file: str, first: str, last: str) -> str:
        """Two days beside each other, as HTML; without a last one today."""

    def take(self, visitor: Visitor, name: str, content: str) -> tuple[tuple[Arrived, ...], tuple[str, ...]]:
        """A file for each row of a table (base64), and what was left aside in it."""

    def ask(self, visitor: Visitor, at: At, number: str, person: str, wish: str) -> FileView:
        """Somebody is to look through a document."""

    def waiting(self, visitor: Visitor) -> int:
        """How many documents wait for one to look through."""

    def asked(self, visitor: Visitor) -> tuple[AskedLine, ...]:
        """What one is to look through."""

    def look(self, visitor: Visitor, number: str) -> str:
        """A document that one is to look through, as HTML."""

    def decide(self, visitor: Visitor, number: str, *, is_good: bool, remark: str) -> None:
        """A document is approved, or sent back with a reason."""
