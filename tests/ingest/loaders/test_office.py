"""HWPX, DOCX and HTML: headings, merged cells, tables in tables and line breaks, in reading order."""

from __future__ import annotations

import io

import docx as word_files
import pytest

from ingest.loaders import docx, html
from ingest.loaders.hangul import hwpx
from rag.domain import Document, Heading, Paragraph, Source, Table
from tests.ingest.made_files import cell, line, table
from tests.ingest.made_files import hwpx as hwpx_file

SOURCE = Source("a", "notice", "", "", "", None, "")


def from_hwpx(body: str) -> Document:
    return hwpx.read(hwpx_file(body), SOURCE)


def from_html(body: str) -> Document:
    return html.read(f"<html><body>{body}</body></html>".encode(), SOURCE)


def test_larger_type_is_a_heading_in_hwpx() -> None:
    assert from_hwpx(line("공고", shape=1) + line("본문이 더 깁니다")).blocks == (
        Heading(1, 1, "공고"),
        Paragraph(1, "본문이 더 깁니다"),
    )


def test_a_covered_cell_of_hwpx_is_none() -> None:
    merged = table(
        cell(line("지사"), rows=2) + cell(line("관할"), columns=2),
        cell(line("가평군")) + cell(""),
    )
    assert from_hwpx(merged).blocks == (Table(1, (("지사", "관할", None), (None, "가평군", ""))),)


def test_columns_in_which_no_cell_begins_are_dropped() -> None:
    wide = table(cell(line("가"), columns=30) + cell(line("나"), columns=11), cell(line("다"), columns=41))
    assert from_hwpx(wide).blocks == (Table(1, (("가", "나"), ("다", None))),)


def test_a_table_in_a_cell_stands_by_itself_after_the_outer_one() -> None:
    inner = table(cell(line("다")) + cell(line("라")))
    outer = table(cell(line("가") + inner) + cell(line("나")))
    assert from_hwpx(outer).blocks == (Table(1, (("가", "나"),)), Table(1, (("다", "라"),)))


def test_a_table_of_one_cell_is_a_frame_around_text() -> None:
    assert from_hwpx(table(cell(line("한 줄") + line("두 줄")))).blocks == (
        Paragraph(1, "한 줄"),
        Paragraph(1, "두 줄"),
    )


def test_the_paragraphs_of_a_cell_are_its_lines() -> None:
    (block,) = from_hwpx(table(cell(line("하나") + line("둘")) + cell(line("셋")))).blocks
    assert isinstance(block, Table) and block.rows == (("하나\n둘", "셋"),)


def test_deleted_words_and_remarks_of_hwpx_are_left_out_and_fields_are_kept() -> None:
    text = "<hp:t>있는<hp:deleteBegin/> 지운<hp:deleteEnd/> 글<hp:lineBreak/>둘째</hp:t>"
    remark = f"<hp:ctrl><hp:hiddenComment><hp:subList>{line('메모')}</hp:subList></hp:hiddenComment></hp:ctrl>"
    box = '<hp:checkBtn caption="R&amp;&amp;D" value="CHECKED"/>'
    document = from_hwpx(f'<hp:p><hp:run charPrIDRef="0">{text}{remark}{box}</hp:run></hp:p>')
    assert document.page_text(1) == "있는 글\n둘째☑R&D"


def test_notes_and_text_boxes_of_hwpx_follow_their_line() -> None:
    box = f"<hp:rect><hp:drawText><hp:subList>{line('상자')}</hp:subList></hp:drawText></hp:rect>"
    document = from_hwpx(f'<hp:p><hp:run charPrIDRef="0"><hp:t>앞</hp:t>{box}</hp:run></hp:p>' + line("뒤"))
    assert document.page_text(1) == "앞\n상자\n뒤"


def test_a_word_file_keeps_headings_and_merged_cells() -> None:
    file = word_files.Document()
    file.add_heading("사업 공고", 2)
    grid = file.add_table(3, 3)
    grid.cell(0, 0).merge(grid.cell(1, 0)).text = "지사"
    grid.cell(0, 1).merge(grid.cell(0, 2)).text = "관할"
    grid.cell(1, 1).text = "가평군"
    done = io.BytesIO()
    file.save(done)
    assert docx.read(done.getvalue(), SOURCE).blocks == (
        Heading(1, 2, "사업 공고"),
        Table(1, (("지사", "관할", None), (None, "가평군", ""), ("", "", ""))),
    )


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        ("<h2>제목</h2>글 <b>굵은</b>글", (Heading(1, 2, "제목"), Paragraph(1, "글 굵은글"))),
        ("<p>하나<br>둘</p><ul><li>셋<li>넷</ul>", tuple(Paragraph(1, t) for t in ("하나\n둘", "셋", "넷"))),
        (
            "<table><tr><th rowspan=2>가<th colspan=2>나<tr><td>다<td>라</table>",
            (Table(1, (("가", "나", None), (None, "다", "라"))),),
        ),
        (
            "<table><tr><td>가<table><tr><td>다<td>라</table><td>나</table>",
            (Table(1, (("가", "나"),)), Table(1, (("다", "라"),))),
        ),
    ],
)
def test_a_page_keeps_its_structure(body: str, blocks: tuple[Heading | Paragraph | Table, ...]) -> None:
    assert from_html(body).blocks == blocks


def test_decomposed_hangul_is_composed() -> None:
    assert from_html("<p>\u1100\u1161\u11a8</p>").page_text(1) == "각"


def test_a_row_that_frames_running_text_parts_the_table() -> None:
    form = table(
        cell(line("번호")) + cell(line("분야")),
        cell(line("한 줄") + line("두 줄"), columns=2),
        cell("") + cell(line("끝")),
    )
    first, *text, last = from_hwpx(form).blocks
    assert (first, last) == (Table(1, (("번호", "분야"),)), Table(1, (("", "끝"),)))
    assert [block.text for block in text] == ["한 줄", "두 줄"]


def test_boxes_around_a_few_words_of_a_cell_stay_in_its_line() -> None:
    box = "<table><tr><td>{}</td></tr></table>"
    body = f"<table><tr><th>기간</th><td>{box.format('3. 2.')}부터{box.format('3. 20.')}까지</td></tr></table>"
    assert from_html(body).blocks == (Table(1, (("기간", "3. 2. 부터 3. 20. 까지"),)),)
