"""All programmes of one kind."""

from __future__ import annotations

import pytest

from rag.advisor import Advisor
from rag.compose.listing import list_programs
from rag.domain import PeriodStatus
from rag.periods import period_status
from tests.rag.compose.asking import request


def listed(adviser: Advisor, text: str) -> set[str]:
    draft = list_programs(request(adviser, text), adviser.knowledge)
    return {m.program.name for m in draft.matches} if draft else set()


@pytest.mark.parametrize("text", ["연중 상시로 받는 사업 목록", "일년 내내 신청할 수 있는 사업만 골라 주세요"])
def test_programmes_open_all_year_are_those_with_such_a_period(adviser: Advisor, text: str) -> None:
    asked = request(adviser, text).question.as_of
    wanted = {
        program.name
        for program in adviser.knowledge.current(asked)
        if any(period_status(p, program, asked) is PeriodStatus.ALWAYS for p in program.periods)
    }
    assert listed(adviser, text) == wanted != set()


def test_programmes_applied_for_at_one_address_are_those_that_name_it(adviser: Advisor) -> None:
    found = listed(adviser, "smart-factory.kr 에서 접수하는 사업이 뭐가 있나요")
    assert found == {"스마트공장 보급(제조AI특화)", "AI응용제품 신속 상용화"}


def test_free_programmes_are_those_that_say_so_with_the_words_cited(adviser: Advisor) -> None:
    draft = list_programs(request(adviser, "회사가 내는 돈이 한푼도 없는 사업 다 알려줘"), adviser.knowledge)
    assert draft is not None
    assert "중소기업AI훈련확산센터" in {m.program.name for m in draft.matches}
    shown = [s for s in draft.statements if s.text.startswith("  - ")]
    assert len(shown) == len(draft.matches)
    assert all(s.evidence for s in shown)


def test_a_question_for_no_list_is_left_to_others(adviser: Advisor) -> None:
    assert list_programs(request(adviser, "직원 교육을 도와주는 사업 있나요"), adviser.knowledge) is None
