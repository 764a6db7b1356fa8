"""Needs: a case flows in; what the company wants, in the words of the survey and in its own, flows out."""

from __future__ import annotations

from rag.diagnosis.records import Case
from rag.diagnosis.survey import question
from rag.domain import CompanyProfile

# Whoever has a diagnosis of training made wants at least this.
_DEFAULT = "직원 교육 훈련 상담과 진단 컨설팅"


def needs_of(case: Case) -> tuple[str, ...]:
    """One text for each thing wanted, in the order of the survey, whatever order the company told them in."""
    wants = case.reply("wants")
    chosen = wants.options if wants else ()
    return tuple(option.need for option in question("wants").options if option.id in chosen) or (_DEFAULT,)


def problems_of(case: Case) -> str:
    """What the company wants to solve on its shop floor, in its own words; empty where unknown."""
    reply = case.reply("problems")
    return reply.words if reply else ""


def wishes_of(case: Case) -> str:
    """All that the company wants in one text: the needs, then the problems."""
    return " ".join((*needs_of(case), problems_of(case))).strip()


def applicant_of(case: Case) -> bool | None:
    """Whether an authority applies: as told; a case of which anything is known is otherwise a firm."""
    company = case.company
    if company.is_government is not None:
        return company.is_government
    return False if company.profile != CompanyProfile() or company.name else None
