"""A question for the most or the least is answered in the order of the sums, in the documents' own words."""

from __future__ import annotations

from datetime import date

import pytest

from rag.advisor import Advisor
from rag.domain import Answer, Question

DAY = date(2026, 3, 20)


def ask(adviser: Advisor, words: str) -> Answer:
    return adviser.answer(Question(words, DAY))


@pytest.mark.parametrize("words", ["정부 예산 제일 많은 사업이 뭐야", "예산이 가장 큰 사업은?"])
def test_the_largest_budgets_come_first(adviser: Advisor, words: str) -> None:
    answer = ask(adviser, words)
    budgets = [match.program.budget or 0 for match in answer.matches]
    assert budgets == sorted(budgets, reverse=True)
    assert budgets[0] == max(p.budget or 0 for p in adviser.knowledge.current(answer.as_of))


def test_the_smallest_budget_comes_first_when_asked_for(adviser: Advisor) -> None:
    answer = ask(adviser, "예산 가장 적은 사업은?")
    stated = [p.budget for p in adviser.knowledge.current(answer.as_of) if p.budget]
    assert answer.matches[0].program.budget == min(stated)


def test_every_sum_told_is_cited(adviser: Advisor) -> None:
    answer = ask(adviser, "지원금 제일 많이 주는 사업은?")
    lines = [line for line in answer.text.splitlines() if line.startswith("- ")]
    assert lines and all("[" in line for line in lines)
