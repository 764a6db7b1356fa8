"""What is exposed: requests for the page flow in; those that a browser needs for it pass, all others are refused.

Gradio serves files, uploads, proxies and an API to anybody who finds the address. So what passes is listed, by method
and address, and what a later version adds is refused until it is listed. Its replies to other sites' pages are none.
"""

from __future__ import annotations

import string
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

DIAGNOSIS, DESK = ROOMS = ("/diagnosis", "/desk")
"""Where the rooms 기업 진단 and 자료 관리 are."""
ELSEWHERE = "다른 누리집의 화면에서는 쓸 수 없습니다. 이 누리집을 직접 열어 주세요."
READ = frozenset(("GET", "HEAD"))
FILES = frozenset(("/theme.css", "/favicon.ico", "/static/js/iframeResizer.contentWindow.min.js"))
ASSETS = "/assets/"
ENDINGS = (".js", ".css", ".svg", ".ttf", ".woff", ".woff2")
API = "/gradio_api/"
QUEUE = {f"{API}queue/join": frozenset(("POST",)), f"{API}queue/data": frozenset(("GET",))}
HEARTBEAT = f"{API}heartbeat/"
ADDRESSES = (*ROOMS, *sorted(FILES), *QUEUE, f"{ASSETS}{{name}}", f"{HEARTBEAT}{{session}}")
"""Templates of what is listed here."""
_NAME = frozenset(string.ascii_letters + string.digits + "._-")
_SESSION = frozenset(string.ascii_lowercase + string.digits)
_LONGEST_SESSION = 32


class Exposed:
    """ASGI middleware around the framework of the page, which is never served without it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is listed. Raises HTTPException 404, 405 where another method is listed, 403."""
        if scope["type"] != "http":
            await send({"type": "websocket.close"})
            return
        path = str(scope["path"]).removeprefix(str(scope.get("root_path", "")))
        allowed = methods(path)
        if not allowed:
            raise HTTPException(404)
        if scope["method"] not in allowed:
            raise HTTPException(405, headers={"Allow": ", ".join(sorted(allowed))})
        if path.startswith(API) and not _is_own(Headers(scope=scope)):
            raise HTTPException(403, ELSEWHERE)
        # Without the origin the framework allows no other site to read its reply.
        headers = [(name, value) for name, value in scope["headers"] if name != b"origin"]
        await self.app({**scope, "headers": headers}, receive, send)


def methods(path: str) -> frozenset[str]:
    """The methods by which an address may be asked for; none where it is not listed."""
    if path in ROOMS or path in FILES:
        return READ
    name = path.removeprefix(ASSETS)
    if name != path:
        return READ if name.endswith(ENDINGS) and set(name) <= _NAME and not name.startswith(".") else frozenset()
    session = path.removeprefix(HEARTBEAT)
    if session != path:
        is_session = 0 < len(session) <= _LONGEST_SESSION and set(session) <= _SESSION
        return frozenset(("GET",)) if is_session else frozenset()
    return QUEUE.get(path, frozenset())


def _is_own(headers: Headers) -> bool:
    """Whether a page of this very site asks, or no page at all: by what browsers tell, else by the origin."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    hosts = (headers.get("host"), headers.get("x-forwarded-host"))
    return origin is None or urlsplit(origin).netloc in (host for host in hosts if host)
