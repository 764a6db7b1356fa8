"""The catalogue on the wire: filters flow in, a page of programmes flows out, or one programme with all its facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, Field

from rag.announced import posted
from rag.answering.select import ceiling
from rag.domain import (
    Benefit,
    BenefitKind,
    CompanyProfile,
    Contact,
    Criterion,
    Detail,
    Evidence,
    Match,
    Period,
    Result,
)
from rag.messages.of_staff import ANNOUNCED
from rag.shelf import home_of
from server.asking.announced_wire import AnnouncementOut, Checked, announcements_out
from server.asking.making import Mark, document_out, key_out, kinds_told, period_out, program_out
from server.asking.records import CitationOut, DocumentOut, KeyOut, PeriodOut, TrackOut
from server.desks.desks import Desk
from server.http.fresh import Refusal
from server.portal.filters import Filters, Sort, chosen
from server.portal.marks import Marks

Item = TypeVar("Item")

NO_PROGRAM = "그런 지원사업이 없습니다. /v1/programs에서 id를 확인해 주세요."

AsOf = Annotated[date, Field(description="이 날을 기준으로 판단했습니다(YYYY-MM-DD).", examples=["2026-03-20"])]
GenerationId = Annotated[str, Field(description="답한 색인 판의 번호", examples=["20260320T090000-0"])]
ProgramId = Annotated[str, Field(description="지원사업의 id. /v1/programs/{id}에 씁니다.", examples=["guide2026-1"])]
ProgramName = Annotated[str, Field(description="지원사업의 이름", examples=["가상 바우처"])]
Citations = Annotated[list[CitationOut], Field(description="citation 번호마다 원문의 문서, 쪽, 글")]


class Paged(BaseModel):
    """One page of a list; pages count from 1, and there are 0 where nothing fits."""

    page: int = Field(description="몇째 쪽인지. 1부터 셉니다.", examples=[1])
    per_page: int = Field(description="한 쪽에 몇 개까지인지", examples=[20])
    total: int = Field(description="모두 몇 개인지", examples=[41])
    pages: int = Field(description="모두 몇 쪽인지. 없으면 0입니다.", examples=[3])
    as_of: AsOf
    generation: GenerationId
    announcements_read: bool = Checked


class ProgramSummary(BaseModel):
    """One line of the catalogue; `period` is what counts on the day asked for."""

    id: ProgramId
    name: ProgramName
    aliases: tuple[str, ...] = Field(description="다른 이름", examples=[["바우처"]])
    year: int | None = Field(description="어느 해의 사업인지(연도). 모르면 null입니다.", examples=[2026])
    ministry: str = Field(description="주는 부처나 지방정부", examples=["중소기업부"])
    agency: str = Field(description="맡아 하는 기관", examples=["가나다센터"])
    key: KeyOut = Field(description="같은 이름의 다른 사업과 가르는 것")
    kinds: list[BenefitKind] = Field(description="지원의 종류", examples=[["voucher"]])
    amount: int | None = Field(
        description="한 기업이 많아야 얼마를 받는지(원). 문서에 없으면 null입니다.", examples=[20_000_000]
    )
    regions: list[str] = Field(
        description="대상 지역. 빈 목록은 읽은 지역이 없다는 뜻이며 전국이 아닙니다.",
        examples=[["경기도 화성시"]],
    )
    in_region: Result | None = Field(
        description="물은 region이 대상인지: met(대상), unknown(확인되지 않음). 묻지 않았으면 null입니다.",
        examples=["met"],
    )
    period: PeriodOut = Field(description="기준일의 접수기간")
    announcements: list[AnnouncementOut] = Field(default=[], description=ANNOUNCED, examples=[[]])


class ProgramPage(Paged):
    """One page of the catalogue."""

    programs: list[ProgramSummary] = Field(description="거르고 남은 지원사업, sort의 순서로")


class SiblingOut(BaseModel):
    """Another programme of the same name: of another government, or of another year."""

    id: ProgramId
    name: ProgramName
    year: int | None = Field(description="어느 해의 사업인지(연도)", examples=[2025])
    key: KeyOut = Field(description="무엇이 다른지")


class ProgramDetail(ProgramSummary):
    """One programme with all its facts, each with its evidence; `document` is what they were read from."""

    document: DocumentOut | None = Field(description="읽은 문서")
    evidence: Evidence = Field(description="이 사업임을 읽은 자리")
    tracks: list[TrackOut] = Field(description="세부 유형마다 접수기간, 요건, 문의처")
    unread: list[str] = Field(
        description="지원요건 가운데 읽지 못한 글. 있으면 대상인지 정하지 않습니다.", examples=[[]]
    )
    siblings: list[SiblingOut] = Field(description="이름이 같은 다른 사업과 다른 해의 사업")
    details: tuple[Detail, ...] = Field(description="제목과 글로 된 내용")
    criteria: tuple[Criterion, ...] = Field(description="지원요건")
    benefits: tuple[Benefit, ...] = Field(description="지원내용. ceiling은 원(KRW), rate와 own_share는 퍼센트입니다.")
    periods: tuple[Period, ...] = Field(description="접수기간 모두")
    contacts: tuple[Contact, ...] = Field(description="문의처 모두")
    steps: tuple[Detail, ...] = Field(description="신청 절차")
    supersedes: str | None = Field(description="앞선 판의 id", examples=[None])
    citations: Citations
    as_of: AsOf
    generation: GenerationId
    announcements_read: bool = Checked


def program_page(
    desk: Desk, filters: Filters, sort: Sort, as_of: date, page: int, per_page: int
) -> ProgramPage | Refusal:
    """The programmes that pass the filters, in the order asked for."""
    found = chosen(desk, filters, as_of, sort)
    if isinstance(found, Refusal):
        return found
    return ProgramPage(
        programs=[
            ProgramSummary.model_validate(_summary(match, as_of, _unmarked, found.places))
            for match in page_of(found.matches, page, per_page)
        ],
        **paging(len(found.matches), page, per_page),
        as_of=as_of,
        generation=desk.record.id,
    )


def page_of(items: Sequence[Item], page: int, per_page: int) -> Sequence[Item]:
    """The items on a page, counted from 1."""
    return items[(page - 1) * per_page : page * per_page]


def paging(total: int, page: int, per_page: int) -> dict[str, Any]:
    """How many there are, and on how many pages."""
    return {"page": page, "per_page": per_page, "total": total, "pages": -(-total // per_page)}


def program_detail(desk: Desk, program_id: str, as_of: date) -> ProgramDetail | Refusal:
    """One programme; refused where the catalogue has none of that id."""
    matches = desk.match(CompanyProfile(), as_of)
    match = next((match for match in matches if match.program.id == program_id), None)
    if match is None:
        return Refusal(404, NO_PROGRAM)
    program, marks = match.program, Marks()
    source, told = desk.catalogue.source(program.source_id), program_out(match, as_of, marks)
    return ProgramDetail.model_validate(
        {
            **_summary(match, as_of, marks, None),
            "document": document_out(source) if source else None,
            "evidence": program.evidence,
            "tracks": told.tracks,
            "unread": told.unread,
            "siblings": [
                {"id": m.program.id, "name": m.program.name, "year": m.program.year, "key": key_out(m.program)}
                for m in matches
                if m.program.name == program.name and m.program.id != program.id
            ],
            "details": program.details,
            "criteria": program.criteria,
            "benefits": program.benefits,
            "periods": program.periods,
            "contacts": program.contacts,
            "steps": program.steps,
            "supersedes": program.supersedes,
            "citations": marks.citations(desk.catalogue.source),
            "as_of": as_of,
            "generation": desk.record.id,
        }
    )


def _summary(match: Match, as_of: date, mark: Mark, places: Mapping[str, Result] | None) -> dict[str, object]:
    program = match.program
    return {
        "id": program.id,
        "name": program.name,
        "aliases": program.aliases,
        "year": program.year,
        "ministry": program.ministry,
        "agency": program.agency,
        "key": key_out(program),
        "kinds": kinds_told(program),
        "amount": ceiling(program),
        "regions": list(home_of(program)),
        "in_region": places[program.id] if places else None,
        "period": period_out(match.period, match.status, as_of, mark),
        "announcements": announcements_out(posted().of(program, as_of)),
    }


def _unmarked(_: Evidence | None) -> None:
    """A list cites nothing: the programme itself does."""
