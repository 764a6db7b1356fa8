"""Responses: HTML and files of pages flow in, and flow out with how long a browser may keep them."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence

from fastapi import APIRouter, HTTPException, Response
from fastapi.responses import HTMLResponse

from server.http.problems import RETRY_AFTER
from ui.pages.drawing import STATIC, draw, fingerprint

FOR_GOOD = "public, max-age=31536000, immutable"
NOT_KEPT = "private, no-store"


def page(html: str, status: int = 200, *, is_private: bool = False) -> HTMLResponse:
    """A page: one that tells of its reader's own words `is_private` and kept nowhere, others are asked after anew."""
    caching = NOT_KEPT if is_private else "no-cache"
    again = RETRY_AFTER if status == 503 else {}
    return HTMLResponse(html, status, {"Cache-Control": caching, **again})


def said(title: str, sentence: str, status: int, onward: Sequence[tuple[str, str]] = ()) -> HTMLResponse:
    """A page that says one sentence; `onward` are addresses, each with its name, where a reader may go on."""
    html = draw("said.html", here="", title=title, sentence=sentence, onward=onward)
    return page(html, status, is_private=True)


def static_routes() -> APIRouter:
    """The files that pages fetch, each under an address that changes with it."""
    router = APIRouter(include_in_schema=False)

    @router.get("/site/{print_}/{name}")
    def static(print_: str, name: str) -> Response:
        # Only names that lie there are looked for: no way leads out.
        known = {path.name for path in STATIC.iterdir()}
        if name not in known or print_ != fingerprint(name):
            raise HTTPException(404)
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return Response((STATIC / name).read_bytes(), headers={"Cache-Control": FOR_GOOD}, media_type=kind)

    return router
