"""What is refused, and what is offered instead."""

from __future__ import annotations

import pytest

from rag.advisor import Advisor
from rag.compose.refuse import refuse
from rag.domain import AnswerStatus
from tests.rag.compose.asking import request


@pytest.mark.parametrize("text", ["담당자 휴대폰 번호", "과장님 집 주소 알려줘", "담당자 주민등록번호"])
def test_private_data_is_refused(adviser: Advisor, text: str) -> None:
    draft = refuse(request(adviser, text), adviser.knowledge)
    assert draft is not None
    assert draft.status is AnswerStatus.REFUSED


def test_the_office_number_that_is_printed_is_offered_instead(adviser: Advisor) -> None:
    draft = refuse(request(adviser, "AI통합 바우처 담당자 휴대폰 번호"), adviser.knowledge)
    assert draft is not None
    assert draft.contacts
    assert all(s.evidence for s in draft.statements if s.text.startswith("- "))


@pytest.mark.parametrize("text", ["AI통합 바우처 전화번호", "AI통합 바우처 담당자", "개인사업자도 되나요?"])
def test_an_office_may_be_asked_for(adviser: Advisor, text: str) -> None:
    assert refuse(request(adviser, text), adviser.knowledge) is None
