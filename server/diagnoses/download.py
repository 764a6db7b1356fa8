"""Download: whoever is signed in asks for a report by its address, the file flows out."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from server.diagnoses.consulting import Consulting
from server.diagnoses.routes import Name, Suffix, file_reply
from server.pages.signing import Signing
from server.store.keyring import Scope
from ui.rooms.visitor import COOKIE


def download_routes(consulting: Consulting, signing: Signing) -> APIRouter:
    """`/diagnosis/{name}/report.{suffix}`, for the browser that is signed in."""
    router = APIRouter(include_in_schema=False)

    @router.get("/diagnosis/{name}/report.{suffix}")
    def report(caller: Request, name: Name, suffix: Suffix) -> Response:
        signed = signing.who(caller.cookies.get(COOKIE, ""))
        if signed is None or Scope.CONSULT not in signed.holder.scopes:
            return RedirectResponse("/sign-in?next=/diagnosis", 303)
        return file_reply(consulting.file(signed.holder.owner, name, suffix), suffix)

    return router
