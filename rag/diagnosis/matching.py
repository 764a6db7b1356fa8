"""Matching a case: a programme and a case flow in; it flows out judged by the profile and by what the survey tells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from rag.conditions.judge import judge, verdict_of
from rag.diagnosis.needs import applicant_of
from rag.diagnosis.records import Case
from rag.domain import CriterionField, Detail, Finding, Match, Program, Result, Verdict
from rag.korean import topic
from rag.shelf import Shelf
from rag.text import squash
from rag.tracks import asked_track

_WHO = ("지원대상", "도입기업")
_ALONE, _JOINED = "혼자 신청", "컨소시엄 있음"


def match_case(program: Program, case: Case, as_of: date, shelf: Shelf, need: str = "") -> Match:
    """One programme judged for the company, its partners and the kind of body it is, for the track the need names."""
    company = replace(case.company.profile, is_government=applicant_of(case))
    told, track = (*_partners(case), *case.company.circumstances), asked_track(program, need)
    match = judge(program, company, told, as_of, shelf.gazetteer, track)
    if match.verdict is Verdict.INELIGIBLE:
        # What is wanted may be had by another track than the one that its words come nearest to.
        match = judge(program, company, told, as_of, shelf.gazetteer)
    return _settled(match, lambda finding: _named(finding, program, case, shelf))


def _partners(case: Case) -> tuple[str, ...]:
    """Whether the company has others to apply with, as a circumstance; nothing where it was not asked."""
    reply = case.reply("partners")
    if reply is None:
        return ()
    return (_ALONE,) if reply.options == ("no",) else (_JOINED,)


def _settled(match: Match, settle: Callable[[Finding], Finding]) -> Match:
    """The match with every finding settled, its verdicts with them."""

    def verdict(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        return tuple(map(settle, findings))

    tracks = tuple(
        replace(t, findings=verdict(t.findings), verdict=verdict_of(verdict(t.findings)) if t.verdict else None)
        for t in match.tracks
    )
    findings = verdict(match.findings)
    return replace(
        match, findings=findings, tracks=tracks, verdict=verdict_of(findings) if match.verdict is not None else None
    )


def _named(finding: Finding, program: Program, case: Case, shelf: Shelf) -> Finding:
    """That a kind of body the company is ("의료기관") stands beside the size classes in who may apply."""
    if finding.criterion.field is not CriterionField.SIZE or finding.result is Result.MET:
        return finding
    industry = squash(case.company.industry or "")
    for kind, *others in shelf.lexicon.applicants:
        if not any(squash(word) in industry for word in (kind, *others)):
            continue
        said = next((d for d in program.details if d.label in _WHO and squash(kind) in squash(d.text)), None)
        if said:
            return _listed(finding, kind, said)
    return finding


def _listed(finding: Finding, kind: str, said: Detail) -> Finding:
    criterion = replace(finding.criterion, text=said.text, evidence=said.evidence, allowed=(kind,))
    return Finding(criterion, Result.MET, f"{topic(kind)} 지원대상에 들어 있습니다.", track=finding.track)
