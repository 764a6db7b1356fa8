"""The application: a service flows in, the HTTP face with the chat page at `/` flows out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, FastAPI, HTTPException, Query, Request, Response
from fastapi.responses import FileResponse, HTMLResponse
from fastapi.routing import APIRoute
from starlette.routing import Match as RouteMatch

from rag.domain import BenefitKind, Extent, PeriodStatus, SizeClass
from rag.ports import ChatModel
from server import VERSION
from server.asking.stream import answer_routes
from server.asking.wire import Day
from server.desks.service import Service
from server.desks.telling import Telling
from server.diagnoses.consulting import Consulting
from server.diagnoses.routes import HANDLERS as CONSULT_HANDLERS
from server.diagnoses.routes import consult_routes
from server.http.documents import document_response
from server.http.gate import Gate
from server.http.problems import HANDLERS, RETRY_AFTER, problem, request_id_of
from server.http.reference import reference_html
from server.portal.listing import Filters, ProgramDetail, ProgramPage, program_detail, program_page
from server.staff.corpus import staff_routes
from server.staff.review import extents

Today = Callable[[], date]
Shown = Annotated[str | None, Query(min_length=1, max_length=200)]
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def create_app(
    service: Service,
    corpus_dir: Path,
    today: Today,
    admin_key: str = "",
    consulting: Consulting | None = None,
    model: ChatModel | None = None,
) -> FastAPI:
    """The whole application; `today` says which day it is where a request does not.

    Without an `admin_key` the routes of staff refuse everybody, without `consulting` those of consultants do; without a
    `model` answers are the grounded ones.
    """

    telling = Telling(service, model)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        service.notice()
        telling.loop = asyncio.get_running_loop()
        yield
        service.close()

    app = FastAPI(
        title="지원",
        description="중소기업이 쓸 수 있는 지원사업을 출처와 함께 안내합니다.",
        version=VERSION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    for kind, handler in {**HANDLERS, **CONSULT_HANDLERS}.items():
        app.add_exception_handler(kind, handler)
    app.add_middleware(Gate)
    routers = (
        _health(service, today),
        answer_routes(service, model, today),
        _catalogue(service, today),
        _originals(service, corpus_dir),
        staff_routes(service, admin_key, today),
        consult_routes(consulting),
    )
    for router in (*routers, _refusals(routers)):
        app.include_router(router)
    app.add_api_route(
        "/docs", lambda: reference_html(app.openapi()), response_class=HTMLResponse, include_in_schema=False
    )
    _mount_page(app, service, telling, today, consulting)
    return app


def _health(service: Service, today: Today) -> APIRouter:
    router = APIRouter(tags=["상태"])

    @router.get("/healthz", summary="서버가 살아 있는지")
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @router.get("/readyz", summary="질문에 답할 수 있는지", response_model=None)
    def readyz(request: Request) -> dict[str, str | dict[Extent, int]] | Response:
        reason = service.not_ready(today())
        if reason:
            return problem(503, reason, request_id_of(request), RETRY_AFTER)
        with service.desk() as desk:
            return {"status": "ok", "generation": desk.record.id, "files": extents(desk.catalogue)}

    return router


def _catalogue(service: Service, today: Today) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["지원사업"])

    @router.get("/programs", summary="지원사업 목록")
    def programs(
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
        with service.desk() as desk:
            if region and not desk.knows_place(region):
                raise HTTPException(
                    422, "region: 모르는 지역입니다. '경기도 화성시'처럼 시·도나 시·군·구를 적어 주세요."
                )
            filters = Filters(q, status, region, ministry, kind, size)
            return program_page(desk, filters, as_of or today(), page, per_page)

    @router.get("/programs/{program_id}", summary="지원사업 하나의 모든 내용")
    def program(program_id: str, as_of: Day | None = None) -> ProgramDetail:
        with service.desk() as desk:
            found = program_detail(desk, program_id, as_of or today())
        if found is None:
            raise HTTPException(404, "그런 지원사업이 없습니다. /v1/programs에서 id를 확인해 주세요.")
        return found

    return router


def _originals(service: Service, corpus_dir: Path) -> APIRouter:
    router = APIRouter(tags=["원본"])

    @router.head("/documents/{source_id}", include_in_schema=False)
    @router.get("/documents/{source_id}", summary="원본 파일", response_class=FileResponse)
    def document(source_id: str) -> FileResponse:
        return document_response(service.source(source_id), corpus_dir)

    return router


def _refusals(routers: Sequence[APIRouter]) -> APIRouter:
    """Every other address or method of ours: else the page mounted at `/` would answer, and always with "not found"."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/v1/{rest:path}", methods=METHODS)
    @router.api_route("/documents/{rest:path}", methods=METHODS)
    @router.api_route("/healthz", methods=METHODS)
    @router.api_route("/readyz", methods=METHODS)
    def refuse(request: Request) -> Response:
        routes = [route for router in routers for route in router.routes if isinstance(route, APIRoute)]
        here = [route.methods or set() for route in routes if route.matches(request.scope)[0] is not RouteMatch.NONE]
        if here:
            raise HTTPException(405, headers={"Allow": ", ".join(sorted(set().union(*here)))})
        raise HTTPException(404)

    return router


def _mount_page(app: FastAPI, service: Service, telling: Telling, today: Today, consulting: Consulting | None) -> None:
    from server.diagnoses.room import ConsultingRoom
    from ui.page import mount

    room = ConsultingRoom(consulting) if consulting and consulting.owners.is_open else None
    mount(app, ask=telling, source_of=service.source, today=today, handlers=HANDLERS, room=room)
