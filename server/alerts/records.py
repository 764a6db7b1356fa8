"""The records of alerts: how a programme stands for a company, and what is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rag.domain import PeriodStatus, Verdict


class Kind(StrEnum):
    """What is told of a programme; the order is that of a message."""

    CANCELLED = "cancelled"
    EXTENDED = "extended"
    CORRECTED = "corrected"
    CLOSING = "closing"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Window:
    """One time to apply: `place` tells it from others of the programme in every generation, `label` is for people.

    `days_left` counts whole days while it is open, and is None else. One that comes again every week is never `called`
    out as closing, and a day of one that comes again is no change.
    """

    place: str
    label: str
    opens_on: date | None
    closes_on: date | None
    days_left: int | None
    recurs: bool = False
    is_called: bool = True


@dataclass(frozen=True, slots=True)
class Fact:
    """A programme as it stands for a company on a day; `key` is the same in every generation.

    `fits` says that it may be for the company; `reason` why, and `ask` is the one question that is open. `amount` and
    `phones` are empty where no document states them. The phones are those for the place `seat`; `url` is where its
    document can be read, "" where that is not known.
    """

    key: str
    program_id: str
    name: str
    year: int | None
    agency: str
    verdict: Verdict | None
    fits: bool
    reason: str
    ask: str
    status: PeriodStatus
    standing: str
    windows: tuple[Window, ...]
    amount: str
    phones: tuple[str, ...]
    seat: str
    url: str


@dataclass(frozen=True, slots=True)
class Change:
    """What of a programme is told otherwise than before; `was` is empty where nothing was known."""

    field: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be told of a programme."""

    kind: Kind
    fact: Fact
    changes: tuple[Change, ...] = ()
    window: Window | None = None
