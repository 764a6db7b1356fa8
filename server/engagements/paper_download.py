"""Paper download: whoever is signed in asks for an issued document by its address, the file flows out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from server.diagnoses.routes import Suffix
from server.engagements.approving import Approving
from server.engagements.filing import Who
from server.engagements.printing import MOST_FILES, printed
from server.engagements.requests import archive, file_of
from server.pages.signing import Signing
from server.store.keyring import Scope
from ui.rooms.visitor import COOKIE

Short = Annotated[str, Path(max_length=100)]
Chosen = Annotated[tuple[Annotated[str, Query(max_length=100)], ...], Query(max_length=MOST_FILES)]


def paper_routes(approving: Approving, signing: Signing) -> APIRouter:
    """Below `/diagnosis/files`, for the browser that is signed in: documents, those to look through, all of many."""
    router = APIRouter(include_in_schema=False)

    def who(caller: Request) -> Who | None:
        signed = signing.who(caller.cookies.get(COOKIE, ""))
        holder = signed.holder if signed else None
        if holder is None or Scope.CONSULT not in holder.scopes:
            return None
        return Who(holder.owner, holder.person, holder.organisation)

    @router.get("/diagnosis/files/documents.zip")
    def printed_files(caller: Request, file: Chosen = (), suffix: Suffix = Suffix.PDF) -> Response:
        asking = who(caller)
        return archive(printed(approving.filing, asking, file, suffix)) if asking else _sign_in()

    @router.get("/diagnosis/files/approvals/{number}.{suffix}")
    def asked(caller: Request, number: Short, suffix: Suffix) -> Response:
        asking = who(caller)
        return file_of(approving.report(asking, number), suffix, number) if asking else _sign_in()

    @router.get("/diagnosis/files/{file}/{number}.{suffix}")
    def issued(caller: Request, file: Short, number: Short, suffix: Suffix) -> Response:
        asking = who(caller)
        return file_of(approving.filing.issued(asking, file, number), suffix, number) if asking else _sign_in()

    return router


def _sign_in() -> Response:
    return RedirectResponse("/sign-in?next=/diagnosis", 303)
