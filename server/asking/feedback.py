"""Feedback: what somebody thought of an answer flows in and is kept; a conversation is forgotten on request."""

from __future__ import annotations

import hashlib
import uuid
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path
from pydantic import BaseModel, Field

from rag.redact import redacted
from server.asking.values import Inbound
from server.clock import now
from server.http.problems import refusals
from server.store.memory import Feedback, Memory

NO_ANSWER = "그런 답변이 없습니다. 답변의 id를 확인해 주세요. 보관 기한이 지나 지워졌을 수도 있습니다."


Conversation = Annotated[str, Path(max_length=200, description="물을 때 보낸 conversation_id")]


class FeedbackIn(Inbound):
    """What somebody thought of an answer."""

    answer_id: Annotated[str, Field(min_length=1, max_length=36, description="답변의 id (`/v1/ask`의 `id`)")]
    useful: Annotated[bool, Field(strict=True, description="도움이 되었는지")]
    reason: Annotated[str, Field(max_length=200)] | None = Field(default=None, description="까닭, 한마디로 (200자까지)")
    comment: Annotated[str, Field(max_length=2000)] | None = Field(
        default=None, description="하고 싶은 말 (2,000자까지). 개인정보는 지웁니다."
    )


class FeedbackOut(BaseModel):
    """That it is kept."""

    id: Annotated[str, Field(description="보관한 의견의 id")]
    answer_id: Annotated[str, Field(description="의견을 남긴 답변의 id")]
    given_at: Annotated[str, Field(description="받은 때 (ISO 8601, 한국 시각)")]


def feedback_routes(memory: Memory) -> APIRouter:
    """`/v1/feedback` and the deletion of a conversation."""
    router = APIRouter(prefix="/v1", tags=["질문"])

    @router.post("/feedback", summary="답변이 도움이 되었는지 남깁니다", status_code=201, responses=refusals(404))
    def feedback(given: FeedbackIn) -> FeedbackOut:
        kept = Feedback(
            id=str(uuid.uuid4()),
            answer=given.answer_id,
            given_at=now(),
            useful=given.useful,
            reason=redacted(given.reason) if given.reason else None,
            comment=redacted(given.comment) if given.comment else None,
        )
        if not memory.judge(kept):
            raise HTTPException(404, NO_ANSWER)
        return FeedbackOut(id=kept.id, answer_id=kept.answer, given_at=kept.given_at)

    @router.delete("/conversations/{conversation_id}", summary="한 대화의 답변과 의견을 지웁니다", status_code=204)
    def forget(
        conversation_id: Conversation,
    ) -> None:
        memory.forget_conversation(conversation(conversation_id))

    return router


def conversation(id_: str) -> str:
    """Under what a conversation is kept: callers choose ids, which may say who they are, so only a digest of one."""
    return hashlib.sha256(id_.encode()).hexdigest()
