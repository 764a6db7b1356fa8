"""A plan flows in; what its parts come to, and what stands in for a programme that is no help, flows out."""

from __future__ import annotations

from datetime import date

import pytest

from rag.advisor import Advisor
from rag.domain import Answer, CompanyProfile, Question, SizeClass, Verdict

SMART = "스마트공장 보급(제조AI특화)"
ACADEMY = "경기도 AI+X 아카데미"


def ask(adviser: Advisor, text: str, day: date, company: CompanyProfile) -> Answer:
    return adviser.answer(Question(text, day, company))


CAFE = CompanyProfile(region="대전광역시 서구", industry="제과점", size=SizeClass.MICRO, employees=4)
PRESS = CompanyProfile(region="경기도 고양시", industry="인쇄", size=SizeClass.SMALL, employees=14)


@pytest.mark.parametrize(
    "text",
    [
        "스마트공장 지원을 우리 빵집도 받을 수 있나요? 안 되면 다른 거라도 알려 주세요",
        "스마트공장 지원을 우리 빵집도 받을 수 있나요?",
    ],
)
def test_after_a_refusal_other_programmes_follow_that_admit_the_asker(adviser: Advisor, text: str) -> None:
    answer = ask(adviser, text, date(2026, 2, 24), CAFE)
    others = [match for match in answer.matches if match.program.name != SMART]
    assert others and all(match.verdict is not Verdict.INELIGIBLE for match in others)


def test_what_is_over_never_stands_in_for_itself(adviser: Advisor) -> None:
    text = f"{ACADEMY} 지금도 신청되나요? 끝났으면 다른 거라도 알려 주세요"
    answer = ask(adviser, text, date(2026, 6, 8), PRESS)
    lines = [line for line in answer.text.split("\n") if line[:2] in ("1.", "2.", "3.")]
    assert lines and not any(ACADEMY in line for line in lines)
