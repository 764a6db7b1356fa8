"""Rows: a match flows in, the line that shows a programme with its standing on the day flows out."""

from __future__ import annotations

from rag.compose.corrections import body_evidence
from rag.compose.draft import Statement
from rag.domain import Match, PeriodStatus
from rag.messages import STANDING
from rag.periods import describe
from rag.understand import Request

# A reader can apply to these today.
OPEN = (PeriodStatus.OPEN, PeriodStatus.ALWAYS)


def row(match: Match, request: Request) -> Statement:
    """One line: the programme, who runs it, its standing and its period, cited."""
    period = match.period
    told = describe(period, match.status, request.question.as_of) if period else ""
    of_ministry = body_evidence(match.program, ("소관부처",))
    evidence = (match.program.evidence, *of_ministry, *((period.evidence,) if period and period.evidence else ()))
    bodies = " · ".join(dict.fromkeys(filter(None, (match.program.ministry, match.program.agency))))
    return Statement(f"- **{match.program.name}** ({bodies}) [{STANDING[match.status]}] {told}", evidence)
