"""Tables as statements, and the marks inside them."""

from __future__ import annotations

from datetime import date

from rag.cite import cite
from rag.compose.draft import Cell, Draft, Statement, table
from rag.domain import AnswerStatus, Evidence

FIRST, SECOND = (Evidence("a", (n, n), "절", f"인용 {n}") for n in (1, 2))
DAY = date(2026, 3, 20)


def text_of(*statements: Statement) -> str:
    return cite(Draft(AnswerStatus.ANSWERED, statements), DAY).text


def test_marks_stand_behind_the_fact_they_are_for() -> None:
    cells = [Cell((("가", (FIRST,)),)), Cell((("나", (SECOND,)), ("다", (FIRST,))))]
    assert text_of(*table(["", "왼쪽", "오른쪽"], [("대상", cells)])).split("\n")[-1] == (
        "| 대상 | 가 [1] | 나 [2] · 다 [1] |"
    )


def test_a_cell_without_a_fact_says_so() -> None:
    assert "| 대상 | 확인되지 않음 |" in text_of(*table(["", "왼쪽"], [("대상", [Cell()])]))


def test_words_of_a_source_cannot_end_a_cell_or_a_row() -> None:
    cells = [Cell((("가 | 나\n다", (FIRST,)),))]
    lines = text_of(*table(["", "왼쪽"], [("대상", cells)])).split("\n")
    assert lines[-1] == "| 대상 | 가 / 나 다 [1] |"


def test_tables_and_paragraphs_are_kept_apart_by_blank_lines() -> None:
    lines = text_of(
        Statement("앞"), *table(["", "왼쪽"], [("대상", [Cell()])]), Statement("뒤"), Statement("끝")
    ).split("\n")
    assert lines == ["앞", "", "|  | 왼쪽 |", "| --- | --- |", "| 대상 | 확인되지 않음 |", "", "뒤", "", "끝"]


def test_one_fact_read_twice_is_told_once_with_both_marks() -> None:
    cells = [Cell((("가", (FIRST,)), ("가", (SECOND,))))]
    assert text_of(*table(["", "왼쪽"], [("대상", cells)])).split("\n")[-1] == "| 대상 | 가 [1][2] |"
