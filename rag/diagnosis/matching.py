"""Matching a case: a programme and a case flow in; it flows out judged by the profile and by what the survey tells."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from rag.diagnosis.needs import applicant_of
from rag.diagnosis.records import Case
from rag.domain import Criterion, CriterionField, Detail, Finding, Match, Program, Result
from rag.knowledge import Knowledge
from rag.korean import topic
from rag.match import match_program, verdict_of
from rag.periods import current_period
from rag.text import squash

_WHO = ("지원대상", "도입기업")
# Where a programme tells in what form it is carried out, beside whom it is for.
_FORM = ("추진체계", "지원규모")
_SUPPLIER = re.compile(r"[,·]\s*[^,·]*공급기업")
_AI = ("ai", "인공지능")
_SUPPLYING = "기업 규모는 수요기업에 대한 조건이며, 공급기업으로 참여하는 길이 따로 있습니다."
_DO_YOU_SUPPLY = "AI 솔루션을 공급하는 기업으로 참여하려고 하나요?"
_WHEN_FOUNDED = "회사를 설립한 달과 날은 언제인가요?"


def match_case(program: Program, case: Case, as_of: date, knowledge: Knowledge, need: str = "") -> Match:
    """One programme judged for the company, its partners and the kind of body it is; its period is that of the need."""
    match = match_program(program, case.company.profile, as_of, knowledge.gazetteer, is_government=applicant_of(case))
    findings = tuple(
        _settled(finding, match, case, as_of, knowledge) for finding in (*match.findings, *_form(match, case))
    )
    verdict = verdict_of(findings) if match.verdict is not None else None
    # What the programme is called ("로봇") tells none of its tracks from another.
    period, status = current_period(program, as_of, " ".join(w for w in need.split() if w not in program.name))
    return replace(match, findings=findings, verdict=verdict, period=period, status=status)


def _settled(finding: Finding, match: Match, case: Case, as_of: date, knowledge: Knowledge) -> Finding:
    field = finding.criterion.field
    if field is CriterionField.CONSORTIUM and finding.result is Result.UNKNOWN:
        return _partners(finding, case)
    if field is CriterionField.SIZE and finding.result is not Result.MET:
        return _supplying(_named(finding, match.program, case, knowledge), case)
    if field is CriterionField.AGE and finding.result is not Result.UNKNOWN:
        return _aged(finding, case, as_of)
    return finding


def _form(match: Match, case: Case) -> tuple[Finding, ...]:
    """That a consortium carries the programme out, where it is told beside the conditions and not among them."""
    program = match.program
    if applicant_of(case) or any(c.field is CriterionField.CONSORTIUM for c in program.criteria):
        return ()
    said = next((d for d in program.details if d.label in _FORM and "컨소시엄" in d.text), None)
    if said is None:
        return ()
    criterion = Criterion(CriterionField.CONSORTIUM, said.text, said.evidence, allowed=("컨소시엄",))
    ask = "함께 신청할 기업이나 기관이 있나요?"
    return (Finding(criterion, Result.UNKNOWN, "여러 기관이 컨소시엄을 이루어 신청합니다.", ask),)


def _partners(finding: Finding, case: Case) -> Finding:
    """Whether the company has partners to apply with."""
    reply = case.reply("partners")
    if reply is None:
        return finding
    if reply.options == ("no",):
        return replace(
            finding,
            result=Result.UNMET,
            ask=None,
            reason="컨소시엄을 이루어야 하는데, 함께 신청할 곳이 없다고 답했습니다.",
        )
    return replace(
        finding, result=Result.MET, ask=None, reason="컨소시엄으로 함께 신청할 기업이나 기관이 있다고 답했습니다."
    )


def _named(finding: Finding, program: Program, case: Case, knowledge: Knowledge) -> Finding:
    """That a kind of body the company is ("의료기관") stands beside the size classes in who may apply."""
    industry = squash(case.company.industry or "")
    for kind, *others in knowledge.lexicon.applicants:
        if not any(squash(word) in industry for word in (kind, *others)):
            continue
        said = next((d for d in program.details if d.label in _WHO and squash(kind) in squash(d.text)), None)
        if said:
            return Finding(_criterion(finding, kind, said), Result.MET, f"{topic(kind)} 지원대상에 포함되어 있습니다.")
    return finding


def _criterion(finding: Finding, kind: str, said: Detail) -> Criterion:
    return replace(finding.criterion, text=said.text, evidence=said.evidence, allowed=(kind,))


def _supplying(finding: Finding, case: Case) -> Finding:
    """That a size asked of those who use AI ("수요기업(중견기업), 공급기업") does not shut out a firm that makes it."""
    industry = (case.company.industry or "").lower()
    makes_ai = any(word in industry for word in _AI)
    if finding.result is Result.UNMET and makes_ai and _SUPPLIER.search(finding.criterion.text):
        return replace(finding, result=Result.UNKNOWN, reason=_SUPPLYING, ask=_DO_YOU_SUPPLY)
    return finding


def _aged(finding: Finding, case: Case, as_of: date) -> Finding:
    """Where only the year of founding is known, completed years may be one fewer until the year is over."""
    criterion, founded = finding.criterion, case.company.founded
    if founded is None or (as_of.month, as_of.day) == (12, 31):
        return finding
    years = as_of.year - founded
    if years < 1 or _fits(criterion, years) == _fits(criterion, years - 1):
        return finding
    told = f"{topic(criterion.track)} " if criterion.track else ""
    bound = f"{criterion.minimum}년 이상" if criterion.minimum is not None else f"{criterion.maximum}년 이하"
    reason = f"{told}업력 {bound}이어야 합니다. 설립한 날에 따라 업력이 {years - 1}년이거나 {years}년입니다."
    return replace(finding, result=Result.UNKNOWN, reason=reason, ask=_WHEN_FOUNDED)


def _fits(criterion: Criterion, years: int) -> bool:
    low, high = criterion.minimum, criterion.maximum
    return (low is None or years >= low) and (high is None or years <= high)
