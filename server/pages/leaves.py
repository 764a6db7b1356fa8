"""Leaves: a document, a page and a quote flow in; the page flows out with the quote lit, as a picture and as text."""

from __future__ import annotations

from hashlib import sha256

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, HTTPException, Request, Response

from rag.domain import Source
from rag.store import Originals
from server.desks.desks import Desk, Desks
from server.pages.responses import page, said
from server.review.pictures import AT_ONCE, Failed, Pictures
from ui.pages.drawing import draw
from ui.pages.leaf import Leaf, leaf_of

LONGEST_NUMBER = 6
WAITING = 12
"""So many pictures may wait to be drawn; who comes then is told to come again."""
NO_DOCUMENT = "그런 문서가 없습니다. 주소를 확인해 주세요. 자료에서 빠졌을 수도 있습니다."
NO_PAGE = "'{title}' 문서는 {pages}쪽까지 있습니다. 쪽 번호를 확인해 주세요."
NO_PICTURE = "이 쪽은 그림으로 볼 수 없습니다. 글이나 원본 파일로 보세요."
BUSY = "지금 다른 쪽을 그리고 있습니다. 잠시 뒤 다시 열어 주세요."


def leaf_routes(desks: Desks, originals: Originals) -> APIRouter:
    """`/sources/{document}/{page}` and its picture."""
    router = APIRouter(include_in_schema=False)
    pictures = Pictures(originals)
    # Threads of their own: whoever looks at pictures keeps nobody from what else is done in threads.
    limiter = CapacityLimiter(AT_ONCE)

    @router.get("/sources/{document}/{number}.png")
    async def picture(caller: Request, document: str, number: str, mark: str = "") -> Response:
        found = await desks.run(_source, document, _number(number), mark)
        if isinstance(found, str):
            raise HTTPException(404, found)
        source, told = found
        tag = f'"{sha256(f"{source.digest} {number} {told}".encode()).hexdigest()[:32]}"'
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        if tag in caller.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        if limiter.statistics().tasks_waiting >= WAITING:
            raise HTTPException(503, BUSY, {"Retry-After": "5"})
        try:
            png = await to_thread.run_sync(pictures.of, source, _number(number), told, limiter=limiter)
        except Failed as error:
            if error.status == 503:
                raise HTTPException(503, BUSY, {"Retry-After": "5"}) from None
            raise HTTPException(404, NO_PICTURE) from None
        return Response(png, media_type="image/png", headers=headers)

    @router.get("/sources/{document}/{number}")
    async def leaf(document: str, number: str, mark: str = "") -> Response:
        found = await desks.run(_leaf, document, _number(number), mark)
        if isinstance(found, str):
            return said("없는 쪽", found, 404)
        return page(draw("leaf.html", here="", leaf=found))

    return router


def _number(told: str) -> int:
    """The number of a page as an address tells it; 0, which no page has, for anything else."""
    return int(told) if told.isascii() and told.isdigit() and len(told) <= LONGEST_NUMBER else 0


def _leaf(desk: Desk, id_: str, number: int, mark: str) -> Leaf | str:
    """A page as it is shown; a sentence where there is none."""
    document = desk.catalogue.document(id_)
    if document is None:
        return NO_DOCUMENT
    if not 1 <= number <= document.page_count:
        return NO_PAGE.format(title=document.source.title, pages=document.page_count)
    return leaf_of(document, number, mark)


def _source(desk: Desk, id_: str, number: int, mark: str) -> tuple[Source, str] | str:
    """The source of a page with the quote, empty where it does not stand there; a sentence where there is none."""
    found = _leaf(desk, id_, number, mark)
    if isinstance(found, str):
        return found
    source = desk.catalogue.source(id_)
    assert source is not None
    # Of words that do not stand there nothing is lit: one picture serves for all of them.
    return source, found.mark if found.is_found else ""
