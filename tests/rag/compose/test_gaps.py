"""What is asked for and no document says is said to be missing, and nothing else is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.advisor import Advisor
from rag.compose.gaps import named_gaps, unknown_scheme, year_gaps
from rag.domain import Benefit, BenefitKind, Detail
from tests.rag.compose.asking import program, request
from tests.rag.records import EVIDENCE, PROGRAM

MISSING = "문서에서 확인되지 않습니다"
BARE = replace(PROGRAM, details=(), benefits=(), contacts=())
# What is asked, and a statement that answers it.
FACETS = (
    ("자부담은 얼마예요?", "기업 부담은 총사업비의 20%입니다."),
    ("보조율이 몇이에요?", "총사업비의 70%를 지원합니다."),
    ("금리가 어떻게 되나요?", "정책자금 기준금리를 적용합니다."),
    ("제출서류가 뭐예요?", "사업신청서와 사업자등록증을 냅니다."),
    ("선정 결과 발표는 언제예요?", "최종 선정 결과는 4월에 안내합니다."),
    ("경쟁률이 얼마였어요?", "지난해 경쟁률은 3대 1이었습니다."),
    ("팩스 번호는요?", "팩스로 신청서를 냅니다."),
    ("이메일 주소 주세요", "ask@mock.kr로 보냅니다."),
    ("센터 주소가 어디예요?", "모의시 모의로 12에서 접수합니다."),
)


@pytest.mark.parametrize(("asked", "said"), FACETS)
def test_what_is_asked_is_told_where_a_statement_speaks_of_it_and_missed_where_none_does(
    adviser: Advisor, asked: str, said: str
) -> None:
    question = request(adviser, asked)
    lines, is_missing = named_gaps(
        replace(BARE, details=(Detail("안내", said, EVIDENCE),)), question, adviser.knowledge
    )
    assert not is_missing
    assert [line.text for line in lines] == [f"- **안내**: {said}"]
    lines, is_missing = named_gaps(BARE, question, adviser.knowledge)
    assert is_missing
    assert MISSING in lines[0].text
    assert lines[0].evidence


@pytest.mark.parametrize("asked", ["마감이 언제예요?", "누가 신청할 수 있나요?", "무슨 사업인가요?"])
def test_nothing_is_missed_that_is_not_asked_for(adviser: Advisor, asked: str) -> None:
    assert named_gaps(BARE, request(adviser, asked), adviser.knowledge) == ([], False)


def test_a_record_answers_as_well_as_a_statement(adviser: Advisor) -> None:
    share = replace(BARE, benefits=(Benefit(BenefitKind.GRANT, "", EVIDENCE, own_share=20.0),))
    assert not named_gaps(share, request(adviser, "자부담은 얼마예요?"), adviser.knowledge)[1]
    reached = replace(BARE, contacts=(replace(PROGRAM.contacts[0], emails=("ask@mock.kr",)),))
    assert not named_gaps(reached, request(adviser, "이메일 주소 주세요"), adviser.knowledge)[1]


def test_a_line_with_a_phone_answers_no_facet(adviser: Advisor) -> None:
    phone = replace(BARE, details=(Detail("제출서류", "서류 문의 02-000-0000", EVIDENCE),))
    lines, is_missing = named_gaps(phone, request(adviser, "제출서류가 뭐예요?"), adviser.knowledge)
    assert is_missing
    assert "02-000-0000" not in "".join(line.text for line in lines)


def test_an_office_that_the_document_does_not_name_is_said_to_be_unknown(adviser: Advisor) -> None:
    doctor = program(adviser, "능력개발전담주치의")
    lines, is_missing = named_gaps(doctor, request(adviser, "능력개발전담주치의 독도지사 전화번호"), adviser.knowledge)
    assert is_missing
    assert "독도지사" in lines[0].text
    assert not named_gaps(doctor, request(adviser, "능력개발전담주치의 강원동부지사 전화번호"), adviser.knowledge)[1]


def test_the_share_of_one_firm_is_missed_where_only_totals_are_stated(adviser: Advisor) -> None:
    question = request(adviser, "한 업체당 얼마 지원하나요?")
    assert named_gaps(BARE, question, adviser.knowledge)[1]
    ceiling = replace(BARE, benefits=(Benefit(BenefitKind.GRANT, "", EVIDENCE, ceiling=100_000_000),))
    assert not named_gaps(ceiling, question, adviser.knowledge)[1]


@pytest.mark.parametrize(
    "text", ["청년내일채움공제 신청", "국민내일배움카드 되나요", "고용유지지원금 얼마예요", "모의도약패키지 마감"]
)
def test_a_scheme_of_no_document_is_recognised(adviser: Advisor, text: str) -> None:
    name = unknown_scheme(request(adviser, text), adviser.knowledge)
    assert name is not None
    assert name in text.replace(" ", "")


@pytest.mark.parametrize(
    "text", ["정부지원금 얼마예요", "바우처 신청", "AI 바우처 있나요", "교육 지원금", "저희 지원금 되나요", "급여"]
)
def test_a_kind_of_support_is_no_scheme(adviser: Advisor, text: str) -> None:
    assert unknown_scheme(request(adviser, text), adviser.knowledge) is None


@pytest.mark.parametrize(
    ("text", "year"),
    [("2031년 AI통합 바우처 예산", 2031), ("AI통합 바우처 내년 예산", 2027), ("2019년 AI통합 바우처", 2019)],
)
def test_a_year_of_no_document_is_said_to_be_missing_with_the_year_there_is(
    adviser: Advisor, text: str, year: int
) -> None:
    lines = year_gaps(request(adviser, text), adviser.knowledge)
    assert f"{year}년" in lines[0].text
    assert "2026년" in lines[0].text


@pytest.mark.parametrize(
    "text",
    [
        "AI통합 바우처 예산",
        "2026년 AI통합 바우처 예산",
        "2025년 지역 주도형 AI 대전환",
        "2025년과 2027년 지역 주도형 AI 대전환",
    ],
)
def test_a_year_that_is_held_or_not_asked_for_is_no_gap(adviser: Advisor, text: str) -> None:
    assert year_gaps(request(adviser, text), adviser.knowledge) == []


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("AI통합 바우처", "2차 공고는 언제 나오나요?"),
        ("스마트공장 보급(제조AI특화)", "등록비는 얼마인가요?"),
        ("한국폴리텍대학 소규모사업장 훈련", "한 번에 몇 시간짜리예요?"),
        ("산업AI솔루션 실증·확산 지원", "경쟁률은 몇 대 1인가요?"),
        ("AX스프린트 우대 트랙", "예산이 얼마나 소진됐나요?"),
        ("지역 주도형 AI 대전환", "올해 최종 선정된 두 곳이 어디로 결정됐어요?"),
    ],
)
def test_what_is_asked_for_and_stated_nowhere_is_said_to_be_unknown(adviser: Advisor, name: str, asked: str) -> None:
    lines, is_missing = named_gaps(
        program(adviser, name), request(adviser, f"{name} {asked}", day="2026-06-20"), adviser.knowledge
    )
    assert is_missing
    assert "확인되지 않습니다" in lines[0].text


def test_a_list_that_a_document_gives_is_not_missed(adviser: Advisor) -> None:
    name = "지능형로봇보급확산"
    _, is_missing = named_gaps(
        program(adviser, name), request(adviser, f"{name} 4개 분야가 뭔지 알려 주세요"), adviser.knowledge
    )
    assert not is_missing
