"""Doubting: a company as it was filled in flows in; its case, with a question for every cell in doubt, flows out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from rag.diagnosis.records import Case, Company, Doubted
from rag.domain import SizeClass
from rag.korean import topic
from rag.money import won
from server.diagnoses.entries import Doubt, Entry
from server.diagnoses.faults import Fault
from server.diagnoses.headings import headings
from server.diagnoses.intake import CaseRefused, sifted
from server.diagnoses.values import Unread, said

_NOTHING = "읽을 수 있는 값이 없습니다. 한 칸이라도 적어 주세요."
# So many people no 소상공인 has, in whatever trade.
_MICRO_BELOW = 10
# Codes of the National Tax Service, which mean another trade by the same digits; those of the classification have five.
_TAX_CODE = re.compile(r"\d{6}", re.ASCII)
_LEFT, _USED = "모르는 것으로 두었습니다.", "맞는지 확인해 주세요."


@dataclass(frozen=True, slots=True)
class Settled:
    """A case that a report can be made of, and a sentence on every cell in doubt: what stood where, what came of it."""

    case: Case
    doubts: tuple[str, ...]


def settled(entry: Entry, today: date, knows_place: Callable[[str], bool]) -> Settled:
    """The case of a company, whatever of it is in doubt left unknown. Raises CaseRefused where nothing is left."""
    case, faults = sifted(entry.given, today, knows_place)
    doubts = (*entry.doubts, *(_doubt(entry, fault, case) for fault in faults))
    if case == Case():
        raise CaseRefused((*(doubt.sentence for doubt in doubts), _NOTHING))
    doubts = (*doubts, *(_across(entry, *found) for found in _contradictions(case.company)))
    asked = {doubt.heading.id: _asked(doubt) for doubt in doubts if doubt.heading}
    return Settled(
        replace(case, doubted=tuple(Doubted(id_, ask) for id_, ask in asked.items())),
        tuple(map(_told, doubts)),
    )


def _contradictions(company: Company) -> Iterator[tuple[str, str]]:
    """The field, and why it hardly goes with another one; both may still be true, so that both are kept."""
    founded, since, people = company.founded, company.insured_since, company.employees
    if founded and since and founded > since.year:
        yield "founded", f"설립한 해({founded}년)가 고용보험 성립일({since})보다 늦습니다."
    if company.size is SizeClass.LARGE and company.priority_support:
        yield "priority_support", "대기업인데 우선지원대상기업이라고 적혀 있습니다."
    if company.size is SizeClass.MICRO and people is not None and people >= _MICRO_BELOW:
        yield "employees", f"소상공인인데 상시근로자가 {people:,}명입니다."
    if company.size is SizeClass.LARGE and people is not None and people < _MICRO_BELOW:
        yield "employees", f"대기업인데 상시근로자가 {people:,}명입니다."
    if company.insured is False and company.priority_support:
        yield "insured", "고용보험에 가입하지 않았는데 우선지원대상기업이라고 적혀 있습니다."
    if company.industry_code and _TAX_CODE.fullmatch(company.industry_code):
        yield (
            "industry_code",
            "여섯 자리는 국세청 업종코드라 한국표준산업분류로 쓰지 않았습니다. 다섯 자리를 적어 주세요.",
        )
    ceiling, used = company.support_ceiling, company.support_used
    if ceiling is not None and used is not None and used > ceiling:
        yield "support_used", f"사용액({won(used)})이 연간 지원한도({won(ceiling)})보다 많습니다."


def _across(entry: Entry, id_: str, reason: str) -> Doubt:
    """What contradicts another cell, as a doubt on its own."""
    heading = next(h for h in headings() if h.id == id_)
    cell = next((cell for cell in entry.cells if cell.heading == heading), None)
    return Doubt(reason, heading, cell.at if cell else "", said(cell.value) if cell else "", is_used=True)


def _doubt(entry: Entry, fault: Fault, case: Case) -> Doubt:
    """A fault as a doubt on the first of its cells."""
    heading = next((h for h in headings() if h.part == fault.part and h.id in fault.ids), None)
    cell = next((cell for cell in entry.cells if cell.heading == heading), None)
    reason = fault.sentence.removeprefix(f"{heading.label}: ") if heading else fault.sentence
    shown = "" if cell is None or isinstance(cell.value, Unread) else said(cell.value)
    left = getattr(case.company, heading.id, None) or case.reply(heading.id) if heading else None
    return Doubt(reason, heading, cell.at if cell else "", shown, is_used=bool(left))


def _told(doubt: Doubt) -> str:
    """ "C3 상시근로자 수: '30~35'는 …. 모르는 것으로 두었습니다." """
    label = doubt.heading.label if doubt.heading else ""
    shown = "" if doubt.shown in doubt.reason else f"{doubt.shown} "
    where = " ".join(filter(None, (doubt.at, label)))
    what = f"{shown}{doubt.reason}".strip()
    return " ".join(filter(None, (f"{where}: {what}" if where else what, _end(doubt))))


def _end(doubt: Doubt) -> str:
    if doubt.heading is None:
        return "쓰지 않았습니다."
    return _USED if doubt.is_used else _LEFT


def _asked(doubt: Doubt) -> str:
    assert doubt.heading
    shown = f" 적힌 값: {doubt.shown}" if doubt.shown else ""
    return f"{topic(doubt.heading.label)} 어떻게 되나요?{shown}"
