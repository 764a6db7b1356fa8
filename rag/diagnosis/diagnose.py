"""Diagnosing: a case and a day flow in; everything its report will tell flows out, step by step."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rag.diagnosis.advice import advise
from rag.diagnosis.combining import combinations
from rag.diagnosis.contacts import contacts_for, places_of
from rag.diagnosis.courses import courses
from rag.diagnosis.doubts import doubts
from rag.diagnosis.level import judge_level
from rag.diagnosis.matching import match_case
from rag.diagnosis.needs import applicant_of, wishes_of
from rag.diagnosis.offices import branches_and_centres
from rag.diagnosis.proposals import proposals
from rag.diagnosis.ranking import best_needs, near_misses, recommended, suits
from rag.diagnosis.records import Case, Diagnosis, LevelFinding, NearMiss, Recommendation
from rag.diagnosis.roadmap import roadmap
from rag.diagnosis.survey import survey
from rag.domain import CriterionField, Result, ReviewItem
from rag.grammar.places import Gazetteer
from rag.shelf import Shelf

_UNKNOWN = {
    "address": "회사(사업장)는 어느 시·군·구에 있나요?",
    "industry": "어떤 업종인가요?",
    "employees": "상시근로자는 몇 명인가요?",
    "size": "소상공인, 중소기업, 중견기업, 대기업 가운데 어디에 해당하나요?",
    "founded": "회사를 설립한 해는 언제인가요?",
    "priority_support": "고용보험의 우선지원대상기업인가요?",
}
# What a finding hangs on where the overview lacks it, so that it is asked once.
_OF_OVERVIEW = {
    CriterionField.EMPLOYEES: "employees",
    CriterionField.SIZE: "size",
    CriterionField.AGE: "founded",
    CriterionField.INDUSTRY: "industry",
}
# Always asked of the overview where unknown.
_ASKED_BEFORE = (CriterionField.REGION, CriterionField.INSURANCE)


def diagnose(case: Case, shelf: Shelf, as_of: date, generation: str, review: Iterable[ReviewItem] = ()) -> Diagnosis:
    """Case → Diagnosis. The same case on the same day and generation gives the same diagnosis.

    `review` is what reading the documents found; where they contradict each other on a programme, that is told with it.
    """
    programs = shelf.current(as_of)
    taught = courses(programs)
    level = judge_level(case, {each: course.detail.evidence for each, course in taught.items()})
    scores = suits(case, programs, shelf.cards)
    wanted = best_needs(case, scores)
    matches = tuple(match_case(p, case, as_of, shelf, wanted.get(p.id, "")) for p in programs)
    wishes, found = wishes_of(case), tuple(review)
    fitting = recommended(matches, scores, as_of)
    chosen = tuple(
        advise(
            m,
            case,
            contacts_for(m, case, wishes, shelf.gazetteer, as_of),
            doubts(m.program, found, shelf.source, as_of),
            as_of,
        )
        for m in fitting
    )
    missed = near_misses(matches, scores, case, fitting)
    branches, centres = branches_and_centres(case, programs, shelf.gazetteer, as_of)
    told = tuple(dict.fromkeys(m.program for m in (*(r.match for r in chosen), *(n.match for n in missed))))
    return Diagnosis(
        case=case,
        as_of=as_of,
        generation=generation,
        level=level,
        recommendations=chosen,
        near_misses=missed,
        roadmap=roadmap(level.level, taught, matches, as_of),
        combinations=combinations(programs, {program.name for program in told}, shelf),
        proposals=proposals(case, level.level, taught, programs),
        branches=branches,
        centres=centres,
        asks=_asks(case, level, chosen, missed, _where(case, bool(branches), shelf.gazetteer, as_of)),
    )


def _asks(
    case: Case,
    level: LevelFinding,
    chosen: tuple[Recommendation, ...],
    missed: tuple[NearMiss, ...],
    where: tuple[str, ...],
) -> tuple[str, ...]:
    """What to ask the company: what was told doubtfully, what its overview lacks, what findings and the level hang on.

    What is asked as doubtful is not asked again as lacking.
    """
    doubted = {each.field for each in case.doubted}
    asked = ("address",) if applicant_of(case) else tuple(_UNKNOWN)
    lacking = [field for field in asked if getattr(case.company, field) is None]
    told = [each.ask for each in case.doubted]
    missing = [*told, *where, *(_UNKNOWN[field] for field in lacking if field not in doubted)]
    if case.company.profile.insured is None and not applicant_of(case) and "insured" not in doubted:
        missing.append("고용보험에 가입되어 있나요?")
    matches = (*(r.match for r in chosen), *(n.match for n in missed))
    open_ = [
        f.ask
        for m in matches
        for f in m.findings
        if f.result is Result.UNKNOWN
        and f.ask
        and f.criterion.field not in _ASKED_BEFORE
        and _OF_OVERVIEW.get(f.criterion.field) not in lacking
    ]
    of_level = () if applicant_of(case) else level.asks
    again = {asked.text for asked in survey() if asked.id in doubted}
    return tuple(dict.fromkeys((*missing, *open_, *(ask for ask in of_level if ask not in again))))


def _where(case: Case, has_branch: bool, gazetteer: Gazetteer, as_of: date) -> tuple[str, ...]:
    """What to ask of an address that tells no single place or no branch, for offices and conditions hang on it."""
    if case.company.address is None or applicant_of(case) or has_branch:
        return ()
    places = places_of(case, gazetteer, as_of)
    if len(places) > 1:
        told = ", ".join(places)
        return (f"'{case.company.address}'에 해당하는 곳이 여럿입니다. {told} 가운데 어디인가요?",)
    return (_UNKNOWN["address"],)
