"""Matching a case: a programme and a case flow in; it flows out judged by the profile and by what the survey tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rag.diagnosis.needs import applicant_of
from rag.diagnosis.records import Case
from rag.domain import Criterion, CriterionField, Detail, Finding, Match, Program, Result
from rag.knowledge import Knowledge
from rag.korean import topic
from rag.match import match_program, verdict_of
from rag.text import squash

_WHO = ("지원대상", "도입기업")


def match_case(program: Program, case: Case, as_of: date, knowledge: Knowledge) -> Match:
    """One programme judged for the company, its partners and the kind of body it is."""
    match = match_program(program, case.company.profile, as_of, knowledge.gazetteer, is_government=applicant_of(case))
    findings = tuple(_settled(finding, match, case, knowledge) for finding in match.findings)
    return replace(match, findings=findings, verdict=verdict_of(findings) if match.verdict is not None else None)


def _settled(finding: Finding, match: Match, case: Case, knowledge: Knowledge) -> Finding:
    if finding.criterion.field is CriterionField.CONSORTIUM and finding.result is Result.UNKNOWN:
        return _partners(finding, case)
    if finding.criterion.field is CriterionField.SIZE and finding.result is not Result.MET:
        return _named(finding, match.program, case, knowledge)
    return finding


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
