"""Judging: a programme and a request flow in, the programme matched against what the request tells flows out."""

from __future__ import annotations

import re
from dataclasses import replace

from rag.domain import Criterion, CriterionField, Finding, Match, Program, Result, Verdict
from rag.knowledge import Knowledge
from rag.match import match_program
from rag.understand import Request

_JOBLESS = re.compile(r"무직|백수|실업자|실직|취준|구직\s*중|일을?\s*쉬고|미취업")
_AT_WORK = re.compile(r"재직|종사하는")
_SEEKERS = re.compile(r"미취업|구직|취업준비|실업")


def judge(program: Program, request: Request, knowledge: Knowledge) -> Match:
    """The match of one programme on the request's day, for the track its words name."""
    match = match_program(
        program,
        request.profile,
        request.question.as_of,
        knowledge.gazetteer,
        is_government=request.is_government,
        words=request.text,
    )
    shut_out = _not_at_work(program) if _JOBLESS.search(request.text) else None
    return replace(match, findings=(shut_out, *match.findings), verdict=Verdict.INELIGIBLE) if shut_out else match


def _not_at_work(program: Program) -> Finding | None:
    """That somebody without work is not meant, where the programme is for people at work and says of no others."""
    said = [d for d in program.details if d.label == "지원대상"]
    for_workers = next((d for d in said if _AT_WORK.search(d.text)), None)
    if for_workers is None or any(_SEEKERS.search(d.text) for d in program.details):
        return None
    criterion = Criterion(CriterionField.APPLICANT, for_workers.text, for_workers.evidence, allowed=("재직 근로자",))
    return Finding(criterion, Result.UNMET, "재직 근로자가 대상이며, 일하고 있지 않은 사람은 해당하지 않습니다.")
