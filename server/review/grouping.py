"""Grouping: items of the review flow in; the classes they come in flow out, with how many and a few examples each."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, Field

from rag.domain import ReviewCode
from server.review.items import Listed

EXAMPLES = 3
MOST = 200
"""Classes that are told, those with the most harm."""


class GroupOut(BaseModel):
    """One class of items, on all of which one can act at once."""

    id: str = Field(description="묶음의 id. POST /v1/corpus/review/{item}에 쓰면 묶음 모두에 적용됩니다.")
    code: ReviewCode = Field(description="왜 보아야 하는지")
    field: str = Field(description="어느 항목인지. 없으면 빈 글")
    body: str = Field(description="어느 기관의 것인지. 항목만으로 묶었으면 빈 글")
    count: int = Field(description="모두 몇 개인지")
    harm: float = Field(description="그대로 두면 해로운 정도의 합")
    examples: list[str] = Field(description="그 가운데 급한 것 3개까지")


def groups(items: Sequence[Listed]) -> list[GroupOut]:
    """The classes of these items, the most harm first."""
    found: dict[str, list[Listed]] = {}
    for item in items:
        found.setdefault(item.group, []).append(item)
    made = [_group(id_, own) for id_, own in found.items()]
    return sorted(made, key=lambda group: -group.harm)[:MOST]


def _group(id_: str, own: Sequence[Listed]) -> GroupOut:
    first = own[0]
    return GroupOut(
        id=id_,
        code=first.item.code,
        field=first.item.field,
        body=first.body,
        count=len(own),
        harm=round(sum(one.harm for one in own), 3),
        examples=[
            ": ".join(filter(None, (one.item.program or one.item.file, one.item.message))) for one in own[:EXAMPLES]
        ],
    )
