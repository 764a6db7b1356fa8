"""The entry: behind the gate, who comes is known by the key, counted, and let in where there is room and it is open."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rag.errors import JiwonError
from rag.settings import Settings
from server.clock import now
from server.http.keys import ASK_MISSING, ASK_WRONG, CHALLENGE, NAME, Holder, Keys
from server.http.problems import RETRY_AFTER, problem
from server.http.rates import DEFAULT, Rates, Standing, caller_at, is_own_machine
from server.http.templates import OTHER, Templates
from server.logs import log
from server.metrics import LIMITED
from server.store.audit import Audit, Deed
from server.store.switches import Face, Switches

PAGES = (
    *("/a/", "/talk/", "/feedback", "/programs", "/calendar", "/sources/", "/alerts", "/about"),
    *("/diagnosis/", "/desk/"),
)
"""Below these addresses pages are drawn from the catalogue or from what is stored; at `/` questions are answered."""
COUNTED = ("/v1/", "/mcp", "/documents/", "/gradio_api/queue/", *PAGES)
"""Where a request is work; the rest are files of the page, and what an operator watches."""
PAGE, API = ("/gradio_api/", *PAGES), ("/v1/", "/mcp")
TOOLS = "/mcp"
"""An application of its own, with no route that could ask for a key."""
AUDITED = ("/v1/corpus", "/v1/diagnoses", "/v1/engagements")
SEEN_S = 1.0
"""For how long what is switched off is remembered, in seconds."""
TOO_OFTEN = "짧은 시간에 너무 많이 요청하셨습니다. {seconds}초 뒤에 다시 시도해 주세요."
TOO_MANY = "한 번에 보낸 요청이 너무 많습니다. 앞의 요청이 끝난 뒤에 다시 시도해 주세요."
SWITCHED_OFF = "지금은 이용할 수 없습니다. {reason}"
NOT_COUNTED = "지금 요청을 받을 수 없습니다. 잠시 뒤 다시 시도해 주세요."


@dataclass(slots=True)
class Door:
    """What the entry asks: keys, rates, switches, and where it writes down what holders of keys did."""

    settings: Settings
    keys: Keys
    switches: Switches
    audit: Audit
    rates: Rates
    templates: Templates
    _off: Mapping[Face, str] = field(default_factory=dict)
    _looked_at: float = float("-inf")

    async def off(self, path: str) -> str | None:
        """Why nobody is let in at this path, or None. Where that cannot be read, what was last read holds."""
        if time.monotonic() > self._looked_at + SEEN_S:
            self._looked_at = time.monotonic()
            try:
                self._off = await run_in_threadpool(self.switches.off)
            except JiwonError:
                log().warning("switches_not_read")
        face = Face.CHAT if path == "/" or path.startswith(PAGE) else Face.API if path.startswith(API) else None
        return self._off.get(face) if face else None

    def rate_of(self, holder: Holder | None, address: str) -> str | None:
        """How often a caller may come; None for this machine's own, unless a rate is set."""
        if holder and holder.rate:
            return holder.rate
        if not self.settings.rate_limit and is_own_machine(address):
            return None
        return self.settings.rate_limit or DEFAULT


class Entry:
    """ASGI middleware between the gate and the application."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self.app, self.door = app, door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let an HTTP request in, or answer it with a problem."""
        if scope["type"] != "http" or not (scope["path"] == "/" or scope["path"].startswith((*COUNTED, *PAGE))):
            await self.app(scope, receive, send)
            return
        reason = await self.door.off(scope["path"])
        if reason is not None:
            LIMITED.labels("off").inc()
            await _refuse(scope, receive, send, 503, SWITCHED_OFF.format(reason=reason), RETRY_AFTER)
        elif scope["path"].startswith(COUNTED) or _asks(scope):
            await self._count(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _count(self, scope: Scope, receive: Receive, send: Send) -> None:
        address = scope["client"][0] if scope.get("client") else ""
        given = Headers(scope=scope).get(NAME)
        try:
            holder = await run_in_threadpool(self.door.keys.holder, given) if given else None
        except JiwonError as error:
            await _refuse(scope, receive, send, 503, str(error), RETRY_AFTER)
            return
        if holder is None and not self.door.settings.open and scope["path"].startswith(TOOLS):
            await _refuse(scope, receive, send, 401, ASK_WRONG if given else ASK_MISSING, CHALLENGE)
            return
        caller = f"key {holder.id}" if holder else caller_at(address)
        rate = self.door.rate_of(holder, address)
        standing = None
        if rate is not None:
            try:
                standing = self.door.rates.count(caller, rate)
            except Exception:  # noqa: BLE001 - whatever is wrong with counting, nobody comes in uncounted
                log().exception("not_counted")
                await _refuse(scope, receive, send, 503, NOT_COUNTED, RETRY_AFTER)
                return
            if standing.is_over:
                LIMITED.labels("rate").inc()
                said = TOO_OFTEN.format(seconds=standing.reset_s)
                await _refuse(scope, receive, send, 429, said, _headers(standing))
                return
            if not self.door.rates.enter(caller):
                LIMITED.labels("at_once").inc()
                await _refuse(scope, receive, send, 429, TOO_MANY, {**_headers(standing), "Retry-After": "1"})
                return
        scope.setdefault("state", {})["holder"] = holder
        try:
            await self.app(scope, receive, self._noted(scope, holder, standing, send))
        finally:
            if standing:
                self.door.rates.leave(caller)

    def _noted(self, scope: Scope, holder: Holder | None, standing: Standing | None, send: Send) -> Send:
        """Tell a caller how it stands, and write down what the holder of a key did before it is told it is done."""

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                if standing:
                    MutableHeaders(scope=message).update({k: v for k, v in _headers(standing).items() if k[0] == "X"})
                if holder and scope["path"].startswith(AUDITED):
                    await self._write_down(scope, holder, message["status"])
            await send(message)

        return noted

    async def _write_down(self, scope: Scope, holder: Holder, status: int) -> None:
        # Which document or diagnosis it was belongs into the audit, and nowhere else; what no route takes names none.
        template = self.door.templates.of(scope["path"])
        action = f"{scope['method']} {OTHER if template == OTHER else scope['path']}"[:200]
        request, reason = str(scope.get("request_id", "")), str(scope.get("state", {}).get("reason", ""))
        deed = Deed(now(), holder.person, holder.id, action, str(status), request, reason)
        try:
            await asyncio.shield(run_in_threadpool(self.door.audit.note, deed))
        except JiwonError:
            log().error("deed_not_noted", key=holder.id, action=f"{scope['method']} {template}", status=status)


def _asks(scope: Scope) -> bool:
    """Whether a question is asked of the page, not the page alone fetched."""
    return bool(scope["path"] == "/" and (scope["method"] == "POST" or b"q=" in scope.get("query_string", b"")))


def _headers(standing: Standing) -> dict[str, str]:
    told = {
        "X-RateLimit-Limit": str(standing.limit),
        "X-RateLimit-Remaining": str(standing.left),
        "X-RateLimit-Reset": str(standing.reset_s),
    }
    return {**told, "Retry-After": str(standing.reset_s)} if standing.is_over else told


async def _refuse(
    scope: Scope, receive: Receive, send: Send, status: int, detail: str, headers: Mapping[str, str]
) -> None:
    await problem(status, detail, str(scope.get("request_id", "")), headers)(scope, receive, send)
