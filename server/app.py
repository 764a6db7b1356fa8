"""The application: desks flow in, the HTTP face with the pages and rooms flows out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from datetime import date
from functools import partial

from fastapi import APIRouter, Depends, FastAPI, HTTPException
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.routing import Match as RouteMatch
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from rag.ports import ChatModel
from rag.settings import Settings
from server import VERSION
from server.alerts.opening import open_alerts
from server.alerts.refusals import AlertRefused, refused_problem
from server.alerts.routes import subscribing_routes, token_routes
from server.alerts.staff import outbox_routes
from server.asking.ask import Asking
from server.asking.feedback import feedback_routes
from server.asking.keeping import keeping
from server.asking.retention import retained
from server.asking.stream import answer_routes
from server.clock import moment
from server.desks.announcing_desks import Announcing, Board
from server.desks.desks import Desks
from server.desks.health import health_routes
from server.diagnoses.consulting import Consulting
from server.diagnoses.download import download_routes
from server.diagnoses.opening import open_consulting
from server.diagnoses.owners import owners
from server.diagnoses.room import ConsultingRoom
from server.diagnoses.routes import HANDLERS as CONSULT_HANDLERS
from server.diagnoses.routes import consult_routes
from server.engagements.approving import Approving
from server.engagements.files_room import FilesRoom
from server.engagements.filing import Filing
from server.engagements.filing_routes import HANDLERS as FILING_HANDLERS
from server.engagements.filing_routes import filing_routes
from server.engagements.paper_download import paper_routes
from server.faces.completions import completion_routes
from server.faces.kakao import kakao_routes
from server.faces.mcp_server import McpFace
from server.faces.tools import Tools
from server.http.description import Described
from server.http.documents import original_routes
from server.http.entry import Door, Entry
from server.http.fresh import PACKED_FROM
from server.http.gate import Gate
from server.http.headers import Hardened
from server.http.heads import Heads
from server.http.hosts import Hosts
from server.http.keys import Keys, askers_only
from server.http.problems import HANDLERS
from server.http.queries import only_known, then_known
from server.http.rates import Rates
from server.http.reference import reference_html
from server.http.repeated import Repeated
from server.http.templates import Templates
from server.metrics import metrics_routes
from server.pages.about import about_routes
from server.pages.acting import SignedIn
from server.pages.alerting import form_routes, own_routes
from server.pages.asking import asking_routes
from server.pages.leaves import leaf_routes
from server.pages.month import calendar_routes
from server.pages.opinions import opinion_routes
from server.pages.program import program_routes
from server.pages.programs import program_list_routes
from server.pages.readable import Readable
from server.pages.responses import static_routes
from server.pages.signing import Guarded, Signing, signing_routes
from server.portal.catalogue import catalogue_routes
from server.publishing.checked import checked_apart
from server.publishing.publishing import Publishing
from server.publishing.publishing_routes import HANDLERS as STAFF_HANDLERS
from server.publishing.publishing_routes import publishing_routes
from server.reports import FORMATS
from server.review.announcing import announcement_routes
from server.review.reviewing import review_routes
from server.sharing.storing import originals_of
from server.sharing.writing_shared import sole_writer
from server.staff.corpus import staff_routes
from server.staff.documents import document_routes
from server.staff.foreman import Foreman
from server.staff.jobs import job_routes
from server.staff.scheduled import scheduled
from server.staff_room.desk_routes import desk_routes
from server.staff_room.opening_staff import Held, open_staff
from server.staff_room.signed import SignedStaff
from server.staff_room.tried_apart import Apart
from server.store.announcements import Announcements
from server.store.approvals import Approvals
from server.store.audit import Audit
from server.store.cabinet import Cabinet
from server.store.checks import Checks
from server.store.engine import open_database
from server.store.jobs import JobBook
from server.store.keyring import Keyring
from server.store.keyring import Scope as Opens
from server.store.locks import SCHEDULING, ServerLock
from server.store.memory import Memory
from server.store.repeats import Repeats
from server.store.sessions import Sessions
from server.store.switches import Switches
from ui.rooms.exposed import ADDRESSES, DIAGNOSIS, Exposed
from ui.rooms.late import Drawn, Late
from ui.staff.ports import Ports

Today = Callable[[], date]
# What is packed already, beside what Starlette leaves alone (event streams among them).
PACKED = (
    *DEFAULT_EXCLUDED_CONTENT_TYPES,
    "application/octet-stream",
    "application/zip",
    *(FORMATS[suffix].media_type for suffix in ("pdf", "docx", "hwpx")),
)
OTHERS = ("/docs", "/openapi.json", *ADDRESSES)
"""What is served beside the routes: the reference, and the page."""


def create_app(
    desks: Desks,
    settings: Settings,
    today: Today,
    model: ChatModel | None = None,
    at_work: Callable[[], AbstractAsyncContextManager[None]] = nullcontext,
    consulting: Consulting | None = None,
) -> FastAPI:
    """The whole application; `today` says which day it is where a request does not, `at_work` wraps its running.

    Without a `model` answers are the grounded ones; `consulting` is what consultants do where that is not what the
    settings open. Raises StoreUnavailable where the settings name no database, SettingsError where no store.
    """
    database = open_database(settings.database_url, settings.data_dir)
    keys = Keys(Keyring(database), settings.admin_key, owners(settings.consult_keys))
    memory = Memory(database)
    foreman = Foreman(settings, JobBook(database))
    board = Board(Announcements(database))
    announcing = Announcing(desks, board)
    asking = Asking(announcing, model, keeping(memory, settings.answer_days))
    mcp = McpFace(Tools(asking, today), names_of(settings))
    consulting = consulting or open_consulting(settings, announcing, database, keys)
    filing = Filing(Cabinet(database), announcing, moment, keys.consultant)
    approving = Approving(filing, Approvals(database))
    apart = Apart(settings)
    publishing = Publishing(settings.data_dir, Checks(database), partial(sole_writer, settings))
    look = partial(checked_apart, settings)
    held = Held(settings, database, keys, desks, announcing, publishing, look, foreman, apart, today)
    originals = originals_of(settings)
    originals.check()
    turns = ServerLock(database, SCHEDULING)
    alerts, subscribers = open_alerts(settings, database, desks, moment), Rates(1)
    signing = Signing(keys, Sessions(database), moment)
    staff = SignedStaff(signing, Audit(database))
    signed = SignedIn(signing, Audit(database), Opens.CONSULT, DIAGNOSIS)
    rooms = Late(
        partial(_drawn, ConsultingRoom(consulting, signed), FilesRoom(approving, signed), open_staff(held, staff))
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with (
            at_work(),
            retained(database),
            mcp.at_work(),
            foreman.at_work(),
            scheduled(settings, lock=turns),
            rooms.at_work(),
        ):
            yield
        await run_in_threadpool(apart.close)
        memory.close()
        database.close()

    app = Described(
        is_open=settings.open,
        title="지원",
        description="중소기업이 쓸 수 있는 지원사업을 출처와 함께 안내합니다.",
        version=VERSION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        dependencies=[Depends(only_known)],
    )
    for kind, handler in (
        *HANDLERS.items(),
        *CONSULT_HANDLERS.items(),
        *FILING_HANDLERS.items(),
        *STAFF_HANDLERS.items(),
    ):
        app.add_exception_handler(kind, handler)
    app.add_exception_handler(AlertRefused, refused_problem)
    asked = (
        answer_routes(asking, today),
        feedback_routes(memory),
        catalogue_routes(announcing, today),
        completion_routes(asking, today),
        kakao_routes(asking, today),
        original_routes(desks, originals),
        subscribing_routes(alerts.subscribing, announcing, subscribers),
    )
    kept = (
        health_routes(desks, settings.data_dir, today),
        metrics_routes(desks),
        document_routes(settings, keys),
        job_routes(foreman, keys),
        publishing_routes(publishing, look, keys, today),
        staff_routes(desks, keys),
        review_routes(desks, settings, keys, today, database),
        announcement_routes(desks, board, keys, today),
        consult_routes(consulting),
        filing_routes(approving, consulting.owners),
        token_routes(alerts.subscribing, announcing, today),
        outbox_routes(alerts.outbox, keys, moment),
        APIRouter(routes=[Route("/mcp", mcp, methods=["POST"])]),
    )
    always = (static_routes(), own_routes(alerts.subscribing))
    pages = (
        asking_routes(asking, memory, today),
        opinion_routes(memory),
        leaf_routes(desks, originals),
        about_routes(desks, today),
        form_routes(alerts.subscribing, desks, subscribers),
        signing_routes(signing),
        download_routes(consulting, signing),
        paper_routes(approving, signing),
        desk_routes(settings, desks, staff),
        program_list_routes(announcing, today),
        program_routes(announcing, today),
        calendar_routes(announcing, today),
    )
    templates = Templates((*(route.path for route in _routes((*asked, *kept, *always, *pages))), *OTHERS))
    door = Door(settings, keys, Switches(database), Audit(database), Rates(settings.concurrency), templates)
    app.add_middleware(Guarded, signing=signing)
    _add_layers(app, settings, door, Repeats(database))
    let_in = [Depends(askers_only(keys, is_open=settings.open)), Depends(then_known)]
    for router in asked:
        app.include_router(router, dependencies=let_in)
    for router in (*kept, _refusals((*asked, *kept))):
        app.include_router(router)
    app.add_api_route(
        "/docs", lambda: reference_html(app.openapi()), response_class=HTMLResponse, include_in_schema=False
    )
    for router in (*always, *(pages if settings.open else ())):
        app.include_router(router)
    if settings.open:
        app.mount("/", Exposed(rooms))
    return app


def names_of(settings: Settings) -> tuple[str, ...]:
    """Names under which other software may reach the server, beside those of this machine."""
    allowed = (name.strip() for name in settings.allowed_hosts.split(","))
    return (settings.host, *(name for name in allowed if name and name != "*"))


def _add_layers(app: FastAPI, settings: Settings, door: Door, repeats: Repeats) -> None:
    """What every request passes around the rooms' guard, from the innermost outwards."""
    app.add_middleware(Repeated, repeats=repeats)
    app.add_middleware(Entry, door=door)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=[origin.strip() for origin in settings.cors_origins.split(",")],
            allow_methods=["GET", "POST", "PATCH", "DELETE"],
            allow_headers=["Content-Type", "X-API-Key", "Idempotency-Key", "If-Match", "If-None-Match"],
            expose_headers=["X-Request-ID", "Retry-After", "ETag"],
        )
    app.add_middleware(Readable)
    if settings.allowed_hosts != "*":
        app.add_middleware(Hosts, allowed=settings.allowed_hosts)
    app.add_middleware(GZipMiddleware, minimum_size=PACKED_FROM, compresslevel=5, exclude_content_types=PACKED)
    app.add_middleware(Heads)
    app.add_middleware(Gate, templates=door.templates)
    app.add_middleware(Hardened)


def _routes(routers: Sequence[APIRouter]) -> list[Route]:
    return [route for router in routers for route in router.routes if isinstance(route, Route)]


def _refusals(routers: Sequence[APIRouter]) -> APIRouter:
    """Every other address or method of ours: else the page mounted at `/` would answer, and always with "not found"."""
    refuse = _Refusal(routers)
    watched = ("/mcp", "/healthz", "/readyz", "/metrics")
    return APIRouter(routes=[Route(path, refuse) for path in ("/v1/{rest:path}", "/documents/{rest:path}", *watched)])


class _Refusal:
    """An endpoint of every method there is."""

    def __init__(self, routers: Sequence[APIRouter]) -> None:
        self.routes = _routes(routers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raise HTTPException: 405 with what is allowed here, by the description of this address, or 404."""
        here = [route for route in self.routes if route.matches(scope)[0] is not RouteMatch.NONE]
        if not here:
            raise HTTPException(404)
        allowed = set[str]().union(*(route.methods or () for route in here if route.path == here[0].path))
        allowed |= {"HEAD"} if "GET" in allowed else set()
        raise HTTPException(405, headers={"Allow": ", ".join(sorted(allowed))})


def _drawn(room: ConsultingRoom, files: FilesRoom, staff: Ports) -> Drawn:
    from ui.rooms.mounting import drawn

    return drawn(HANDLERS, room, files, staff)
