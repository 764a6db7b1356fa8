"""What a list is bounded by is read as it is told: a time, a sum, the way to apply; what only tells the day is not."""

from __future__ import annotations

from datetime import date

import pytest

from rag.grammar.values import read_values
from rag.plan import Ask, Constraint, Field, Op, Role, SelectBy, Span
from rag.reading.constraints import constraints
from rag.reading.rows import PartLabel
from rag.reading.tokens import tokens_of

DAY = date(2026, 4, 10)


def read(text: str, words: str, role: Role, value: str = "", money: Field | None = None) -> list[Constraint]:
    at = text.index(words)
    span = Span(at, at + len(words), role, words, value=value)
    label = PartLabel(0, (Ask.WHAT,), SelectBy.ALL)
    return list(constraints((span,), read_values(text, DAY), tokens_of(text), label, DAY, money))


@pytest.mark.parametrize(
    ("text", "words", "value", "field", "days"),
    [
        ("닷새 안에 접수를 닫는 공고", "닫는", "closes", Field.CLOSES, "2026-04-10/2026-04-15"),
        ("3주 이내 끝나는 사업", "끝나는", "closes", Field.CLOSES, "2026-04-10/2026-05-01"),
        ("두 달 내 마감되는 사업", "마감되는", "closes", Field.CLOSES, "2026-04-10/2026-06-10"),
        ("이달 안에 마감하는 사업", "마감하는", "closes", Field.CLOSES, "2026-04-10/2026-04-30"),
        ("지금 4월인데 다음 달에 열리는 사업", "열리는", "opens", Field.OPENS, "2026-05-01/2026-05-31"),
    ],
)
def test_a_time_within_which_something_opens_or_closes_bounds_it(
    text: str, words: str, value: str, field: Field, days: str
) -> None:
    assert read(text, words, Role.STATUS, value)[0] == Constraint(field, Op.IN, days, words)


@pytest.mark.parametrize("text", ["오늘 마감하는 사업", "올해 마감하는 사업", "마감하는 사업"])
def test_the_day_itself_and_a_whole_year_are_no_such_time(text: str) -> None:
    assert read(text, "마감하는", Role.STATUS, "closes")[0].field is Field.STATUS


@pytest.mark.parametrize(
    ("text", "words", "ops"),
    [
        ("3억짜리 사업", "3억", [Op.AT_LEAST, Op.AT_MOST]),
        ("한도가 3억인 사업", "3억", [Op.AT_LEAST, Op.AT_MOST]),
        ("3억 받을 수 있는 사업", "3억", [Op.AT_LEAST]),
        ("3억 이하 사업", "3억 이하", [Op.AT_MOST]),
        ("3억 원쯤인 사업", "3억 원쯤", [Op.AT_LEAST]),
    ],
)
def test_a_sum_told_as_it_stands_is_met_by_that_sum_alone(text: str, words: str, ops: list[Op]) -> None:
    assert [one.op for one in read(text, words, Role.SUM)] == ops


def test_a_sum_is_of_the_money_that_stands_right_before_it() -> None:
    text = "대출은 말고 예산 700억 넘는 사업"
    assert read(text, "700억 넘는", Role.SUM, money=Field.CEILING)[0].field is Field.BUDGET
    assert read("대출 700억 넘는 사업", "700억 넘는", Role.SUM, money=Field.CEILING)[0].field is Field.CEILING
