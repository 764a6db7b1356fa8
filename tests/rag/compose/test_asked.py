"""What a question asks for is read from its nouns and units, and held against what the documents state."""

from __future__ import annotations

import pytest

from rag.advisor import Advisor
from rag.compose.asked import asked_in
from rag.compose.gaps import named_gaps
from tests.rag.compose.asking import program, request


@pytest.mark.parametrize(
    ("text", "head", "unit"),
    [
        ("평가위원이 몇 명인가요?", "위원", "명"),
        ("연체이자율은 얼마나 됩니까", "이자율", ""),
        ("상담 예약하는 채널 아이디가 뭐예요", "아이디", ""),
        ("교수님 강사료는 시간당 얼마예요", "강사료", ""),
        ("작년에 부결된 비율이 얼마나 되죠", "비율", ""),
        ("협약 체결까지 며칠 걸립니까", "체결", "일"),
    ],
)
def test_what_is_asked_is_its_head_noun_and_its_unit(text: str, head: str, unit: str) -> None:
    found = asked_in(text, frozenset())
    assert (found[0].nouns[-1].form, found[0].unit) == (head, unit)


@pytest.mark.parametrize("text", ["마감이 며칠이에요?", "전화가 몇 번이에요?", "신청하고 싶어요"])
def test_a_day_a_phone_and_a_wish_are_no_count(text: str) -> None:
    assert not any(one.unit for one in asked_in(text, frozenset()))


def test_a_particular_is_asked_for_wherever_it_stands() -> None:
    assert [one.words for one in asked_in("평가위원 명단 좀 보내요", frozenset({"명단"}))] == ["평가위원 명단"]


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("AI통합 바우처", "평가위원이 몇 명인가요?"),
        ("AI통합 바우처", "선정평가 통과 점수가 몇 점이에요?"),
        ("AX스프린트 우대 트랙", "연체이자율은 얼마나 되나요?"),
        ("AX스프린트 우대 트랙", "신청하고 돈이 나오기까지 며칠 걸려요?"),
        ("한국폴리텍대학 소규모사업장 훈련", "한 업체당 몇 번까지 방문해 주나요?"),
        ("산업AI솔루션 실증·확산 지원", "컨소시엄은 최소 몇 개 기업이 모여야 하나요?"),
        ("스마트공장 보급(제조AI특화)", "현장평가 체크리스트 파일 보내줘"),
    ],
)
def test_what_no_statement_gives_is_told_first(adviser: Advisor, name: str, asked: str) -> None:
    lines, is_missing = named_gaps(program(adviser, name), request(adviser, f"{name} {asked}"), adviser.knowledge)
    assert is_missing
    assert lines[0].text.startswith("물어보신 ")
    assert lines[0].text.endswith("문서에서 확인되지 않습니다.")


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("AI통합 바우처", "몇 개 과제 뽑아요?"),
        ("산업AI솔루션 실증·확산 지원", "이의신청은 며칠 동안 받나요?"),
        ("스마트공장 보급(제조AI특화)", "구축 기간이 몇 개월이에요?"),
        ("한국폴리텍대학 소규모사업장 훈련", "교원이 몇 명이에요?"),
        ("산업AI솔루션 실증·확산 지원", "과제 신청서류 양식은 어디서 받나요?"),
    ],
)
def test_what_a_statement_gives_is_not_missed(adviser: Advisor, name: str, asked: str) -> None:
    lines, _ = named_gaps(program(adviser, name), request(adviser, f"{name} {asked}"), adviser.knowledge)
    assert not any(line.text.startswith("물어보신 ‘") for line in lines)


@pytest.mark.parametrize("words", ["02-1234-5678 번호로 오는 계좌가", "KX4410 계좌가", "모모랜드상사뿅 계좌가"])
def test_a_figure_or_a_name_of_the_asker_is_not_said_again(adviser: Advisor, words: str) -> None:
    name = "한국폴리텍대학 소규모사업장 훈련"
    lines, _ = named_gaps(program(adviser, name), request(adviser, f"{name} {words} 뭐예요?"), adviser.knowledge)
    assert not any(words.split()[0] in line.text for line in lines)
