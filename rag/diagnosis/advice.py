"""Advice: a recommended programme and a case flow in; what to mind, what to do, what to prepare flow out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from rag.answering import figures
from rag.conditions.judge import deciding
from rag.diagnosis.amounts import amounts_of
from rag.diagnosis.records import Case, Recommendation
from rag.diagnosis.telling import PHONE, as_line, told
from rag.domain import BenefitKind, Contact, Detail, Match, Period, PeriodStatus, Result, TrackMatch, Verdict
from rag.money import won
from rag.periods import describe, period_status
from rag.saying.draft import Line

_GIVES, _HOW, _PAPERS, _LONG = 3, 2, 4, 150
_NOT_A_PAPER = frozenset({"문의처", "제출서류"})
_FIRST = {
    PeriodStatus.UPCOMING: "아직 접수 전입니다. 공고가 나왔는지 담당 기관에 확인합니다.",
    PeriodStatus.CLOSED: "이번 접수는 끝났습니다. 다음 공고 일정을 담당 기관에 확인합니다.",
    PeriodStatus.UNKNOWN: "지금 접수하고 있는지 담당 기관에 먼저 확인합니다.",
    PeriodStatus.OPEN: "접수 중입니다. 마감 전에 신청합니다.",
    PeriodStatus.ALWAYS: "언제든 신청할 수 있습니다.",
    PeriodStatus.CANCELLED: "취소된 공고입니다. 다시 공고하는지 담당 기관에 확인합니다.",
}
_NO_PERIOD = "신청기간은 문서에서 확인되지 않습니다."
# A bare heading of a numbered part, or a phone, which is told as a contact alone.
_UNFIT = re.compile(rf"^\d+\s*[:.]|{PHONE.pattern}")
_UNTOLD = re.compile(r"확인되지\s*않")
# A remark below the steps; one that speaks of steps by number means a picture that is not there.
_NOTE, _PICTURED = re.compile(r"^\s*※"), re.compile(r"[①-⑳]|매뉴얼|확인되지\s*않")
_CONTINUED = re.compile(r"[,(]\s*계속(?:\s*과제)?\s*\)|계속\s*과제")
_NO_PAPERS = "제출서류는 문서에서 확인되지 않습니다. 담당 기관에 확인해야 합니다."


def advise(
    match: Match, case: Case, contacts: tuple[Contact, ...], doubts: Iterable[Line], as_of: date
) -> Recommendation:
    """Everything a report tells of one programme, for this company on the day; `doubts` end what is to be minded."""
    return Recommendation(
        match=match,
        considerations=tuple(
            dict.fromkeys((*_considerations(match, as_of), *_continued(match), *_support(match, case), *doubts))
        ),
        amounts=amounts_of(match, case),
        steps=_steps(match),
        documents=_documents(match),
        contacts=contacts,
    )


def _considerations(match: Match, as_of: date) -> list[Line]:
    """When one may apply, what it gives, priorities, and what is left to be checked."""
    lines = [_period(period, match, as_of) for period in match.program.periods]
    if not lines:
        lines.append(Line(describe(match.period, match.status, as_of)) if match.period else Line(_NO_PERIOD))
    lines += [told(d, f"{d.label}: ") for d in list(_given(match))[:_GIVES]]
    for finding in match.findings:
        evidence = (finding.criterion.evidence,)
        if not finding.criterion.strict and finding.result is not Result.UNKNOWN:
            lines.append(Line(f"우대: {finding.reason}", evidence))
        elif finding.result is Result.UNKNOWN and finding.ask:
            lines.append(Line(f"확인할 것: {finding.reason}", evidence))
    lines += [_closed(track) for track in match.tracks if track.verdict is Verdict.INELIGIBLE]
    lines += [told(d) for d in match.program.steps if _NOTE.search(d.evidence.quote) and not _PICTURED.search(d.text)]
    return lines


def _given(match: Match) -> Iterator[Detail]:
    """What one company gets; a size of the programme that only counts whom it takes ("20,000개소") is none of that."""
    for detail in match.program.details:
        is_told = detail.label == "지원내용" or (detail.label == "지원규모" and _is_paid(detail.text))
        if is_told and not _UNFIT.search(detail.text):
            yield detail


def _is_paid(text: str) -> bool:
    return figures.has_sum(text) or figures.has_part(text)


def _continued(match: Match) -> Iterator[Line]:
    """That a part goes on with projects chosen before (계속과제), so that it may take no new ones."""
    told = {d.track or d.text: d for d in reversed(match.program.details) if _CONTINUED.search(d.text)}
    for detail in reversed(told.values()):
        what = detail.track or as_line(detail.text)
        said = "이미 뽑은 과제를 이어 가는 것(계속)으로 적혀 있습니다. 새로 신청을 받는지 담당 기관에 먼저 확인합니다."
        yield Line(f"{what}: {said}", (detail.evidence,))


def _support(match: Match, case: Case) -> Iterator[Line]:
    """What is left of this year's training support, where the programme pays for training."""
    left = case.company.support_left
    if left is None or not any(benefit.kind is BenefitKind.TRAINING for benefit in match.program.benefits):
        return
    if left:
        rest = "이 사업의 훈련비가 한도에 들어가는지 담당 기관에 확인합니다."
        yield Line(f"올해 훈련 지원한도에서 {won(left)}이 남았습니다. {rest}")
    else:
        yield Line("올해 훈련 지원한도를 다 썼습니다. 한도와 상관없이 지원하는 부분이 있는지 담당 기관에 확인합니다.")


def _closed(track: TrackMatch) -> Line:
    """That a part of the programme is not for the company, and why."""
    unmet = deciding(track.findings, Result.UNMET)
    reason = " ".join(dict.fromkeys(finding.reason for finding in unmet))
    return Line(f"받을 수 없는 부분: {track.name}. {reason}", tuple(f.criterion.evidence for f in unmet))


def _period(period: Period, match: Match, as_of: date) -> Line:
    track = f"({period.track}) " if period.track else ""
    sentence = describe(period, period_status(period, match.program, as_of), as_of)
    return Line(f"{track}{sentence}", (period.evidence or match.program.evidence,))


def _steps(match: Match) -> tuple[Line, ...]:
    """What the day asks for, how to apply, then the order of things where a document tells it."""
    evidence = (match.period.evidence,) if match.period and match.period.evidence else ()
    how = [d for d in match.program.details if d.label == "신청방법"][:_HOW]
    order = [d for d in match.program.steps if d.label != "제출서류"]
    shown = (d for d in (*how, *order) if not _NOTE.search(d.evidence.quote))
    lines = [_shortly(d) for d in shown if not (PHONE.search(d.text) or _UNTOLD.search(d.text))]
    return tuple(dict.fromkeys((Line(_FIRST[match.status], evidence), *lines)))


def _shortly(detail: Detail) -> Line:
    """A step as a line; a long row of a table ends after its second cell."""
    whole = told(detail)
    return told(replace(detail, text=" · ".join(detail.text.split(" · ")[:2]))) if len(whole.text) > _LONG else whole


def _documents(match: Match) -> tuple[Line, ...]:
    papers = [d for d in match.program.details if d.label == "제출서류" and d.text.strip() not in _NOT_A_PAPER]
    return tuple(told(d) for d in papers[:_PAPERS]) or (Line(_NO_PAPERS),)
