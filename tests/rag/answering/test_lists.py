"""Lists, counts and what is set aside, over the bundled corpus."""

from __future__ import annotations

from datetime import date

import pytest

from rag.advisor import Advisor
from rag.domain import Answer, Question

DAY = date(2026, 3, 2)


def ask(adviser: Advisor, text: str) -> Answer:
    return adviser.answer(Question(text, DAY))


def test_who_sets_applying_alone_aside_wants_what_is_applied_for_together(adviser: Advisor) -> None:
    answer = ask(adviser, "단독 신청 말고 여러 곳이 같이 신청하는 사업만 전부 알려 주세요")
    names = {match.program.name for match in answer.matches}
    assert "AI응용제품 신속 상용화" in names
    assert "AI통합 바우처" not in names


@pytest.mark.parametrize(
    ("text", "out", "told"),
    [
        ("경남권 AI훈련확산센터 번호 다 주세요. 부산벤처기업협회는 빼고요", "070-4488-2705", "055-266-1939"),
        ("대구에 있는 인력공단 지사 번호 알려 주세요. 대구본부는 빼고", "053-580-2313", "1644-8000"),
    ],
)
def test_an_office_set_aside_is_not_told(adviser: Advisor, text: str, out: str, told: str) -> None:
    answer = ask(adviser, text)
    assert out not in answer.text
    assert told in answer.text


def test_an_address_of_the_web_stands_for_all_programmes_that_state_it(adviser: Advisor) -> None:
    names = {match.program.name for match in ask(adviser, "smart-factory.kr에서 신청하는 사업은 뭐예요?").matches}
    assert {"스마트공장 보급(제조AI특화)", "AI응용제품 신속 상용화"} <= names


def test_names_joined_by_a_dot_are_so_many_programmes(adviser: Advisor) -> None:
    names = {match.program.name for match in ask(adviser, "주치의·폴리텍 접수 언제까지인가요?").matches}
    assert names == {"능력개발전담주치의", "한국폴리텍대학 소규모사업장 훈련"}


def test_a_count_tells_how_many_each_ministry_has(adviser: Advisor) -> None:
    answer = ask(adviser, "사업이 모두 몇 개예요?")
    assert "고용노동부 3개" in answer.text.split("\n")[0]


def test_where_no_ceiling_is_known_the_money_told_is_the_budget(adviser: Advisor) -> None:
    answer = ask(adviser, "산업부 사업들 나랏돈이 각각 얼마예요?")
    assert "128억" in answer.text and "567억" in answer.text


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("중기부 사업을 돈 큰 것부터 차례로 알려 주세요", "800억"),
        ("업체당 최대로 받을 수 있는 금액이 큰 순서로 사업을 알려 주세요", "60억"),
    ],
)
def test_the_money_that_orders_programmes_is_their_budget_unless_what_one_gets_is_spoken_of(
    adviser: Advisor, text: str, first: str
) -> None:
    line = next(line for line in ask(adviser, text).text.split("\n") if line.startswith("1. "))
    assert first in line


def test_of_two_ways_to_apply_the_one_told_last_is_wanted(adviser: Advisor) -> None:
    answer = ask(adviser, "혼자는 못 넣고 컨소시엄을 꾸려야 하는 사업이 뭐뭐 있나요")
    assert "AI응용제품 신속 상용화" in {match.program.name for match in answer.matches}
    assert "능력개발전담주치의" not in {match.program.name for match in answer.matches}


def test_several_things_asked_of_what_fits_are_told_of_the_best(adviser: Advisor) -> None:
    text = ask(adviser, "공장에 로봇 팔을 놓고 싶은데 전화번호랑 접수 시스템 주소 알려 주세요").text
    assert "053-210-95" in text
