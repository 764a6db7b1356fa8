"""Looking: the query of `/programs` as it was typed flows in; filters, order, page and what is compared flow out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, ValidationError

from rag.domain import BenefitKind, PeriodStatus, SizeClass
from rag.money import won
from server.asking.values import Day, Words
from server.pages.wrong import refused
from server.portal.deadlines import LONGEST_SPAN
from server.portal.filters import MOST_AMOUNT, Filters, Sort
from ui.pages.words import KINDS, STANDING

MOST_PICKS = 3
"""So many programmes are compared at once."""
NOW = "now"
"""What is asked of the standing on the day beside a status: that one may apply, be it open or always."""
SORTS = {Sort.DEADLINE: "마감 임박순", Sort.AMOUNT: "금액 큰 순", Sort.NEWEST: "최신순", Sort.NAME: "이름순"}
STATES = {NOW: "지금 신청 가능", **{status.value: told for status, told in STANDING.items()}}
AMOUNTS = {str(amount): f"{won(amount)} 이상" for amount in (10**7, 5 * 10**7, 10**8, 5 * 10**8, 10**9)}
WITHINS = {str(days): f"{days}일 안" for days in (7, 14, 30, 60, 90)}
LABELS = {
    "q": "찾는 말",
    "region": "지역",
    "status": "접수 상태",
    "as_of": "기준일",
    "kind": "지원 종류",
    "ministry": "부처",
    "size": "기업 규모",
    "amount": "지원 금액",
    "within": "마감까지",
    "sort": "순서",
    "page": "쪽",
    "pick": "비교",
}
CHOICES: Mapping[str, Mapping[str, str]] = {
    "status": STATES,
    "kind": {kind.value: told for kind, told in KINDS.items()},
    "size": {size.value: size.value for size in SizeClass},
    "amount": AMOUNTS,
    "within": WITHINS,
    "sort": {sort.value: told for sort, told in SORTS.items()},
}
"""What may be chosen in a field, with the words for it."""


class Query(BaseModel):
    """What the address of the list may say; `amount` in KRW, `within` in days."""

    q: Words | None = None
    region: Words | None = None
    status: PeriodStatus | Literal["now"] | None = None
    as_of: Day | None = None
    kind: BenefitKind | None = None
    ministry: Words | None = None
    size: SizeClass | None = None
    amount: Annotated[int, Field(ge=0, le=MOST_AMOUNT)] | None = None
    within: Annotated[int, Field(ge=0, le=LONGEST_SPAN)] | None = None
    sort: Sort = Sort.DEADLINE
    page: Annotated[int, Field(ge=1, le=100_000)] = 1
    pick: Annotated[tuple[Annotated[str, Field(max_length=100)], ...], Field(max_length=MOST_PICKS)] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """What is to be shown of the list."""

    filters: Filters
    sort: Sort
    as_of: date
    page: int
    picks: tuple[str, ...]


def typed_of(items: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """What was typed into the fields that there are, empty ones left out; of one typed twice the last, picks all."""
    told = [(name, value.strip()) for name, value in items if name in LABELS and value.strip()]
    typed: dict[str, Any] = dict(told)
    typed["pick"] = tuple(dict.fromkeys(value for name, value in told if name == "pick"))
    return typed


def look_of(typed: Mapping[str, Any], today: date) -> Look:
    """What a query asks for. Raises JiwonError with a sentence for each value that cannot be."""
    try:
        query = Query.model_validate(typed)
    except ValidationError as error:
        raise refused(error, LABELS) from error
    as_of = query.as_of or today
    filters = Filters(
        q=query.q,
        status=query.status if isinstance(query.status, PeriodStatus) else None,
        region=query.region,
        ministry=query.ministry,
        kind=query.kind,
        size=query.size,
        amount=query.amount,
        closes_by=None if query.within is None else as_of + timedelta(query.within),
        can_apply=query.status == NOW,
    )
    return Look(filters, query.sort, as_of, query.page, query.pick)
