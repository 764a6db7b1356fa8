"""A value that a caller sends is taken within its bounds, and refused by a sentence that tells them."""

from __future__ import annotations

from datetime import date

import pytest

from rag.errors import JiwonError
from rag.inbound import FIRST_DAY, LAST_DAY
from server.asking.values import asked_for


@pytest.mark.parametrize("day", [FIRST_DAY, date(2026, 3, 20), LAST_DAY])
def test_a_day_within_the_bounds_can_be_asked_for(day: date) -> None:
    assert asked_for(day) == day


@pytest.mark.parametrize("day", [date.min, date(1989, 12, 31), date(2101, 1, 1), date.max])
def test_any_other_day_is_refused_with_the_bounds(day: date) -> None:
    with pytest.raises(JiwonError, match=r"^as_of: 1990-01-01부터 2100-12-31까지의 날짜여야 합니다\.$"):
        asked_for(day)
