"""Asking back: a request that tells too little flows in, the one question that helps, with what there is, flows out."""

from __future__ import annotations

from rag.compose.draft import Draft, Statement
from rag.compose.judge import judge
from rag.compose.rows import OPEN, row
from rag.domain import AnswerStatus, CompanyProfile
from rag.knowledge import Knowledge
from rag.messages import OUTCOME
from rag.understand import OF_ONE, Intent, Request

_ASKED = 12
_LITTLE = 1
# Words that tell no programme from another.
_GENERIC = frozenset(
    {"나라", "돈", "센터", "컨설팅", "기관", "정부", "과제", "자금", "번호", "부담금", "부담", "한도", "규모"}
)


def ask_back(request: Request, knowledge: Knowledge) -> Draft | None:
    """Where a company asks what there is for it and tells nothing of itself: what to tell, and what is open today."""
    is_own = request.has(Intent.FIT) or request.has(Intent.ELIGIBILITY) or request.has(Intent.LIST)
    told = knowledge.statements.terms(request.text).weights
    if request.programs or not is_own or len(told) > _LITTLE:
        return None
    matches = [
        m for p in knowledge.current(request.question.as_of) if (m := judge(p, request, knowledge)).status in OPEN
    ]
    return Draft(
        AnswerStatus.CLARIFY,
        (
            Statement(OUTCOME[AnswerStatus.CLARIFY]),
            Statement("오늘 신청할 수 있는 사업은 다음과 같습니다."),
            *(row(m, request) for m in matches),
        ),
        tuple(matches),
        clarifying_question="어떤 지원(교육, 자금, 설비, 컨설팅)이 필요하고, 회사는 어느 지역의 어떤 업종인가요?",
    )


def ask_which(request: Request, knowledge: Knowledge) -> Draft | None:
    """Where a day, a sum or a phone is asked for and nothing says of what: which programme, with those there are."""
    is_asked = any(request.has(intent) for intent in OF_ONE) and not request.only_open
    is_told = request.programs or request.places or request.organisations or request.profile != CompanyProfile()
    words = knowledge.statements.terms(request.text).weights
    if not is_asked or is_told or request.is_government is not None:
        return None
    if any(weight == 1.0 and not knowledge.lexicon.is_cue(word) and word not in _GENERIC for word, weight in words):
        return None
    current = [judge(p, request, knowledge) for p in knowledge.current(request.question.as_of)]
    matches = sorted(current, key=lambda m: m.status not in OPEN)[:_ASKED]
    return Draft(
        AnswerStatus.CLARIFY,
        (Statement(OUTCOME[AnswerStatus.CLARIFY]), *(row(m, request) for m in matches)),
        tuple(matches),
        clarifying_question="어느 지원사업에 대한 질문인가요? 사업 이름이나 받고 싶은 지원을 알려 주세요.",
    )
