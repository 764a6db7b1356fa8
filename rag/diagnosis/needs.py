"""Needs: a case flows in; what the company wants, in words that retrieval understands, flows out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rag.diagnosis.records import Case
from rag.diagnosis.survey import question
from rag.domain import CompanyProfile, Question
from rag.knowledge import Knowledge
from rag.understand import Intent, Request, understand

# Whoever has a diagnosis of training made wants at least this.
_DEFAULT = "직원 교육 훈련 상담과 진단 컨설팅"


def needs_of(case: Case) -> tuple[str, ...]:
    """One text for each thing wanted."""
    wants = case.reply("wants")
    chosen = [option for id_ in (wants.options if wants else ()) if (option := question("wants").option(id_))]
    return tuple(option.need for option in chosen) or (_DEFAULT,)


def problems_of(case: Case) -> str:
    """What the company wants to solve on its shop floor, in its own words; empty where unknown."""
    reply = case.reply("problems")
    return reply.words if reply else ""


def request_of(case: Case, need: str, knowledge: Knowledge, as_of: date) -> Request:
    """The need as a request of this company; what its words may say of a place or a programme does not count."""
    asked = Question(need, as_of, case.company.profile)
    request = understand(asked, knowledge.names, knowledge.lexicon, knowledge.gazetteer)
    profile = case.company.profile
    return replace(
        request,
        text=need,
        intents=(Intent.FIT,),
        programs=(),
        places=tuple(knowledge.gazetteer.address(profile.region)) if profile.region else (),
        profile=profile,
        is_government=applicant_of(case),
        years=(),
    )


def applicant_of(case: Case) -> bool | None:
    """Whether an authority applies: as told; a case of which anything is known is otherwise a firm."""
    company = case.company
    if company.is_government is not None:
        return company.is_government
    return False if company.profile != CompanyProfile() or company.name else None
