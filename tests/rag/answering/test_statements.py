"""Statements: a label fits what is asked, and words find what is said in other words."""

from dataclasses import replace

from rag.answering.statements import Statements, label_weight, statements_of
from rag.domain import Detail
from rag.embedders.kiwi import KiwiEmbedder
from rag.plan import Ask
from tests.rag.records import EVIDENCE, PROGRAM

SAID = replace(
    PROGRAM,
    details=(
        Detail("지원한도", "최대 1억 원", EVIDENCE),
        Detail("지원내용", "구분: 훈련비 · 내용: 단가 300%", EVIDENCE),
        Detail("융자금리", "연 3.1%", EVIDENCE),
        Detail("신청방법", "누리집에서 신청합니다.", EVIDENCE),
        Detail("문의", "원문에서 확인되지 않습니다.", EVIDENCE),
    ),
)


def test_a_row_of_a_table_is_told_by_its_first_cell() -> None:
    (row,) = [s for s in statements_of(SAID) if s.is_row]
    assert (row.label, row.text) == ("훈련비", "단가 300%")


def test_a_label_fits_the_asks_it_answers() -> None:
    assert label_weight(Ask.AMOUNT, "지원한도") > label_weight(Ask.AMOUNT, "지원내용") > 0
    assert label_weight(Ask.HOW, "지원한도") == 0.0


def test_words_find_what_is_said_in_other_words(kiwi: KiwiEmbedder) -> None:
    statements = Statements([SAID], kiwi)
    best = statements.best([SAID], Ask.AMOUNT, statements.terms("이자"))
    assert best[0].statement.label == "융자금리"


def test_a_note_that_nothing_is_known_is_no_statement(kiwi: KiwiEmbedder) -> None:
    assert all("확인되지" not in s.text for s in Statements([SAID], kiwi).of(SAID))
