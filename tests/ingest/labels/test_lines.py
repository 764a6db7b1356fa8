"""Lines: tables, boxes and rows of changes as one flat stream."""

from __future__ import annotations

import pytest

from ingest.labels.lines import current, is_header
from tests.ingest.making import lines


def test_every_line_knows_its_page_and_headings() -> None:
    found = lines("# 안내\n## 모의 사업\n□ 지원대상: 중소기업")
    assert [(line.page, line.path, line.is_heading) for line in found][-1] == (1, ("안내", "모의 사업"), False)


def test_a_table_row_carries_its_column_names_and_filled_cells() -> None:
    found = lines("| 기관 | 구분 | 전화번호 |\n| --- | 책임자 | 02-100-2000 |\n| ^^ | 담당자 | 02-100-2001 |")
    assert found[2].header == ("기관", "구분", "전화번호")
    assert found[2].cells == ("---", "담당자", "02-100-2001")


def test_a_row_below_a_merged_cell_is_quoted_with_the_row_that_holds_its_words() -> None:
    found = lines("| 기관 | 전화번호 |\n| 모의원 | 02-100-2000 |\n| ^^ | 02-100-2001 |\n| 다른원 | 02-100-2002 |")
    assert "모의원" in found[2].text and "02-100-2001" in found[2].text
    assert found[3].text == "다른원\t02-100-2002"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("기관", "전화번호"), True),
        (("구분", "지원내용"), True),
        (("지원대상", "중소기업"), False),
        (("모의원", "02-100-2000"), False),
        (("기관", ""), False),
        (("기관",), False),
        (("구분", "지원규모(2025년 기준)"), True),
    ],
)
def test_only_short_words_without_figures_name_columns(cells: tuple[str, ...], expected: bool) -> None:
    assert is_header(cells) is expected


def test_names_in_two_rows_join_where_cells_are_merged() -> None:
    table = "| 구분 | 업체당 지원 | ^^ | 비고 |\n| ^^ | 한도 | 자부담률 | ^^ |\n| 가형 | 3천만원 | 30% | - |"
    found = lines(table)
    assert found[1].cells == found[1].header == ("구분", "업체당 지원 한도", "업체당 지원 자부담률", "비고")
    assert found[2].header == found[1].header


def test_a_merged_cell_in_the_body_heads_nothing() -> None:
    found = lines("| 기관 | 구분 | 전화번호 |\n| 모의원 | 책임자 | 02-100-2000 |\n| ^^ | 담당자 | 02-100-2001 |")
    assert {line.header for line in found} == {("기관", "구분", "전화번호")}


def test_what_a_box_or_two_rules_frame_is_a_heading() -> None:
    text = "┌──────┐\n│ Ⅰ. 지원대상 │\n└──────┘\n중소기업\n==========\n[사업 1] 간판 교체\n==========\n내용"
    assert [(line.text, line.is_heading) for line in lines(text)] == [
        ("Ⅰ. 지원대상", True),
        ("중소기업", False),
        ("[사업 1] 간판 교체", True),
        ("내용", False),
    ]


def test_a_label_among_names_heads_its_column_where_figures_stand_below() -> None:
    found = lines("| 설비 | 업체당 한도(천원) | 효율 |\n| 보일러 | 80,000 | 92% |\n| 전동기 | 35,000 | IE4 |")
    assert found[1].header == ("설비", "업체당 한도(천원)", "효율")
    table = lines("| 개요 | 지원대상 | 중소기업 |\n| 개요 | 지원한도 | 최대 3천만원 |\n| 개요 | 신청기간 | 3. 2. ~ |")
    assert {line.header for line in table} == {()}


def test_a_drawn_heading_stands_over_the_lines_below_it() -> None:
    found = lines("# 조건\n┌ 시설자금 ─────\n업체당 5억원\n┌ 운전자금 ─────\n업체당 2억원\n# 신청\n온라인")
    assert [line.path[-1] for line in found if not line.is_heading] == ["시설자금", "운전자금", "신청"]


def test_a_row_that_only_says_that_labels_and_values_follow_heads_nothing() -> None:
    made = lines(
        "| 항목 | 내용 | 항목 | 내용 |\n| 지원한도 | 300만원 | 자부담 | 10% |\n| 선정규모 | 5개사 | 접수 | 방문 |"
    )
    assert [line.cells[0] for line in made] == ["지원한도", "선정규모"]
    assert all(line.header == () for line in made)


@pytest.mark.parametrize(
    ("header", "kept"),
    [
        (("구분", "변경 전", "변경 후"), (0, 2)),
        (("", "당초", "정정"), (0, 2)),
        (("항목", "최초 공고", "재공고", "비고"), (0, 2, 3)),
        (("구분", "기존 기업", "신규 기업"), (0, 1, 2)),
        (("구분", "내용"), (0, 1)),
        ((), ()),
    ],
)
def test_of_old_and_new_columns_the_new_one_holds(header: tuple[str, ...], kept: tuple[int, ...]) -> None:
    assert current(header) == kept


def test_old_words_are_shown_but_not_read() -> None:
    line = lines("| 구분 | 변경 전 | 변경 후 |\n| 접수기간 | 3. 2. ~ 3. 6. | 3. 2. ~ 3. 20. |")[-1]
    assert line.cells == ("접수기간", "3. 2. ~ 3. 20.") and "3. 6." in line.text


def test_a_head_over_groups_of_labels_says_nothing_of_its_rows() -> None:
    made = lines("| 구분 | 구분 | 내용 |\n| 융자조건 | 한도 | 1억원 |\n| ^^ | 금리 | 연 2% |")
    assert [line.cells for line in made] == [("융자조건", "한도", "1억원"), ("융자조건", "금리", "연 2%")]
    assert all(line.header == () for line in made)
