"""Staff routes: the service and the operator's key flow in; what became of the corpus flows out, to staff alone."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from server.asking.values import Day
from server.desks.desks import Desk, Desks
from server.http.keys import Keys, staff_only
from server.http.queries import then_known
from server.review.review import FilePage, file_page

AsOf = Annotated[Day | None, Query(description="기준일(YYYY-MM-DD). 비우면 오늘(한국)입니다.", examples=["2026-03-20"])]
Page = Annotated[int, Query(ge=1, le=100_000, description="몇째 쪽인지. 1부터 셉니다.")]
PerPage = Annotated[int, Query(ge=1, le=500, description="한 쪽에 몇 개까지인지")]


def staff_routes(desks: Desks, keys: Keys) -> APIRouter:
    """The routes below `/v1/corpus`, each behind the key."""
    behind = [Depends(staff_only(keys)), Depends(then_known)]
    router = APIRouter(prefix="/v1/corpus", tags=["직원"], dependencies=behind)

    @router.get("/documents", summary="문서와 읽은 결과")
    async def documents(page: Page = 1, per_page: PerPage = 100) -> FilePage:
        return await desks.run(_files, page, per_page)

    return router


def _files(desk: Desk, page: int, per_page: int) -> FilePage:
    return file_page(desk.catalogue, desk.record, page, per_page)
