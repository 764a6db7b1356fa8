"""What a line says whose name no list has, by what its value is."""

from __future__ import annotations

import pytest

from ingest.records.details import details
from tests.ingest.programs.making import lines


def told(text: str) -> list[tuple[str, str]]:
    return [(detail.label, detail.text) for detail in details(lines(text), "notice")]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("- 문 여는 날: 2026. 5. 4. ~ 5. 22.", ("신청기간", "2026. 5. 4. ~ 5. 22.")),
        ("- 도와드림: 가게당 최대 150만원", ("지원조건", "가게당 최대 150만원")),
        ("- 부를 때: 02-300-4000", ("문의처", "02-300-4000")),
    ],
)
def test_a_value_tells_what_an_unknown_name_means(line: str, found: tuple[str, str]) -> None:
    assert told(line) == [found]


@pytest.mark.parametrize(
    "line",
    ["- 사전설명회: 2026. 5. 4. ~ 5. 5.", "- 매출 크기: 최대 10억원 이내", "- 문 여는 날: 언제든", "- 여는 날: 5월"],
)
def test_days_and_sums_of_other_matters_mean_nothing(line: str) -> None:
    assert not any(label in ("신청기간", "지원조건") for label, _ in told(line))


def test_a_field_told_under_its_own_name_is_told_once() -> None:
    text = "- 신청기간: 2026. 5. 4. ~ 5. 22.\n- 장날: 2026. 6. 1. ~ 6. 30."
    assert [text for label, text in told(text) if label == "신청기간"] == ["2026. 5. 4. ~ 5. 22."]


def test_a_row_of_several_cells_is_not_taken_for_what_one_of_them_is() -> None:
    table = "| 갈래 | 줄 돈 | 물을 데 |\n| 간판 | 90만원 | 02-300-4000 |\n| 조명 | 70만원 | 02-300-4001 |"
    assert not any(label == "문의처" for label, _ in told(table))
