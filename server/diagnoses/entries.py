"""Entries: headings with the cells under them flow in, one company with what is in doubt of it flows out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rag.errors import JiwonError
from server.diagnoses.addresses import apart
from server.diagnoses.amounts import amount
from server.diagnoses.choices import chosen, trainings
from server.diagnoses.headings import COMPANY, SURVEY, Heading
from server.diagnoses.values import (
    Likely,
    Unread,
    count,
    day,
    digits,
    is_unknown,
    month_of,
    notes,
    said,
    size,
    words,
    year,
    yes_no,
)

Given = dict[str, dict[str, object]]
_READERS: dict[str, Callable[[object], object]] = {
    "words": words,
    "line": words,
    "digits": digits,
    "yes_no": yes_no,
    "day": day,
    "size": size,
    "count": count,
    "year": year,
    "trainings": trainings,
    "notes": notes,
}
_LISTS = ("trainings", "notes", "one", "many")
_ADDRESS, _SITE = "address", "site"
_FOUNDED, _MONTH = "founded", "founded_month"


class FileRefused(JiwonError):
    """A file of companies cannot be used as a whole; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, the heading it stands under, how many KRW a bare number there means, and where it stands ("C3")."""

    heading: Heading
    value: object
    unit: int = 1
    at: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A cell that is not read as it stands: why, and whether something was taken of it all the same.

    Without a heading it is something nobody knows; `shown` is what stood in the cell, quoted.
    """

    reason: str
    heading: Heading | None = None
    at: str = ""
    shown: str = ""
    is_used: bool = False

    @property
    def sentence(self) -> str:
        """Why, with the heading."""
        return f"{self.heading.label}: {self.reason}" if self.heading else self.reason


@dataclass(frozen=True, slots=True)
class Entry:
    """One company of a file: its row there (`None` in a file of one), what to check, and what could not be read.

    `number` counts rows from the one below the headings; `cells` are those that say something.
    """

    number: int
    row: int | None
    given: Given
    doubts: tuple[Doubt, ...] = ()
    cells: tuple[Cell, ...] = ()

    @property
    def name(self) -> str:
        """The name of the company; empty where it is not known."""
        return str(self.given[COMPANY].get("name", ""))

    @property
    def wrong(self) -> tuple[str, ...]:
        """A sentence on every doubt."""
        return tuple(doubt.sentence for doubt in self.doubts)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is said of the company."""
        return not (self.doubts or any(self.given.values()))


@dataclass(frozen=True, slots=True)
class Companies:
    """The companies of a file, and sentences on what was left aside in it."""

    entries: tuple[Entry, ...]
    notices: tuple[str, ...] = ()


def entry(cells: Iterable[Cell], number: int = 1, row: int | None = None, doubts: tuple[Doubt, ...] = ()) -> Entry:
    """The company that the cells tell of; what is not known or cannot be read is left out."""
    given: Given = {COMPANY: {}, SURVEY: {}}
    found = list(doubts)
    telling = tuple(cell for cell in cells if not is_unknown(cell.value))
    for heading in dict.fromkeys(cell.heading for cell in telling):
        same = [cell for cell in telling if cell.heading == heading]
        if heading.kind == "line":
            same = _joined(same)
        is_one = len(same) == 1 or len({said(cell.value) for cell in same}) == 1
        value = _read(same[0]) if is_one else _differing(same)
        if isinstance(value, Unread | Likely):
            used = isinstance(value, Likely)
            shown = "" if isinstance(same[0].value, Unread) else said(same[0].value)
            found.append(Doubt(value.reason, heading, same[0].at, shown, used))
            value = value.value if isinstance(value, Likely) else ""
        if value not in ([], ""):
            given[heading.part][heading.id] = value
    if places := apart(str(given[COMPANY].get(_ADDRESS, ""))):
        given[COMPANY][_ADDRESS] = places[0]
        given[COMPANY].setdefault(_SITE, places[1])
    founded = next((cell.value for cell in telling if cell.heading.id == _FOUNDED), None)
    if _FOUNDED in given[COMPANY] and (month := month_of(founded)):
        given[COMPANY].setdefault(_MONTH, month)
    return Entry(number, row, given, tuple(found), telling)


def _joined(cells: list[Cell]) -> list[Cell]:
    """The cells below several headings of one line as one ("제조업 / 볼트"); what cannot be read stands for itself."""
    unread = [cell for cell in cells if isinstance(cell.value, Unread | list | dict)]
    if unread or len(cells) == 1:
        return unread[:1] or cells
    line = " / ".join(dict.fromkeys(words(cell.value) for cell in cells))
    return [Cell(cells[0].heading, line, at=cells[0].at)]


def _differing(cells: Iterable[Cell]) -> Unread:
    told = ", ".join(f"{said(cell.value)}{f'({cell.at})' if cell.at else ''}" for cell in cells)
    return Unread(f"두 번 적었는데 서로 다릅니다({told}). 하나만 남겨 주세요.")


def _read(cell: Cell) -> object:
    kind, value = cell.heading.kind, cell.value
    if isinstance(value, Unread):
        return value
    if isinstance(value, list | dict) and (kind not in _LISTS or isinstance(value, dict)):
        return Unread("값 하나를 글이나 수로 적어 주세요.")
    if kind == "amount":
        return amount(value, cell.unit)
    if kind in ("one", "many"):
        return chosen(cell.heading.id, value)
    return _READERS[kind](value)
