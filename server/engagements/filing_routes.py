"""Routes of consulting files: requests below `/v1/engagements` flow in; files, entries and documents flow out."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from rag.engagement.items import CALLED, KINDS
from rag.engagement.papers import TITLES, PaperKind
from server.asking.values import Day
from server.diagnoses.routes import NEVER_KEPT, Suffix
from server.engagements.approving import Approving
from server.engagements.approving_routes import add_approvals
from server.engagements.due_calendar import due_calendar
from server.engagements.filing import Filing, HeldFile, Order
from server.engagements.filing_refusals import FilingRefused
from server.engagements.filing_wire import (
    EDITS,
    ENTRIES,
    EngagementEditIn,
    EngagementIn,
    EngagementPage,
    EngagementWhole,
    HandoverIn,
    ImportedOut,
    ImportIn,
    ImportOut,
    IssuedOut,
    IssueIn,
    entry_out,
    file_out,
    file_whole,
    paper_out,
)
from server.engagements.importing import imported
from server.engagements.printing import MOST_FILES, printed
from server.engagements.requests import (
    CHANGING,
    ERASING,
    OF_ENTRY,
    OF_FILE,
    READING,
    EntryId,
    FileId,
    Known,
    archive,
    etag_of,
    file_of,
    tag_of,
    who_of,
)
from server.http.keys import Consultants, consultants_only
from server.http.problems import problem, refusals, request_id_of
from server.http.queries import then_known
from server.reports import write
from server.store.cabinet import FileState

CALENDAR: dict[int | str, dict[str, Any]] = {200: {"content": {"text/calendar": {"schema": {"type": "string"}}}}}


ARCHIVE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}
}
EXAMPLE = "0b1c2d3e4f506172839405a6b7c8d9e0"
FILES_SAID = f"파일의 id. 여럿이면 쉼표로 이어 {MOST_FILES}개까지"
FILES_FORM = rf"^[^,/]{{1,100}}(,[^,/]{{1,100}}){{0,{MOST_FILES - 1}}}$"


class StateAsked(StrEnum):
    """열린 파일과 닫은 파일입니다."""

    OPEN = "open"
    CLOSED = "closed"


def filing_routes(approving: Approving, consultants: Consultants) -> APIRouter:
    """The routes, each behind a consultant's key."""
    filing = approving.filing
    check = consultants_only(consultants)
    guard = [Depends(check), Depends(then_known), Depends(_never_kept)]
    router = APIRouter(prefix="/v1/engagements", tags=["컨설팅"], dependencies=guard)

    @router.get("", summary="컨설팅 파일 목록")
    def engagements(
        request: Request,
        q: Annotated[str, Query(max_length=100, description="회사 이름, 업종, 소재지에 든 말")] = "",
        state: Annotated[StateAsked, Query(description="열린 파일인지 닫은 파일인지")] = StateAsked.OPEN,
        sort: Annotated[
            Order, Query(description="차례: due(다음 일정이 가까운 것부터), updated(최근에 고친 것부터), company(이름)")
        ] = Order.DUE,
        due_within: Annotated[
            int | None, Query(ge=0, le=366, description="며칠 안에 할 일이 있는 것만. 비우면 모두", examples=[30])
        ] = None,
        page: Annotated[int, Query(ge=1, le=100_000, description="몇째 쪽인지. 1부터 셉니다.")] = 1,
        per_page: Annotated[int, Query(ge=1, le=100, description="한 쪽에 몇 개까지인지")] = 20,
    ) -> EngagementPage:
        found = filing.all(who_of(request), q, FileState(state.value), sort, due_within)
        some = found[(page - 1) * per_page : page * per_page]
        today = filing.now().date()
        return EngagementPage(
            engagements=[file_out(held, today) for held in some],
            page=page,
            per_page=per_page,
            total=len(found),
            pages=-(-len(found) // per_page),
        )

    @router.post("", summary="컨설팅 파일을 엽니다", status_code=201)
    def begin_engagement(request: Request, response: Response, sent: EngagementIn) -> EngagementWhole:
        company = sent.company.model_dump(mode="json", exclude_unset=True)
        made = filing.begin(who_of(request), {k: v for k, v in company.items() if v is not None})
        response.headers["Location"] = f"/v1/engagements/{made.kept.id}"
        return _whole(made, response, filing.now())

    @router.get("/due.ics", summary="다음 일정의 달력", response_class=Response, responses=CALENDAR)
    def engagements_due(request: Request) -> Response:
        held = filing.all(who_of(request))
        return Response(due_calendar(held, filing.now()), media_type="text/calendar; charset=utf-8", headers=NEVER_KEPT)

    @router.get(
        "/documents.zip",
        summary="여러 파일의 발급한 문서를 하나로 묶은 것",
        response_class=Response,
        responses=ARCHIVE | refusals(404, 409, 410),
    )
    def printed_documents(
        request: Request,
        files: Annotated[str, Query(description=FILES_SAID, pattern=FILES_FORM, examples=[EXAMPLE])],
        suffix: Annotated[Suffix, Query(description="파일의 형식")] = Suffix.PDF,
    ) -> Response:
        return archive(printed(filing, who_of(request), files.split(","), suffix))

    @router.post("/import", summary="표로 파일을 열고 항목을 적습니다")
    def import_engagements(request: Request, sent: ImportIn) -> ImportOut:
        rows, notices = imported(filing, who_of(request), sent.name, sent.content)
        told = [
            ImportedOut(row=r.row, company=r.company, id=r.file, kind=r.kind, is_new=r.is_new, said=[*r.said])
            for r in rows
        ]
        return ImportOut(rows=told, notices=[*notices])

    add_approvals(router, approving)

    @router.get("/{id}", summary="컨설팅 파일 하나", responses=READING)
    def engagement(request: Request, response: Response, id: FileId) -> EngagementWhole:
        return _whole(filing.get(who_of(request), id), response, filing.now())

    @router.patch("/{id}", summary="회사, 메모, 상태를 고칩니다", responses=CHANGING)
    def edit_engagement(
        request: Request, response: Response, id: FileId, sent: EngagementEditIn, known: Known = ""
    ) -> EngagementWhole:
        held = filing.describe(who_of(request), id, sent.fields, sent.note, sent.state, tag_of(known))
        return _whole(held, response, filing.now())

    @router.delete("/{id}", summary="파일의 내용을 지웁니다", status_code=204, responses=ERASING)
    def delete_engagement(request: Request, id: FileId, known: Known = "") -> None:
        filing.erase(who_of(request), id, tag_of(known))

    @router.post("/{id}/handover", summary="다른 컨설턴트에게 넘깁니다", responses=CHANGING)
    def hand_over_engagement(
        request: Request, response: Response, id: FileId, sent: HandoverIn, known: Known = ""
    ) -> EngagementWhole:
        return _whole(filing.hand_over(who_of(request), id, sent.person, tag_of(known)), response, filing.now())

    @router.get("/{id}/compare", summary="두 날의 수준과 훈련을 견줍니다", responses=READING)
    def compare_engagement(
        request: Request,
        id: FileId,
        against: Annotated[Day, Query(alias="with", description="견줄 날(YYYY-MM-DD)", examples=["2026-03-02"])],
        as_of: Annotated[Day | None, Query(description="기준일(YYYY-MM-DD). 비우면 오늘(한국)입니다.")] = None,
    ) -> dict[str, Any]:
        return _as_json(filing.compare(who_of(request), id, against, as_of))

    _add_papers(router, approving)
    for kind in KINDS:
        _add_entries(router, filing, kind)
    return router


def _add_papers(router: APIRouter, approving: Approving) -> None:
    filing = approving.filing

    @router.get("/{id}/documents", summary="발급한 문서 목록", responses=READING)
    def engagement_documents(request: Request, response: Response, id: FileId) -> list[IssuedOut]:
        held, found, approvals = approving.papers(who_of(request), id)
        response.headers["ETag"] = etag_of(held)
        return [paper_out(paper, held, found, approvals.get(paper.id)) for paper in found]

    @router.post("/{id}/documents", summary="문서를 번호를 붙여 발급합니다", status_code=201, responses=CHANGING)
    def issue_document(request: Request, response: Response, id: FileId, sent: IssueIn, known: Known = "") -> IssuedOut:
        made = filing.issue(who_of(request), id, sent.kind, sent.as_of, tag_of(known))
        response.headers["Location"] = f"/v1/engagements/{id}/documents/{quote(made.number)}.pdf"
        held, found = filing.papers(who_of(request), id)
        return paper_out(made, held, found)

    @router.get(
        "/{id}/drafts/{kind}.{suffix}",
        summary="발급하기 전의 문서 파일",
        response_class=Response,
        responses=OF_FILE,
    )
    def draft_document(
        request: Request,
        id: FileId,
        kind: Annotated[PaperKind, Path(description="문서의 종류")],
        suffix: Annotated[Suffix, Path(description="파일의 형식")],
        as_of: Annotated[Day | None, Query(description="기준일(YYYY-MM-DD). 비우면 오늘(한국)입니다.")] = None,
    ) -> Response:
        report = filing.preview(who_of(request), id, kind, as_of)
        return file_of(report, suffix, f"{TITLES[kind].replace(' ', '_')}_초안")

    @router.get(
        "/{id}/documents/{number}.{suffix}",
        summary="발급한 문서 파일",
        response_class=Response,
        responses=OF_FILE,
    )
    def document_file(
        request: Request,
        id: FileId,
        number: Annotated[str, Path(max_length=100, description="발급 번호", examples=["26-경인-기초-00001"])],
        suffix: Annotated[Suffix, Path(description="파일의 형식")],
    ) -> Response:
        return file_of(filing.issued(who_of(request), id, number), suffix, number)


def _add_entries(router: APIRouter, filing: Filing, kind: str) -> None:
    """The four routes of one kind of entry; what they take and give is told to the framework by its type."""
    item: Any = KINDS[kind]
    given: Any = ENTRIES[kind]

    def listed(request: Request, response: Response, id: FileId) -> Any:
        held = filing.get(who_of(request), id)
        response.headers["ETag"] = etag_of(held)
        return [entry_out(entry) for entry in held.content.of(kind)]

    def add(request: Request, response: Response, id: FileId, sent: Any, known: Known = "") -> Any:
        held, made = filing.add(who_of(request), id, kind, sent, tag_of(known))
        response.headers["ETag"] = etag_of(held)
        response.headers["Location"] = f"/v1/engagements/{id}/{kind}/{made.id}"
        return entry_out(made)

    def change(
        request: Request,
        response: Response,
        id: FileId,
        entry: EntryId,
        sent: Any,
        known: Known = "",
    ) -> Any:
        changes = sent.model_dump(mode="json", exclude_unset=True)
        held, made = filing.change(who_of(request), id, kind, entry, changes, tag_of(known))
        response.headers["ETag"] = etag_of(held)
        return entry_out(made)

    def remove(request: Request, id: FileId, entry: EntryId, known: Known = "") -> None:
        filing.remove(who_of(request), id, kind, entry, tag_of(known))

    add.__annotations__["sent"], change.__annotations__["sent"] = item, EDITS[kind]

    def route(path: str, work: Callable[..., Any], method: str, verb: str, what: str, **more: Any) -> None:
        said = f"{CALLED[kind]}: {what}"
        refused = READING if method == "GET" else CHANGING if method == "POST" else OF_ENTRY
        router.add_api_route(
            path, work, methods=[method], responses=refused, summary=said, name=f"{verb}_{kind}", **more
        )

    path = f"/{{id}}/{kind}"
    route(path, listed, "GET", "list", "목록", response_model=list[given])
    route(path, add, "POST", "add", "하나를 더합니다", response_model=given, status_code=201)
    route(f"{path}/{{entry}}", change, "PATCH", "change", "하나를 고칩니다", response_model=given)
    route(f"{path}/{{entry}}", remove, "DELETE", "remove", "하나를 지웁니다", status_code=204)


def _whole(held: HeldFile, response: Response, now: datetime) -> EngagementWhole:
    response.headers["ETag"] = etag_of(held)
    return file_whole(held, now.date())


def _as_json(report: Any) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(write(report, Suffix.JSON))
    return told


def _never_kept(response: Response) -> None:
    """No cache on the way keeps what tells of a company."""
    response.headers.update(NEVER_KEPT)


async def filing_problem(request: Request, error: Exception) -> Response:
    """What cannot be done, as a problem."""
    assert isinstance(error, FilingRefused)
    return problem(error.status, str(error), request_id_of(request), NEVER_KEPT)


HANDLERS = {FilingRefused: filing_problem}
