"""Which rows and chains of steps say when to apply."""

from __future__ import annotations

import pytest

from ingest.records.steps import When, when_to_apply
from rag.domain import Detail
from tests.ingest.programs.making import EVIDENCE


def read(text: str) -> tuple[When, ...] | None:
    return when_to_apply(Detail("추진일정", text, EVIDENCE))


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("절차: 신청 · 때: 3월 2일부터 3월 20일까지 · 어디서: 누리집", "3월 2일부터 3월 20일까지"),
        ("신청·접수 · 3. 2. ~ 3. 20.", "3. 2. ~ 3. 20."),
        ("공고(2. 2.) → 접수(2. 9. ~ 2. 27.) → 평가(3월) → 협약(4월)", "2. 9. ~ 2. 27."),
        ("접수 마감 · 3월 20일(금)", "접수 마감 3월 20일(금)"),
    ],
)
def test_the_step_of_applying_says_when(text: str, when: str) -> None:
    assert [told.text for told in read(text) or ()] == [when]


@pytest.mark.parametrize(
    "text", ["단계: 발표평가 · 일정: 4. 6. ~ 4. 10.", "설명회 · 3월 5일(목)", "협약 체결 · 5월 중"]
)
def test_another_step_says_nothing_of_it(text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize("text", ["3. 2. ~ 3. 20.", "사업개요", "신청서와 사업계획서를 제출"])
def test_what_is_no_step_is_left_alone(text: str) -> None:
    assert read(text) is None


def test_a_part_beside_the_step_or_above_its_days_is_named() -> None:
    assert read("접수기간 · 개발형 · 2026. 3. 2. ~ 3. 20.") == (When("2026. 3. 2. ~ 3. 20.", "개발형"),)
    assert read("신청은 · 개발형: 3. 2. ~ 3. 20. · 확산형: 4. 6. ~ 4. 17.") == (
        When("3. 2. ~ 3. 20.", "개발형"),
        When("4. 6. ~ 4. 17.", "확산형"),
    )
