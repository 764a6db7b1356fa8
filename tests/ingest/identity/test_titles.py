"""How a programme is called, told from the title of its notice."""

from __future__ import annotations

import pytest

from ingest.identity.titles import bare_title, document_name
from rag.domain import Source
from tests.ingest.making import lexicon, lines, programs


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("2026년 가람 설비 지원사업 참여기업 모집 공고", "가람 설비 지원사업"),
        ("[강원] 나래시 2026년 2차 가람몰 운영사업 신규 입점기업 모집 공고", "가람몰 운영사업"),
        ("중구 2026년 가람 자금 지원계획 변경 공고", "가람 자금"),
        ("2026년 가람 지원사업 참여기업 3차 추가모집 공고", "가람 지원사업"),
        ("2026년 가람 사업 참여기업 및 참여자 모집 통합 공고", "가람 사업"),
        ("2026년 가람 기술개발사업 신규과제 공모 공고", "가람 기술개발사업"),
        ("2026년 가람 프로그램 수혜기업 상시모집 공고", "가람 프로그램"),
        ("2026년 가람 지원사업 시행계획 및 참여기업 선정 공고", "가람 지원사업"),
        ("2026년 가람 지원사업 모집 수정공고(추가 접수)", "가람 지원사업"),
        ("2026년 가람 바우처 지원사업 운영기관 모집 공고", "가람 바우처 지원사업"),
        ("가람시설현대화자금 대출자 모집 공고", "가람시설현대화자금"),
    ],
)
def test_a_name_is_the_title_without_issuer_year_round_and_whom_it_calls(title: str, name: str) -> None:
    assert bare_title(title) == name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("2026년 마을기업 모집 공고", "마을기업"),
        ("진출 희망 보건의료산업체 모집 공고", "진출 희망 보건의료산업체"),
        ("가람자금 융자지원 상환기간 연장 공고", "가람자금 융자지원 상환기간"),
        ("2026년 가람시 육성자금 융자지원 계획 공고", "가람시 육성자금 융자지원"),
        ("2026년 가람시 육성자금 융자지원계획", "가람시 육성자금 융자지원"),
        ("사회초년생 레벨업 지원 참가기업 모집 공고", "사회초년생 레벨업 지원"),
    ],
)
def test_a_word_is_never_cut_in_the_middle(title: str, name: str) -> None:
    assert bare_title(title) == name


@pytest.mark.parametrize(("title", "file"), [("2026. 1.", "a.hwp"), ("가람 지원", "가람_사업계획서_양식.hwpx")])
def test_a_form_or_a_date_names_no_programme(title: str, file: str) -> None:
    source = Source("a", file, title, "모의부", "2026", None, "d")
    assert document_name(lines("□ 지원대상: 중소기업\n□ 제출서류: 사업계획서\n"), source, lexicon()) is None


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("(수정) 2026년 가람 설비 지원사업 제2차 참여기업 모집 공고", "가람 설비 지원사업"),
        ("[정정·연장] 2026년 가람 설비 지원사업 참여기업 모집 변경 공고", "가람 설비 지원사업"),
        ("2026년 가람 바우처 자주 묻는 질문(FAQ)", "가람 바우처"),
        ("2026년 가람 설비 지원사업 사업설명회 자료", "가람 설비 지원사업"),
        ("2026년 가람 설비 보급사업 참여 컨소시엄 모집공고", "가람 설비 보급사업"),
        ("한눈에 보는 2026 가람 육성사업", "가람 육성사업"),
        ("가람 창업공간 「새싹터」 2026년 입주기업 모집 안내", "가람 창업공간 「새싹터」"),
    ],
)
def test_what_stands_around_a_name_in_a_title_is_cut(title: str, name: str) -> None:
    assert bare_title(title) == name


def test_a_press_headline_takes_the_name_that_the_text_quotes() -> None:
    text = (
        "가람군이 오래된 여관을 고치는 「가람 작은숙소 새단장 지원」에 나선다.\n"
        "군은 오는 9일부터 27일까지 숙박업소 4곳을 모집한다.\n문의는 가람군 관광과(02-300-4000)로 하면 된다."
    )
    source = Source("s", "s.txt", "가람군, 낡은 여관 새 옷 입힌다", "가람군", "2026-03-05", None, "d")
    assert document_name(lines(text), source, lexicon()) == "가람 작은숙소 새단장 지원"
    told = Source("s", "s.txt", "가람군, 여관의 역사를 듣다", "가람군", "2026-03-05", None, "d")
    assert document_name(lines("가람군의 여관은 백 년이 되었다."), told, lexicon()) is None


def test_a_headline_without_a_quoted_name_takes_the_one_that_the_text_keeps_using() -> None:
    text = (
        "가람시가 올해 골목상권 배달비 지원사업을 새로 시작한다.\n"
        "골목상권 배달비 지원사업은 다음 달 4일부터 15일까지 시청에서 신청을 받는다.\n"
        "시 관계자는 이번 사업이 도움이 되길 바란다고 말했다. 문의는 가람시 경제과(02-300-4000)로 하면 된다."
    )
    source = Source("s", "s.txt", "가람시, 골목가게 배달비 걱정 덜어 준다", "가람시", "2026-03-05", None, "d")
    assert document_name(lines(text), source, lexicon()) == "골목상권 배달비 지원사업"


def test_a_sort_of_page_before_a_dash_and_a_dash_left_behind_are_no_part_of_a_name() -> None:
    assert bare_title("자주 묻는 질문 — 나루기업 시설개선비 지원") == "나루기업 시설개선비 지원"
    assert bare_title("나루기업 온라인 판로 지원사업 — 참여기업 모집") == "나루기업 온라인 판로 지원사업"


@pytest.mark.parametrize(
    ("title", "text", "name"),
    [
        ("2026 나루 배달용기 전환 지원", "용기값의 절반을 점포마다 30만 원까지 냅니다.", "나루 배달용기 전환 지원"),
        (
            "배달용기 바꾸기 안내문",
            '"배달용기 바꿈이" 사업을 합니다.\n신청은 3월 2일부터 3월 20일까지 받습니다. 전화 02-300-4000',
            "배달용기 바꿈이",
        ),
    ],
)
def test_a_leaflet_without_labels_is_of_the_programme_that_its_title_or_quotation_names(
    title: str, text: str, name: str
) -> None:
    source = Source("s", "s.txt", title, "나루상인회", "2026-03-01", None, "d")
    assert document_name(lines(text), source, lexicon()) == name


def test_a_notice_in_the_form_of_a_portal_tells_of_a_programme_whatever_its_title_speaks_of() -> None:
    table = "| 사업수행기관 | 모의진흥원 |\n| 신청기간 | 상시 접수 |\n| 지원대상 | 중소기업 |"
    found = programs(f"# 모의 회의록 도구 이용 안내\n{table}", "모의 회의록 도구 이용 안내")
    assert [program.name for program in found] == ["모의 회의록 도구 이용"]
    assert programs("# 모의 회의록\n| 신청기간 | 상시 접수 |\n| 지원대상 | 중소기업 |", "모의 회의록") == []
