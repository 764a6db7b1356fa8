"""What was heard: a figure, a kind or a body that differs from the records is said to differ."""

from __future__ import annotations

from datetime import date

import pytest

from rag.advisor import Advisor
from rag.answering.execute import execute
from rag.answering.select import Asker
from rag.domain import Question
from rag.plan import Facts


def agreements(adviser: Advisor, text: str) -> list[bool]:
    plan = adviser.read(Question(text, date(2026, 3, 2)))
    asker = Asker(plan.company, plan.told, date(2026, 3, 2))
    outcomes = [o for answered in execute(plan, asker, adviser.shelf) for o in answered.outcomes]
    return [o.agrees for o in outcomes if isinstance(o, Facts) and o.agrees is not None]


@pytest.mark.parametrize(
    ("text", "agrees"),
    [
        ("스마트공장 보급(제조AI특화)은 총사업비의 80%를 준다던데 맞나요?", False),
        ("스마트공장 보급(제조AI특화)은 최대 2억까지 준다던데 맞나요?", True),
        ("산업AI솔루션 실증·확산 지원은 중기부에서 하는 거라면서요? 번호 좀요", False),
    ],
)
def test_what_was_heard_is_held_against_the_records(adviser: Advisor, text: str, agrees: bool) -> None:
    assert agreements(adviser, text)[:1] == [agrees]


def test_nothing_is_held_against_the_records_where_nothing_was_heard(adviser: Advisor) -> None:
    assert agreements(adviser, "스마트공장 보급(제조AI특화)은 얼마를 주나요?") == []


def test_what_the_asker_can_pay_itself_is_no_claim(adviser: Advisor) -> None:
    assert agreements(adviser, "저희가 30%까지는 낼 수 있는데 스마트공장 보급(제조AI특화) 되나요?") == []
