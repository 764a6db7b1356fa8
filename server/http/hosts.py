"""Hosts: a request for a name that is not ours is refused, so that no other site can pass for it."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from server.http.problems import problem

OTHER = "이 서버의 주소가 아닙니다. 주소를 확인해 주세요."
WATCHED = ("/healthz", "/readyz", "/metrics")
"""What machines of the operator ask by address."""


class Hosts:
    """ASGI middleware that lets in what is asked of `allowed` names, between commas; `*.name` are those below."""

    def __init__(self, app: ASGIApp, allowed: str) -> None:
        self.app = app
        self._allowed = [name.strip().lower() for name in allowed.split(",") if name.strip()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer 400."""
        if scope["type"] != "http" or scope["path"] in WATCHED or self._is_ours(Headers(scope=scope).get("host", "")):
            await self.app(scope, receive, send)
            return
        await problem(400, OTHER, str(scope.get("request_id", "")))(scope, receive, send)

    def _is_ours(self, host: str) -> bool:
        name = host.lower() if host.endswith("]") else host.rpartition(":")[0].lower() or host.lower()
        return any(name == one or (one.startswith("*.") and name.endswith(one[1:])) for one in self._allowed)
