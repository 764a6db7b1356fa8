"""What the sums and days of a question tell of the asker's firm is read as such, and no other sum is."""

from __future__ import annotations

from datetime import date

import pytest

from rag.grammar.values import read_values
from rag.plan import Role, Span
from rag.reading.own import of_the_firm
from rag.reading.tokens import tokens_of

DAY = date(2026, 3, 2)


def read(text: str, *spans: tuple[str, Role]) -> list[tuple[Role, str]]:
    marked = [Span(text.index(words), text.index(words) + len(words), role, words) for words, role in spans]
    kept, _ = of_the_firm(marked, read_values(text, DAY), tokens_of(text), text)
    return [(span.role, span.words) for span in kept]


@pytest.mark.parametrize(
    ("text", "sum_", "told"),
    [
        ("작년 매출이 7억인데 신청돼요?", "7억", "작년 매출이 7억"),
        ("매출액은 35억쯤이에요", "35억", "매출액은 35억쯤"),
        ("자본금 2억짜리 회사", "2억", "자본금 2억"),
    ],
)
def test_a_sum_behind_what_it_measures_is_a_circumstance_with_its_year(text: str, sum_: str, told: str) -> None:
    assert (Role.STATE, told) in read(text, (sum_, Role.SUM))


@pytest.mark.parametrize(
    ("text", "sum_"),
    [("매출 10억 이상만 되나요", "10억"), ("한도가 3억이라던데", "3억"), ("수출 지원 최대 3억", "3억")],
)
def test_a_bound_or_a_sum_that_is_given_is_none_of_the_firm(text: str, sum_: str) -> None:
    assert read(text, (sum_, Role.SUM)) == [(Role.SUM, sum_)]


def test_the_year_of_such_a_sum_is_that_of_no_programme() -> None:
    text = "작년 매출이 7억인데 신청돼요?"
    _, values = of_the_firm((), read_values(text, DAY), tokens_of(text), text)
    assert [text[value.start : value.end] for value in values] == ["7억"]


def test_a_day_on_which_the_firm_was_begun_is_its_age() -> None:
    assert read("올 1월에 빵집 열었어요 되나요", ("1월", Role.DAY)) == [(Role.AGE, "1월")]
    assert read("1월에 접수해요?", ("1월", Role.DAY)) == [(Role.DAY, "1월")]
