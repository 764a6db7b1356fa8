"""Todo: a file flows in; what to do by when, whom to call and what it costs, the most pressing first, flows out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rag.diagnosis.chapters import office_name
from rag.diagnosis.records import Recommendation
from rag.diagnosis.telling import NO_AMOUNT
from rag.diagnosis.tree import Block, Grid, Paragraph
from rag.domain import PeriodStatus, Verdict
from rag.engagement.making import Paper
from rag.engagement.payers import payer_of
from rag.engagement.sheets import NONE
from rag.messages import STANDING
from rag.periods import brief, korean_date
from rag.saying.draft import Line

_WHAT = {
    PeriodStatus.OPEN: "신청",
    PeriodStatus.ALWAYS: "신청",
    PeriodStatus.UPCOMING: "접수 시작 확인",
    PeriodStatus.CLOSED: "다음 접수 확인",
    PeriodStatus.CANCELLED: "다시 공고하는지 확인",
    PeriodStatus.UNKNOWN: "접수하는지 확인",
}
_SENTENCE, _OWN = re.compile(r"(?<=다\.)\s+"), re.compile(r"회사가 내는 돈은|부담")
_SILENT = "문서에서 확인되지 않음"
_UNFIT = "요건에 맞지 않아 다른 재원 찾기"


@dataclass(frozen=True, slots=True)
class _Todo:
    """One row, and the day it is ordered by; what has no day comes last."""

    day: date
    cells: tuple[str, str, str, str]


def to_do(made: Paper, chosen: Sequence[Recommendation]) -> Iterator[Block]:
    """What these programmes ask for and what the file says is due."""
    rows = [_of_program(made, each) for each in chosen]
    rows += [
        _Todo(each.day, (each.what, korean_date(each.day) + ("" if each.is_fixed else "까지"), "-", "-"))
        for each in made.file.due(made.as_of)
    ]
    rows.sort(key=lambda row: row.day)
    cells = tuple(row.cells for row in rows)
    yield Grid(("할 일", "언제까지", "문의", "드는 돈"), cells) if cells else Paragraph(NONE)


def paying(made: Paper) -> tuple[Recommendation, ...]:
    """The programmes that are to pay for something planned, those recommended first."""
    payers = {payer.id for plan in made.plans if (payer := payer_of(plan, made.programs))}
    told = (*made.file.diagnosis.recommendations, *made.file.diagnosis.planned)
    return tuple(each for each in told if each.match.program.id in payers)


def _of_program(made: Paper, chosen: Recommendation) -> _Todo:
    match, period = chosen.match, chosen.match.period
    by = brief(period, match.status, made.as_of) if period else STANDING[match.status]
    evidence = (period.evidence,) if period and period.evidence else ()
    office = next((c for c in chosen.contacts if c.phones), None)
    told = next(iter(chosen.contacts), None)
    phone = (
        _SILENT if told is None else f"{office_name(told)}(전화번호는 문서에 없음) {made.marks.of((told.evidence,))}"
    )
    if office:
        phone = f"{office_name(office)} {office.phones[0]} {made.marks.of((office.evidence,))}"
    is_told = bool(chosen.amounts) and chosen.amounts[0].text != NO_AMOUNT
    cost = made.marks.said(_shortly(chosen.amounts)) if is_told else _SILENT
    is_shut = match.verdict is Verdict.INELIGIBLE
    what = f"{match.program.name}: {_UNFIT if is_shut else _WHAT[match.status]}"
    return _Todo(_pressing(chosen), (what, f"{by} {made.marks.of(evidence)}".strip(), phone, cost))


def _shortly(amounts: Sequence[Line]) -> Line:
    """The one sentence that says what the company pays; else the first."""
    cut = [replace(line, text=said) for line in amounts for said in _SENTENCE.split(line.text) if said]
    return next((line for line in cut if _OWN.search(line.text)), cut[0])


def _pressing(chosen: Recommendation) -> date:
    """The last day one may apply, or the first where that is to come."""
    period = chosen.match.period
    if period is None:
        return date.max
    if chosen.match.status is PeriodStatus.UPCOMING:
        return period.opens_on or period.expected_from or date.max
    return (period.closes_on if chosen.match.status is PeriodStatus.OPEN else None) or date.max
