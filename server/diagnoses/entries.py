"""Entries: headings with the cells under them flow in, one company as intake checks it flows out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rag.errors import JiwonError
from server.diagnoses.amounts import amount
from server.diagnoses.choices import chosen, trainings
from server.diagnoses.headings import COMPANY, SURVEY, Heading
from server.diagnoses.values import Unread, count, day, digits, is_unknown, size, words, year, yes_no

Given = dict[str, dict[str, object]]
_READERS: dict[str, Callable[[object], object]] = {
    "words": words,
    "digits": digits,
    "yes_no": yes_no,
    "day": day,
    "size": size,
    "count": count,
    "year": year,
    "trainings": trainings,
}
_LISTS = ("trainings", "one", "many")


class FileRefused(JiwonError):
    """A file of companies cannot be used as a whole; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, the heading it stands under, and how many KRW a bare number there means."""

    heading: Heading
    value: object
    unit: int = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One company of a file: its row there (`None` in a file of one), what to check, and what could not be read.

    `number` counts rows from the one below the headings.
    """

    number: int
    row: int | None
    given: Given
    wrong: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of the company; empty where it is not known."""
        return str(self.given[COMPANY].get("name", ""))

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is said of the company."""
        return not (self.wrong or any(self.given.values()))


@dataclass(frozen=True, slots=True)
class Companies:
    """The companies of a file, and sentences on what was left aside in it."""

    entries: tuple[Entry, ...]
    notices: tuple[str, ...] = ()


def entry(cells: Iterable[Cell], number: int = 1, row: int | None = None, wrong: tuple[str, ...] = ()) -> Entry:
    """The company that the cells tell of; what is not known is left out."""
    given: Given = {COMPANY: {}, SURVEY: {}}
    sentences = list(wrong)
    for cell in cells:
        if is_unknown(cell.value):
            continue
        value = _read(cell)
        if isinstance(value, Unread):
            sentences.append(f"{cell.heading.label}: {value.reason}")
        elif value not in ([], ""):
            given[cell.heading.part][cell.heading.id] = value
    return Entry(number, row, given, tuple(sentences))


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
