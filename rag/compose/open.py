"""Open questions: a request that no programme or list settles flows in, the best passages or an honest no flow out."""

from __future__ import annotations

import re

from rag.compose.draft import Draft, Statement
from rag.compose.judge import judge
from rag.domain import AnswerStatus, Evidence, Hit
from rag.knowledge import Knowledge
from rag.messages import OUTCOME
from rag.statements import Terms
from rag.understand import Request

_GREETING = re.compile(r"^(?:안녕|반가|고마|감사|hello|hi\b|hey|ㅎㅇ|수고|네\b|넵|ㅋ+|ㅎ+|굿|좋아요)", re.IGNORECASE)
# Words of our subject; a question without any of them is not about support programmes.
_SUBJECT = re.compile(
    r"지원|사업|신청|보조|바우처|바우쳐|훈련|교육|융자|대출|자금|공고|접수|모집|기업|회사|공장|업체|제조|정책|컨설팅|센터|공제|수당|장려|인증"
    r"|ai|인공지능|로봇|솔루션|실증|예산|국비|전화|문의|담당|마감|컨소시엄|소상공인|창업|프로그램|program|support|grant|apply|subsid|loan",
    re.IGNORECASE,
)
_COVERED = 0.5
_SHOWN = 400


def greet_or_leave(request: Request, knowledge: Knowledge) -> Draft | None:
    """A greeting, or a question with no word of our subject."""
    if request.programs or request.profile.needs or _SUBJECT.search(request.text):
        return None
    if request.intents and not _GREETING.match(request.text) and request.question.history:
        return None
    return Draft(AnswerStatus.OUT_OF_SCOPE, (Statement(OUTCOME[AnswerStatus.OUT_OF_SCOPE]),))


def open_question(request: Request, knowledge: Knowledge) -> Draft:
    """The sentences of the best passages; where too little of the question occurs in them, that it is not found."""
    statements = knowledge.statements
    terms = statements.terms(request.text)
    hits = [h for h in knowledge.find(request.text, 5) if statements.coverage(terms, h.chunk.indexed_text) >= _COVERED]
    if not hits:
        return _not_found(knowledge)
    shown = [_passage(hit, terms, knowledge) for hit in hits[:2]]
    names = dict.fromkeys(h.chunk.program for h in hits[:2] if h.chunk.program)
    editions = [p for name in names for p in knowledge.editions(name, request.question.as_of, request.years)]
    matches = tuple(judge(program, request, knowledge) for program in editions)
    return Draft(AnswerStatus.ANSWERED, (Statement("문서에서 찾은 내용입니다."), *shown), matches)


def _not_found(knowledge: Knowledge) -> Draft:
    titles = [s.title for p in knowledge.programs if (s := knowledge.source(p.source_id))]
    searched = ", ".join(dict.fromkeys(titles))
    return Draft(
        AnswerStatus.NOT_FOUND,
        (Statement(OUTCOME[AnswerStatus.NOT_FOUND]), Statement(f"찾아본 문서: {searched}")),
        follow_ups=("지금 신청할 수 있는 사업을 알려 주세요.",),
    )


def _passage(hit: Hit, terms: Terms, knowledge: Knowledge) -> Statement:
    """The line of the chunk nearest the question with the line after it; that line is the quote."""
    chunk = hit.chunk
    lines = [line.strip() for line in chunk.text.split("\n") if line.strip()]
    best = max(range(len(lines)), key=lambda at: knowledge.statements.coverage(terms, lines[at]))
    evidence = Evidence(chunk.source_id, chunk.pages, chunk.section, lines[best])
    return Statement(f"- {' '.join(lines[best : best + 2])[:_SHOWN]}", (evidence,))
