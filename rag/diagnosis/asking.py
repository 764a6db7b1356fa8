"""Asking: a case with what was found for it flows in; what to ask the company, and where it answers, flows out.

Every question names the field of the company, or the question of the survey, that takes its answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rag.diagnosis.contacts import places_of
from rag.diagnosis.needs import applicant_of
from rag.diagnosis.records import Case, LevelFinding
from rag.diagnosis.survey import survey
from rag.domain import CriterionField, Finding, Result
from rag.grammar.places import Gazetteer

_UNKNOWN = {
    "address": "회사(사업장)는 어느 시·군·구에 있나요?",
    "industry": "어떤 업종인가요?",
    "employees": "상시근로자는 몇 명인가요?",
    "size": "소상공인, 중소기업, 중견기업, 대기업 가운데 어디에 해당하나요?",
    "founded": "회사를 설립한 해는 언제인가요?",
    "priority_support": "고용보험의 우선지원대상기업인가요?",
    "insured": "고용보험에 가입되어 있나요?",
}
_SITE = "훈련을 실시할 곳은 어느 시·군·구인가요? 소재지와 같으면 소재지를 한 번 더 적습니다."
OTHERWISE = "circumstances"
"""Where a company tells what no field of its own is for."""
_TOLD_IN = {
    CriterionField.APPLICANT: "is_government",
    CriterionField.EMPLOYEES: "employees",
    CriterionField.SIZE: "size",
    CriterionField.AGE: "founded",
    CriterionField.INDUSTRY: "industry",
    CriterionField.REGION: "address",
    CriterionField.INSURANCE: "insured",
    CriterionField.CONSORTIUM: "partners",
}
# Asked of the overview where unknown, so that a finding does not ask it again.
_ASKED_BEFORE = (CriterionField.REGION, CriterionField.INSURANCE)


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to the company, and the field or the question of the survey (by id) that takes the answer."""

    field: str
    text: str


def asks_of(
    case: Case,
    level: LevelFinding,
    findings: Iterable[Finding],
    gazetteer: Gazetteer,
    as_of: date,
    *,
    has_branch: bool,
) -> tuple[Ask, ...]:
    """What was told doubtfully, what the overview lacks, what findings and the level hang on; each question once.

    What is asked as doubtful is not asked again as lacking.
    """
    doubted = {each.field for each in case.doubted}
    lacking = [field for field in _lacking(case) if field not in doubted]
    found = [Ask(each.field, each.ask) for each in case.doubted]
    found += _where(case, gazetteer, as_of, has_branch=has_branch)
    found += [Ask(field, _UNKNOWN[field]) for field in lacking]
    found += _open(findings, case, {*lacking, *doubted})
    if not applicant_of(case):
        asked = {question.text: question.id for question in survey()}
        found += [Ask(asked[text], text) for text in level.asks if asked[text] not in doubted]
    return tuple({ask.text: ask for ask in reversed(found)}[text] for text in dict.fromkeys(ask.text for ask in found))


def _lacking(case: Case) -> Iterator[str]:
    company = case.company
    told = {
        "address": company.address or company.site,
        "industry": company.industry or company.industry_code,
        "insured": company.profile.insured,
    }
    asked: Sequence[str] = ("address",) if applicant_of(case) else tuple(_UNKNOWN)
    yield from (field for field in asked if told.get(field, getattr(company, field)) is None)


def _open(findings: Iterable[Finding], case: Case, lacking: set[str]) -> Iterator[Ask]:
    for finding in findings:
        field = told_in(finding, case)
        is_lacking = field in lacking and finding.criterion.field in _TOLD_IN
        is_open = finding.result is Result.UNKNOWN and finding.criterion.field not in _ASKED_BEFORE
        if finding.ask and is_open and not is_lacking:
            yield Ask(field, finding.ask)


def told_in(finding: Finding, case: Case) -> str:
    """The field that takes the answer to what a finding asks: its own, or where the company tells the rest.

    What is told there already leaves the question to what else it tells: a founding year to its month.
    """
    field = _TOLD_IN.get(finding.criterion.field, OTHERWISE)
    company = case.company
    if field == "founded" and company.founded is not None:
        return "founded_month"
    if field in ("size", "industry") and getattr(company, field) is not None:
        return OTHERWISE
    return field


def _where(case: Case, gazetteer: Gazetteer, as_of: date, *, has_branch: bool) -> Iterator[Ask]:
    """What to ask of an address that tells no single place or no branch, for offices and conditions hang on it."""
    company = case.company
    told = company.site or company.address
    if told is None or applicant_of(case) or has_branch:
        return
    field = "site" if company.site else "address"
    places = places_of(case, gazetteer, as_of)
    if len(places) > 1:
        yield Ask(field, f"'{told}'에 해당하는 곳이 여럿입니다. {', '.join(places)} 가운데 어디인가요?")
    else:
        yield Ask(field, _SITE if company.site else _UNKNOWN["address"])
