"""A card of a list says in a line what is given, never more than it may, and nothing that is not stated."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.domain import Benefit, BenefitKind, CompanyProfile, Detail
from tests.server.fakes import OTHER, PROGRAM, WHERE, matched
from ui.pages.listed import GIVES, amount_words, compared, cut, gives, program_card
from ui.pages.timeline import Strip

DAY = date(2026, 3, 20)
PERIOD = {
    "status": "open",
    "days_left": 31,
    "opens_on": None,
    "expected_to": None,
    "until_spent": False,
    "kind": "fixed",
}


def test_what_it_is_for_is_told_before_the_statements_on_what_it_gives() -> None:
    aim = Detail("목적", "낡은 설비를 새것으로 바꾸는 비용을 돕습니다.", WHERE)
    assert gives(replace(PROGRAM, details=(aim,))) == aim.text
    assert gives(PROGRAM) == "최대 2천만원"
    assert gives(OTHER) == ""


def test_money_that_is_paid_back_is_told_to_be() -> None:
    loan = Benefit(BenefitKind.LOAN, "60억원 이내", WHERE, ceiling=6_000_000_000)
    assert amount_words(PROGRAM) == "최대 2,000만 원"
    assert amount_words(replace(PROGRAM, benefits=(loan,))) == "최대 60억 원 융자"
    assert amount_words(replace(PROGRAM, benefits=(replace(loan, per="1인당 월"),))) == ""


@given(st.text("가나 다,·", max_size=200))
def test_a_line_is_cut_behind_a_word(text: str) -> None:
    assert len(cut(text, GIVES)) <= GIVES


def test_of_what_is_compared_nothing_is_made_up() -> None:
    matches = [matched(one, CompanyProfile()) for one in (PROGRAM, OTHER)]
    cards = [program_card(match, PERIOD, DAY, Strip((), ""), None) for match in matches]
    rows = {row.label: row.texts for row in compared(matches, cards)}
    assert rows["금액"] == ("최대 2,000만 원", "확인되지 않음")
    assert "회사 부담" not in rows
    assert rows["문의"][0] == "가나다센터 02-000-0000"


@pytest.mark.parametrize(("rate", "own", "told"), [(50.0, None, ("50%",)), (None, 0.0, ("0%",)), (400.0, None, None)])
def test_the_share_of_the_company_is_what_the_rate_leaves(
    rate: float | None, own: float | None, told: tuple[str] | None
) -> None:
    benefit = Benefit(BenefitKind.GRANT, "지원", WHERE, rate=rate, own_share=own)
    matches = [matched(replace(PROGRAM, benefits=(benefit,)), CompanyProfile())]
    cards = [program_card(matches[0], PERIOD, DAY, Strip((), ""), None)]
    rows = {row.label: row.texts for row in compared(matches, cards)}
    assert rows.get("회사 부담") == told
