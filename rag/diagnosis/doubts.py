"""Doubts: a programme, its document and a day flow in; why what is told of it may not hold any more flows out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from rag.aging import OLD_DAYS, latest_day
from rag.diagnosis.marks import SourceOf
from rag.domain import Evidence, Program, ReviewCode, ReviewItem
from rag.korean import with_particle
from rag.saying.draft import Line

_FIELDS = {"period": "신청기간", "contact": "전화번호", "ceiling": "지원한도", "target": "지원대상"}


def doubts(program: Program, review: Iterable[ReviewItem], source_of: SourceOf, as_of: date) -> Iterator[Line]:
    """That its document is more than a year old on the day, and where an older one contradicts it.

    `review` are the findings of reading; only those on documents that contradict each other matter here.
    """
    source = source_of(program.source_id)
    published = latest_day(source.published_on) if source else None
    if source and published and (as_of - published).days > OLD_DAYS:
        yield Line(
            f"{published.year}년에 발행된 문서('{source.title}')의 내용입니다. "
            "1년이 넘어 지금과 다를 수 있으니 담당 기관에 확인하세요."
        )
    for item in review:
        is_own = item.code is ReviewCode.CONFLICT and item.program == program.name and item.field in _FIELDS
        other = source_of(item.source_id) if is_own else None
        if other and item.pages:
            field = with_particle(_FIELDS[item.field], "이", "가")
            yield Line(
                f"'{other.title}'에는 {field} 다르게 적혀 있습니다: {item.quote} — 더 믿을 만하거나 나중에 나온 문서를 "
                "따랐습니다.",
                (Evidence(item.source_id, item.pages, "", item.quote),),
            )
