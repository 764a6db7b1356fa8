"""The catalogue over HTTP: filters flow in; programmes, matches, contacts and days flow out, fresh for their day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query, Request, Response

from rag.domain import BenefitKind, PeriodStatus, SizeClass
from server.asking.values import PLACE, Day
from server.desks.desks import Desks
from server.http.fresh import CALENDAR, JSON, RESPONSES, Refusal, fresh, read, wanted
from server.http.problems import refusals
from server.portal.calendar import calendar
from server.portal.deadlines import LONGEST_SPAN, Days, DeadlineList, days_of, deadline_list
from server.portal.filters import MOST_AMOUNT, Filters, Sort
from server.portal.listing import ProgramDetail, ProgramPage, program_detail, program_page
from server.portal.matching import MatchPage, MatchRequest, match_page
from server.portal.offices import ContactPage, contact_page

_PAGES = Query(ge=1, le=100_000, description="몇째 쪽인지. 1부터 셉니다.")
_PER_PAGE = Query(ge=1, le=100, description="한 쪽에 몇 개까지인지")
Region = Annotated[
    str | None,
    Query(
        min_length=1,
        max_length=200,
        description="시·도나 시·군·구. 모르는 지역은 422입니다. 지역을 읽지 못한 사업은 in_region이 unknown입니다.",
        examples=["경기도 화성시"],
        json_schema_extra=PLACE,
    ),
]
Kind = Annotated[BenefitKind | None, Query(description="지원의 종류")]
AsOf = Annotated[Day | None, Query(description="기준일(YYYY-MM-DD). 비우면 오늘(한국)입니다.", examples=["2026-03-20"])]
PageAt = Annotated[int, _PAGES]
PerPage = Annotated[int, _PER_PAGE]
First = Annotated[
    Day | None, Query(alias="from", description="첫날(YYYY-MM-DD). 비우면 오늘입니다.", examples=["2026-03-20"])
]
Last = Annotated[
    Day | None,
    Query(alias="to", description="마지막 날(YYYY-MM-DD). 비우면 첫날부터 30일, 길어도 366일입니다."),
]
Amount = Annotated[
    int | None, Query(ge=0, le=MOST_AMOUNT, description="한 기업이 받을 수 있는 금액이 이만큼은 되는 것(원)")
]
Within = Annotated[int | None, Query(ge=0, le=LONGEST_SPAN, description="접수 중이고 이 날수 안에 마감하는 것(일)")]
Opens = Annotated[bool, Query(description="시작하는 날도 볼지")]


def catalogue_routes(desks: Desks, today: Callable[[], date]) -> APIRouter:
    """`/v1/programs`, `/v1/programs/{id}`, `/v1/match`, `/v1/contacts`, `/v1/deadlines` and `/v1/deadlines.ics`."""
    router = APIRouter(prefix="/v1", tags=["지원사업"])

    @router.get("/programs", summary="지원사업 목록", response_model=ProgramPage, responses=RESPONSES)
    async def programs(
        request: Request,
        q: Annotated[str | None, Query(min_length=1, max_length=200, description="모두 들어 있어야 할 말")] = None,
        status: Annotated[PeriodStatus | None, Query(description="기준일의 접수 상태")] = None,
        region: Region = None,
        ministry: Annotated[str | None, Query(min_length=1, max_length=200, description="부처 이름의 일부")] = None,
        kind: Kind = None,
        size: Annotated[SizeClass | None, Query(description="신청할 수 있는 기업 규모")] = None,
        amount: Amount = None,
        within: Within = None,
        sort: Annotated[Sort, Query(description="마감이 이른 순, 이름 순, 새로운 해 순, 금액이 큰 순")] = Sort.NEWEST,
        as_of: AsOf = None,
        page: PageAt = 1,
        per_page: PerPage = 20,
    ) -> Response:
        day = as_of or today()
        closes_by = None if within is None else day + timedelta(within)
        filters = Filters(q, status, region, ministry, kind, size, amount, closes_by)
        return fresh(await desks.run(read, wanted(request, day), program_page, filters, sort, day, page, per_page))

    @router.get(
        "/programs/{program_id}",
        summary="지원사업 하나의 모든 내용",
        response_model=ProgramDetail,
        responses=RESPONSES | refusals(404),
    )
    async def program(
        request: Request,
        program_id: Annotated[str, Path(description="GET /v1/programs의 id")],
        as_of: AsOf = None,
    ) -> Response:
        day = as_of or today()
        return fresh(await desks.run(read, wanted(request, day), program_detail, program_id, day))

    @router.post("/match", summary="기업에 맞는 지원사업과 요건별 판정", response_model=MatchPage)
    async def match(body: MatchRequest) -> Response:
        asked = body.company(), body.as_of or today(), body.ineligible, body.page, body.per_page
        found = await desks.run(match_page, *asked)
        if isinstance(found, Refusal):
            raise HTTPException(found.status, found.detail)
        return Response(found, media_type=JSON)

    @router.get(
        "/contacts", summary="지역과 사업의 문의처", response_model=ContactPage, responses=RESPONSES | refusals(404)
    )
    async def contacts(
        request: Request,
        region: Region = None,
        program: Annotated[
            str | None, Query(min_length=1, max_length=200, description="사업의 id나 이름(다른 이름도 됩니다)")
        ] = None,
        as_of: AsOf = None,
        page: PageAt = 1,
        per_page: PerPage = 20,
    ) -> Response:
        """region과 program 가운데 하나는 있어야 합니다."""
        day = as_of or today()
        return fresh(await desks.run(read, wanted(request, day), contact_page, region, program, day, page, per_page))

    def days(first: date | None, last: date | None, *, opens: bool) -> Days:
        found = days_of(first, last, today(), opens=opens)
        if isinstance(found, Refusal):
            raise HTTPException(found.status, found.detail)
        return found

    @router.get("/deadlines", summary="마감과 시작 일정", response_model=DeadlineList, responses=RESPONSES)
    async def deadlines(
        request: Request,
        first: First = None,
        last: Last = None,
        region: Region = None,
        kind: Kind = None,
        opens: Opens = False,
    ) -> Response:
        within, filters = days(first, last, opens=opens), Filters(region=region, kind=kind)
        return fresh(await desks.run(read, wanted(request, within.as_of), deadline_list, within, filters))

    @router.get(
        "/deadlines.ics",
        summary="마감과 시작 일정을 달력 파일로",
        response_class=Response,
        responses={**RESPONSES, 200: {"content": {"text/calendar": {"schema": {"type": "string"}}}}},
    )
    async def deadlines_ics(
        request: Request,
        first: First = None,
        last: Last = None,
        region: Region = None,
        kind: Kind = None,
        opens: Opens = False,
    ) -> Response:
        within, filters, base = (
            days(first, last, opens=opens),
            Filters(region=region, kind=kind),
            f"{request.base_url}v1/",
        )
        told = await desks.run(read, wanted(request, within.as_of), calendar, within, filters, base)
        return fresh(told, CALENDAR)

    return router
