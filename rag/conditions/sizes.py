"""Sizes: a criterion on size classes and a company flow in; whether it is of one, and why, flows out."""

from __future__ import annotations

from rag.conditions.words import WORDS, speaks_of
from rag.domain import CompanyProfile, Criterion, Finding, Result, SizeClass
from rag.grammar.trades import is_in, trades_in
from rag.korean import topic

MET, UNMET, UNKNOWN = Result.MET, Result.UNMET, Result.UNKNOWN
# Below so many people a firm may be a 소상공인, in making, building and carrying (Act on Small Merchants, article 2).
_MICRO_BELOW = 10


def sized(criterion: Criterion, company: CompanyProfile) -> Finding:
    """The finding on the size classes that may apply, or that may not."""
    size = company.size
    if criterion.excluded:
        return _size_left_out(criterion, company)
    if speaks_of(criterion.text, WORDS["priority"]) and (told := _priority(criterion, company)):
        return told
    named = ", ".join(criterion.allowed)
    if _is_listed(criterion, company.industry):
        return Finding(criterion, MET, f"{topic(company.industry or '')} 대상에 들어 있습니다.")
    if size is None:
        return _size_unknown(criterion, company)
    if size.value in criterion.allowed:
        return Finding(criterion, MET, f"{size.value}이라 대상에 들어갑니다.")
    # 소상공인 are SMEs too (Framework Act on Small and Medium Enterprises, article 2); not the other way round.
    if size is SizeClass.MICRO and SizeClass.SMALL.value in criterion.allowed:
        return Finding(criterion, MET, "소상공인도 중소기업이라 대상에 들어갑니다.")
    if criterion.allowed == (SizeClass.MICRO.value,) and _may_be_micro(company):
        return Finding(criterion, UNKNOWN, "소상공인만 됩니다.", "소상공인 확인서가 있나요?")
    if _may_supply(criterion, company):
        reason = "기업 규모는 수요기업에 대한 조건이고, 공급기업으로 참여하는 길이 따로 있습니다."
        return Finding(criterion, UNKNOWN, reason, "AI 솔루션을 공급하는 기업으로 참여하려고 하나요?")
    return Finding(criterion, UNMET, f"{named}만 되고, {topic(size.value)} 안 됩니다.")


def _size_left_out(criterion: Criterion, company: CompanyProfile) -> Finding:
    size, shut = company.size, ", ".join(criterion.excluded)
    if size is None:
        ask = "소상공인, 중소기업, 중견기업, 대기업 가운데 어디에 해당하나요?"
        return Finding(criterion, UNKNOWN, f"{topic(shut)} 안 됩니다.", ask)
    if size.value in criterion.excluded:
        return Finding(criterion, UNMET, f"{topic(size.value)} 신청할 수 없습니다.")
    return Finding(criterion, MET, f"{size.value}이라 대상에 들어갑니다.")


def _size_unknown(criterion: Criterion, company: CompanyProfile) -> Finding:
    named, people = ", ".join(criterion.allowed), company.employees
    if criterion.allowed == (SizeClass.MICRO.value,) and people is not None and people >= _MICRO_BELOW:
        return Finding(criterion, UNMET, f"소상공인만 되고, 상시근로자가 {people:,}명이면 소상공인이 아닙니다.")
    ask = "소상공인, 중소기업, 중견기업 가운데 어디에 해당하나요?"
    return Finding(criterion, UNKNOWN, f"{named}만 됩니다.", ask)


def _priority(criterion: Criterion, company: CompanyProfile) -> Finding | None:
    """What is told of 우선지원대상기업; SMEs are (Enforcement Decree of the Employment Insurance Act, article 12)."""
    is_one = company.priority_support
    if is_one is None:
        return None
    if is_one:
        return Finding(criterion, MET, "우선지원대상기업이라 대상에 들어갑니다.")
    return Finding(criterion, UNMET, "우선지원대상기업만 됩니다.")


def _is_listed(criterion: Criterion, industry: str | None) -> bool:
    """Whether who may apply names the company's trade beside the size classes ("소상공인, 의료기관, 중소기업")."""
    items = (item.strip() for item in criterion.text.replace("·", ",").split(","))
    return bool(industry) and any(len(item) > 2 and item in (industry or "") for item in (*items, *criterion.allowed))


def _may_be_micro(company: CompanyProfile) -> bool:
    is_small = company.size is SizeClass.SMALL
    return is_small and company.employees is not None and company.employees < _MICRO_BELOW


def _may_supply(criterion: Criterion, company: CompanyProfile) -> bool:
    """Whether a size asked of those who use AI leaves another way in to a firm that makes it."""
    makes_ai = is_in(trades_in(company.industry or ""), ("AI",))
    return bool(makes_ai) and speaks_of(criterion.text, WORDS["suppliers"])
