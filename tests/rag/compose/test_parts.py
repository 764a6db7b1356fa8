"""What is said of a programme to each kind of question."""

from __future__ import annotations

import re

import pytest

from rag.advisor import Advisor
from rag.compose.about import about_programs
from rag.compose.judge import judge
from rag.compose.parts import PARTS, amount, overview
from rag.domain import Program
from rag.understand import Request
from tests.rag.compose.asking import request


def every(adviser: Advisor) -> list[tuple[Program, Request]]:
    day = request(adviser, "").question.as_of
    return [(own, request(adviser, own.name)) for own in adviser.knowledge.current(day)]


def test_a_name_alone_gets_an_overview_of_every_programme_each_line_with_its_source(adviser: Advisor) -> None:
    for own, asked in every(adviser):
        lines = overview(own, judge(own, asked, adviser.knowledge), asked, adviser.knowledge)
        assert lines, own.name
        assert all(line.evidence for line in lines)


def test_an_overview_quotes_the_programme_itself(adviser: Advisor) -> None:
    for own, asked in every(adviser):
        said = {detail.evidence for detail in own.details}
        lines = overview(own, judge(own, asked, adviser.knowledge), asked, adviser.knowledge)
        assert {e for line in lines for e in line.evidence} <= said


def test_an_amount_is_told_only_in_lines_with_figures(adviser: Advisor) -> None:
    for own, _ in every(adviser):
        asked = request(adviser, f"{own.name} 얼마까지 지원되나요?")
        lines = amount(own, judge(own, asked, adviser.knowledge), asked, adviser.knowledge)
        assert len(lines) <= 12
        assert [line.text for line in lines if not re.search(r"\d", line.text)] == []


@pytest.mark.parametrize("part", [part for _, part in PARTS], ids=lambda part: part.__name__)
def test_no_part_tells_a_phone_which_only_a_contact_may(adviser: Advisor, part: object) -> None:
    call = next(own for _, own in PARTS if own is part)
    for own, asked in every(adviser):
        told = "\n".join(s.text for s in call(own, judge(own, asked, adviser.knowledge), asked, adviser.knowledge))
        phones = [p for c in own.contacts for p in c.phones if p in told]
        assert phones == [], (own.name, call.__name__)


@pytest.mark.parametrize("asked", ["얼마까지 지원되나요?", "누가 신청할 수 있나요?", "뭔가요?", "어떻게 신청해요?", ""])
def test_no_line_is_told_twice_of_one_programme(adviser: Advisor, asked: str) -> None:
    for own, _ in every(adviser):
        draft = about_programs(request(adviser, f"{own.name} {asked}"), adviser.knowledge)
        assert draft is not None
        lines = [line.text for line in draft.statements]
        assert len(set(lines)) == len(lines), own.name
