"""Reckoning: of a sum told, the support up to its ceiling and the company's own share; nothing of a sum claimed."""

from datetime import date

import pytest

from rag.advisor import Advisor
from rag.answering.reckoning import reckoned
from rag.answering.select import Asker, judged
from rag.answering.statements import Statement
from rag.plan import Ask, Part, Plan, Polarity, Role, SelectBy, Selection, Span
from tests.rag.records import EVIDENCE

WORDS = "총사업비 {sum}이면 얼마"


def told(adviser: Advisor, name: str, said: str, ask: Ask, polarity: Polarity = Polarity.SAID) -> list[str]:
    words = WORDS.format(sum=said)
    at = words.index(said)
    part = Part((ask,), Selection(SelectBy.NAMED, (name,), (name,)), words=words)
    plan = Plan(words, (part,), spans=(Span(at, at + len(said), Role.SUM, said, polarity),))
    asker = Asker(plan.company, (), date(2026, 3, 2))
    (program,) = adviser.shelf.editions(name, asker.as_of)
    match = judged(adviser.shelf, asker, program)
    return [fact.text for fact in reckoned(ask, plan, part, match)]


FACTORY = "스마트공장 보급(제조AI특화)"


@pytest.mark.parametrize(
    ("said", "ask", "sum_"),
    [
        ("3억", Ask.AMOUNT, "1억 5,000만 원까지"),
        ("10억", Ask.AMOUNT, "2억 원까지"),
        ("3억", Ask.OWN_SHARE, "1억 5,000만 원을"),
        ("10억", Ask.OWN_SHARE, "8억 원을"),
    ],
)
def test_what_a_sum_comes_to(adviser: Advisor, said: str, ask: Ask, sum_: str) -> None:
    (text,) = told(adviser, FACTORY, said, ask)
    assert sum_ in text


def test_a_sum_that_is_claimed_is_not_reckoned_with(adviser: Advisor) -> None:
    assert told(adviser, FACTORY, "3억", Ask.AMOUNT, Polarity.CLAIM) == []


def test_of_several_ceilings_only_what_none_of_them_ends_is_reckoned(adviser: Advisor) -> None:
    name = "AI응용제품 신속 상용화"
    (text,) = told(adviser, name, "10억", Ask.OWN_SHARE)
    assert "3억 원을" in text
    assert told(adviser, name, "90억", Ask.OWN_SHARE) == []


def test_without_a_rate_nothing_is_reckoned(adviser: Advisor) -> None:
    assert told(adviser, "AI통합 바우처", "3억", Ask.AMOUNT) == []


def stated(text: str) -> Statement:
    return Statement("p", "금리", text, "", EVIDENCE)
