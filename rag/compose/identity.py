"""Identity: a short question on who or what answers flows in, that a machine does flows out."""

from __future__ import annotations

import re

from rag.compose.draft import Draft, Statement
from rag.domain import AnswerStatus
from rag.knowledge import Knowledge
from rag.messages import IDENTITY
from rag.understand import Request

# Who or what is answering, in a short question for nothing else.
_IDENTITY = re.compile(
    r"(?:사람|로봇|챗봇|기계|컴퓨터|에이아이|AI|인공지능|상담원|직원|GPT|지피티)\s*(?:이?\s*(?:야|니|냐|에요|예요|세요|신가요|신지|ㄴ가)|인가요?|인지|입니까|임|맞[아나냐니]|이?긴\s*(?:해|하|한가|한지)|이랑|하고)"
    r"|정체가|(?:너|넌|당신)\s*(?:은|는|이름)?\s*(?:누구|뭐|이름|뭔데)|누가\s*(?:답|대답)|are\s+you\s+(?:a\s+)?(?:human|real|robot|bot|an?\s+ai|person)",
    re.IGNORECASE,
)
# "직원이세요?" asks who answers, "우리 회사 직원인데" tells who asks.
_APPLICANT = re.compile(r"인데|이라|입니다|거든|회사|업체|기업|공장|우리|저희|지원|신청|교육|훈련|도입|받을|번호|전화")
_SHORT = 40


def introduce(request: Request, knowledge: Knowledge) -> Draft | None:
    """That a machine answers, for a short question on nothing else."""
    text = request.text
    if request.programs or len(text) > _SHORT or not _IDENTITY.search(text) or _APPLICANT.search(text):
        return None
    return Draft(AnswerStatus.OUT_OF_SCOPE, (Statement(IDENTITY),))
