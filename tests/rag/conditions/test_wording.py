"""A bound is told in the words of its document; failing that, as officials word it."""

from __future__ import annotations

import pytest

from rag.conditions.wording import bound, goes_to_the_end
from rag.domain import CriterionField
from tests.rag.conditions.asking import criterion

F = CriterionField


@pytest.mark.parametrize(
    ("field", "text", "low", "high", "said"),
    [
        (F.EMPLOYEES, "소상공인, 300인 미만 사업장", None, 299, "300인 미만"),
        (F.EMPLOYEES, "상시근로자 10인 이상 300인 미만", 10, 299, "상시근로자 10인 이상 300인 미만"),
        (F.EMPLOYEES, "5명 이상 고용한 기업", 5, None, "5명 이상"),
        (F.EMPLOYEES, "요건", 5, 299, "5인 이상 300인 미만"),
        (F.EMPLOYEES, "요건", None, 50, "50인 이하"),
        (F.AGE, "업력 7년 미만인 중소기업", None, 6, "업력 7년 미만"),
        (F.AGE, "업력 7년 이상", 7, None, "업력 7년 이상"),
        (F.AGE, "요건", 3, None, "3년 이상"),
    ],
)
def test_a_bound_is_worded_as_it_stands(
    field: CriterionField, text: str, low: int | None, high: int | None, said: str
) -> None:
    assert bound(criterion(field, text, minimum=low, maximum=high)) == said


@pytest.mark.parametrize(
    ("text", "high", "to_the_end"),
    [
        ("창업 3년 이내 기업", 3, True),
        ("업력 7년 이하", 7, True),
        ("업력 7년 미만", 6, False),
        ("업력 7년 이상", None, False),
    ],
)
def test_years_within_end_with_the_last_of_them(text: str, high: int | None, to_the_end: bool) -> None:
    assert goes_to_the_end(criterion(F.AGE, text, maximum=high)) is to_the_end
