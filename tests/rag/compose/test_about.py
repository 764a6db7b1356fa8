"""What is said about the programmes a question names."""

from __future__ import annotations

from datetime import date

import pytest

from rag.advisor import Advisor
from rag.compose.about import about_programs
from rag.compose.comparison import compare
from rag.domain import AnswerStatus, CompanyProfile, SizeClass, Verdict
from tests.rag.compose.asking import request


def every_programme(adviser: Advisor) -> list[str]:
    return [program.name for program in adviser.knowledge.current(date(2026, 3, 20))]


@pytest.mark.parametrize(
    "asked", ["뭔가요?", "마감이 언제예요?", "얼마까지 지원되나요?", "누가 신청할 수 있나요?", "어떻게 신청해요?"]
)
def test_every_part_of_every_programme_is_answered_with_evidence(adviser: Advisor, asked: str) -> None:
    for name in every_programme(adviser):
        draft = about_programs(request(adviser, f"{name} {asked}"), adviser.knowledge)
        assert draft is not None
        assert [m.program.name for m in draft.matches] == [name]
        assert any(s.evidence for s in draft.statements), name
        assert all(s.evidence for s in draft.statements if s.text.startswith("- ")), name


def test_every_programme_is_found_by_each_of_its_names(adviser: Advisor) -> None:
    for name, aliases in adviser.knowledge.lexicon.programs:
        for spelling in (name, *aliases):
            assert request(adviser, f"{spelling} 문의").programs == (name,), spelling


def test_a_firm_that_may_not_apply_is_told_so_with_the_condition(adviser: Advisor) -> None:
    large = CompanyProfile(size=SizeClass.LARGE)
    draft = about_programs(request(adviser, "능력개발전담주치의 신청할 수 있나요?", large), adviser.knowledge)
    assert draft is not None
    assert [m.verdict for m in draft.matches] == [Verdict.INELIGIBLE]
    told = [s.text for s in draft.statements]
    assert any("신청할 수 없습니다" in text for text in told)
    assert any("대기업" in text for text in told)


def test_a_year_no_document_holds_is_said_to_be_unknown(adviser: Advisor) -> None:
    draft = about_programs(request(adviser, "2024년 AI통합 바우처 마감은 언제였나요?"), adviser.knowledge)
    assert draft is not None
    assert draft.status is AnswerStatus.PARTIAL
    assert "2024년" in draft.statements[0].text


def test_two_editions_of_one_programme_are_compared_by_year(adviser: Advisor) -> None:
    draft = compare(request(adviser, "2025년과 2026년 지역 주도형 AI 대전환의 차이"), adviser.knowledge)
    assert draft is not None
    assert [m.program.year for m in draft.matches] == [2025, 2026]


def test_one_programme_alone_is_not_compared(adviser: Advisor) -> None:
    assert compare(request(adviser, "AI통합 바우처 비교"), adviser.knowledge) is None
