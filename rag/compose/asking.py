"""Asking back: a request that tells too little flows in, the one question that helps, with what there is, flows out."""

from __future__ import annotations

import re

from rag.compose.draft import Draft, Statement, table
from rag.compose.judge import judge
from rag.compose.needs import giving
from rag.compose.rows import OPEN, row
from rag.compose.short import ASKED, asked_of
from rag.domain import AnswerStatus, CompanyProfile, Match
from rag.knowledge import Knowledge
from rag.messages import OUTCOME
from rag.understand import OF_ONE, Intent, Request

_SHOWN = 12
_LITTLE = 1
_BRIEF = 6
_ANY_SUM = re.compile(r"지원금|보조금|장려금")


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
    """Where a day, a sum or a phone is asked for and nothing says of what: which programme, with the fact of each.

    Of a kind of support that several programmes give ("그 컨설팅") only those are told.
    """
    facts = asked_of(request)
    is_asked = (facts or any(request.has(intent) for intent in OF_ONE)) and not request.only_open
    is_told = request.programs or request.places or request.organisations or request.profile != CompanyProfile()
    # Of an English question only the words of ours are read, so that little of it looks like little said.
    if request.is_english and len(request.question.text.split()) > _BRIEF:
        return None
    if not is_asked or is_told or request.is_government is not None:
        return None
    kinds = giving(_ANY_SUM.sub(" ", request.text), knowledge)
    if not is_bare(request, knowledge, has_kind=bool(kinds)) or (kinds and not facts):
        return None
    of_kind = [p for p in knowledge.current(request.question.as_of) if not kinds or p.id in kinds]
    if kinds and (len(of_kind) < 2 or len(knowledge.lexicon.programs_described(request.text)) == 1):
        return None
    matches = sorted((judge(p, request, knowledge) for p in of_kind), key=lambda m: m.status not in OPEN)[:_SHOWN]
    return Draft(
        AnswerStatus.CLARIFY,
        (Statement("사업마다 다릅니다."), *_told(matches, facts, request, knowledge)),
        tuple(matches),
        clarifying_question="어느 지원사업에 대한 질문인가요? 사업 이름이나 받고 싶은 지원을 알려 주세요.",
    )


def _told(matches: list[Match], facts: tuple[str, ...], request: Request, knowledge: Knowledge) -> list[Statement]:
    """The programmes with what is asked of each, side by side; without anything asked, a line each."""
    if not facts:
        return [row(match, request) for match in matches]
    rows = [
        (f"**{match.program.name}**", [ASKED[fact](match, request, knowledge) for fact in facts]) for match in matches
    ]
    return table(["사업", *facts], rows)


def is_bare(request: Request, knowledge: Knowledge, *, has_kind: bool = False) -> bool:
    """Whether no word of the question tells one programme from another, but for a kind of support."""
    words = [word for word, weight in knowledge.statements.terms(request.text).weights if weight == 1.0]
    own = [word for word in words if not knowledge.lexicon.is_cue(word) and word not in knowledge.lexicon.generic]
    return all(has_kind and giving(word, knowledge) for word in own)
