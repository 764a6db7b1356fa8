"""A question that names no programme is asked back, with what is asked told of every programme it may mean."""

from __future__ import annotations

from datetime import date

import pytest

from rag.advisor import Advisor
from rag.domain import AnswerStatus, Question

AS_OF = date(2026, 3, 20)


@pytest.mark.parametrize(
    ("question", "head", "fact"),
    [
        ("얼마까지 돼요?", "지원 금액", "총 사업비의 50%(2억원) 이내"),
        ("지원금 얼마 나와요", "지원 금액", "총 사업비의 50%(2억원) 이내"),
        ("서류 뭐 내요?", "제출서류", "사업신청서 등"),
        ("거 나라서 돈 주는 거, 언제꺼정 내면 되는 거요?", "접수", "2026년 4월 20일까지"),
        ("그거 우리가 부담하는 돈 있어요?", "기업 부담", "30% 부담(현금, 현물)"),
        ("어디로 전화해야 돼요?", "문의처", "1811-3655"),
        ("어떻게 신청해요", "신청방법", "www.smart-factory.kr"),
    ],
)
def test_what_is_asked_of_no_programme_is_told_of_all(adviser: Advisor, question: str, head: str, fact: str) -> None:
    answer = adviser.answer(Question(question, AS_OF))
    assert answer.status is AnswerStatus.CLARIFY
    assert answer.clarifying_question
    assert f"| 사업 | {head} |" in answer.text
    assert fact in answer.text
    assert len(answer.matches) > 5


@pytest.mark.parametrize("question", ["그 컨설팅, 기업 부담금 있어요?", "AI 교육 지원받고 싶어요 번호 하나만 주세요"])
def test_of_a_kind_of_support_only_programmes_that_give_it_are_told(adviser: Advisor, question: str) -> None:
    answer = adviser.answer(Question(question, AS_OF))
    names = {match.program.name for match in answer.matches}
    assert answer.status is AnswerStatus.CLARIFY
    assert "능력개발전담주치의" in names
    assert not names & {"AX스프린트 우대 트랙", "AI통합 바우처", "스마트공장 보급(제조AI특화)"}


@pytest.mark.parametrize("question", ["대출 이자 얼마예요", "AI 솔루션 사는 돈 얼마까지 나와요"])
def test_what_only_one_programme_gives_is_answered(adviser: Advisor, question: str) -> None:
    assert adviser.answer(Question(question, AS_OF)).status is not AnswerStatus.CLARIFY
