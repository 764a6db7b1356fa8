"""Publishing routes: candidates and staff's decisions flow in by HTTP; checks, and what is served, flow out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response

from rag.publishing.items import Check
from server.clock import now
from server.http.keys import Holder, Keys, staff_only
from server.http.problems import problem, refusals, request_id_of
from server.http.queries import then_known
from server.publishing.publishing import Publishing
from server.publishing.publishing_wire import (
    LONGEST,
    CheckOut,
    GenerationOut,
    PublishedOut,
    PublishIn,
    RollbackIn,
    check_out,
    generation_out,
    published_out,
)
from server.publishing.refused import PublishRefused
from server.store.checks import Decision

Candidate = Annotated[str, Path(description="색인 판의 번호", min_length=1, max_length=LONGEST)]


def publishing_routes(
    publishing: Publishing, look: Callable[[str, date], Check], keys: Keys, today: Callable[[], date]
) -> APIRouter:
    """The routes below `/v1/corpus`, each behind the key; `look` is what checks a candidate on a day."""
    behind = [Depends(staff_only(keys)), Depends(then_known)]
    router = APIRouter(prefix="/v1/corpus", tags=["직원"], dependencies=behind)

    @router.get("/generations", summary="색인 판 목록")
    def every_generation() -> list[GenerationOut]:
        return list(map(generation_out, publishing.standings()))

    @router.post("/check/{generation}", summary="새 판을 지금 쓰는 판과 견줍니다", responses=refusals(409))
    def check(request: Request, generation: Candidate) -> CheckOut:
        found = publishing.check(generation, partial(look, generation, today()), now(), _holder(request).person)
        return check_out(found)

    @router.post("/publish/{generation}", summary="확인한 판을 쓰기 시작합니다", responses=refusals(409))
    def publish(request: Request, generation: Candidate, sent: PublishIn | None = None) -> PublishedOut:
        sent = sent or PublishIn()
        decision = _decision(request, sent.reason.strip())
        done = publishing.publish(generation, decision, sent.accept, force=sent.force)
        return published_out(done, decision.at, decision.person, decision.reason)

    @router.post("/rollback", summary="전에 쓰던 판으로 되돌립니다", responses=refusals(404, 409))
    def roll_back(request: Request, sent: RollbackIn | None = None) -> PublishedOut:
        sent = sent or RollbackIn()
        decision = _decision(request, sent.reason.strip())
        done = publishing.roll_back(sent.generation)
        return published_out(done, decision.at, decision.person, decision.reason)

    return router


async def refused_problem(request: Request, error: Exception) -> Response:
    """What cannot be done, as a problem."""
    assert isinstance(error, PublishRefused)
    return problem(error.status, str(error), request_id_of(request))


HANDLERS = {PublishRefused: refused_problem}


def _decision(request: Request, reason: str) -> Decision:
    """Who decides, when and why; the entry writes the reason down beside what was done."""
    request.state.reason = reason
    holder = _holder(request)
    return Decision(holder.person, holder.id, now(), reason)


def _holder(request: Request) -> Holder:
    holder = request.state.holder
    assert isinstance(holder, Holder)  # nobody comes this far without a key
    return holder
