"""Stale: a day flows in; what is out of date flows out, of each the days on which it was told, came and was checked."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, Field

from rag.domain import ReviewCode, Source
from server.desks.desks import Desk
from server.review.items import Known, Listed
from server.review.review import looked_at


class StaleOut(BaseModel):
    """A document, or a programme of one, that nobody has told anew or checked for long."""

    id: str = Field(description="GET /v1/corpus/review의 항목 id")
    source_id: str = Field(description="문서의 id")
    title: str = Field(description="문서의 제목")
    program: str = Field(description="지원사업의 이름. 문서 전체면 빈 글")
    why: str = Field(description="무엇이 오래되었는지: published_on(발행), checked_on(확인), period(기한 없는 접수)")
    message: str = Field(description="설명")
    action: str = Field(description="할 일")
    published_on: str | None = Field(description="발행한 때(YYYY, YYYY-MM 또는 YYYY-MM-DD). 모르면 null")
    collected_on: str | None = Field(description="자료에 들어온 날(YYYY-MM-DD). 모르면 null")
    checked_on: str | None = Field(description="원래 있던 곳을 마지막으로 확인한 날(YYYY-MM-DD). 모르면 null")
    url: str | None = Field(description="문서를 볼 수 있는 주소. 없으면 null")
    asked: int = Field(description="보관한 답변 가운데 이것을 물은 수")
    harm: float = Field(description="그대로 두면 해로운 정도")


class StalePage(BaseModel):
    """A page of what is stale, what is already decided left out."""

    items: list[StaleOut] = Field(description="해로운 순서로 이 쪽의 것")
    page: int = Field(description="몇째 쪽인지. 1부터 셉니다.")
    per_page: int = Field(description="한 쪽에 몇 개까지인지")
    total: int = Field(description="모두 몇 개인지")
    pages: int = Field(description="모두 몇 쪽인지. 없으면 0")
    as_of: date = Field(description="기준일(YYYY-MM-DD)")
    generation: str = Field(description="색인 판의 번호")


def stale_page(desk: Desk, as_of: date, page: int, per_page: int, known: Known) -> StalePage:
    """What is stale on a day, the worst harm first."""
    found = [
        one
        for one in looked_at(desk.catalogue, as_of, known)
        if one.item.code is ReviewCode.STALE and one.decision is None
    ]
    sources = {source.id: source for source in desk.catalogue.sources()}
    shown = found[(page - 1) * per_page : page * per_page]
    return StalePage(
        items=[_stale(one, sources.get(one.item.source_id)) for one in shown],
        page=page,
        per_page=per_page,
        total=len(found),
        pages=-(-len(found) // per_page),
        as_of=as_of,
        generation=desk.record.id,
    )


def _stale(one: Listed, source: Source | None) -> StaleOut:
    item = one.item
    return StaleOut(
        id=one.id,
        source_id=item.source_id,
        title=source.title if source else item.file,
        program=item.program,
        why=item.field,
        message=item.message,
        action=item.action,
        published_on=(source.published_on or None) if source else None,
        collected_on=(source.collected_on or None) if source else None,
        checked_on=(source.checked_on or None) if source else None,
        url=source.url if source else None,
        asked=one.asked,
        harm=one.harm,
    )
