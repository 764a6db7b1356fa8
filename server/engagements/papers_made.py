"""Papers made: a file as it is kept flows in; at a desk it becomes the content of a document, or of a comparison."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from pydantic import TypeAdapter

from rag.diagnosis.records import Doubted
from rag.diagnosis.tree import Part, Report
from rag.domain import Source
from rag.engagement.file import Engagement, Written
from rag.engagement.papers import NAMELESS, PaperKind, numbered, paper, two_years
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


@dataclass(frozen=True, slots=True)
class Sent:
    """What a desk needs of a file: the company with its survey as sent, what is written and asked, and by whom."""

    case: Mapping[str, object]
    written: Written
    consultant: str
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


def _file(desk: Desk, sent: Sent, as_of: date, today: date) -> Engagement:
    doubted = tuple(Doubted(id_, ask) for id_, ask in sent.asks.items())
    case, written = replace(case_of(sent.case, today, desk.knows_place), doubted=doubted), sent.written
    with discreet():
        return Engagement(
            written.visits,
            written.gaps,
            written.plans,
            written.runs,
            written.surveys,
            case=case,
            consultant=sent.consultant,
            diagnosis=desk.diagnose(case, as_of),
        )
