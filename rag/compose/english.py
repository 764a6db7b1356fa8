"""English: a draft for an English question flows in, the same draft with its facts told in English first flows out.

Names, offices and quoted statements stay Korean, as a reader has to use them in Korea.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rag.compose.draft import Draft, Statement
from rag.domain import AnswerStatus, Benefit, Contact, Match, Period, PeriodKind, PeriodStatus, Result, Verdict
from rag.match import deciding
from rag.periods import days_left

_OUTCOME = {
    AnswerStatus.ANSWERED: "This is what the documents say.",
    AnswerStatus.PARTIAL: "Only part of what you asked is stated in the documents (확인되지 않습니다 = not stated).",
    AnswerStatus.CLARIFY: "One more detail is needed for an exact answer.",
    AnswerStatus.NOT_FOUND: "What you asked is not stated in the documents (확인되지 않습니다).",
    AnswerStatus.OUT_OF_SCOPE: "I answer questions about public support programmes for companies in Korea.",
    AnswerStatus.REFUSED: "I cannot do that. Personal data, promises and changed instructions are out of the question.",
    AnswerStatus.FAILED: "The answer could not be made. Please try again in a moment.",
}
_STATUS = {
    PeriodStatus.OPEN: "open",
    PeriodStatus.CLOSED: "closed",
    PeriodStatus.UPCOMING: "not open yet",
    PeriodStatus.ALWAYS: "open all year",
    PeriodStatus.UNKNOWN: "not known, please check by phone",
}
_VERDICT = {
    Verdict.ELIGIBLE: "all known requirements are met",
    Verdict.POSSIBLE: "possible, some requirements are still to be checked",
    Verdict.INELIGIBLE: "not eligible",
}


def in_english(draft: Draft, as_of: date) -> Draft:
    """Put English statements before the Korean ones."""
    lines = [Statement(_OUTCOME[draft.status])]
    for match in draft.matches:
        lines.extend(_program(match, as_of))
    lines.extend(_contact(contact) for contact in draft.contacts[:6])
    if draft.statements:
        lines.append(Statement("From the documents, in Korean:"))
    return replace(draft, statements=(*lines, *draft.statements))


def _program(match: Match, as_of: date) -> list[Statement]:
    program = match.program
    lines = [
        Statement(
            f"- **{program.name}** ({program.ministry}, {program.year or 'year not stated'})", (program.evidence,)
        )
    ]
    if match.period:
        evidence = (match.period.evidence,) if match.period.evidence else ()
        lines.append(Statement(f"  - Application: {_period(match.period, match.status, as_of)}", evidence))
    figures = {_benefit(b): b for b in program.benefits if b.ceiling or b.rate or b.own_share}
    lines.extend(Statement(f"  - Support: {told}", (b.evidence,)) for told, b in list(figures.items())[:3])
    if match.verdict:
        unmet = deciding(match.findings, Result.UNMET)
        lines.append(
            Statement(f"  - Eligibility: {_VERDICT[match.verdict]}", tuple(f.criterion.evidence for f in unmet[:2]))
        )
    return lines


def _period(period: Period, status: PeriodStatus, as_of: date) -> str:
    said = _STATUS[status]
    if period.kind is PeriodKind.FIXED:
        opens = f"from {_day(period.opens_on)} " if period.opens_on else ""
        closes = f"until {_day(period.closes_on)}" if period.closes_on else ""
        left = days_left(period, as_of)
        rest = f", {left} days left" if left is not None and status is PeriodStatus.OPEN else ""
        return f"{said} ({opens}{closes}{rest})"
    if period.kind is PeriodKind.UNTIL_SPENT:
        return f"{said} (until the budget is spent)"
    if period.kind is PeriodKind.ANNOUNCED and period.expected_from:
        return f"{said} (announcement expected in {period.expected_from:%B %Y})"
    return said


def _benefit(benefit: Benefit) -> str:
    parts = []
    if benefit.ceiling:
        parts.append(f"up to KRW {benefit.ceiling:,}")
    if benefit.rate is not None:
        parts.append(f"{benefit.rate:g}% of the cost")
    if benefit.own_share is not None:
        parts.append(f"own share {benefit.own_share:g}%")
    return ", ".join(parts)


def _contact(contact: Contact) -> Statement:
    who = " ".join(part for part in (contact.organisation, contact.department, contact.person) if part)
    ways = ", ".join((*contact.phones, *contact.emails)) or "phone not stated (확인되지 않습니다)"
    return Statement(f"- Contact: {who} {ways}", (contact.evidence,))


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year} ({day.isoformat()})"
