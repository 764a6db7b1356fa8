"""Candidates on the wire: checks and standings flow in; what staff read, and what they send, flows out."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from pydantic import BaseModel, Field

from rag.domain import Evidence
from rag.publishing.items import Item, ItemKind
from server.asking.values import Inbound
from server.publishing.publishing import Checked, GenerationState, Published, Standing

LONGEST, MOST = 200, 1000


class GenerationOut(BaseModel):
    """색인 판 하나"""

    id: str = Field(description="색인 판의 번호")
    fingerprint: str = Field(description="무엇으로 만들었는지를 나타내는 글. 같으면 내용도 같습니다.")
    built_at: str = Field(description="만든 때(ISO 8601)")
    embedder: str = Field(description="글의 뜻을 수로 바꾼 모델")
    dimension: int = Field(description="그 수의 개수")
    sources: int = Field(description="문서 수")
    chunks: int = Field(description="색인한 조각 수")
    programs: int = Field(description="지원사업 수")
    served: bool = Field(description="지금 쓰는 판인지")
    state: GenerationState = Field(description="어떤 판인지")
    blocking: int | None = Field(description="사람이 정해야 하는 것의 수. 지금 쓰는 판과 견주어 확인하지 않았으면 null")
    left: int | None = Field(description="그 가운데 아직 정하지 않은 수. 확인하지 않았으면 null")
    checked_at: str | None = Field(description="확인한 때(ISO 8601). 확인하지 않았으면 null")
    checked_by: str | None = Field(description="누가 확인했는지. 확인하지 않았으면 null")


class PlaceOut(BaseModel):
    """값을 읽은 자리"""

    source_id: str = Field(description="문서의 id")
    pages: tuple[int, int] = Field(description="첫 쪽과 끝 쪽")
    quote: str = Field(description="그 자리에 적힌 글")


class CheckItemOut(BaseModel):
    """확인해서 찾은 것 하나"""

    id: str = Field(description="찾은 것의 번호. 같은 내용이면 다른 판에서도 같습니다.")
    kind: ItemKind = Field(description="무엇에 관한 것인지")
    program: str = Field(description="지원사업의 이름. 없으면 빈 글")
    year: int | None = Field(description="그 사업의 연도. 모르면 null")
    field: str = Field(description="어느 항목인지. 없으면 빈 글")
    question: str = Field(description="물어본 질문. 없으면 빈 글")
    was: str = Field(description="지금 판의 값이나 답. 없으면 빈 글")
    now: str = Field(description="새 판의 값이나 답. 없으면 빈 글")
    sentence: str = Field(description="무엇이 어떻게 되는지와 할 일")
    blocks: bool = Field(description="사람이 받아들이기 전에는 쓰기 시작할 수 없는지")
    accepted: bool = Field(description="사람이 받아들였는지")
    was_at: PlaceOut | None = Field(description="지금 판의 값을 읽은 자리. 없으면 null")
    now_at: PlaceOut | None = Field(description="새 판의 값을 읽은 자리. 없으면 null")


class CheckOut(BaseModel):
    """새 판을 지금 쓰는 판과 견준 결과"""

    generation: str = Field(description="확인한 색인 판")
    served: str = Field(description="견준 색인 판. 아직 쓰는 판이 없었으면 빈 글")
    as_of: date = Field(description="질문의 기준일(YYYY-MM-DD)")
    checked_at: str = Field(description="확인한 때(ISO 8601)")
    checked_by: str = Field(description="누가 확인했는지")
    shifts: dict[str, int] = Field(
        description="새로 들어오는(added), 바뀌는(changed), 없어지는(removed), 취소되는(cancelled) 사업의 수"
    )
    programs: int = Field(description="새로 들어오거나 바뀌는 사업의 수")
    asked: int = Field(description="그 가운데 물어본 사업의 수")
    questions: int = Field(description="새 판에 물어본 질문의 수")
    golden: int = Field(description="golden.jsonl의 질문 수")
    blocking: int = Field(description="사람이 정해야 하는 것의 수")
    left: int = Field(description="그 가운데 아직 정하지 않은 수")
    items: list[CheckItemOut] = Field(description="찾은 것. 사람이 정해야 하는 것이 먼저입니다.")


class PublishIn(Inbound):
    """쓰기 시작하면서 정하는 것"""

    reason: str = Field(
        default="", max_length=LONGEST, description="까닭. 기록에 남고, 받아들이는 것이 있으면 꼭 적습니다."
    )
    accept: list[str] = Field(default_factory=list, max_length=MOST, description="받아들일 것의 번호")
    force: bool = Field(default=False, description="남은 것을 모두 받아들일지")


class RollbackIn(Inbound):
    """되돌리는 곳과 까닭"""

    generation: str | None = Field(
        default=None, max_length=LONGEST, description="되돌릴 색인 판. 비우면 바로 전에 쓰던 판입니다."
    )
    reason: str = Field(default="", max_length=LONGEST, description="까닭. 기록에 남습니다.")


class PublishedOut(BaseModel):
    """이제부터 쓰는 판"""

    generation: str = Field(description="이제부터 쓰는 색인 판")
    before: str = Field(description="전에 쓰던 색인 판. 없었으면 빈 글")
    at: str = Field(description="바꾼 때(ISO 8601)")
    person: str = Field(description="누가 바꿨는지")
    reason: str = Field(description="까닭. 적지 않았으면 빈 글")


def generation_out(standing: Standing) -> GenerationOut:
    """One generation."""
    return GenerationOut(
        **asdict(standing.record),
        served=standing.state is GenerationState.SERVED,
        state=standing.state,
        blocking=standing.blocking,
        left=standing.left,
        checked_at=standing.checked_at,
        checked_by=standing.checked_by,
    )


def check_out(checked: Checked) -> CheckOut:
    """A check."""
    check = checked.check
    return CheckOut(
        generation=check.candidate,
        served=check.served,
        as_of=check.as_of,
        checked_at=checked.at,
        checked_by=checked.person,
        shifts=dict(check.shifts),
        programs=check.programs,
        asked=check.asked,
        questions=check.questions,
        golden=check.golden,
        blocking=sum(item.blocks for item in check.items),
        left=checked.left,
        items=[_item(item, accepted=item.id in checked.accepted) for item in check.items],
    )


def published_out(published: Published, at: str, person: str, reason: str) -> PublishedOut:
    """What is served from now on."""
    return PublishedOut(generation=published.generation, before=published.before, at=at, person=person, reason=reason)


def _item(item: Item, *, accepted: bool) -> CheckItemOut:
    return CheckItemOut(
        id=item.id,
        kind=item.kind,
        program=item.program,
        year=item.year,
        field=item.field,
        question=item.question,
        was=item.was,
        now=item.now,
        sentence=item.sentence,
        blocks=item.blocks,
        accepted=accepted,
        was_at=_place(item.was_at),
        now_at=_place(item.now_at),
    )


def _place(evidence: Evidence | None) -> PlaceOut | None:
    return PlaceOut(source_id=evidence.source_id, pages=evidence.pages, quote=evidence.quote) if evidence else None
