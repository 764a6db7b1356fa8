"""Paper download: whoever is signed in asks for an issued document by its address, the file flows out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import RedirectResponse

from server.diagnoses.consulting import ReportFile
from server.diagnoses.making import discreet
from server.diagnoses.routes import Suffix, file_reply
from server.engagements.filing import Filing, Who
from server.pages.signing import Signing
from server.reports import write
from server.store.keyring import Scope
from ui.rooms.visitor import COOKIE

Short = Annotated[str, Path(max_length=100)]


def paper_routes(filing: Filing, signing: Signing) -> APIRouter:
    """`/diagnosis/files/{file}/{number}.{suffix}`, for the browser that is signed in."""
    router = APIRouter(include_in_schema=False)

    @router.get("/diagnosis/files/{file}/{number}.{suffix}")
    def issued(caller: Request, file: Short, number: Short, suffix: Suffix) -> Response:
        signed = signing.who(caller.cookies.get(COOKIE, ""))
        if signed is None or Scope.CONSULT not in signed.holder.scopes:
            return RedirectResponse("/sign-in?next=/diagnosis", 303)
        report = filing.issued(Who(signed.holder.owner, signed.holder.person), file, number)
        with discreet():
            content = write(report, suffix)
        return file_reply(ReportFile(f"{number}.{suffix}", content), suffix)

    return router
