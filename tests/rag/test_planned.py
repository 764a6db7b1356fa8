"""Planned days: on which day somebody means to apply."""

from __future__ import annotations

from datetime import date

import pytest

from rag.planned import planned_day

MONDAY = date(2026, 4, 20)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("오늘은 바빠서 내일 넣으려는데 괜찮죠?", date(2026, 4, 21)),
        ("모레 접수해도 되나요", date(2026, 4, 22)),
        ("사흘 뒤에 신청하려고요", date(2026, 4, 23)),
        ("금요일에 낼 수 있나요", date(2026, 4, 24)),
        ("다음 주 수요일에 제출할게요", date(2026, 4, 29)),
        ("담주에 신청해도 돼요?", date(2026, 4, 27)),
        ("다음주 화요일쯤 낼까 하는데 문제없죠", date(2026, 4, 28)),
        ("낼 접수할게요", date(2026, 4, 21)),
        ("지금 낼까요", None),
        ("2주 뒤에 접수하면요", date(2026, 5, 4)),
        ("3일 후 접수", date(2026, 4, 23)),
        ("내년 5월 3일에 접수하면요", None),
        ("다음 달에 신청하면 늦나요", date(2026, 5, 1)),
        ("5월 3일에 접수하면요", date(2026, 5, 3)),
        ("2월 31일에 접수하면요", None),
        ("4월 2일에 접수했어요", None),
        ("내일 날씨 어때요", None),
        ("오늘 신청해도 되나요", None),
    ],
)
def test_a_plan_to_apply_names_its_day(text: str, day: date | None) -> None:
    assert planned_day(text, MONDAY) == day
