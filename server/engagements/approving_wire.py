"""Approvals on the wire: whom to ask and what the reviewer says flow in, how a document stands flows out."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from rag.engagement.papers import TITLES, PaperKind
from server.asking.values import Inbound, Words
from server.engagements.papers_made import said_in
from server.store.approvals import ApprovalState, AskedPaper, KeptApproval

MOST_SAID = 2000
Saying = Annotated[str, Field(max_length=MOST_SAID)]


class ApprovalAskIn(Inbound):
    """문서를 검토할 사람입니다."""

    person: Words = Field(description="검토할 사람. 열쇠를 만들 때 적은 이름입니다.")
    wish: Saying = Field(default="", description="검토할 사람에게 전할 말")


class ApprovalDecideIn(Inbound):
    """검토한 결과입니다. 돌려보낼 때는 까닭을 적습니다."""

    state: Literal[ApprovalState.APPROVED, ApprovalState.RETURNED] = Field(
        description="approved(승인)이나 returned(돌려보냄)"
    )
    remark: Saying = Field(default="", description="의견. 돌려보낼 때는 꼭 적습니다.")

    @model_validator(mode="after")
    def _has_a_reason(self) -> Self:
        if self.state is ApprovalState.RETURNED and not self.remark.strip():
            raise PydanticCustomError("no_reason", "a reason is missing")
        return self


class ApprovalOut(BaseModel):
    """문서의 검토입니다."""

    state: ApprovalState = Field(description="검토가 어떤지")
    reviewer: str = Field(description="검토할 사람")
    asked_by: str = Field(description="검토를 맡긴 사람")
    asked_at: datetime = Field(description="맡긴 때(ISO 8601)")
    wish: str = Field(description="맡기며 전한 말")
    remark: str = Field(description="검토한 사람의 의견")
    decided_at: datetime | None = Field(description="결과를 정한 때(ISO 8601). 아직이면 null")


class AskedOut(BaseModel):
    """검토를 맡은 문서 하나입니다."""

    number: str = Field(description="발급 번호")
    kind: PaperKind = Field(description="문서의 종류")
    title: str = Field(description="문서의 이름")
    company: str = Field(description="기업의 이름")
    issued_at: datetime = Field(description="발급한 때(ISO 8601)")
    is_replaced: bool = Field(description="더 새로운 문서가 있어 옛것인지")
    approval: ApprovalOut = Field(description="검토가 어떤지")


def approval_out(kept: KeptApproval) -> ApprovalOut:
    """How the approval of a document stands."""
    return ApprovalOut(
        state=kept.state,
        reviewer=kept.person,
        asked_by=kept.asked_by,
        asked_at=datetime.fromisoformat(kept.asked_at),
        wish=kept.wish or "",
        remark=kept.remark or "",
        decided_at=datetime.fromisoformat(kept.decided_at) if kept.decided_at else None,
    )


def asked_out(asked: AskedPaper) -> AskedOut:
    """A document as its reviewer sees it in a list."""
    kind = PaperKind(asked.paper.kind)
    return AskedOut(
        number=asked.paper.number,
        kind=kind,
        title=TITLES[kind],
        company=said_in(asked.paper).subtitle,
        issued_at=datetime.fromisoformat(asked.paper.issued_at),
        is_replaced=asked.is_replaced,
        approval=approval_out(asked.approval),
    )
