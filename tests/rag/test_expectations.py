"""What an answer misses of a case, and whether it serves, told from its text alone."""

from __future__ import annotations

from datetime import date

import pytest

from rag.domain import Answer, AnswerStatus, Citation, Match, PeriodStatus, Verdict
from rag.expectations import Case, Fault, missing, unserved
from tests.rag.records import EVIDENCE, PROGRAM

FACT = "2026년 4월 20일"
CASE = {"id": "1", "kind": "deadline", "must_include": [[FACT]]}


def answer(text: str, *verdicts: Verdict | None) -> Answer:
    """An answer with this text about one programme, judged so."""
    matches = tuple(Match(PROGRAM, (), verdict, None, PeriodStatus.OPEN) for verdict in verdicts)
    return Answer(AnswerStatus.ANSWERED, text, date(2026, 3, 20), matches, citations=(Citation(1, EVIDENCE),))


def faults(case: Case, told: Answer) -> list[Fault]:
    return [fault for fault, _ in missing(case, told)]


@pytest.mark.parametrize(
    ("text", "is_bound"),
    [
        ("시설: 10년\n운전: 5년", True),
        ("시설\n- 10년", True),
        ("운전: 10년\n시설: 5년", False),
        ("10년\n시설", False),
    ],
)
def test_a_value_belongs_to_the_label_on_its_line_or_the_one_above(text: str, is_bound: bool) -> None:
    assert faults({"binds": [["시설", "10년"]]}, answer(text)) == [Fault.FACT] * (not is_bound)


def test_a_programme_judged_ineligible_is_no_recommendation() -> None:
    case = {"programs_any": [PROGRAM.name], "programs_all": [PROGRAM.name]}
    assert faults(case, answer("", Verdict.POSSIBLE)) == []
    assert faults(case, answer("", Verdict.INELIGIBLE)) == [Fault.PROGRAM, Fault.PROGRAM]
    assert faults({"programs_not": [PROGRAM.name]}, answer("", Verdict.INELIGIBLE)) == []


def test_a_verdict_is_one_of_those_allowed_where_there_is_any_programme() -> None:
    case = {"verdict": ["eligible", "possible"]}
    assert faults(case, answer("", Verdict.POSSIBLE)) == []
    assert faults(case, answer("")) == []
    assert faults(case, answer("", None)) == [Fault.STATUS]


def test_marks_do_not_count_as_text() -> None:
    assert faults({"must_not_include": ["[1]"]}, answer("가 [1]")) == []
    assert unserved(CASE, answer(f"{FACT} " + "[1]" * 200)) == []


def test_documents_are_asked_for_only_where_there_is_an_answer_but_forbidden_always() -> None:
    case = {"cites_any": ["none"], "cites_all": ["none"], "cites_not": [EVIDENCE.source_id]}
    assert faults(case, answer("")) == [Fault.CITATION] * 3
    assert faults({**case, "answerable": False}, answer("")) == [Fault.CITATION]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (FACT, 0),
        ("가" * 300 + FACT, 1),
        (FACT + "가" * 500, 1),
        ("가" * 600 + FACT, 2),
        (f"{FACT}은 자료에서 확인되지 않습니다.", 1),
        (f"{FACT}\n다른 것은 찾을 수 없습니다.", 0),
    ],
)
def test_an_answer_serves_that_is_short_and_tells_the_fact_in_front(text: str, count: int) -> None:
    assert len(unserved(CASE, answer(text))) == count


def test_a_question_of_several_things_may_be_answered_at_length() -> None:
    long = answer(FACT + "가" * 800)
    assert unserved({**CASE, "kind": "compare"}, long) == []
    assert len(unserved(CASE, long)) == 1


def test_what_no_document_answers_may_open_with_a_denial() -> None:
    denied = answer("자료에서 확인되지 않습니다.")
    assert unserved({"kind": "amount", "answerable": False}, denied) == []
    assert unserved({"kind": "amount", "must_include": [["확인되지 않"]]}, denied) == []
    assert len(unserved({"kind": "amount"}, denied)) == 1


def test_a_lead_stands_for_the_facts_that_must_be_in_front() -> None:
    told = answer("가" * 310 + FACT)
    assert unserved({**CASE, "lead": [["가가"]]}, told) == []
