"""Maker: an open desk flows in; what turns a case into the file of a report, told of in one line, flows out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rag.diagnosis.records import Case, Diagnosis
from rag.messages import STANDING, VERDICT_BRIEF
from server.diagnoses.journal import Line

if TYPE_CHECKING:
    from server.desks.desk import OpenDesk

NO_LEVEL = "확인 필요"
FIRST = 3


@dataclass(frozen=True, slots=True)
class Maker:
    """Diagnoses cases by one generation and writes reports; `write` takes the suffix of a format."""

    generation: str
    knows_place: Callable[[str], bool]
    diagnose: Callable[[Case, date], Diagnosis]
    write: Callable[[Diagnosis, str], bytes]


def maker(desk: OpenDesk) -> Maker:
    """The maker of a desk; its reports are drafts, without number and day of issue.

    What it makes raises DiagnosisFailed where the rules or a format break on a case.
    """
    from rag.diagnosis.report import report
    from server import reports
    from server.diagnoses.making import discreet

    def diagnosed(case: Case, as_of: date) -> Diagnosis:
        with discreet():
            return desk.diagnose(case, as_of)

    def written(diagnosis: Diagnosis, suffix: str) -> bytes:
        with discreet():
            tree = report(diagnosis, desk.catalogue.source, number=None, issued_on=None, former=None, edits={})
            return reports.write(tree, suffix)

    return Maker(desk.record.id, desk.knows_place, diagnosed, written)


def line(diagnosis: Diagnosis) -> Line:
    """What a summary tells of a diagnosis."""
    matches = [recommendation.match for recommendation in diagnosis.recommendations[:FIRST]]
    told = (
        (m.program.name, VERDICT_BRIEF[m.verdict] if m.verdict else "", f"접수: {STANDING[m.status]}") for m in matches
    )
    return Line(
        company=diagnosis.case.company.name or "",
        branch=", ".join(dict.fromkeys(contact.organisation for contact in diagnosis.branches)),
        level=str(diagnosis.level.level or NO_LEVEL),
        programs=tuple(" / ".join(filter(None, words)) for words in told),
        asks=len(diagnosis.asks),
    )
