"""Judging: a programme and a request flow in, the programme matched against what the request tells flows out."""

from __future__ import annotations

from rag.domain import Match, Program
from rag.knowledge import Knowledge
from rag.match import match_program
from rag.understand import Request


def judge(program: Program, request: Request, knowledge: Knowledge) -> Match:
    """The match of one programme on the request's day, for the track its words name."""
    return match_program(
        program,
        request.profile,
        request.question.as_of,
        knowledge.gazetteer,
        is_government=request.is_government,
        words=request.text,
    )
