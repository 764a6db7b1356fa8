"""What a reader is told to do next."""

from __future__ import annotations

from rag.advisor import Advisor
from rag.compose.about import about_programs
from tests.rag.compose.asking import request


def told(adviser: Advisor, text: str, day: str = "2026-03-20") -> str:
    draft = about_programs(request(adviser, text, day=day), adviser.knowledge)
    assert draft is not None
    return "\n".join(statement.text for statement in draft.statements)


def test_an_answer_on_one_programme_ends_with_whom_to_call(adviser: Advisor) -> None:
    assert "044-300-0904" in told(adviser, "AI응용제품 신속 상용화 언제까지예요?").partition("다음에 할 일")[2]


def test_of_many_regional_offices_the_one_of_the_place_is_told_else_the_place_is_asked(adviser: Advisor) -> None:
    assert "033-248-8503" in told(adviser, "가평에 있어요. 능력개발전담주치의 어떻게 신청해요?")
    assert "시·군·구를 알려 주시면" in told(adviser, "중소기업AI훈련확산센터 어떻게 신청해요?")


def test_offices_told_already_are_not_told_again(adviser: Advisor) -> None:
    assert told(adviser, "AI응용제품 신속 상용화 전화번호").count("044-300-0904") == 1


def test_a_programme_that_is_over_is_said_to_be_over_first(adviser: Advisor) -> None:
    first, *_ = told(adviser, "AI응용제품 신속 상용화 우리도 신청돼요?", "2026-06-01").split("\n")
    assert "마감" in first


def test_an_old_document_is_warned_of_and_a_new_one_is_not(adviser: Advisor) -> None:
    assert "1년이 넘어" in told(adviser, "경기도 AI+X 아카데미는 뭔가요?", "2026-09-01")
    assert "1년이 넘어" not in told(adviser, "경기도 AI+X 아카데미는 뭔가요?", "2025-09-01")
