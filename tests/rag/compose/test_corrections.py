"""What a question takes for granted and the documents do not bear out is put right."""

from __future__ import annotations

import pytest

from rag.advisor import Advisor
from rag.compose.corrections import corrections
from rag.messages import LOAN_NOT_GRANT, NO_GUARANTEE
from tests.rag.compose.asking import program, request

LOAN, GRANT = "AX스프린트 우대 트랙", "AI통합 바우처"


def told(adviser: Advisor, name: str, text: str) -> str:
    return "\n".join(s.text for s in corrections(program(adviser, name), request(adviser, f"{name} {text}")))


@pytest.mark.parametrize("text", ["무상 보조금이죠?", "안 갚아도 되죠?", "공짜로 주나요?"])
def test_a_loan_taken_for_a_gift_is_put_right_and_only_a_loan(adviser: Advisor, text: str) -> None:
    assert LOAN_NOT_GRANT in told(adviser, LOAN, text)
    assert LOAN_NOT_GRANT not in told(adviser, GRANT, text)


def test_a_loan_asked_for_as_a_loan_needs_no_correction(adviser: Advisor) -> None:
    assert told(adviser, LOAN, "금리가 얼마예요?") == ""


def test_a_promise_of_selection_is_never_made(adviser: Advisor) -> None:
    assert NO_GUARANTEE in told(adviser, GRANT, "무조건 선정되나요?")


def test_a_programme_taken_for_that_of_another_ministry_is_put_right_with_its_own(adviser: Advisor) -> None:
    corrected = told(adviser, GRANT, "고용노동부 사업 맞죠?")
    assert "고용노동부 사업이 아닙니다" in corrected
    assert program(adviser, GRANT).ministry in corrected


def test_every_programme_is_left_to_its_own_ministry_and_agency(adviser: Advisor) -> None:
    for own in adviser.knowledge.current(request(adviser, "").question.as_of):
        for body in (own.ministry, own.agency):
            assert "사업이 아닙니다" not in told(adviser, own.name, f"{body} 사업이죠?"), (own.name, body)


def test_every_correction_of_a_fact_cites_it(adviser: Advisor) -> None:
    for text in (f"{LOAN} 무상 보조금이죠?", f"{GRANT} 고용노동부 사업 맞죠?"):
        asked = request(adviser, text)
        assert all(s.evidence for s in corrections(program(adviser, asked.programs[0]), asked))
