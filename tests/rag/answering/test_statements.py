"""Statements: what a programme states, each thing once, a row by its first cell; a label fits what is asked."""

from dataclasses import replace

from rag.answering.statements import Statement, label_weight, statements_of
from rag.domain import Detail
from rag.plan import Ask
from tests.rag.records import EVIDENCE, PROGRAM

SAID = replace(
    PROGRAM,
    details=(
        Detail("지원한도", "최대 1억 원", EVIDENCE),
        Detail("지원내용", "구분: 훈련비 · 내용: 단가 300%", EVIDENCE),
        Detail("문의", "원문에서 확인되지 않습니다.", EVIDENCE),
    ),
)


def test_a_row_of_a_table_is_told_by_its_first_cell() -> None:
    (row,) = [s for s in statements_of(SAID) if s.is_row]
    assert (row.label, row.text) == ("훈련비", "단가 300%")


def test_cells_of_a_row_keep_their_full_stops_at_its_end_alone() -> None:
    text = "구분: 센터 · 하는 일: 교육을 엽니다. · 맡는 곳: 모의 Co., Ltd. · 수: 1개소입니다."
    program = replace(PROGRAM, details=(Detail("지원내용", text, EVIDENCE),))
    row = next(each for each in statements_of(program) if each.label == "센터")
    assert row.text == "하는 일 교육을 엽니다, 맡는 곳 모의 Co., Ltd, 수 1개소입니다."


def test_a_label_that_names_its_track_is_told_once() -> None:
    told = Statement("p1", "교육센터", "구미", "", EVIDENCE, track="교육센터")
    assert told.full_label == "교육센터"
    assert replace(told, label="담당").full_label == "교육센터 담당"


def test_a_label_fits_the_asks_it_answers() -> None:
    assert label_weight(Ask.AMOUNT, "지원한도") > label_weight(Ask.AMOUNT, "지원내용") > 0
    assert label_weight(Ask.HOW, "지원한도") == 0.0


def test_a_note_that_nothing_is_known_is_no_statement() -> None:
    assert all("확인되지" not in s.text for s in statements_of(SAID))
