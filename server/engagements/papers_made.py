"""Papers made: a file as it is kept flows in; at a desk it becomes the content of a document, or of a comparison."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter

from rag.diagnosis.records import Doubted
from rag.diagnosis.tree import Part, Report
from rag.domain import Source
from rag.engagement.file import Engagement, Entry, Kind, Written, with_runs
from rag.engagement.items import Gap
from rag.engagement.papers import NAMELESS, PaperKind, numbered, paper, two_years
from rag.engagement.payers import payer_of
from rag.engagement.sheets import two_days
from rag.periods import korean_date
from server.desks.desks import Desk
from server.diagnoses.intake import case_of
from server.diagnoses.making import discreet
from server.diagnoses.number import branch_of
from server.diagnoses.number import number as numbered_by
from server.engagements.filing_refusals import NoSuchPaper
from server.store.cabinet import KeptFile, KeptPaper

CODES = {
    PaperKind.BASIC: "기초",
    PaperKind.CONSULTING: "컨설팅",
    PaperKind.PROBLEM: "과정개발",
    PaperKind.PLAN: "계획",
    PaperKind.RESULT: "성과",
    PaperKind.YEARLY: "연도",
}
"""What stands in a number for the kind of document."""
_REPORTS = TypeAdapter(Report)
_ANYTHING: TypeAdapter[Any] = TypeAdapter(Any)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a desk needs of a file: the company with its survey as sent, what is written and asked, and by whom.

    `organisation` is the consultant's; empty where none was told.
    """

    case: Mapping[str, object]
    written: Written
    consultant: str
    organisation: str
    asks: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MadePaper:
    """A document, with the branch that is responsible and the generation that it was made from."""

    report: Report
    branch: str
    generation: str


def number_of(year: int, branch: str, kind: PaperKind, sequence: int) -> str:
    """ "26-경인-기초-00001"; `sequence` counts from 1 within the year, branch and kind."""
    return numbered_by(year, f"{branch}-{CODES[kind]}", sequence)


def made_paper(desk: Desk, sent: Sent, kind: PaperKind, as_of: date, former: str | None, today: date) -> MadePaper:
    """The draft of a document of a file on a day."""
    file = _file(desk, sent, as_of, today)

    def source_of(id_: str) -> Source | None:
        return desk.catalogue.source(id_)

    with discreet():
        programs = desk.catalogue.programs()
        report = paper(kind, file, programs, source_of, as_of, former)
    return MadePaper(report, branch_of(file.diagnosis.branches), desk.record.id)


def compared_on(desk: Desk, sent: Sent, day: date, as_of: date, today: date) -> Report:
    """Levels and trainings of two days beside each other."""
    file = _file(desk, sent, as_of, today)
    parts = (Part("gaps", "수준의 변화", (two_days(file, day, as_of),)), two_years(file, day.year, as_of.year))
    cover = (("견준 날", f"{korean_date(day)}, {korean_date(as_of)}"),)
    return Report("두 날의 비교", file.case.company.name or NAMELESS, cover, parts)


def kept_paper(
    made: MadePaper,
    file: KeptFile,
    person: str,
    kind: PaperKind,
    as_of: date,
    former: str | None,
    now: datetime,
    sequence: int,
) -> KeptPaper:
    """The document as it is kept once its number is known."""
    number = number_of(now.year, made.branch, kind, sequence)
    return KeptPaper(
        id=uuid.uuid4().hex,
        file=file.id,
        kind=kind.value,
        number=number,
        branch=made.branch,
        year=now.year,
        sequence=sequence,
        former=former,
        as_of=as_of.isoformat(),
        generation=made.generation,
        revision=file.revision,
        issued_at=now.isoformat(timespec="seconds"),
        issued_by=person,
        report_json=_REPORTS.dump_json(numbered(made.report, number)).decode(),
    )


def said_in(paper: KeptPaper) -> Report:
    """What a document says. Raises NoSuchPaper where it was erased."""
    if paper.report_json is None:
        raise NoSuchPaper
    return _REPORTS.validate_json(paper.report_json)


def in_order(entries: Sequence[Entry[Kind]], when: Callable[[Kind], date | str | None]) -> tuple[Entry[Kind], ...]:
    """Entries by the day they tell of, then by what they tell: when each was written down changes no document."""

    def place(entry: Entry[Kind]) -> tuple[bool, str, bytes]:
        day = when(entry.item)
        return day is None, str(day or ""), _ANYTHING.dump_json(entry.item)

    return tuple(sorted(entries, key=place))


def _place_of_gap(entry: Entry[Gap]) -> tuple[str, str, str, str]:
    """By duty and task, then by day; of two of one day the later written stands."""
    gap = entry.item
    return gap.duty or "", gap.task or "", str(gap.measured_on or ""), entry.at


def _file(desk: Desk, sent: Sent, as_of: date, today: date) -> Engagement:
    written = sent.written
    told = with_runs(case_of(sent.case, today, desk.knows_place), written, as_of)
    case = replace(told, doubted=tuple(Doubted(id_, ask) for id_, ask in sent.asks.items()))
    payers = (payer_of(entry.item, desk.catalogue.programs()) for entry in written.plans)
    with discreet():
        return Engagement(
            in_order(written.visits, lambda visit: visit.day),
            tuple(sorted(written.gaps, key=_place_of_gap)),
            in_order(written.plans, lambda plan: plan.first_month),
            in_order(written.runs, lambda run: run.first_day),
            in_order(written.surveys, lambda survey: survey.day),
            case=case,
            consultant=sent.consultant,
            organisation=sent.organisation,
            diagnosis=desk.diagnose(case, as_of, frozenset(payer.id for payer in payers if payer)),
        )
