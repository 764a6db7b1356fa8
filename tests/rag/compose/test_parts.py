"""What is said of a programme to each kind of question."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.advisor import Advisor
from rag.compose.judge import judge
from rag.compose.parts import PARTS, amount, listing, overview
from rag.domain import Program
from rag.understand import Request
from tests.rag.compose.asking import program, request


def every(adviser: Advisor) -> list[tuple[Program, Request]]:
    day = request(adviser, "").question.as_of
    return [(own, request(adviser, own.name)) for own in adviser.knowledge.current(day)]


def test_a_name_alone_gets_an_overview_of_every_programme_each_line_with_its_source(adviser: Advisor) -> None:
    for own, asked in every(adviser):
        lines = overview(own, judge(own, asked, adviser.knowledge), asked, adviser.knowledge)
        assert lines, own.name
        assert all(line.evidence for line in lines)
        assert {line.text for line in lines} == {line.text: None for line in lines}.keys()


def test_an_overview_quotes_the_programme_itself(adviser: Advisor) -> None:
    for own, asked in every(adviser):
        said = {detail.evidence for detail in own.details}
        lines = overview(own, judge(own, asked, adviser.knowledge), asked, adviser.knowledge)
        assert {e for line in lines for e in line.evidence} <= said


def test_a_programme_without_statements_has_nothing_to_tell(adviser: Advisor) -> None:
    asked = request(adviser, "AI통합 바우처 얼마예요?")
    empty = replace(program(adviser, "AI통합 바우처"), id="empty", details=(), periods=())
    index = type(adviser.knowledge.statements)((empty,), adviser.knowledge.lexicon)
    kept = adviser.knowledge.statements
    adviser.knowledge.statements = index
    try:
        match = judge(empty, asked, adviser.knowledge)
        assert overview(empty, match, asked, adviser.knowledge) == []
        assert listing(empty, match, asked, adviser.knowledge) == []
    finally:
        adviser.knowledge.statements = kept


def test_an_amount_is_told_only_in_lines_with_figures(adviser: Advisor) -> None:
    for own, _ in every(adviser):
        asked = request(adviser, f"{own.name} 얼마까지 지원되나요?")
        lines = amount(own, judge(own, asked, adviser.knowledge), asked, adviser.knowledge)
        assert len(lines) <= 12
        assert len({line.text for line in lines}) == len(lines)


@pytest.mark.parametrize("part", [part for _, part in PARTS], ids=lambda part: part.__name__)
def test_no_part_tells_a_phone_which_only_a_contact_may(adviser: Advisor, part: object) -> None:
    call = next(own for _, own in PARTS if own is part)
    for own, asked in every(adviser):
        told = "\n".join(s.text for s in call(own, judge(own, asked, adviser.knowledge), asked, adviser.knowledge))
        phones = [p for c in own.contacts for p in c.phones if p in told]
        assert phones == [], (own.name, call.__name__)
