"""Headers: every response flows in, and flows out with what tells a browser how little it may do with it."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.rooms.exposed import ROOMS

_NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
# The public pages: their own script and style, their own forms, pictures of documents.
_PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# What Gradio needs of it: its settings stand in a script within the page, components are made of text by `eval`.
_ROOM = (
    "default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-src 'self'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'none'; object-src 'none'"
)
# The reference and reports: pages with a style of their own and pictures within, no script at all.
_STILL = f"{_NOTHING}; style-src 'unsafe-inline'; img-src data:; font-src data:"
# What a browser shows a PDF with is an object with a style.
_PAPER = f"{_NOTHING}; style-src 'unsafe-inline'; object-src 'self'"
_STILL_PAGES = ("/docs", "/v1/", "/documents/", "/diagnosis/")
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Hardened:
    """ASGI middleware around the whole application, the outermost, so that refusals are sent with the headers too."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers to an HTTP response; leave everything else alone."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def hardened(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in ALWAYS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", policy(scope["path"], headers.get("content-type", "")))
            await send(message)

        await self.app(scope, receive, hardened)


def policy(path: str, kind: str) -> str:
    """The content security policy of a response of that media type."""
    if kind.startswith("application/pdf"):
        return _PAPER
    if not kind.startswith("text/html"):
        return _NOTHING
    if path.startswith(_STILL_PAGES):
        return _STILL
    return _ROOM if path.startswith(ROOMS) else _PAGE
