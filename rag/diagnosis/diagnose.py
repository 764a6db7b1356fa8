"""Diagnosing: a case and a day flow in; everything its report will tell flows out, step by step."""

from __future__ import annotations

from datetime import date

from rag.diagnosis.advice import advise
from rag.diagnosis.combining import combinations
from rag.diagnosis.courses import courses
from rag.diagnosis.level import judge_level
from rag.diagnosis.matching import match_case
from rag.diagnosis.needs import applicant_of, needs_of, problems_of, request_of
from rag.diagnosis.offices import branches_and_centres
from rag.diagnosis.proposals import proposals
from rag.diagnosis.ranking import near_misses, recommended, suits
from rag.diagnosis.records import Case, Diagnosis, LevelFinding, NearMiss, Recommendation
from rag.diagnosis.roadmap import roadmap
from rag.domain import Result
from rag.knowledge import Knowledge

_UNKNOWN = {
    "address": "회사(사업장)는 어느 시·군·구에 있나요?",
    "industry": "어떤 업종인가요?",
    "employees": "상시근로자는 몇 명인가요?",
    "size": "소상공인, 중소기업, 중견기업, 대기업 가운데 어디에 해당하나요?",
    "founded": "회사를 설립한 해는 언제인가요?",
    "priority_support": "고용보험의 우선지원대상기업인가요?",
}


def diagnose(case: Case, knowledge: Knowledge, as_of: date, generation: str) -> Diagnosis:
    """Case → Diagnosis. The same case on the same day and generation gives the same diagnosis."""
    programs = knowledge.current(as_of)
    taught = courses(programs)
    level = judge_level(case, {each: course.detail.evidence for each, course in taught.items()})
    matches = tuple(match_case(program, case, as_of, knowledge) for program in programs)
    scores = suits(case, knowledge, as_of)
    request = request_of(case, " ".join((*needs_of(case), problems_of(case))).strip(), knowledge, as_of)
    chosen = tuple(advise(m, case, request, knowledge) for m in recommended(matches, scores, as_of))
    missed = near_misses(matches, scores, case)
    branches, centres = branches_and_centres(case, programs, knowledge)
    told = tuple(dict.fromkeys(m.program for m in (*(r.match for r in chosen), *(n.match for n in missed))))
    return Diagnosis(
        case=case,
        as_of=as_of,
        generation=generation,
        level=level,
        recommendations=chosen,
        near_misses=missed,
        roadmap=roadmap(level.level, taught, matches, as_of),
        combinations=combinations(programs, {program.name for program in told}, knowledge),
        proposals=proposals(case, level.level, taught, programs),
        branches=branches,
        centres=centres,
        asks=_asks(case, level, chosen, missed),
    )


def _asks(
    case: Case, level: LevelFinding, chosen: tuple[Recommendation, ...], missed: tuple[NearMiss, ...]
) -> tuple[str, ...]:
    """What to ask the company: first what its overview lacks, then what findings and the level hang on."""
    asked = ("address",) if applicant_of(case) else tuple(_UNKNOWN)
    missing = [_UNKNOWN[field] for field in asked if getattr(case.company, field) is None]
    if case.company.profile.insured is None and not applicant_of(case):
        missing.append("고용보험에 가입되어 있나요?")
    matches = (*(r.match for r in chosen), *(n.match for n in missed))
    hanging = [f.ask for m in matches for f in m.findings if f.result is Result.UNKNOWN and f.ask]
    known = {"회사(사업장)는", "상시근로자는", "회사를 설립한", "고용보험에 가입", "소상공인, 중소기업"}
    open_ = [ask for ask in hanging if not any(ask.startswith(start) for start in known)]
    return tuple(dict.fromkeys((*missing, *open_, *(() if applicant_of(case) else level.asks))))
