"""Days are told as people write them; whatever else has lines between digits stays as it is."""

from __future__ import annotations

import pytest

from ui.pages.drawing import day_told


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("2026-03-02 09:00", "2026년 3월 2일 09:00"),
        ("2026-11-30에 정했습니다", "2026년 11월 30일에 정했습니다"),
        ("2026-02 · 확인 2026-03-01", "2026년 2월 · 확인 2026년 3월 1일"),
        ("1588-0000, 031-000-0000, 0505-12-3456", "1588-0000, 031-000-0000, 0505-12-3456"),
        ("기한 없음", "기한 없음"),
        ("", ""),
    ],
)
def test_a_day_is_told_in_words_and_a_phone_is_none(told: str, expected: str) -> None:
    assert day_told(told) == expected
