"""Importing: tables of companies and of entries flow in; files are begun, entries written down, doubts asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from rag.diagnosis.records import Case
from rag.engagement.items import Survey, SurveyKind
from rag.text import squash
from server.desks.desks import Desk
from server.diagnoses.doubting import Settled, settled
from server.diagnoses.entries import Companies, Entry, FileRefused
from server.diagnoses.files import sheets
from server.diagnoses.intake import CaseRefused, case_in
from server.diagnoses.tables import among
from server.diagnoses.tables import companies as companies_in
from server.engagements.entry_sheets import EntrySheet, entry_sheet
from server.engagements.filing import Filing, HeldFile, Who
from server.engagements.filing_refusals import EntryRefused

MOST_ROWS = 200
TABLES = (".xlsx", ".xlsm", ".csv")
ONLY_TABLES = "엑셀(.xlsx)이나 CSV 파일만 받습니다."
TOO_MANY = "기업이 {count:,}곳입니다. 한 번에 {most:,}곳까지 받습니다. 파일을 나누어 주세요."
MOST_ENTRIES = 2000
TOO_MANY_ROWS = "행이 {count:,}개입니다. 한 번에 {most:,}행까지 받습니다. 파일을 나누어 주세요."
NO_FILE = "같은 회사의 열린 파일이 없어 적지 않았습니다. 회사의 파일을 먼저 열어 주세요."
NO_COMPANY = "어느 회사의 것인지 적혀 있지 않아 적지 않았습니다."
IS_WRITTEN = "같은 내용이 파일에 있어 다시 적지 않았습니다."
IS_THERE = "같은 회사의 열린 파일이 있어 새로 열지 않았습니다."


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one row (counted from 1 in its sheet): its file, and a sentence on everything in doubt.

    Without a file the sentences say why; of a company that has one already, or of an entry that stands in it, that is
    told, and nothing is changed. `kind` is that of the entry; empty where the row tells of a company.
    """

    row: int
    company: str
    file: str | None
    is_new: bool
    said: tuple[str, ...]
    kind: str = ""


def imported(filing: Filing, who: Who, name: str, raw: bytes) -> tuple[tuple[Imported, ...], tuple[str, ...]]:
    """What became of every row, and what was left aside in the table.

    A file is begun, and an entry written down, as soon as its row is read: sent again after it was cut off, the rest
    are. Raises EntryRefused where the table cannot be read as a whole, StoreUnavailable, IndexMissing.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in TABLES:
        raise EntryRefused((ONLY_TABLES,))
    try:
        found = [(sheet, entry_sheet(sheet)) for sheet in sheets(raw, suffix)]
        written = [entries for _, entries in found if entries]
        others = [sheet for sheet, entries in found if not entries]
        told = companies_in(among(others)) if others or not written else Companies(())
    except FileRefused as error:
        raise EntryRefused((str(error),)) from None
    rows = len(told.entries) + sum(len(sheet.entries) for sheet in written)
    if len(told.entries) > MOST_ROWS:
        raise EntryRefused((TOO_MANY.format(count=len(told.entries), most=MOST_ROWS),))
    if rows > MOST_ENTRIES:
        raise EntryRefused((TOO_MANY_ROWS.format(count=rows, most=MOST_ENTRIES),))
    read = filing.desks.wait(_settled, told.entries, filing.now().date())
    known = [*filing.all(who)]
    begun = tuple(_begun(filing, who, known, told.entries, read))
    added = tuple(one for sheet in written for one in _added(filing, who, known, sheet))
    return (*begun, *added), (*told.notices, *(notice for sheet in written for notice in sheet.notices))


def _settled(desk: Desk, entries: Sequence[Entry], today: date) -> tuple[Settled | CaseRefused, ...]:
    def one(entry: Entry) -> Settled | CaseRefused:
        try:
            return settled(entry, today, desk.knows_place)
        except CaseRefused as error:
            return error

    return tuple(map(one, entries))


def _begun(
    filing: Filing,
    who: Who,
    known: list[HeldFile],
    entries: Sequence[Entry],
    read: Sequence[Settled | CaseRefused],
) -> Iterator[Imported]:
    for entry, one in zip(entries, read, strict=True):
        row = entry.row or 1
        if isinstance(one, CaseRefused):
            yield Imported(row, entry.name, None, False, one.sentences)
            continue
        company, surveys = _told(one.case)
        name = str(company.get("name") or "")
        there = next((held for held in known if _is_same(held, company)), None)
        if there:
            yield Imported(row, name, there.kept.id, False, (IS_THERE,))
            continue
        asks = {each.field: each.ask for each in one.case.doubted}
        held = filing.begin(who, company, surveys, asks)
        known.append(held)
        yield Imported(row, name, held.kept.id, True, one.doubts)


def _added(filing: Filing, who: Who, known: list[HeldFile], sheet: EntrySheet) -> Iterator[Imported]:
    """What became of the rows of a table of entries: each is written down in the file of its company, once."""
    for entry in sheet.entries:
        company: dict[str, object] = {"name": entry.company, "workplace_number": entry.number}
        at = next((n for n, held in enumerate(known) if _is_same(held, company)), None)
        if at is None or entry.item is None:
            said = entry.said or (NO_COMPANY if not (entry.company or entry.number) else NO_FILE,)
            yield Imported(entry.row, entry.company, None, False, said, sheet.kind)
            continue
        held = known[at]
        if any(each.item == entry.item for each in held.content.of(sheet.kind)):
            yield Imported(entry.row, held.company, held.kept.id, False, (IS_WRITTEN,), sheet.kind)
            continue
        known[at], _ = filing.add(who, held.kept.id, sheet.kind, entry.item, None)
        yield Imported(entry.row, held.company, held.kept.id, True, (), sheet.kind)


def _told(case: Case) -> tuple[dict[str, object], tuple[Survey, ...]]:
    """What is known of a company as it would be sent, and its replies as a survey."""
    sent = case_in(case).model_dump(mode="json", exclude_none=True)
    company = {field: value for field, value in sent["company"].items() if value != []}
    replies = sent["survey"]
    return company, (Survey(SurveyKind.WANTS, replies=replies),) if replies else ()


def _is_same(held: HeldFile, company: dict[str, object]) -> bool:
    """Whether a file is of that company: by the number of its workplace where both tell it, else by its name."""
    had = held.content.company
    numbers = [squash(str(each.get("workplace_number") or "")).replace("-", "") for each in (had, company)]
    if all(numbers):
        return numbers[0] == numbers[1]
    names = [squash(str(each.get("name") or "")) for each in (had, company)]
    return bool(names[0]) and names[0] == names[1]
