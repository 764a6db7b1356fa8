"""A text and its places flow in; the place whose government its writer belongs to, or none, flows out."""

from __future__ import annotations

from datetime import date

import pytest

from rag.advisor import Advisor
from rag.domain import CompanyProfile, Question
from rag.reading.officials import official_of

DAY = date(2026, 2, 12)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("서울시청 주무관입니다. 무엇을 신청하나요", "서울특별시"),
        ("대구시 산업과인데 신청되나요", "대구광역시"),
        ("충청남도 미래산업과입니다", "충청남도"),
        ("경남도청 담당자예요", "경상남도"),
        ("인천시 공무원인데요", "인천광역시"),
        ("대구시 정형외과입니다", None),
        ("부산 영업팀인데요", None),
        ("수원시에서 공장을 합니다", None),
        ("제주도청 누리집에서 봤는데 우리 회사도 되나요", None),
    ],
)
def test_who_says_to_be_of_a_local_government_speaks_for_it(adviser: Advisor, text: str, place: str | None) -> None:
    found = official_of(text, adviser.shelf.gazetteer.spans(text, DAY))
    assert (found.candidates[0] if found else None) == place


def test_an_official_who_asks_for_a_firm_is_told_what_that_firm_may_use(adviser: Advisor) -> None:
    firm = CompanyProfile(region="광주광역시", industry="기계 부품 제조", employees=30)
    answer = adviser.answer(Question("광주시 공무원인데 관내 공장에 AI를 넣을 사업이 있나요", DAY, firm))
    assert answer.matches
