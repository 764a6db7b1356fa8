"""The sheet: what the page of one programme shows, as records from which a template draws."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ui.pages.words import Pill


@dataclass(frozen=True, slots=True)
class Where:
    """A page that a fact stands on: where it leads, in short, and in full for who does not see it."""

    href: str
    place: str
    title: str
    caution: str


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a document says, below a label, and where."""

    label: str
    text: str
    where: Where | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: how the company stands to it, why, and the question that settles it."""

    text: str
    result: Pill
    reason: str
    ask: str
    where: Where | None


@dataclass(frozen=True, slots=True)
class Part:
    """A programme, or one track of it ("" for the whole), as it stands on the day and for the company."""

    name: str
    verdict: Pill | None
    standing: Pill
    period: Fact
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """When one may apply, for the tracks of these names; no names where it is for the whole programme."""

    names: tuple[str, ...]
    standing: Pill
    period: Fact


@dataclass(frozen=True, slots=True)
class Office:
    """Whom to ask: who it is, for what and where, and the ways to reach it; pages only those of the web."""

    name: str
    purpose: str
    regions: str
    phones: tuple[str, ...]
    extension: str
    mails: tuple[str, ...]
    pages: tuple[str, ...]
    where: Where | None


@dataclass(frozen=True, slots=True)
class Edition:
    """Another edition, or a programme of the same name under another government."""

    href: str
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class Original:
    """A document that facts of the page were read from, with the pages of them."""

    title: str
    dated: str
    file: str
    pages: tuple[Where, ...]


@dataclass(frozen=True, slots=True)
class ProgramView:
    """What the page of one programme shows."""

    id: str
    name: str
    aliases: tuple[str, ...]
    year: int | None
    href: str
    whose: str
    kinds: tuple[str, ...]
    amount: str
    gives: str
    windows: tuple[Window, ...]
    parts: tuple[Part, ...]
    shared: tuple[Condition, ...]
    unread: tuple[str, ...]
    is_judged: bool
    benefits: tuple[Fact, ...]
    applying: tuple[Fact, ...]
    steps: tuple[Fact, ...]
    papers: tuple[Fact, ...]
    others: tuple[Fact, ...]
    offices: tuple[Office, ...]
    local: tuple[Office, ...]
    editions: tuple[Edition, ...]
    changes: tuple[Fact, ...]
    disputes: tuple[Fact, ...]
    originals: tuple[Original, ...]
    has_days: bool
    as_of: date
    generation: str
