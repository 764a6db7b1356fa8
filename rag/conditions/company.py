"""Companies: a criterion and what is known of a company flow in; whether it is met, and why, flows out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from rag.conditions.regions import sits
from rag.conditions.sizes import sized
from rag.conditions.wording import bound, goes_to_the_end
from rag.conditions.words import WORDS, speaks_of
from rag.domain import CompanyProfile, Criterion, CriterionField, Finding, Result
from rag.grammar.places import Gazetteer
from rag.grammar.trades import is_in, trades_of
from rag.korean import topic, with_particle
from rag.trust import is_sure

MET, UNMET, UNKNOWN = Result.MET, Result.UNMET, Result.UNKNOWN


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: the company, the day, and the places as the gazetteer knows them."""

    company: CompanyProfile
    as_of: date
    gazetteer: Gazetteer

    @property
    def is_firm(self) -> bool | None:
        """Whether a firm asks: as told; who tells of a trade, of people or of its founding is one."""
        company = self.company
        if company.is_government is not None:
            return not company.is_government
        return True if self.tells_of_firm else None

    @property
    def tells_of_firm(self) -> bool:
        """Whether something is told that only a firm has: an official too may ask for one it looks after."""
        company = self.company
        trade = company.industry or company.industry_code
        told = (trade, company.employees, company.size, company.founded, company.insured, company.site)
        return any(value is not None for value in told)


def judged(criterion: Criterion, asker: Asker) -> Finding:
    """The finding on one criterion from the profile alone."""
    field = criterion.field
    if not is_sure(criterion):
        return Finding(criterion, UNKNOWN, criterion.text)
    is_for_itself = asker.is_firm is False and not asker.tells_of_firm
    if is_for_itself and field not in (CriterionField.APPLICANT, CriterionField.REGION):
        return Finding(criterion, UNMET, "기업을 대상으로 하는 사업이라 지방정부는 신청할 수 없습니다.")
    return _JUDGES[field](criterion, asker)


def is_for_authorities(criterion: Criterion) -> bool:
    """Whether a criterion lets local governments alone apply."""
    named = criterion.field is CriterionField.APPLICANT
    return named and any(speaks_of(name, WORDS["authorities"]) for name in criterion.allowed)


def _applicant(criterion: Criterion, asker: Asker) -> Finding:
    who = ", ".join(criterion.allowed)
    if asker.is_firm is False and is_for_authorities(criterion):
        return Finding(criterion, MET, f"{with_particle(who, '이', '가')} 신청하는 사업입니다.")
    if asker.is_firm is None:
        return Finding(criterion, UNKNOWN, f"{who}만 신청할 수 있습니다.", f"신청하려는 곳이 {who}인가요?")
    other = topic("개별 기업" if asker.is_firm else "지방정부")
    return Finding(criterion, UNMET, f"{who}만 신청할 수 있고, {other} 직접 신청할 수 없습니다.")


def _employees(criterion: Criterion, asker: Asker) -> Finding:
    said, people = bound(criterion), asker.company.employees
    if people is None:
        return Finding(
            criterion, UNKNOWN, f"{with_particle(said, '이어야', '여야')} 합니다.", "상시근로자는 몇 명인가요?"
        )
    if _fits(criterion, people):
        return Finding(criterion, MET, f"{with_particle(said, '이라', '라')} 조건에 맞습니다({people:,}명).")
    if not criterion.strict:
        return Finding(criterion, UNMET, f"{said} 기업을 먼저 지원합니다({people:,}명).")
    return Finding(criterion, UNMET, f"{said}만 됩니다({people:,}명).")


def _age(criterion: Criterion, asker: Asker) -> Finding:
    said, founded = bound(criterion), asker.company.founded
    if founded is None:
        return Finding(
            criterion,
            UNKNOWN,
            f"{with_particle(said, '이어야', '여야')} 합니다.",
            "회사를 설립한 해와 달은 언제인가요?",
        )
    years = completed_years(asker.company, asker.as_of)
    top = criterion.maximum
    if top is not None and goes_to_the_end(criterion):
        top -= 1
    fits = {_fits(replace(criterion, maximum=top), age) for age in years}
    month = asker.company.founded_in
    since = f"{founded}년 {month}월 설립" if month else f"{founded}년 설립"
    if fits == {True}:
        return Finding(criterion, MET, f"{with_particle(said, '이라', '라')} 조건에 맞습니다({since}).")
    if fits == {False}:
        return Finding(criterion, UNMET, f"{said}만 됩니다({since}).")
    told = f"설립한 달과 날에 따라 {min(years)}년이거나 {max(years)}년이라 확인해야 합니다."
    return Finding(
        criterion,
        UNKNOWN,
        f"{with_particle(said, '이어야', '여야')} 합니다. {told}",
        "회사를 설립한 달과 날은 언제인가요?",
    )


def completed_years(company: CompanyProfile, as_of: date) -> tuple[int, ...]:
    """How many years since the founding may be completed on the day: two where the month or the day would tell."""
    years = max(as_of.year - (company.founded or as_of.year), 0)
    month = company.founded_in
    if years == 0 or (as_of.month, as_of.day) == (12, 31) or (month and month < as_of.month):
        return (years,)
    return (years - 1,) if month and month > as_of.month else (years - 1, years)


def _fits(criterion: Criterion, value: int) -> bool:
    low, high = criterion.minimum, criterion.maximum
    return (low is None or value >= low) and (high is None or value <= high)


def _industry(criterion: Criterion, asker: Asker) -> Finding:
    company, named = asker.company, _trades_named(criterion)
    industry = company.industry or company.industry_code
    if industry is None:
        return Finding(criterion, UNKNOWN, f"{named}만 됩니다.", "어떤 업종인가요?")
    fits = is_in(trades_of(company.industry, company.industry_code), criterion.allowed)
    if fits:
        return Finding(criterion, MET, f"{named}에 들어갑니다({industry}).")
    if fits is None:
        return Finding(
            criterion, UNKNOWN, f"{named}만 됩니다. {topic(industry)} 들어가는지 확인해야 합니다.", "어떤 업종인가요?"
        )
    return Finding(criterion, UNMET, f"{named}만 됩니다.")


def _trades_named(criterion: Criterion) -> str:
    return ", ".join(name if name.endswith("업") else f"{name} 기업" for name in criterion.allowed)


def _size(criterion: Criterion, asker: Asker) -> Finding:
    return sized(criterion, asker.company)


def _region(criterion: Criterion, asker: Asker) -> Finding:
    return sits(criterion, asker.company, asker.as_of, asker.gazetteer)


def _insurance(criterion: Criterion, asker: Asker) -> Finding:
    if "가입" not in criterion.allowed:
        return Finding(criterion, MET, "고용보험에 가입하지 않아도 됩니다.")
    if asker.company.insured is None:
        return Finding(criterion, UNKNOWN, "고용보험에 가입한 기업만 됩니다.", "고용보험에 가입되어 있나요?")
    if asker.company.insured:
        return Finding(criterion, MET, "고용보험에 가입해 있어 조건에 맞습니다.")
    return Finding(criterion, UNMET, "고용보험에 가입한 기업만 됩니다.")


def _consortium(criterion: Criterion, asker: Asker) -> Finding:
    reason = "여러 기관이 컨소시엄을 이루어 신청합니다."
    return Finding(criterion, UNKNOWN, reason, "함께 신청할 기업이나 기관이 있나요?")


def _certification(criterion: Criterion, asker: Asker) -> Finding:
    named = ", ".join(criterion.allowed)
    ends = ("이어야 합니다", "여야 합니다") if criterion.strict else ("이면 우대합니다", "면 우대합니다")
    return Finding(criterion, UNKNOWN, f"{with_particle(named, *ends)}.", f"{named} 확인서나 인증이 있나요?")


def _exclusion(criterion: Criterion, asker: Asker) -> Finding:
    shut = ", ".join(criterion.excluded)
    ask = f"{shut}에 해당하는 것이 있나요?"
    return Finding(criterion, UNKNOWN, f"{shut}에 해당하면 신청할 수 없습니다.", ask)


def _other(criterion: Criterion, asker: Asker) -> Finding:
    return Finding(criterion, UNKNOWN, f"대상은 '{criterion.text}'입니다.", f"'{criterion.text}'에 해당하나요?")


_F = CriterionField
_JUDGES: dict[CriterionField, Callable[[Criterion, Asker], Finding]] = {
    _F.APPLICANT: _applicant,
    _F.SIZE: _size,
    _F.EMPLOYEES: _employees,
    _F.INDUSTRY: _industry,
    _F.REGION: _region,
    _F.AGE: _age,
    _F.INSURANCE: _insurance,
    _F.CONSORTIUM: _consortium,
    _F.CERTIFICATION: _certification,
    _F.EXCLUSION: _exclusion,
    _F.OTHER: _other,
}
