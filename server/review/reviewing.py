"""The review over HTTP: filters and actions of staff flow in; what to look at, pages and what is stale flow out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from fastapi import Path as Param
from starlette.concurrency import run_in_threadpool

from rag.domain import ReviewCode
from rag.errors import CorpusError
from rag.generation import ailments
from rag.settings import Settings
from server.asking.answering import source_at
from server.clock import now
from server.desks.desks import Desk, Desks
from server.http.keys import Keys, staff_only
from server.http.problems import refusals
from server.http.queries import then_known
from server.review.correcting import NotWritable
from server.review.deciding import DecidedOut, DecisionIn, Wrong, decide, found_in, picked
from server.review.items import Known
from server.review.pictures import Failed, PageOut, Pictures, page_text
from server.review.review import LONGEST_MARK, ReviewPage, Wanted, review_page
from server.review.stale import StalePage, stale_page
from server.sharing.storing import originals_of
from server.staff.corpus import AsOf, Page, PerPage
from server.store.asked import Counts
from server.store.checks import Checks
from server.store.decisions import Decisions
from server.store.engine import Database
from server.store.links import Links

PNG: dict[int | str, dict[str, Any]] = {
    200: {"content": {"image/png": {"schema": {"type": "string", "contentEncoding": "binary"}}}}
}
Document = Annotated[str, Param(max_length=200, description="문서의 id", examples=["guide2026"])]
Number = Annotated[int, Param(ge=1, le=100_000, description="몇째 쪽인지. 1부터 셉니다.", examples=[6])]
Mark = Annotated[str, Query(max_length=LONGEST_MARK, description="표시할 글. 띄어쓰기는 달라도 됩니다.")]


def review_routes(
    desks: Desks, settings: Settings, keys: Keys, today: Callable[[], date], database: Database
) -> APIRouter:
    """`/v1/corpus/review`, `/v1/corpus/stale` and `/v1/corpus/pages`, each behind the key."""
    behind = [Depends(staff_only(keys)), Depends(then_known)]
    router = APIRouter(prefix="/v1/corpus", tags=["직원"], dependencies=behind)
    counts, decisions, links = Counts(database), Decisions(database), Links(database)
    checks = Checks(database)
    pictures = Pictures(originals_of(settings))

    def known() -> Known:
        return Known(counts.asked(), decisions.all(), links.all())

    @router.get("/review", summary="사람이 확인할 것")
    async def review(
        as_of: AsOf = None,
        page: Page = 1,
        per_page: PerPage = 100,
        group: Annotated[str | None, Query(max_length=40, description="한 묶음만 볼 때 묶음의 id")] = None,
        code: Annotated[ReviewCode | None, Query(description="한 까닭만 볼 때")] = None,
        program: Annotated[str | None, Query(max_length=300, description="한 지원사업만 볼 때 그 이름")] = None,
        source: Annotated[str | None, Query(max_length=200, description="한 문서만 볼 때 그 id")] = None,
        decided: Annotated[bool, Query(description="직원이 이미 정한 것을 볼지")] = False,
    ) -> ReviewPage:
        storage = await run_in_threadpool(ailments, settings.data_dir)
        wanted = Wanted(group, code, program, source, decided)
        told = await run_in_threadpool(known)
        return await desks.run(_reviewed, as_of or today(), page, per_page, storage, told, wanted)

    @router.post("/review/{item}", summary="확인한 것을 정하기", responses=refusals(404, 409))
    async def act(
        request: Request,
        item: Annotated[
            str, Param(max_length=40, description="항목이나 묶음의 id. 새 판을 확인해 나온 항목의 id도 됩니다.")
        ],
        body: DecisionIn,
    ) -> DecidedOut:
        told = await run_in_threadpool(known)
        found, candidate = await desks.run(picked, item, today(), told), ""
        if not found:
            candidate, found = await run_in_threadpool(lambda: found_in(checks.waiting(), item))
        folders = settings.corpus_dir, settings.data_dir
        try:
            return await run_in_threadpool(decide, body, found, decisions, folders, who(request), now(), candidate)
        except Wrong as error:
            raise HTTPException(error.status, error.detail) from None
        except NotWritable as error:
            raise HTTPException(409, str(error)) from None
        except CorpusError as error:
            raise HTTPException(422, str(error)) from None

    @router.get("/stale", summary="오래 확인하지 않은 문서와 사업")
    async def stale(as_of: AsOf = None, page: Page = 1, per_page: PerPage = 100) -> StalePage:
        return await desks.run(stale_page, as_of or today(), page, per_page, await run_in_threadpool(known))

    @router.get(
        "/pages/{document}/{page}.png",
        summary="표시한 글이 있는 쪽의 그림",
        response_class=Response,
        responses={**PNG, **refusals(404)},
    )
    async def picture(document: Document, page: Number, mark: Mark = "") -> Response:
        source = await desks.run(source_at, document)
        try:
            png = await run_in_threadpool(pictures.of, source, page, mark)
        except Failed as error:
            raise HTTPException(
                error.status, error.detail, {"Retry-After": "5"} if error.status == 503 else None
            ) from None
        return Response(png, media_type="image/png", headers={"Cache-Control": "private, no-cache"})

    @router.get("/pages/{document}/{page}.json", summary="표시한 글이 있는 쪽의 글", responses=refusals(404))
    async def text(document: Document, page: Number, mark: Mark = "") -> PageOut:
        found = await desks.run(page_text, document, page, mark)
        if isinstance(found, str):
            raise HTTPException(404, found)
        return found

    return router


def who(request: Request) -> str:
    """Whose key came with the request."""
    return str(request.state.holder.person)


def _reviewed(
    desk: Desk, as_of: date, page: int, per_page: int, storage: tuple[str, ...], known: Known, wanted: Wanted
) -> ReviewPage:
    return review_page(desk.catalogue, desk.record, as_of, page, per_page, storage, known, wanted)
