"""Programmes and tracks side by side."""

from __future__ import annotations

import re

from rag.advisor import Advisor
from rag.cite import cite
from rag.compose.comparison import compare
from tests.rag.compose.asking import request


def rows(adviser: Advisor, text: str) -> tuple[list[list[str]], list[str]]:
    """The cells of the table of a comparison, and the marks that its citations have."""
    asked = request(adviser, text)
    draft = compare(asked, adviser.knowledge)
    assert draft is not None
    answer = cite(draft, asked.question.as_of)
    lines = [line for line in answer.text.split("\n") if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return cells, [str(citation.mark) for citation in answer.citations]


def test_programmes_are_told_in_one_table_with_a_column_each(adviser: Advisor) -> None:
    cells, marks = rows(adviser, "AI통합 바우처와 AX스프린트 우대 트랙 비교")
    assert cells[0] == ["", "AI통합 바우처", "AX스프린트 우대 트랙"]
    assert {len(row) for row in cells} == {3}
    assert any(row[0] == "얼마나 받나" and "2억원" in row[1] and "60억원" in row[2] for row in cells)
    assert set(re.findall(r"\[(\d+)\]", " ".join(map(" ".join, cells)))) <= set(marks)


def test_every_fact_of_a_table_has_its_own_mark(adviser: Advisor) -> None:
    cells, _ = rows(adviser, "AI통합 바우처와 AX스프린트 우대 트랙 비교")
    for row in cells[2:]:
        for cell in row[1:]:
            assert cell == "확인되지 않음" or re.search(r"\[\d+\]$", cell), cell


def test_tracks_of_one_programme_are_compared_where_the_question_names_them(adviser: Advisor) -> None:
    cells, _ = rows(adviser, "AI훈련확산센터의 로드맵 수립과 PBL 과정개발 차이")
    assert cells[0][1:] == ["AI훈련 로드맵", "문제해결형(PBL) AI+직무 훈련과정 개발"]
    who = next(row for row in cells if row[0] == "누가 받나")
    assert "중견" in who[1]
    assert "중소기업만" in who[2]


def test_one_track_alone_is_not_compared(adviser: Advisor) -> None:
    assert compare(request(adviser, "AI훈련확산센터 로드맵 비교"), adviser.knowledge) is None
