"""The reply: an Answer flows in, the response of `/v1/ask` flows out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, Field

from rag.announced import posted
from rag.domain import Answer, AnswerMode, AnswerStatus, Card, Source
from rag.messages.of_staff import ANNOUNCED
from rag.plan import to_json
from server.asking.announced_wire import AnnouncementOut, Checked, announcements_out
from server.asking.making import citation_out, contact_out, program_out
from server.asking.records import CitationOut, ContactOut, ProgramOut


class ActionOut(BaseModel):
    """What a reader may do next with one tap; `href` is a number, a page, or a path of this service."""

    kind: Literal["call", "apply", "calendar", "page"] = Field(
        description="무엇을 하는지: call(전화), apply(신청), calendar(달력), page(쪽 보기)"
    )
    label: str = Field(description="단추에 적을 글")
    href: str = Field(description="전화번호(tel:), 주소나 이 서버의 경로")


class CardOut(BaseModel):
    """The answer as a card: its lines with their marks, what one may do next, and what one may tap in reply."""

    lines: list[str] = Field(description="답변의 첫 줄과 뒷받침하는 줄. 출처 번호가 붙습니다.")
    actions: list[ActionOut] = Field(description="다음에 할 수 있는 것")
    replies: list[str] = Field(description="눌러서 대답할 수 있는 말")


class AskResponse(BaseModel):
    """An answer with everything it rests on; `plan` is the question as it was read, without what stands at its default.

    `plan` and `card` are null where an answer was made without them.
    """

    id: str = Field(description="답변의 id. /v1/feedback의 answer_id에 씁니다.")
    status: AnswerStatus = Field(description="답변이 어떻게 끝났는지")
    answer: str = Field(description="답변(마크다운). [1]처럼 출처 번호가 붙습니다. 영어로 물으면 영어입니다.")
    programs: list[ProgramOut] = Field(description="답변이 추천하거나 다루는 지원사업. 나은 것부터")
    contacts: list[ContactOut] = Field(description="답변이 알려 주는 문의처")
    citations: list[CitationOut] = Field(description="출처 번호마다 원문의 문서, 쪽, 글")
    clarifying_question: str | None = Field(description="답하는 데 더 필요한 것을 묻는 말. 없으면 null")
    follow_ups: list[str] = Field(description="이어서 물어볼 만한 말")
    as_of: date = Field(description="기준일(YYYY-MM-DD)")
    generation: str = Field(description="답한 색인 판의 번호")
    mode: AnswerMode = Field(description="누가 글을 썼는지")
    degraded: bool = Field(description="언어 모델이 쓰지 못해 규칙만으로 답했는지")
    took_ms: int = Field(description="답하는 데 걸린 시간(밀리초)")
    plan: dict[str, Any] | None = Field(description="물음을 읽은 결과. 기본값인 것은 뺍니다. 없으면 null")
    card: CardOut | None = Field(description="답변을 카드로 줄인 것. 없으면 null")
    announcements: list[AnnouncementOut] = Field(default=[], description=ANNOUNCED)
    announcements_read: bool = Checked


def response(
    answer: Answer, source_of: Callable[[str], Source | None], answer_id: str, generation: str, took_ms: int
) -> AskResponse:
    """The answer as callers get it; `source_of` names the document behind each citation.

    Raises IndexDamaged when a citation points to a document that the catalogue does not know.
    """
    return AskResponse(
        id=answer_id,
        status=answer.status,
        answer=answer.text,
        programs=[program_out(match, answer.as_of, answer.mark_of) for match in answer.matches],
        contacts=[contact_out(contact, answer.mark_of) for contact in answer.contacts],
        citations=[citation_out(citation, source_of) for citation in answer.citations],
        clarifying_question=answer.clarifying_question,
        follow_ups=list(answer.follow_ups),
        as_of=answer.as_of,
        generation=generation,
        mode=answer.mode,
        degraded=answer.degraded,
        took_ms=took_ms,
        plan=to_json(answer.plan) if answer.plan else None,
        card=_card(answer.card) if answer.card else None,
        announcements=announcements_out(posted().touching((m.program for m in answer.matches), answer.as_of)),
    )


def _card(card: Card) -> CardOut:
    actions = [ActionOut.model_validate(action, from_attributes=True) for action in card.actions]
    return CardOut(lines=list(card.lines), actions=actions, replies=list(card.replies))
