"""Consulting files on the wire: what a consultant sends flows in; a file, its entries and documents flow out."""

from __future__ import annotations

from base64 import b64decode
from datetime import date, datetime
from typing import Annotated, Any, get_type_hints

from pydantic import BaseModel, Field, create_model, field_validator
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from rag.engagement.file import Entry
from rag.engagement.items import KINDS, Gap, Plan, Run, Survey, Visit
from rag.engagement.papers import TITLES, PaperKind
from server.asking.values import Day, Inbound, Words
from server.diagnoses.intake import CompanyIn
from server.engagements.approving_wire import ApprovalOut, approval_out
from server.engagements.filing import HeldFile
from server.store.approvals import KeptApproval
from server.store.cabinet import FileState, KeptPaper

MOST_SENT = 240_000


class EngagementIn(Inbound):
    """새 컨설팅 파일입니다. 회사에 관해 아는 것만 적습니다."""

    company: CompanyIn = Field(description="기업 개요. 무엇이든 비울 수 있습니다.", default_factory=CompanyIn)


class EngagementEditIn(Inbound):
    """바꿀 것만 적습니다. 기업 개요에서 적은 칸만 바뀌고 null은 지웁니다."""

    company: CompanyIn | None = Field(default=None, description="바꿀 기업 개요. 적은 칸만 바뀝니다.")
    note: Annotated[str, Field(max_length=2000)] | None = Field(default=None, description="검토한 사람의 메모")
    is_closed: Annotated[bool, Field(strict=True)] | None = Field(
        default=None, description="닫으려면 true, 다시 열려면 false"
    )

    @property
    def fields(self) -> dict[str, object]:
        """The fields of the company that were sent, and no others."""
        return self.company.model_dump(mode="json", exclude_unset=True) if self.company else {}

    @property
    def state(self) -> FileState | None:
        """How the file is to stand."""
        return None if self.is_closed is None else FileState.CLOSED if self.is_closed else FileState.OPEN


class HandoverIn(Inbound):
    """다른 컨설턴트에게 넘깁니다."""

    person: Words = Field(description="넘겨받을 사람. 열쇠를 만들 때 적은 이름입니다.")


class IssueIn(Inbound):
    """발급할 문서입니다."""

    kind: PaperKind = Field(description="문서의 종류")
    as_of: Day | None = Field(default=None, description="기준일(YYYY-MM-DD). 비우면 오늘(한국)입니다.")


class ImportIn(Inbound):
    """파일을 열 기업의 표나, 파일에 적을 항목의 표입니다."""

    name: Words = Field(description="표 파일의 이름. .xlsx, .xlsm, .csv 가운데 하나로 끝납니다.")
    content: Annotated[bytes, Field(max_length=MOST_SENT)] = Field(description="표 파일의 내용(base64)")

    @field_validator("content")
    @classmethod
    def _unpacked(cls, sent: bytes) -> bytes:
        try:
            return b64decode(sent, validate=True)
        except ValueError:
            raise PydanticCustomError("no_base64", "no base64") from None


class ImportedOut(BaseModel):
    """표의 한 행입니다."""

    row: int = Field(description="표의 몇째 행인지. 1부터 셉니다.")
    company: str = Field(description="기업의 이름. 적지 않았으면 빈 글")
    id: str | None = Field(description="파일의 id. 열거나 적지 못했으면 null")
    kind: str = Field(description="항목의 종류(visits, gaps, plans, runs). 기업의 행이면 빈 글")
    is_new: bool = Field(description="새로 열었거나 적었는지")
    said: list[str] = Field(description="확인할 것이나 열지 못한 까닭")


class ImportOut(BaseModel):
    """표에서 연 파일과 적은 항목입니다."""

    rows: list[ImportedOut] = Field(description="표의 행마다")
    notices: list[str] = Field(description="표에서 쓰지 않은 것")


class EntryOut(BaseModel):
    """항목 하나와 그것을 적은 사람입니다."""

    id: str = Field(description="항목의 id")
    at: datetime = Field(description="적거나 고친 때(ISO 8601)")
    by: str = Field(description="적거나 고친 사람")


class VisitOut(EntryOut):
    """수행일지 하나입니다."""

    item: Visit = Field(description="적은 내용")


class GapOut(EntryOut):
    """직무·과업 격차 하나입니다."""

    item: Gap = Field(description="적은 내용")


class PlanOut(EntryOut):
    """훈련 계획 하나입니다."""

    item: Plan = Field(description="적은 내용")


class RunOut(EntryOut):
    """실시한 훈련 하나입니다."""

    item: Run = Field(description="적은 내용")


class SurveyOut(EntryOut):
    """조사 하나입니다."""

    item: Survey = Field(description="적은 내용")


ENTRIES: dict[str, type[VisitOut] | type[GapOut] | type[PlanOut] | type[RunOut] | type[SurveyOut]] = {
    "visits": VisitOut,
    "gaps": GapOut,
    "plans": PlanOut,
    "runs": RunOut,
    "surveys": SurveyOut,
}
"""How an entry is told, by the name of its list."""


def _edit(name: str, item: type[Any]) -> type[BaseModel]:
    """What may be sent to change an item: each of its fields but the kind, or null to take away what it tells."""
    fields: dict[str, Any] = {}
    for field, hint in get_type_hints(item, include_extras=True).items():
        if field != "kind" and not field.startswith("__"):
            told = next(each for each in hint.__metadata__ if isinstance(each, FieldInfo))
            fields[field] = (hint | None, Field(default=None, title=told.title, description=told.description))
    doc = "바꿀 칸만 적습니다. null은 지웁니다. 종류는 바꿀 수 없습니다."
    return create_model(name, __base__=Inbound, __doc__=doc, **fields)


EDITS = {kind: _edit(f"{item.__name__}EditIn", item) for kind, item in KINDS.items()}
"""What may be sent to change an entry, by the name of its list."""


class DueOut(BaseModel):
    """다음에 할 일입니다."""

    day: date = Field(description="언제까지(YYYY-MM-DD)")
    what: str = Field(description="무엇을")


class EngagementOut(BaseModel):
    """컨설팅 파일의 목록 한 줄입니다."""

    id: str = Field(description="파일의 id")
    company: str = Field(description="기업의 이름. 적지 않았으면 빈 글")
    consultant: str = Field(description="맡은 컨설턴트")
    state: FileState = Field(description="열려 있는지(open) 닫혔는지(closed)")
    revision: int = Field(description="몇 번째로 고친 것인지. ETag와 같습니다.")
    opened_on: date = Field(description="연 날(YYYY-MM-DD)")
    updated_at: datetime = Field(description="마지막으로 고친 때(ISO 8601)")
    due: list[DueOut] = Field(description="다음에 할 일, 가까운 것부터")


class EngagementWhole(EngagementOut):
    """컨설팅 파일 하나입니다."""

    about: dict[str, Any] = Field(description="기업 개요, 적은 그대로")
    note: str = Field(description="검토한 사람의 메모")
    asks: dict[str, str] = Field(description="표에서 읽지 못해 물어볼 것: 칸이나 설문 문항의 id에서 물음으로")
    visits: list[VisitOut] = Field(description="수행일지")
    gaps: list[GapOut] = Field(description="직무·과업 격차")
    plans: list[PlanOut] = Field(description="훈련 계획: PBL, S-OJT, 과정")
    runs: list[RunOut] = Field(description="실시한 훈련")
    surveys: list[SurveyOut] = Field(description="조사")


class EngagementPage(BaseModel):
    """컨설팅 파일 목록 한 쪽입니다."""

    engagements: list[EngagementOut] = Field(description="이 쪽의 파일, 다음 일정이 가까운 것부터")
    page: int = Field(description="몇째 쪽인지. 1부터 셉니다.")
    per_page: int = Field(description="한 쪽에 몇 개까지인지")
    total: int = Field(description="모두 몇 개인지")
    pages: int = Field(description="모두 몇 쪽인지. 없으면 0")


class IssuedOut(BaseModel):
    """발급한 문서 하나입니다."""

    number: str = Field(description="발급 번호")
    kind: PaperKind = Field(description="문서의 종류")
    title: str = Field(description="문서의 이름")
    former: str | None = Field(description="이 문서가 갈음하는 이전 번호. 처음이면 null")
    is_replaced: bool = Field(description="더 새로운 문서가 있어 옛것인지")
    is_behind: bool = Field(description="발급한 뒤에 파일의 내용이 바뀌었는지")
    as_of: date = Field(description="기준일(YYYY-MM-DD)")
    issued_at: datetime = Field(description="발급한 때(ISO 8601)")
    issued_by: str = Field(description="발급한 사람")
    approval: ApprovalOut | None = Field(description="검토가 어떤지. 맡기지 않았으면 null")


def file_out(held: HeldFile, today: date) -> EngagementOut:
    """A file as a list shows it."""
    return EngagementOut(**_line(held, today))


def file_whole(held: HeldFile, today: date) -> EngagementWhole:
    """A file with everything in it."""
    content = held.content
    return EngagementWhole(
        **_line(held, today),
        about=content.company,
        note=content.note,
        asks=content.open_asks,
        visits=[VisitOut(**entry_out(e)) for e in content.visits],
        gaps=[GapOut(**entry_out(e)) for e in content.gaps],
        plans=[PlanOut(**entry_out(e)) for e in content.plans],
        runs=[RunOut(**entry_out(e)) for e in content.runs],
        surveys=[SurveyOut(**entry_out(e)) for e in content.surveys],
    )


def paper_out(
    paper: KeptPaper, held: HeldFile, others: tuple[KeptPaper, ...], approval: KeptApproval | None = None
) -> IssuedOut:
    """One document beside all of its file."""
    kind = PaperKind(paper.kind)
    return IssuedOut(
        number=paper.number,
        kind=kind,
        title=TITLES[kind],
        former=paper.former,
        is_replaced=any(other.former == paper.number for other in others),
        is_behind=held.kept.written > paper.revision,
        as_of=date.fromisoformat(paper.as_of),
        issued_at=datetime.fromisoformat(paper.issued_at),
        issued_by=paper.issued_by,
        approval=approval_out(approval) if approval else None,
    )


def entry_out(entry: Entry[Any]) -> dict[str, Any]:
    """One entry as it is sent."""
    return {"id": entry.id, "item": entry.item, "at": entry.at, "by": entry.by}


def _line(held: HeldFile, today: date) -> dict[str, Any]:
    return {
        "id": held.kept.id,
        "company": held.company,
        "consultant": held.kept.consultant,
        "state": held.kept.state,
        "revision": held.kept.revision,
        "opened_on": held.kept.opened_on,
        "updated_at": held.kept.updated_at,
        "due": [DueOut(day=each.day, what=each.what) for each in held.content.due(today)],
    }
