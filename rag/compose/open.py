"""Open questions: a request that no programme or list settles flows in, the best passages or an honest no flow out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from rag.compose.draft import Draft, Statement
from rag.compose.gaps import unknown_scheme
from rag.compose.judge import judge
from rag.domain import AnswerStatus, Evidence, Hit
from rag.knowledge import Knowledge
from rag.korean import with_particle
from rag.messages import OUTCOME
from rag.trust import REACH
from rag.understand import Intent, Request

_GREETING = re.compile(r"^(?:안녕|반가|고마|감사|hello|hi\b|hey|ㅎㅇ|수고|네\b|넵|ㅋ+|ㅎ+|굿|좋아요)", re.IGNORECASE)
# Words of our subject; a question without any of them is not about support programmes.
_SUBJECT = re.compile(
    r"지원|사업|신청|보조|바우처|바우쳐|훈련|교육|융자|대출|자금|공고|접수|모집|기업|회사|공장|업체|제조|정책|컨설팅|센터|공제|수당|장려|인증"
    r"|ai|인공지능|로봇|솔루션|실증|예산|국비|전화|문의|담당|마감|컨소시엄|소상공인|창업|프로그램|program|support|grant|apply|subsid|loan",
    re.IGNORECASE,
)
_COVERED = 0.5
_PARTLY = 0.3
_SHOWN = 400
_PASSAGES = 3
_NUMBER = re.compile(r"몇|얼마|퍼센트|프로|비율|률\b|비중|how (?:many|much)", re.IGNORECASE)
_FIGURE = 0.3
_ON_PAGE = "(번호와 주소는 원본에서 확인)"
_PHONE = re.compile(r"\d{2,3}-\d{3,4}-\d{4}|1[568]\d\d-\d{4}")


def greet_or_leave(request: Request, knowledge: Knowledge) -> Draft | None:
    """A greeting, or a question with no word of our subject."""
    if request.programs or request.profile.needs or _SUBJECT.search(request.text):
        return None
    if request.intents and not _GREETING.match(request.text) and request.question.history:
        return None
    asks = request.has(Intent.FIT) or request.has(Intent.PROCESS)
    if not _GREETING.match(request.text) and (
        _covered(request.text, knowledge) or (asks and _near(request.text, knowledge))
    ):
        return None
    return Draft(AnswerStatus.OUT_OF_SCOPE, (Statement(OUTCOME[AnswerStatus.OUT_OF_SCOPE]),))


def other_scheme(request: Request, knowledge: Knowledge) -> Draft | None:
    """A question about a scheme that no document names: said so, and nothing near it passed off for it."""
    name = None if request.programs else unknown_scheme(request, knowledge)
    if name is None:
        return None
    not_found = _not_found(knowledge)
    said = Statement(f"{with_particle(name, '은', '는')} 등록된 문서에서 확인되지 않습니다.")
    return replace(not_found, statements=(said, *not_found.statements[1:]))


def _near(text: str, knowledge: Knowledge) -> bool:
    """Whether some passage speaks of at least a part of the question."""
    terms = knowledge.statements.terms(text)
    return any(knowledge.statements.coverage(terms, h.chunk.indexed_text) >= _PARTLY for h in knowledge.find(text, 3))


def _covered(text: str, knowledge: Knowledge) -> list[Hit]:
    """The best passages in which enough of the text's words occur."""
    terms = knowledge.statements.terms(text)
    return [
        h for h in knowledge.find(text, 5) if knowledge.statements.coverage(terms, h.chunk.indexed_text) >= _COVERED
    ]


def open_question(request: Request, knowledge: Knowledge) -> Draft:
    """The lines of the best passages; where too little of the question occurs in them, that it is not found."""
    terms = knowledge.statements.terms(request.text)
    number = bool(_NUMBER.search(request.text))

    def fit(words: str) -> float:
        """How much of the question the words hold; a question for a figure wants one."""
        return knowledge.statements.coverage(terms, words) + _FIGURE * (number and bool(re.search(r"\d", words)))

    found = _covered(request.text, knowledge)
    best = {h: max(fit(line) for line in h.chunk.text.split("\n")) for h in found}
    hits = sorted(found, key=lambda h: -(h.score + best[h]))[:_PASSAGES]
    shown = [passage for hit in hits if (passage := _passage(hit, fit, knowledge))]
    if not shown:
        return _not_found(knowledge)
    names = dict.fromkeys(h.chunk.program for h in hits if h.chunk.program)
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


def _passage(hit: Hit, fit: Callable[[str], float], knowledge: Knowledge) -> Statement | None:
    """The line of the chunk nearest the question and the line after it, each with the words it was made from."""
    lines = [line.strip() for line in hit.chunk.text.split("\n") if line.strip()]
    best = max(range(len(lines)), key=lambda at: fit(lines[at]))
    shown = [line for line in lines[best : best + 2] if not _PHONE.search(line) or line == lines[best]]
    found = [(line, knowledge.evidence(hit.chunk, line)) for line in shown]
    told = re.sub(r"^[•\-*]\s*", "", " ".join(_sure(line, evidence, knowledge) for line, evidence in found))
    cited = tuple(evidence for _, evidence in found if evidence)
    return Statement(f"- {told[:_SHOWN]}", cited) if cited else None


def _sure(line: str, evidence: Evidence | None, knowledge: Knowledge) -> str:
    """The line without the numbers and addresses that may have been misread from a picture of its page."""
    source = knowledge.source(evidence.source_id) if evidence else None
    return REACH.sub(_ON_PAGE, line) if source and evidence and source.is_recognised(evidence.pages) else line
