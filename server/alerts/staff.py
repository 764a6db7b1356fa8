"""The outbox for staff: how many letters wait, went and died flows out; a dead one is tried again on request."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Path
from pydantic import BaseModel, Field

from server.http.keys import Keys, staff_only
from server.http.problems import refusals
from server.http.queries import then_known
from server.staff.corpus import Page, PerPage
from server.store.outbox import Outbox, Stage
from server.store.subscriptions import Channel

NO_LETTER = "다시 보낼 수 있는 알림이 아닙니다. GET /v1/corpus/outbox의 dead에서 id를 확인해 주세요."


class DeadOut(BaseModel):
    """A letter that is not tried any more; whose it is, nobody is told."""

    id: str = Field(description="보낼 알림의 id")
    channel: Channel = Field(description="어떻게 보내려 했는지")
    due: str = Field(description="어느 날의 알림인지(YYYY-MM-DD)")
    attempts: int = Field(description="몇 번 보내려 했는지")
    last_at: str = Field(description="마지막으로 보내려 한 때(ISO 8601, 한국)")
    error: str = Field(description="보내지 못한 까닭")


class OutboxOut(BaseModel):
    """How sending stands."""

    counts: dict[Stage, int] = Field(
        description="queued(기다림), sending(보내는 중), sent(보냄, 30일 동안), dead(그만둠)마다의 수"
    )
    dead: list[DeadOut] = Field(description="그만둔 것. 마지막의 것부터")
    page: int = Field(description="몇째 쪽인지. 1부터 셉니다.")
    per_page: int = Field(description="한 쪽에 몇 개까지인지")
    total: int = Field(description="그만둔 것이 모두 몇 개인지")


class Retried(BaseModel):
    """That it is tried again."""

    id: str = Field(description="보낼 알림의 id")
    state: Stage = Field(description="이제 기다립니다(queued).")


def outbox_routes(outbox: Outbox, keys: Keys, clock: Callable[[], datetime]) -> APIRouter:
    """`/v1/corpus/outbox`, behind the key of staff."""
    behind = [Depends(staff_only(keys)), Depends(then_known)]
    router = APIRouter(prefix="/v1/corpus", tags=["직원"], dependencies=behind)

    @router.get("/outbox", summary="보낼 알림과 보내지 못한 알림")
    def outbox_standing(page: Page = 1, per_page: PerPage = 100) -> OutboxOut:
        counts = outbox.counts()
        graves = outbox.graves((page - 1) * per_page, per_page)
        return OutboxOut(
            counts=counts,
            dead=[DeadOut.model_validate(one, from_attributes=True) for one in graves],
            page=page,
            per_page=per_page,
            total=counts[Stage.DEAD],
        )

    @router.post("/outbox/{letter}/retry", summary="보내지 못한 알림을 다시 보냅니다", responses=refusals(404))
    def retry_letter(letter: Annotated[str, Path(max_length=64, description="보낼 알림의 id")]) -> Retried:
        if not outbox.retry(letter, clock().isoformat(timespec="seconds")):
            raise HTTPException(404, NO_LETTER)
        return Retried(id=letter, state=Stage.QUEUED)

    return router
