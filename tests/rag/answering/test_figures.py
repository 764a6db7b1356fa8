"""Figures: what a statement holds decides what it may answer."""

import pytest

from rag.answering import figures
from rag.grammar.typed import Days, Share, Unit


@pytest.mark.parametrize("text", ["최대 1억 원", "기업당 300만원 이내", "80,000백만원"])
def test_a_sum_is_seen(text: str) -> None:
    assert figures.has_sum(text)
    assert figures.has_figure(text)


def test_a_share_is_no_sum() -> None:
    assert figures.has_part("총사업비의 50% 이내")
    assert not figures.has_part("단가의 300%를 지원합니다")
    assert not figures.has_sum("총사업비의 50% 이내")


def test_who_pays_is_heard() -> None:
    assert figures.speaks_of_own_share("기업부담금 30%(현금, 현물)")
    assert figures.says_free("기업이 부담하는 비용이 없습니다")
    assert not figures.says_free("기업이 30%를 부담합니다")


@pytest.mark.parametrize(
    ("question", "units"),
    [("교육생은 몇 명인가요", {Unit.PEOPLE}), ("센터가 몇 군데예요", {Unit.FIRMS}), ("몇 개월 걸려요", {Unit.MONTHS})],
)
def test_the_unit_asked_for_is_that_of_a_number_in_the_place_of_the_word(question: str, units: set[Unit]) -> None:
    assert figures.units_asked(question) == units


@pytest.mark.parametrize(("question", "sort"), [("몇 퍼센트를 내나요", Share), ("몇 월에 열려요", Days)])
def test_a_share_or_a_month_is_asked_for_without_a_unit(question: str, sort: type) -> None:
    wanted = figures.wanted_in(question)
    assert wanted.sorts == {sort}
    assert not wanted.units


def test_a_number_told_is_not_asked_for() -> None:
    assert not figures.wanted_in("직원 30명인데 신청할 수 있나요")


def test_what_is_asked_for_is_held_or_not() -> None:
    wanted = figures.wanted_in("몇 명을 뽑고 몇 개월 하나요")
    assert wanted.holds_any("연 500명")
    assert not wanted.holds_all("연 500명")
    assert wanted.holds_all("연 500명, 6개월")
    assert not wanted.holds_any("총사업비의 50%")


def test_addresses_are_seen() -> None:
    assert figures.has_link("누리집(www.example.kr)에서 신청합니다")
    assert figures.has_mail("help@example.kr로 보냅니다")
    assert not figures.has_link("전화로 신청합니다")


@pytest.mark.parametrize(("label", "counts_up"), [("① 가입", True), ("2. 심사", True), ("가입", False), ("", False)])
def test_a_step_begins_with_its_number(label: str, counts_up: bool) -> None:
    assert figures.begins_with_number(label) is counts_up
