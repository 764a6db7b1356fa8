"""Refusing: a request for private data, orders or promises flows in, a refusal with what can be said flows out."""

from __future__ import annotations

import re

from rag.compose.contact import contacts_of
from rag.compose.draft import Draft, Statement, reach
from rag.domain import AnswerStatus
from rag.knowledge import Knowledge
from rag.messages import NO_FRAUD, NO_GUARANTEE, NO_INSIDE, NO_ORDERS, OUTCOME
from rag.understand import Request

# What the chatbot was told, and papers that no document of ours publishes.
INSIDE = re.compile(
    r"프롬프트|지시문|(?:시스템|초기|내부|숨은|받은|입력된|너한테|너의|네)[^.?!]{0,12}(?:지침|지시|설정|메시지|명령)[^.?!]{0,20}(?:출력|보여|공개|복사|알려|말해|내놔|번역|요약)"
    r"|system\s*prompt|비공개|대외비|내부\s*(?:심사|문서|자료|기준|지침|보안|규정)",
    re.IGNORECASE,
)


def refuse(request: Request, knowledge: Knowledge) -> Draft | None:
    """Private data is not given; orders are not followed; selection is not promised.

    Where the question names a programme, orders and promises are answered with its facts by the later steps.
    """
    if request.wants_private:
        return _private(request, knowledge)
    if request.wants_fraud:
        return Draft(AnswerStatus.REFUSED, (Statement(NO_FRAUD),), follow_ups=_SAFE)
    if request.programs:
        return None
    if INSIDE.search(request.text):
        return Draft(AnswerStatus.REFUSED, (Statement(NO_INSIDE), Statement(NO_ORDERS)), follow_ups=_SAFE)
    if request.gives_orders:
        return Draft(AnswerStatus.REFUSED, (Statement(NO_ORDERS),), follow_ups=_SAFE)
    if request.wants_guarantee:
        return Draft(AnswerStatus.REFUSED, (Statement(NO_GUARANTEE),), follow_ups=_SAFE)
    return None


_SAFE = ("지금 신청할 수 있는 사업을 알려 주세요.",)


def _private(request: Request, knowledge: Knowledge) -> Draft:
    contacts = [
        contact
        for name in request.programs
        for program in knowledge.editions(name, request.question.as_of, request.years)
        for contact in contacts_of(program, request, knowledge)[:2]
    ]
    statements = [Statement(OUTCOME[AnswerStatus.REFUSED])]
    if contacts:
        statements.append(Statement("업무 문의는 문서에 실린 사무실 연락처로 해 주세요."))
        statements.extend(reach(contact) for contact in contacts)
    return Draft(AnswerStatus.REFUSED, tuple(statements), contacts=tuple(contacts))
