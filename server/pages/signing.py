"""Signing in: a key flows in by a form and is exchanged for a cookie that opens the rooms; signing out ends it."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from rag.errors import JiwonError, StoreUnavailable
from server.http.keys import Holder, Keys
from server.http.problems import problem
from server.pages.responses import page
from server.store.keyring import Scope as Opens
from server.store.sessions import Session, Sessions
from ui.pages.drawing import draw
from ui.rooms.exposed import DESK, DIAGNOSIS
from ui.rooms.heads import NAMES
from ui.rooms.visitor import COOKIE

HOURS = 10
"""How long one is signed in: a working day."""
ROOMS = {DIAGNOSIS: Opens.CONSULT, DESK: Opens.STAFF}
"""Which scope opens which room."""
FRAMEWORK = ("/gradio_api/",)
WRONG = "열쇠가 맞지 않습니다. 운영자에게 열쇠를 확인해 주세요."
OTHER_ROOM = "이 열쇠로는 '{room}'에 들어갈 수 없습니다. 그 방의 열쇠를 넣어 주세요."
NO_KEY = (
    "{room}의 열쇠가 아직 없어 아무도 들어갈 수 없습니다. 운영자가 "
    "'jiwon keys create --scope {scope} --person 이름'으로 열쇠를 만들어야 합니다."
)
SIGN_IN = "로그인이 끝났습니다. 화면을 새로 열어 다시 로그인해 주세요."


@dataclass(frozen=True, slots=True)
class Signed:
    """Who is signed in, and in which session."""

    holder: Holder
    session: Session


@dataclass(frozen=True, slots=True)
class Signing:
    """Exchanges keys for sessions and knows who is signed in. Methods raise StoreUnavailable."""

    keys: Keys
    sessions: Sessions
    moment: Callable[[], datetime]

    def begin(self, key: str) -> tuple[Holder, str] | None:
        """Who signs in with a key and the token of the new session; None where the key opens nothing."""
        holder = self.keys.holder(key)
        if holder is None:
            return None
        now = self.moment()
        _, token = self.sessions.begin(
            holder.id, self.keys.marked(key), _told(now), _told(now + timedelta(hours=HOURS))
        )
        return holder, token

    def who(self, token: str) -> Signed | None:
        """Whose session that is, as long as the key that began it opens something."""
        session = self.sessions.found(token, _told(self.moment())) if token else None
        holder = self.keys.again(session.key, session.mark) if session else None
        return Signed(holder, session) if holder and session else None

    def acting(self, token: str, csrf: str) -> Signed | None:
        """The same for whoever does something: the page that asks was drawn for this very sign-in, or nobody is."""
        signed = self.who(token)
        return signed if signed and hmac.compare_digest(signed.session.csrf, csrf) else None

    def end(self, token: str) -> None:
        """Sign out."""
        self.sessions.end(token)

    def has_key(self, scope: Opens) -> bool:
        """Whether any key opens that room; where that cannot be known, whoever has one must be able to try."""
        try:
            return self.keys.has_staff if scope is Opens.STAFF else self.keys.is_open
        except StoreUnavailable:
            return True


def signing_routes(signing: Signing) -> APIRouter:
    """`/sign-in` and `/sign-out`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/sign-in")
    def form(next: str = "") -> Response:
        room = _room(_wanted(next))
        without = "" if signing.has_key(ROOMS[room]) else NO_KEY.format(room=NAMES[room], scope=ROOMS[room].value)
        return _form(next, without, 200)

    @router.post("/sign-in")
    async def sign_in(caller: Request) -> Response:
        told = await caller.form()
        key, wanted = str(told.get("key", "")).strip(), _wanted(str(told.get("next", "")))
        room = _room(wanted)
        begun = await run_in_threadpool(signing.begin, key)
        if begun is None:
            return _form(wanted, WRONG, 401)
        holder, token = begun
        if ROOMS[room] not in holder.scopes:
            await run_in_threadpool(signing.end, token)
            return _form(wanted, OTHER_ROOM.format(room=NAMES[room]), 403)
        reply = RedirectResponse(wanted, 303)
        is_https = caller.url.scheme == "https"
        reply.set_cookie(COOKIE, token, HOURS * 3600, httponly=True, samesite="strict", secure=is_https, path="/")
        return reply

    @router.post("/sign-out")
    async def sign_out(caller: Request) -> Response:
        csrf = str((await caller.form()).get("csrf", ""))
        token = caller.cookies.get(COOKIE, "")
        if await run_in_threadpool(signing.acting, token, csrf):
            await run_in_threadpool(signing.end, token)
        reply = RedirectResponse("/", 303)
        reply.delete_cookie(COOKIE, path="/")
        return reply

    return router


class Guarded:
    """ASGI middleware: nobody gets to the rooms, or to what their framework does, without a session that opens one."""

    def __init__(self, app: ASGIApp, signing: Signing) -> None:
        self.app, self.signing = app, signing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through who is signed in; others are led to the form, or refused where no page is asked for."""
        path = str(scope.get("path", ""))
        if scope["type"] != "http" or not (path in ROOMS or path.startswith(FRAMEWORK)):
            await self.app(scope, receive, send)
            return
        token = HTTPConnection(scope).cookies.get(COOKIE, "")
        request_id = str(scope.get("request_id", ""))
        try:
            signed = await run_in_threadpool(self.signing.who, token)
        except JiwonError as error:
            await problem(503, str(error), request_id)(scope, receive, send)
            return
        if signed and (path not in ROOMS or ROOMS[path] in signed.holder.scopes):
            await self.app(scope, receive, send)
        elif path in ROOMS:
            query = scope.get("query_string", b"").decode("latin-1")
            wanted = quote(_wanted(f"{path}?{query}"))
            await RedirectResponse(f"/sign-in?next={wanted}", 303)(scope, receive, send)
        else:
            await problem(401, SIGN_IN, request_id)(scope, receive, send)


def _form(wanted: str, wrong: str, status: int) -> Response:
    room = _room(wanted)
    html = draw("sign_in.html", here="", next=_wanted(wanted), room=NAMES[room], wrong=wrong)
    return page(html, status, is_private=True)


def _wanted(told: str) -> str:
    """The room that is wanted with what is asked of it; nobody is led elsewhere."""
    room, query = _room(told), parse_qsl(urlsplit(told).query, keep_blank_values=True)
    return f"{room}?{urlencode(query)}" if query and told.startswith(f"{room}?") else room


def _room(wanted: str) -> str:
    path = wanted.partition("?")[0]
    return path if path in ROOMS else next(iter(ROOMS))


def _told(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
