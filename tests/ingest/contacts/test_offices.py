"""Who the words before a phone name: body, department, and what is neither."""

from __future__ import annotations

import pytest

from ingest.contacts.offices import Office, head, office, split_office

OWNER = "모의산업진흥원"


@pytest.mark.parametrize(
    ("words", "organisation", "department"),
    [
        ("여수시 기업과 기업지원팀", "여수시", "기업과 기업지원팀"),
        ("가람재단 혁신지원단 실증팀", "가람재단", "혁신지원단 실증팀"),
        ("나래공단 경남지사 훈련부", "나래공단", "경남지사 훈련부"),
        ("다온대학교 산학협력단 보육센터", "다온대학교 산학협력단", "보육센터"),
        ("경상북도 구미시 일자리과", "경상북도 구미시", "일자리과"),
        ("고용노동부 창원지청 지역협력과", "고용노동부", "창원지청 지역협력과"),
        ("(재)라온테크노파크 R&D 기획실", "라온테크노파크", "R&D 기획실"),
        ("가람은행 나래지점", "가람은행", "나래지점"),
    ],
)
def test_all_parts_behind_a_body_are_its_department(words: str, organisation: str, department: str) -> None:
    assert split_office(words) == (organisation, department)
    assert office(words, OWNER) == Office(organisation, department)


@pytest.mark.parametrize(
    "words",
    [
        "공고·심사 가람재단 평가팀",
        "협약 및 정산: 가람재단 평가팀",
        "(사업 문의) 가람재단 평가팀",
        "제도 문의 가람재단 평가팀 ☎",
        "신청서 작성은 가람재단 평가팀(전화",
        "그 밖에 궁금한 점은 가람재단 평가팀",
        "기업은 진단을 받은 뒤 가람재단 평가팀",
        "담당부서 : 가람재단 평가팀",
        "), 그 밖의 사항은 가람재단 평가팀(",
    ],
)
def test_what_one_calls_for_and_the_sentence_around_are_no_part_of_a_name(words: str) -> None:
    named = office(words, OWNER)
    assert (named.organisation, named.department, named.track) == ("가람재단", "평가팀", None)


@pytest.mark.parametrize(
    ("words", "department"),
    [
        ("교육팀", "교육팀"),
        ("접수 문의 교육팀", "교육팀"),
        ("통합 콜센터", "통합 콜센터"),
        ("부정수급 신고센터", "부정수급 신고센터"),
        ("강릉캠퍼스 교학팀", "강릉캠퍼스 교학팀"),
        ("진흥원 교육팀", "교육팀"),
    ],
)
def test_a_department_alone_belongs_to_who_governs_it(words: str, department: str) -> None:
    named = office(words, OWNER)
    assert (named.organisation, named.department) == (OWNER, department)


@pytest.mark.parametrize("words", ["신청관리시스템 콜센터", "모의 포털 고객센터"])
def test_the_desk_of_a_system_is_no_department(words: str) -> None:
    assert office(f"시스템 이용 {words}", OWNER) == Office(words)


@pytest.mark.parametrize("words", ["사업 및 신청", "사전에 전화", "자세한 사항은 문의", "접수 문의:", ""])
def test_words_that_name_nobody_give_nobody(words: str) -> None:
    named = office(words, OWNER)
    assert (named.organisation, named.department) == ("", None)


def test_a_body_founded_by_another_keeps_both_names() -> None:
    assert split_office("모의진흥원 부설 실증추진단 제조팀") == ("모의진흥원 부설 실증추진단", "제조팀")


@pytest.mark.parametrize(
    "line", ["고용보험 가입증명원", "사업자등록증 사본", "서류는 가람재단이 봅니다.", "3층 회의실"]
)
def test_a_line_that_names_no_body_governs_nothing(line: str) -> None:
    assert head(line) == ""
