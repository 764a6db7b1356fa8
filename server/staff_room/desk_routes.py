"""Routes of 자료 관리: files of whoever is signed in as staff flow into the corpus; pictures of pages flow out."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool

from rag.catalogue import Catalogue
from rag.domain import Source
from rag.errors import IndexMissing
from rag.generation import CATALOGUE, published
from rag.settings import Settings
from server.asking.answering import source_at
from server.desks.desks import Desks
from server.pages.responses import NOT_KEPT
from server.review.pictures import Failed, Pictures
from server.review.reviewing import Document, Mark, Number
from server.sharing.storing import originals_of
from server.staff.documents import ArrivedOut, One, stocked, taken
from server.staff_room.plainly import plainly
from server.staff_room.signed import SignedStaff
from ui.pages.drawing import fragment
from ui.rooms.exposed import DESK
from ui.rooms.steps import signed_out, told
from ui.rooms.visitor import COOKIE, SignedAnew, SignedOut, Visitor
from ui.staff.documents_port import SentLine

TOKEN = "X-CSRF"
"""The header in which a page sends its token, and gets a new one where somebody has signed in since."""
STATES = {
    "added": "받았습니다",
    "replaced": "새 판으로 바꾸었습니다",
    "described": "같은 파일이 있어 적은 것만 고쳤습니다",
    "unchanged": "같은 파일이 이미 있습니다",
}
TWIN = "duplicate_id"
IS_THERE = (
    "이름이 같은 다른 문서가 이미 있습니다. 그 문서의 새 판이면 '이름이 같으면 새 판으로 바꾸기'를 고르고 다시 올려 "
    "주세요."
)
ANEW = "다시 로그인하셨습니다. 파일을 한 번 더 올려 주세요."


def desk_routes(settings: Settings, desks: Desks, staff: SignedStaff) -> APIRouter:
    """`/desk/files` and `/desk/pages/{document}/{page}.png`, for the browser that is signed in."""
    router = APIRouter(include_in_schema=False)
    pictures = Pictures(originals_of(settings))

    @router.post("/desk/files")
    async def files(caller: Request) -> Response:
        visitor = Visitor(caller.cookies.get(COOKIE, ""), caller.headers.get(TOKEN, ""))

        def take(one: One) -> ArrivedOut:
            with staff.acting(visitor, f"documents send {one[0].filename}"):
                return stocked(settings, one)

        try:
            # Nothing of the body is read before it is known who sends it.
            await run_in_threadpool(staff.known, visitor)
            lines = [_line(one) for one in await taken(caller, take)]
        except SignedOut:
            return _part(signed_out(DESK), 401)
        except SignedAnew as error:
            return _part(told(ANEW), 409, {TOKEN: error.csrf})
        return _part(fragment("staff_documents.html", "sent", lines), 200)

    @router.get("/desk/pages/{document}/{page}.png")
    def picture(caller: Request, document: Document, page: Number, mark: Mark = "", of: str = "") -> Response:
        try:
            staff.looking(Visitor(caller.cookies.get(COOKIE, "")))
        except SignedOut:
            return RedirectResponse(f"/sign-in?next={quote(DESK)}", 303)
        try:
            source = _of_candidate(settings.data_dir, of, document) if of else desks.wait(source_at, document)
            png = pictures.of(source, page, mark)
        except IndexMissing as error:
            raise HTTPException(404, str(error)) from None
        except Failed as error:
            again = {"Retry-After": "5"} if error.status == 503 else None
            raise HTTPException(error.status, error.detail, again) from None
        return Response(png, media_type="image/png", headers={"Cache-Control": NOT_KEPT})

    return router


def _of_candidate(data_dir: Path, candidate: str, document: str) -> Source | None:
    """A source as a generation that waits has it. Raises IndexMissing where there is none of that id."""
    with closing(Catalogue(published(data_dir, candidate) / CATALOGUE)) as books:
        return books.source(document)


def _line(one: ArrivedOut) -> SentLine:
    if one.taken:
        return SentLine(one.name, STATES.get(one.state or "", STATES["added"]), "")
    why = IS_THERE if one.code == TWIN else plainly(one.message.removeprefix(f"{one.name}: "))
    return SentLine(one.name, "", why)


def _part(html: str, status: int, headers: dict[str, str] | None = None) -> HTMLResponse:
    return HTMLResponse(html, status, {"Cache-Control": NOT_KEPT, **(headers or {})})
