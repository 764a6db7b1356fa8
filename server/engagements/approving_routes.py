"""Routes of approvals: a reviewer asks what waits, sees a document and decides; a consultant asks for it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from server.diagnoses.routes import Suffix
from server.engagements.approving import Approving
from server.engagements.approving_wire import ApprovalAskIn, ApprovalDecideIn, AskedOut, asked_out
from server.engagements.filing_wire import IssuedOut, paper_out
from server.engagements.requests import OF_ENTRY, OF_FILE, FileId, Known, file_of, tag_of, who_of
from server.http.problems import refusals
from server.store.approvals import ApprovalState

Number = Annotated[str, Path(max_length=100, description="발급 번호", examples=["26-경인-기초-00001"])]


def add_approvals(router: APIRouter, approving: Approving) -> None:
    """The routes of a reviewer, and how a consultant asks one; before those that take any id."""

    @router.get("/approvals", summary="검토를 맡은 문서 목록")
    def approvals(
        request: Request,
        state: Annotated[ApprovalState, Query(description="검토가 어떤 것인지")] = ApprovalState.ASKED,
    ) -> list[AskedOut]:
        return [asked_out(asked) for asked in approving.asked(who_of(request), state)]

    @router.get(
        "/approvals/{number}.{suffix}",
        summary="검토를 맡은 문서 파일",
        response_class=Response,
        responses=OF_FILE,
    )
    def approval_file(
        request: Request, number: Number, suffix: Annotated[Suffix, Path(description="파일의 형식")]
    ) -> Response:
        return file_of(approving.report(who_of(request), number), suffix, number)

    @router.post(
        "/approvals/{number}", summary="검토한 문서를 승인하거나 돌려보냅니다", responses=refusals(404, 409, 410)
    )
    def decide_approval(request: Request, number: Number, sent: ApprovalDecideIn) -> AskedOut:
        return asked_out(approving.decide(who_of(request), number, sent.state, sent.remark.strip()))

    @router.post("/{id}/documents/{number}/approval", summary="문서의 검토를 맡깁니다", responses=OF_ENTRY)
    def ask_approval(request: Request, id: FileId, number: Number, sent: ApprovalAskIn, known: Known = "") -> IssuedOut:
        who = who_of(request)
        paper = approving.ask(who, id, number, sent.person, sent.wish.strip(), tag_of(known))
        held, papers, approvals = approving.papers(who, id)
        return paper_out(paper, held, papers, approvals.get(paper.id))
