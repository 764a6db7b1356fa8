"""Typed values: what a span of a text may state; frozen, numbers as `int` where whole and `float` elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from fractions import Fraction

Amount = int | float | Fraction
"""Inside the grammar a fraction, so that 0.1억 is exact; outside an int or a float."""


class Kind(StrEnum):
    """What sort of value a span states."""

    NUMBER = "number"
    MONEY = "money"
    SHARE = "share"
    COUNT = "count"
    ORDINAL = "ordinal"
    DURATION = "duration"
    DAYS = "days"
    CLOCK = "clock"
    AGE = "age"
    PHONE = "phone"
    MAIL = "mail"
    LINK = "link"
    REGISTRATION = "registration"


class Unit(StrEnum):
    """What a count counts or a duration is measured in; a duration keeps the unit it was told in."""

    PEOPLE = "people"
    FIRMS = "firms"
    PROJECTS = "projects"
    CASES = "cases"
    ITEMS = "items"
    TIMES = "times"
    FOLDS = "folds"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


class Grain(StrEnum):
    """How exactly days are told; PART is a third of a month or week, SEASON two or three months of a year."""

    DAY = "day"
    WEEK = "week"
    PART = "part"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    HALF = "half"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both within unless `over` (초과) or `under` (미만); None is open, equal ends are exact.

    `about` is said of what is only near (약, 내외, 남짓).
    """

    low: Amount | None
    high: Amount | None
    over: bool = False
    under: bool = False
    about: bool = False

    @property
    def exact(self) -> Amount | None:
        """The one number meant; None for a bound, a range or what is only about so many."""
        return self.low if self.low == self.high and not (self.over or self.under or self.about) else None


@dataclass(frozen=True, slots=True)
class Number:
    """A number of nothing in particular."""

    interval: Interval


@dataclass(frozen=True, slots=True)
class Money:
    """A sum: `currency` as ISO 4217; `per` names for whom or how often ("firm", "month"), in the order told."""

    interval: Interval
    currency: str = "KRW"
    per: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """A share in percent (0–100), or a difference of shares in percentage points."""

    interval: Interval
    points: bool = False
    per: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """So many of something."""

    interval: Interval
    unit: Unit
    per: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Duration:
    """So long; a year and a half is 18 months."""

    interval: Interval
    unit: Unit
    per: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ordinal:
    """The nth, counted from 1; -1 is the last."""

    at: int


@dataclass(frozen=True, slots=True)
class Days:
    """From the first to the last day, both within; None is open. `spent`: until the budget is spent.

    `opens` and `closes` are the hours told with the first and the last day; `year_told` whether any year was.
    """

    first: date | None
    last: date | None
    grain: Grain
    opens: time | None = None
    closes: time | None = None
    spent: bool = False
    year_told: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """An hour of the day; 24시 is midnight, 00:00."""

    at: time


@dataclass(frozen=True, slots=True)
class Age:
    """How old a firm is: founded from `first` to `last` (None: open); `years` are completed years, where told so."""

    first: date | None
    last: date | None
    years: Interval | None = None


@dataclass(frozen=True, slots=True)
class Phone:
    """One or several numbers of one line, with hyphens; `extension` in digits, empty where none is told."""

    numbers: tuple[str, ...]
    extension: str = ""


@dataclass(frozen=True, slots=True)
class Mail:
    """An e-mail address, in small letters."""

    address: str


@dataclass(frozen=True, slots=True)
class Link:
    """The address of a page, as it stands."""

    address: str


@dataclass(frozen=True, slots=True)
class Registration:
    """The number of a business (3-2-5 digits), a corporation or a person (6-7); no phone, whatever it looks like."""

    number: str


Typed = Number | Money | Share | Count | Duration | Ordinal | Days | Clock | Age | Phone | Mail | Link | Registration

KINDS: dict[type, Kind] = {
    Number: Kind.NUMBER,
    Money: Kind.MONEY,
    Share: Kind.SHARE,
    Count: Kind.COUNT,
    Ordinal: Kind.ORDINAL,
    Duration: Kind.DURATION,
    Days: Kind.DAYS,
    Clock: Kind.CLOCK,
    Age: Kind.AGE,
    Phone: Kind.PHONE,
    Mail: Kind.MAIL,
    Link: Kind.LINK,
    Registration: Kind.REGISTRATION,
}
