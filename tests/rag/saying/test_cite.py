"""Marks in the text and the citations behind them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from urllib.parse import quote

import pytest

from rag.domain import Action, AnswerStatus, Detail, Match, PeriodStatus
from rag.saying.cite import cite
from rag.saying.draft import Draft, Line
from tests.rag.records import EVIDENCE, PROGRAM

DAY = date(2026, 3, 20)
ONE, TWO, THREE = (replace(EVIDENCE, quote=quote) for quote in ("하나", "둘", "셋"))


def draft(*lines: Line) -> Draft:
    return Draft(AnswerStatus.ANSWERED, lines)


def test_evidence_is_numbered_in_the_order_it_is_used_and_once() -> None:
    answer = cite(draft(Line("가", (TWO,)), Line("나", (ONE, TWO))), DAY)
    assert [(c.mark, c.evidence) for c in answer.citations] == [(1, TWO), (2, ONE)]
    assert answer.text.split() == ["가", "[1]", "나", "[1][2]"]


def test_every_mark_has_a_citation_and_every_line_its_marks() -> None:
    answer = cite(draft(*(Line(f"- {e.quote}", (e,)) for e in (ONE, TWO, THREE))), DAY)
    assert set(map(int, re.findall(r"\[(\d+)\]", answer.text))) == {c.mark for c in answer.citations}


def test_a_line_without_evidence_has_no_mark() -> None:
    assert cite(draft(Line("안내")), DAY).text == "안내"


def test_a_mark_stands_where_its_line_has_a_place_for_it() -> None:
    assert cite(draft(Line("가 ⟦1⟧, 나 ⟦0⟧", (ONE, TWO))), DAY).text == "가 [2], 나 [1]"


@pytest.mark.parametrize(
    ("texts", "shown"),
    [
        (("가", "나"), "가\n\n나"),
        (("가", "- 나", "- 다", "라"), "가\n\n- 나\n- 다\n\n라"),
        (("1. 가", "2. 나"), "1. 가\n2. 나"),
    ],
)
def test_paragraphs_are_parted_and_lists_hold_together(texts: tuple[str, ...], shown: str) -> None:
    assert cite(draft(*map(Line, texts)), DAY).text == shown


def test_evidence_of_contacts_and_programmes_is_cited_though_no_line_uses_it() -> None:
    contact = replace(PROGRAM.contacts[0], evidence=TWO)
    program = replace(PROGRAM, periods=(replace(PROGRAM.periods[0], evidence=THREE),))
    match = Match(program, (), None, program.periods[0], PeriodStatus.OPEN)
    answer = cite(Draft(AnswerStatus.ANSWERED, (Line("가", (ONE,)),), (match,), (contact,)), DAY)
    assert [answer.mark_of(e) for e in (ONE, TWO, THREE)] == [1, 2, 3]
    assert answer.mark_of(None) is None


def test_a_card_holds_the_lines_with_their_marks_and_no_empty_one() -> None:
    answer = cite(draft(Line("가", (ONE,)), Line(""), Line("나")), DAY)
    assert answer.card
    assert answer.card.lines == ("가 [1]", "나")


def test_a_card_calls_the_first_office_told_that_has_a_number() -> None:
    (office,) = PROGRAM.contacts[:1]
    told = (replace(office, phones=()), replace(office, phones=("044-300-0957", "044-300-0958")))
    answer = cite(Draft(AnswerStatus.ANSWERED, (Line("가"),), contacts=told, replies=("예",)), DAY)
    assert answer.card
    assert answer.card.actions == (Action("call", "044-300-0957", "tel:0443000957"),)
    assert answer.card.replies == ("예",)


@pytest.mark.parametrize(("label", "is_told"), [("신청방법", True), ("지원내용", False)])
def test_a_page_is_where_one_applies_only_in_what_tells_how(label: str, is_told: bool) -> None:
    program = replace(PROGRAM, details=(Detail(label, "누리집(https://www.smart.go.kr/apply)에서 신청", ONE),))
    match = Match(program, (), None, None, PeriodStatus.UNKNOWN)
    line = Line("누리집(https://www.smart.go.kr/apply)에서 신청", (ONE,))
    answer = cite(Draft(AnswerStatus.ANSWERED, (line,), (match,)), DAY)
    assert answer.card
    acts = [(a.kind, a.href) for a in answer.card.actions if a.kind != "page"]
    assert acts == [("apply", "https://www.smart.go.kr/apply")] * is_told


def acts(draft: Draft) -> dict[str, str]:
    """What one may do next by kind, with where it leads."""
    card = cite(draft, DAY).card
    assert card
    return {action.kind: action.href for action in card.actions}


def test_the_one_programme_told_can_be_applied_for_noted_and_seen() -> None:
    program = replace(PROGRAM, details=(Detail("신청방법", "누리집(www.smart.go.kr)에서 신청", TWO),))
    match = Match(program, (), None, program.periods[0], PeriodStatus.OPEN)
    told = Draft(AnswerStatus.ANSWERED, (Line("최대 1억 원", (ONE,)),), (match,))
    assert acts(told) == {
        "apply": "http://www.smart.go.kr",
        "calendar": "/programs/p1/calendar.ics",
        "page": f"/sources/guide/1?mark={quote('하나')}",
    }
    assert set(acts(replace(told, matches=(replace(match, status=PeriodStatus.CLOSED),)))) == {"page"}
    assert acts(replace(told, matches=(match, replace(match, program=replace(program, id="p2"))))) == {}


def test_an_office_that_a_line_leads_to_can_be_called() -> None:
    match = Match(PROGRAM, (), None, None, PeriodStatus.UNKNOWN)
    line = Line("모의원 02-000-0000에 물어보세요.", (PROGRAM.contacts[0].evidence,))
    assert acts(Draft(AnswerStatus.PARTIAL, (line,), (match,)))["call"] == "tel:020000000"
    assert "call" not in acts(Draft(AnswerStatus.PARTIAL, (replace(line, text="모의원"),), (match,)))


def test_while_the_place_is_open_no_office_of_one_is_called() -> None:
    here, there = PROGRAM.contacts[0], replace(PROGRAM.contacts[0], phones=("02-000-0001",))
    back = Draft(AnswerStatus.CLARIFY, (Line("어느 곳인가요?"),), contacts=(here, there))
    assert acts(back) == {}
    assert acts(replace(back, contacts=(here,))) == {"call": "tel:020000000"}
