"""The label of a part, its words and values flow in; its form and its order flow out."""

from __future__ import annotations

from datetime import date

import pytest

from rag.grammar.values import read_values
from rag.plan import Ask, Measure, Order, SelectBy, Shape
from rag.reading.ordering import Words, order_of, shape_of
from rag.reading.rows import PartLabel
from rag.reading.tokens import tokens_of

DAY = date(2026, 3, 2)


def words(text: str) -> Words:
    return Words(text, tokens_of(text), tuple(read_values(text, DAY)))


def order(text: str, by: Measure = Measure.BUDGET, shape: Shape = Shape.RANK) -> Order:
    label = PartLabel(0, (Ask.BUDGET,), SelectBy.ALL, shape, Order(by))
    found = order_of(label, shape, words(text))
    assert found
    return found


@pytest.mark.parametrize(
    "text",
    ["예산 규모가 제일 작은 사업", "예산이 가장 적은 것부터 두 개", "재원이 제일 쪼그만 사업", "예산 하위 세 개"],
)
def test_a_word_for_small_behind_one_for_most_puts_the_smallest_first(text: str) -> None:
    assert not order(text).descending


def test_a_small_firm_puts_nothing_small_first() -> None:
    assert order("작은 회사인데 예산이 제일 큰 사업").descending


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("예산 큰 순서로 네 개만", 4),
        ("예산 1위, 2위 사업이 뭐예요", 2),
        ("열두 개 사업 가운데 예산이 큰 순서", 0),
        ("예산 큰 순서로 하나씩 불러 주세요", 0),
        ("예산이 제일 큰 사업이 뭐예요", 3),
        ("예산이 제일 큰 순서로 보여 주세요", 0),
    ],
)
def test_as_many_are_told_as_are_wanted_and_of_the_first_alone_the_next_two(text: str, limit: int) -> None:
    assert order(text).limit == limit


def test_money_of_the_state_is_what_a_whole_programme_has() -> None:
    assert order("나랏돈이 많이 들어가는 순서", Measure.AMOUNT).by is Measure.BUDGET
    assert order("회사가 받는 돈이 많은 순서", Measure.AMOUNT).by is Measure.AMOUNT


@pytest.mark.parametrize("text", ["산업부 사업 예산을 합산해 주세요", "두 사업 예산을 더하면 얼마예요"])
def test_a_list_of_figures_that_words_add_up_is_a_sum(text: str) -> None:
    label = PartLabel(0, (Ask.BUDGET,), SelectBy.ALL, Shape.LIST)
    assert shape_of(label, words(text)) is Shape.SUM
    assert order_of(label, Shape.SUM, words(text)) == Order(Measure.BUDGET)


def test_a_list_of_offices_is_no_sum() -> None:
    label = PartLabel(0, (Ask.CONTACT,), SelectBy.ALL, Shape.LIST)
    assert shape_of(label, words("AI통합 바우처와 종합상담 번호를 합쳐서 알려 주세요")) is Shape.LIST


@pytest.mark.parametrize(
    ("text", "ask", "measure", "descending"),
    [
        ("회사가 많이 부담하는 사업부터 알려 주세요", Ask.OWN_SHARE, Measure.OWN_SHARE, True),
        ("부담이 적은 것부터 몇 퍼센트인지", Ask.OWN_SHARE, Measure.OWN_SHARE, False),
    ],
)
def test_what_is_to_come_first_makes_a_rank_of_what_is_asked(
    text: str, ask: Ask, measure: Measure, descending: bool
) -> None:
    label = PartLabel(0, (ask,), SelectBy.ALL, Shape.COUNT)
    shape = shape_of(label, words(text))
    found = order_of(label, shape, words(text))
    assert shape is Shape.RANK and found and (found.by, found.descending) == (measure, descending)


def test_one_firm_is_whose_money_is_meant_and_no_number_of_programmes() -> None:
    assert order("업체 하나가 많이 받는 순서로").limit == 0
