"""The catalogue over HTTP: filters flow in; pages of programmes, and one with all its facts, flow out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query

from rag.domain import BenefitKind, PeriodStatus, SizeClass
from server.asking.wire import Day
from server.desks.desks import Desks
from server.portal.listing import Filters, ProgramDetail, ProgramPage, program_detail, program_page

Shown = Annotated[str | None, Query(min_length=1, max_length=200)]
NO_PLACE = "region: 모르는 지역입니다. '경기도 화성시'처럼 시·도나 시·군·구를 적어 주세요."


def catalogue_routes(desks: Desks, today: Callable[[], date]) -> APIRouter:
    """`/v1/programs` and `/v1/programs/{id}`."""
    router = APIRouter(prefix="/v1", tags=["지원사업"])

    @router.get("/programs", summary="지원사업 목록")
    async def programs(
        q: Shown = None,
        status: PeriodStatus | None = None,
        region: Shown = None,
        ministry: Shown = None,
        kind: BenefitKind | None = None,
        size: SizeClass | None = None,
        as_of: Day | None = None,
        page: Annotated[int, Query(ge=1, le=100_000)] = 1,
        per_page: Annotated[int, Query(ge=1, le=100)] = 20,
    ) -> ProgramPage:
        filters = Filters(q, status, region, ministry, kind, size)
        found = await desks.run(program_page, filters, as_of or today(), page, per_page)
        if found is None:
            raise HTTPException(422, NO_PLACE)
        return found

    @router.get("/programs/{program_id}", summary="지원사업 하나의 모든 내용")
    async def program(program_id: str, as_of: Day | None = None) -> ProgramDetail:
        found = await desks.run(program_detail, program_id, as_of or today())
        if found is None:
            raise HTTPException(404, "그런 지원사업이 없습니다. /v1/programs에서 id를 확인해 주세요.")
        return found

    return router
