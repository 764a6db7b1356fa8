"""Doubts: one programme as read flows in; what is missing, damaged or unsure in it flows out for review."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.domain import (
    Benefit,
    Contact,
    Criterion,
    Evidence,
    Period,
    PeriodKind,
    Program,
    ReviewCode,
    ReviewItem,
    Source,
)
from rag.trust import is_named, is_sure

_FIELDS = (
    ("period", "신청기간", "신청기간|접수기간|마감"),
    ("email", "전자우편 주소", "메일|전자우편"),
    ("contact", "연락처", "전화|연락처|문의"),
    ("application", "신청방법", "신청방법|접수방법|홈페이지|주소"),
    ("ceiling", "금액", "금액|한도|지원금"),
    ("target", "지원대상", "지원대상|신청자격|자격"),
)
"""Fields that readers ask for: key, Korean name, and the words that speak of it."""
# A document that says itself that it cannot tell, in the words our guides and careful notices use.
_UNTOLD = re.compile(r"확인되지\s*않|확인할\s*수\s*없|미확인|끝부분이\s*잘려")
_FROM_ORIGINAL = "원본이나 담당 기관에서 확인하고, 확인한 값은 overrides.yaml에 적어 주세요."


def doubts(program: Program, source: Source) -> Iterator[ReviewItem]:
    """The gaps of one programme first, then its unsure facts, then what its document says it cannot tell."""
    gaps = list(_gaps(program, source))
    yield from gaps
    yield from _unsure(program, source)
    told = {item.quote for item in gaps}
    for detail in program.details:
        sentence = next((part for part in detail.text.split(". ") if _UNTOLD.search(part)), "")
        field, name = _field(f"{detail.label} {sentence}")
        if sentence and field and detail.evidence.quote not in told:
            message = f"{name}: 문서에 확인되지 않는다고 적혀 있습니다."
            yield _item(program, source, ReviewCode.UNCONFIRMED, field, message, detail.evidence)


def _gaps(program: Program, source: Source) -> Iterator[ReviewItem]:
    if all(period.kind is PeriodKind.UNSTATED for period in program.periods):
        near = _detail_evidence(program, "period")
        yield _missing(program, source, "period", "신청기간을 찾지 못했습니다.", near or program.evidence)
    if not any(contact.phones for contact in program.contacts):
        near = _detail_evidence(program, "contact")
        yield _missing(program, source, "contact", "문의 전화번호를 찾지 못했습니다.", near or program.evidence)
    else:
        reachable = {contact.organisation for contact in program.contacts if contact.phones}
        for contact in program.contacts:
            silent = not (contact.phones or contact.emails or contact.organisation in reachable)
            if silent and is_named(contact):
                yield _missing(
                    program, source, "contact", f"{contact.organisation}의 전화번호가 없습니다.", contact.evidence
                )
    if not program.criteria and not any("대상" in detail.label or "자격" in detail.label for detail in program.details):
        yield _missing(program, source, "target", "지원대상을 찾지 못했습니다.", program.evidence)
    if program.year is None:
        yield _missing(program, source, "year", "몇 년도 사업인지 알 수 없습니다.", program.evidence)


def _unsure(program: Program, source: Source) -> Iterator[ReviewItem]:
    kinds: tuple[tuple[str, str, tuple[Criterion | Benefit | Period | Contact, ...]], ...] = (
        ("period", "신청기간", program.periods),
        ("contact", "문의처", program.contacts),
        ("benefit", "지원내용", program.benefits),
        ("criterion", "지원요건", program.criteria),
    )
    for field, name, facts in kinds:
        for fact in facts:
            # One without any number is listed as missing.
            if not is_sure(fact) and not (isinstance(fact, Contact) and not (fact.phones or fact.emails)):
                words = fact.organisation if isinstance(fact, Contact) else fact.text
                message = f"{name} '{words}'을(를) 또렷이 읽지 못해 답변에서 뺐습니다(확실도 {fact.confidence:.0%})."
                yield _item(program, source, ReviewCode.UNSURE, field, message, fact.evidence or program.evidence)


def _field(words: str) -> tuple[str, str]:
    return next(((field, name) for field, name, known in _FIELDS if re.search(known, words)), ("", ""))


def _detail_evidence(program: Program, field: str) -> Evidence | None:
    """Where the document speaks of a field that no record holds."""
    return next((d.evidence for d in program.details if _field(d.label)[0] == field), None)


def _missing(program: Program, source: Source, field: str, message: str, evidence: Evidence) -> ReviewItem:
    return _item(program, source, ReviewCode.MISSING, field, message, evidence)


def _item(
    program: Program, source: Source, code: ReviewCode, field: str, message: str, evidence: Evidence
) -> ReviewItem:
    pages = evidence.pages if evidence.source_id == source.id else None
    return ReviewItem(code, source.id, source.path, message, _FROM_ORIGINAL, pages, program.name, field, evidence.quote)
