"""Which lines of plain text are set in columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.loaders.aligned import runs


def found(text: str) -> list[list[list[str]] | str]:
    return list(runs(text.strip("\n").split("\n")))


def test_lines_under_a_line_of_names_are_rows() -> None:
    text = """
   유형        한도            국비 비율
   기초형      최대 3천만원    50% 이내
   심화형      최대 1억원      60% 이내
 □ 다음 항목"""
    assert found(text) == [
        [["유형", "한도", "국비 비율"], ["기초형", "최대 3천만원", "50% 이내"], ["심화형", "최대 1억원", "60% 이내"]],
        " □ 다음 항목",
    ]


def test_a_cell_goes_on_in_the_line_below_it() -> None:
    text = """
분야      내용                한도
가 분야   간판, 조명, 바닥,   3백만원
          화장실 보수
나 분야   무인결제기          2백만원"""
    (rows,) = found(text)
    assert rows[1] == ["가 분야", "간판, 조명, 바닥, 화장실 보수", "3백만원"]


def test_a_missing_cell_leaves_its_column_empty() -> None:
    text = """
시군      부서      전화            팩스
가시      농정과    054-000-1111    054-000-1112
나시      농산과    054-000-2222
다시      유통과    054-000-3333    054-000-3334"""
    (rows,) = found(text)
    assert rows[2] == ["나시", "농산과", "054-000-2222", ""]


def test_names_and_values_set_in_two_columns_are_rows() -> None:
    text = """
 ○ 신청기간   3월 2일 ~ 3월 20일
 ○ 신청방법   누리집에서 신청하며,
              서류는 따로 냄
              - 우편 불가"""
    assert found(text) == [
        [["○ 신청기간", "3월 2일 ~ 3월 20일"], ["○ 신청방법", "누리집에서 신청하며, 서류는 따로 냄\n- 우편 불가"]]
    ]


def test_names_of_columns_stand_above_rows_of_more_cells() -> None:
    text = """
 담당                       연락처
 총괄   가람진흥원 총괄팀   02-000-1111
 접수   가람진흥원 접수팀   02-000-2222"""
    (rows,) = found(text)
    assert rows[0] == ["담당", "", "연락처"]


@pytest.mark.parametrize(
    "text",
    [
        "기술성  40    사업성  35    경영능력  25\n(단위: 점)\n끝",
        "구   미   시   장  (직인생략)",
        "가  나  다\n한 줄입니다.\n두 줄입니다.",
        " 1. 목적   2. 대상   3. 내용\n 가   나   다\n 라   마   바",
    ],
)
def test_other_lines_stay_lines(text: str) -> None:
    assert found(text) == text.split("\n")


@given(st.lists(st.text(alphabet="가나 12.:\t·", max_size=40), max_size=12))
def test_no_word_is_lost(lines: list[str]) -> None:
    kept = [run if isinstance(run, str) else " ".join(cell for row in run for cell in row) for run in runs(lines)]
    assert sorted(" ".join(kept).split()) == sorted(" ".join(lines).split())


def test_an_office_below_another_one_has_a_row_of_its_own_with_its_phone() -> None:
    text = """
작성일    2026. 3. 2.
부서      가람시 산업과      02-100-2001
          나래재단 교육팀    02-100-2002"""
    (rows,) = found(text)
    assert rows[1:] == [["부서", "가람시 산업과", "02-100-2001"], ["", "나래재단 교육팀", "02-100-2002"]]


def test_words_as_wide_as_their_column_end_where_the_next_column_begins() -> None:
    text = """
유형         누가 신청하나요     한도
가 분야      금형 업체           3백만원
저탄소 전환  주물 업체           2백만원
에너지절감형 용접을 하는 업체    1백만원"""
    (rows,) = found(text)
    assert rows[3] == ["에너지절감형", "용접을 하는 업체", "1백만원"]
