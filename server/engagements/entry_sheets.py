"""Entry sheets: the rows of a table flow in; the entries of files that they hold, with their company, flow out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

from rag.engagement.items import KINDS, Item, PlanKind
from rag.yaml_file import read_yaml
from server.diagnoses.headings import heading, plain
from server.diagnoses.tables import TITLE_ROWS, Row, Sheet, column_name
from server.diagnoses.values import Unread, is_unknown, typed
from server.engagements.filing_refusals import EntryRefused
from server.engagements.item_forms import WORDS, titled, typed_item

_HEADS = Path(__file__).with_name("sheet_heads.yaml")
SORTS = ("visits", "gaps", "plans", "runs")
"""The kinds of entries that a table may hold; a survey tells of a run, which no table names."""
_COMPANY = ("name", "workplace_number")
# A table of companies has a heading or two in common with one of entries.
_ENOUGH = 3
_UNUSED = "{column}열 '{title}': 쓰지 않는 항목입니다. 이 열은 쓰지 않았습니다."


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """One row (counted from 1 in its sheet): whose it is, as told, and the item, or sentences on why there is none."""

    row: int
    company: str
    number: str
    item: Item | None
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EntrySheet:
    """A table of entries of one kind, and what was left aside in it."""

    kind: str
    entries: tuple[ReadEntry, ...]
    notices: tuple[str, ...]


def entry_sheet(sheet: Sheet) -> EntrySheet | None:
    """The entries of a table; None where it is none of entries: those have a company and three fields of one kind.

    Raises FileRefused where it is one whose rows are not all read.
    """
    filled = [row for row in sheet.rows if not row.is_blank]
    for at, head in enumerate(filled[:TITLE_ROWS]):
        company = {known.id: n for n, cell in enumerate(head.cells) if (known := _named(cell)) and known.id in _COMPANY}
        found = {kind: _columns(kind, head) for kind in SORTS}
        kind = max(SORTS, key=lambda kind: len(found[kind]))
        if company and len(found[kind]) >= _ENOUGH:
            used = {*company.values(), *found[kind].values()}
            body = [row for row in sheet.read if not row.is_blank][at + 1 :]
            return EntrySheet(kind, tuple(_read(kind, body, company, found[kind])), tuple(_notices(head, body, used)))
    return None


def _named(cell: object) -> Any:
    return heading(cell) if isinstance(cell, str) else None


@cache
def _names(kind: str) -> Mapping[str, str]:
    """What each field of a kind may be headed, as `plain` has it."""
    hints = get_type_hints(KINDS[kind], include_extras=True)
    told: Mapping[str, Sequence[str]] = read_yaml(_HEADS)[kind]
    named = {plain(other): name for name, others in told.items() for other in others}
    return named | {plain(titled(hints[each.name])): each.name for each in fields(KINDS[kind])}


def _columns(kind: str, head: Row) -> dict[str, int]:
    """The column of each field; of two for one field the first."""
    found: dict[str, int] = {}
    for at, cell in enumerate(head.cells):
        name = _names(kind).get(plain(cell)) if isinstance(cell, str) else None
        if name:
            found.setdefault(name, at)
    return found


def _read(
    kind: str, body: Sequence[Row], company: Mapping[str, int], columns: Mapping[str, int]
) -> Iterator[ReadEntry]:
    """The entries; a company told once stands for the rows below it that tell none."""
    name = number = ""
    for row in body:
        told = {field: _text(row.cell(at)) for field, at in columns.items()}
        own = {field: _text(row.cell(at)) for field, at in company.items()}
        if any(own.values()):
            name, number = own.get("name", ""), own.get("workplace_number", "")
        wrong = [
            f"{column_name(at)}열: {cell.reason}" for at in columns.values() if isinstance(cell := row.cell(at), Unread)
        ]
        if not any(told.values()):
            continue
        try:
            _, item = typed_item(kind, _as_typed(kind, told))
        except EntryRefused as error:
            yield ReadEntry(row.number, name, number, None, (*wrong, *error.sentences))
            continue
        yield ReadEntry(row.number, name, number, None if wrong else item, tuple(wrong))


def _text(cell: object) -> str:
    return "" if is_unknown(cell) or isinstance(cell, Unread) else typed(cell)


def _as_typed(kind: str, told: Mapping[str, str]) -> dict[str, str]:
    """What a form would hold: names one to a line, the kind of a plan by its value."""
    typed_in = dict(told)
    for name, text in told.items():
        if (kind, name) in _LISTED:
            typed_in[name] = "\n".join(part.strip() for part in text.replace(";", ",").split(","))
        elif name in _MONTHS and _DAY.fullmatch(text):
            typed_in[name] = text[:7]
    if kind == "plans":
        meant = {plain(words): value for value, words in WORDS.items() if value in frozenset(PlanKind)}
        typed_in["kind"] = meant.get(plain(told.get("kind", "")), told.get("kind", "") or PlanKind.COURSE.value)
    return typed_in


_LISTED = frozenset((("visits", "people"), ("plans", "trainees")))
"""Fields that hold several names, told in one cell."""
_MONTHS = ("first_month", "last_month")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _notices(head: Row, body: Sequence[Row], used: set[int]) -> Iterator[str]:
    """The columns with a heading and something below it that are no field of the kind."""
    for at, cell in enumerate(head.cells):
        if at not in used and not is_unknown(cell) and any(not is_unknown(row.cell(at)) for row in body):
            yield _UNUSED.format(column=column_name(at), title=typed(cell)[:60])
