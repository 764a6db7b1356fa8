"""Marks in the text and the citations behind them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from rag.cite import cite
from rag.compose.draft import Draft, Statement
from rag.domain import AnswerStatus, Match, PeriodStatus
from tests.rag.records import EVIDENCE, PROGRAM

ONE, TWO, THREE = (replace(EVIDENCE, quote=quote) for quote in ("하나", "둘", "셋"))


def draft(*statements: Statement) -> Draft:
    return Draft(AnswerStatus.ANSWERED, statements)


def test_evidence_is_numbered_in_the_order_it_is_used_and_once() -> None:
    answer = cite(draft(Statement("가", (TWO,)), Statement("나", (ONE, TWO))), date(2026, 3, 20))
    assert [(c.mark, c.evidence) for c in answer.citations] == [(1, TWO), (2, ONE)]
    assert answer.text.split() == ["가", "[1]", "나", "[1][2]"]


def test_every_mark_has_a_citation_and_every_statement_its_marks() -> None:
    answer = cite(draft(*(Statement(f"- {e.quote}", (e,)) for e in (ONE, TWO, THREE))), date(2026, 3, 20))
    assert set(map(int, re.findall(r"\[(\d+)\]", answer.text))) == {c.mark for c in answer.citations}


def test_a_statement_without_evidence_has_no_mark() -> None:
    assert cite(draft(Statement("안내")), date(2026, 3, 20)).text == "안내"


def test_evidence_of_contacts_and_programmes_is_cited_though_no_statement_uses_it() -> None:
    contact = replace(PROGRAM.contacts[0], evidence=TWO)
    program = replace(PROGRAM, periods=(replace(PROGRAM.periods[0], evidence=THREE),))
    match = Match(program, (), None, program.periods[0], PeriodStatus.OPEN)
    answer = cite(Draft(AnswerStatus.ANSWERED, (Statement("가", (ONE,)),), (match,), (contact,)), date(2026, 3, 20))
    assert [answer.mark_of(e) for e in (ONE, TWO, THREE)] == [1, 2, 3]
    assert answer.mark_of(None) is None
