"""The application: a service flows in, the HTTP face with the chat page at `/` flows out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from datetime import date

from fastapi import APIRouter, FastAPI, HTTPException, Request, Response
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute
from starlette.routing import Match as RouteMatch

from rag.ports import ChatModel
from rag.settings import Settings
from server import VERSION
from server.asking.ask import Asking
from server.asking.stream import answer_routes
from server.asking.telling import Telling
from server.desks.desks import Desks
from server.desks.health import health_routes
from server.diagnoses.consulting import Consulting
from server.diagnoses.routes import HANDLERS as CONSULT_HANDLERS
from server.diagnoses.routes import consult_routes
from server.http.documents import original_routes
from server.http.gate import Gate
from server.http.problems import HANDLERS
from server.http.reference import reference_html
from server.portal.catalogue import catalogue_routes
from server.staff.corpus import staff_routes

Today = Callable[[], date]
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def create_app(
    desks: Desks,
    settings: Settings,
    today: Today,
    consulting: Consulting | None = None,
    model: ChatModel | None = None,
    at_work: Callable[[], AbstractAsyncContextManager[None]] = nullcontext,
) -> FastAPI:
    """The whole application; `today` says which day it is where a request does not, `at_work` wraps its running.

    Without an admin key in the settings the routes of staff refuse everybody, without `consulting` those of
    consultants do; without a `model` answers are the grounded ones.
    """

    asking = Asking(desks, model)
    telling = Telling(asking)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with at_work():
            telling.loop = asyncio.get_running_loop()
            yield

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
        health_routes(desks, today),
        answer_routes(asking, today),
        catalogue_routes(desks, today),
        original_routes(desks, settings.corpus_dir),
        staff_routes(desks, settings.data_dir, settings.admin_key, today),
        consult_routes(consulting),
    )
    for router in (*routers, _refusals(routers)):
        app.include_router(router)
    app.add_api_route(
        "/docs", lambda: reference_html(app.openapi()), response_class=HTMLResponse, include_in_schema=False
    )
    _mount_page(app, telling, today, consulting)
    return app


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


def _mount_page(app: FastAPI, telling: Telling, today: Today, consulting: Consulting | None) -> None:
    from server.diagnoses.room import ConsultingRoom
    from ui.page import mount

    room = ConsultingRoom(consulting) if consulting and consulting.owners.is_open else None
    mount(app, ask=telling, source_of=telling.source_of, today=today, handlers=HANDLERS, room=room)
