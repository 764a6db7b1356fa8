"""Routes of consultants: requests below `/v1/diagnoses` flow in; drafts, issued diagnoses and files flow out."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from enum import StrEnum
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.routing import APIRoute

from rag.diagnosis.survey import survey
from server.diagnoses.consulting import Consulting, ReportFile
from server.diagnoses.intake import CaseRefused
from server.diagnoses.owners import Owners
from server.diagnoses.refusals import ConsultRefused
from server.diagnoses.wire import (
    DiagnosisOut,
    DiagnosisPage,
    DraftIn,
    EditIn,
    ReissueIn,
    SurveyQuestionOut,
    diagnosis_out,
    diagnosis_page,
    question_out,
)
from server.http.keys import Owner, consultants_only
from server.http.problems import problem, refusals, request_id_of
from server.http.queries import then_known
from server.reports import FORMATS, FormatUnknown
from server.store.shelf import Status

Name = Annotated[str, Path(max_length=100, description="초안 id나 발급 번호")]
NEVER_KEPT = {"Cache-Control": "no-store"}
# A report as JSON is a tree of its own; every other format is a file.
KINDS = {suffix: file.media_type.partition(";")[0] for suffix, file in FORMATS.items()}
FILES: dict[int | str, dict[str, Any]] = {
    200: {"content": {kind: {"schema": {"type": "object" if s == "json" else "string"}} for s, kind in KINDS.items()}}
}


class Suffix(StrEnum):
    """보고서 파일의 형식입니다."""

    DOCX = "docx"
    HWPX = "hwpx"
    PDF = "pdf"
    HTML = "html"
    MD = "md"
    JSON = "json"


def consult_routes(consulting: Consulting | None) -> APIRouter:
    """The routes, each behind a consultant's key; without `consulting` they refuse everybody."""
    check = consultants_only(consulting.owners if consulting else Owners())
    guard = [Depends(check), Depends(then_known), Depends(_never_kept)]
    router = APIRouter(prefix="/v1/diagnoses", tags=["진단"], dependencies=guard, route_class=_guarded(check))

    def open_room() -> Consulting:
        assert consulting is not None  # the guard lets nobody through without one
        return consulting

    @router.get("/survey", summary="설문 문항")
    def questions() -> list[SurveyQuestionOut]:
        return [question_out(asked) for asked in survey()]

    @router.get("", summary="진단 목록")
    def listed(
        owner: Owner,
        status: Annotated[Literal[Status.DRAFT, Status.ISSUED] | None, Query(description="비우면 모두 봅니다.")] = None,
        page: Annotated[int, Query(ge=1, le=100_000, description="몇째 쪽인지. 1부터 셉니다.")] = 1,
        per_page: Annotated[int, Query(ge=1, le=100, description="한 쪽에 몇 개까지인지")] = 20,
    ) -> DiagnosisPage:
        return diagnosis_page(*open_room().page(owner, page, per_page, status), page, per_page)

    @router.post("", summary="진단 초안을 만듭니다", status_code=201)
    def draft(owner: Owner, sent: DraftIn, response: Response) -> DiagnosisOut:
        made = open_room().draft(owner, sent.model_dump(mode="json", exclude={"as_of"}), sent.as_of)
        response.headers["Location"] = f"/v1/diagnoses/{made.id}"
        return diagnosis_out(made)

    @router.get("/{name}", summary="진단 하나", responses=refusals(405, 410))
    def one(owner: Owner, name: Name) -> DiagnosisOut:
        return diagnosis_out(open_room().get(owner, name))

    @router.patch("/{name}", summary="초안을 고칩니다", responses=refusals(405, 409, 410))
    def edit(owner: Owner, name: Name, sent: EditIn) -> DiagnosisOut:
        return diagnosis_out(open_room().edit(owner, name, sent.case, sent.edits, sent.as_of))

    @router.post("/{name}/issue", summary="초안을 번호를 붙여 발급합니다", responses=refusals(410))
    def issue(owner: Owner, name: Name) -> DiagnosisOut:
        return diagnosis_out(open_room().issue(owner, name))

    @router.post(
        "/{name}/reissue", summary="발급한 진단으로 새 초안을 만듭니다", status_code=201, responses=refusals(410)
    )
    def reissue(owner: Owner, name: Name, response: Response, sent: ReissueIn | None = None) -> DiagnosisOut:
        made = open_room().reissue(owner, name, sent.as_of if sent else None)
        response.headers["Location"] = f"/v1/diagnoses/{made.id}"
        return diagnosis_out(made)

    @router.delete("/{name}", summary="진단의 내용을 지웁니다", status_code=204, responses=refusals(405, 410))
    def delete(owner: Owner, name: Name) -> None:
        open_room().delete(owner, name)

    @router.get(
        "/{name}/report.{suffix}", summary="보고서 파일", response_class=Response, responses=FILES | refusals(410)
    )
    def report(owner: Owner, name: Name, suffix: Annotated[Suffix, Path(description="보고서 파일의 형식")]) -> Response:
        return file_reply(open_room().file(owner, name, suffix), suffix)

    return router


def file_reply(file: ReportFile, suffix: Suffix) -> Response:
    """A report that a browser keeps under its name, and nothing on the way keeps."""
    plain = file.name.encode("ascii", "ignore").decode().strip("_") or f"report.{suffix}"
    shown = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file.name)}"
    return Response(
        file.content, media_type=FORMATS[suffix].media_type, headers={"Content-Disposition": shown, **NEVER_KEPT}
    )


def _guarded(check: Callable[[Request, str | None], None]) -> type[APIRoute]:
    """Routes that ask for the key before they read the body, which whoever has no key could have made up."""

    class Guarded(APIRoute):
        def get_route_handler(self) -> Callable[[Request], Coroutine[object, object, Response]]:
            handle = super().get_route_handler()

            async def guarded(request: Request) -> Response:
                check(request, request.headers.get("x-api-key"))
                return await handle(request)

            return guarded

    return Guarded


def _never_kept(response: Response) -> None:
    """No cache on the way keeps what tells of a company."""
    response.headers.update(NEVER_KEPT)


async def refused_problem(request: Request, error: Exception) -> Response:
    """A case or a wish that cannot be met, said with its own sentence."""
    status = error.status if isinstance(error, ConsultRefused) else 422
    return problem(status, str(error), request_id_of(request), NEVER_KEPT)


HANDLERS = {CaseRefused: refused_problem, ConsultRefused: refused_problem, FormatUnknown: refused_problem}
