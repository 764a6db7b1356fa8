"""Refusing: a request for private data flows in, a refusal with the office's own contact flows out."""

from __future__ import annotations

from rag.compose.contact import contacts_of
from rag.compose.draft import Draft, Statement, reach
from rag.domain import AnswerStatus
from rag.knowledge import Knowledge
from rag.messages import OUTCOME
from rag.understand import Request


def refuse(request: Request, knowledge: Knowledge) -> Draft | None:
    """Private data is not given; the office number that the documents print is offered instead."""
    if not request.wants_private:
        return None
    statements = [Statement(OUTCOME[AnswerStatus.REFUSED])]
    contacts = []
    for name in request.programs:
        for program in knowledge.editions(name, request.question.as_of, request.years):
            contacts.extend(contacts_of(program, request, knowledge)[:2])
    if contacts:
        statements.append(Statement("업무 문의는 문서에 실린 사무실 연락처로 해 주세요."))
        statements.extend(reach(contact) for contact in contacts)
    return Draft(AnswerStatus.REFUSED, tuple(statements), contacts=tuple(contacts))
