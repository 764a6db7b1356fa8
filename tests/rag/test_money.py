"""Money: an amount is told as people say it."""

from __future__ import annotations

import pytest

from rag.money import won


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (200_000_000, "2억 원"),
        (150_000_000, "1억 5,000만 원"),
        (3_000_000, "300만 원"),
        (140_000_000_000, "1,400억 원"),
        (9_500, "9,500원"),
        (12_345_678, "1,234만 5,678원"),
        (0, "0원"),
    ],
)
def test_an_amount_is_told_as_people_say_it(amount: int, said: str) -> None:
    assert won(amount) == said
