"""Plain text: whatever encoding and remnants of other formats a file has, its words come out as blocks."""

from __future__ import annotations

import unicodedata

import pytest

from ingest.loaders.text import read
from rag.domain import Block, Heading, Paragraph, Source, Table
from rag.errors import LoadError

SOURCE = Source("a", "공고.txt", "제목", "", "", None, "")


def blocks(text: str) -> tuple[Block, ...]:
    return read(text.encode(), SOURCE).blocks


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_every_usual_encoding_gives_the_same_words(encoding: str) -> None:
    assert read("지원사업\r\n안내".encode(encoding), SOURCE).blocks == (Paragraph(1, "지원사업\n안내"),)


def test_decomposed_text_is_composed() -> None:
    assert blocks(unicodedata.normalize("NFD", "한글")) == (Paragraph(1, "한글"),)


@pytest.mark.parametrize("raw", [b"\xff\xff\xff\x00\x81", b"", b" \n\n "])
def test_unreadable_or_empty_bytes_are_refused_by_name(raw: bytes) -> None:
    with pytest.raises(LoadError, match=r"공고\.txt"):
        read(raw, SOURCE)


def test_blank_lines_part_paragraphs_and_form_feeds_part_pages() -> None:
    document = read("첫 줄\n둘째 줄\n\n셋째 줄\f넷째 줄".encode(), SOURCE)
    assert document.blocks == (Paragraph(1, "첫 줄\n둘째 줄"), Paragraph(1, "셋째 줄"), Paragraph(2, "넷째 줄"))
    assert document.page_count == 2


def test_lines_with_tabs_are_one_table_padded_without_its_rule() -> None:
    assert blocks("지역\t기관\t전화\n----\t:--\t---\n\t센터\n표 아래") == (
        Table(1, (("지역", "기관", "전화"), ("", "센터", ""))),
        Paragraph(1, "표 아래"),
    )


def test_an_indented_line_alone_is_no_table() -> None:
    assert blocks("\t들여 쓴 줄") == (Paragraph(1, "들여 쓴 줄"),)


def test_lines_between_bars_are_a_table() -> None:
    assert blocks("- | | |\n|---|--|\n| ① 가입 | 등록 |") == (Table(1, (("① 가입", "등록"),)),)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("지역별 <sup>1)</sup>AI 솔루션", "지역별 1)AI 솔루션"),
        ("석간 &lt; 06:00 &gt;", "석간 < 06:00 >"),
        ("시스템(<https://www.hrd4u.or.kr>)", "시스템(https://www.hrd4u.or.kr)"),
        ("<2023년 실태조사>", "<2023년 실태조사>"),
        ("발전량 **예측 모델** 구축", "발전량 예측 모델 구축"),
        ("- 지원대상** 중소기업", "- 지원대상 중소기업"),
        ("** 혁신성장분야의 품목", "** 혁신성장분야의 품목"),
        ("AI 도입·활용을 하고자 하는 여러 중소기업**", "AI 도입·활용을 하고자 하는 여러 중소기업**"),
        ("- \\* (광역시, 4개) 부산", "- * (광역시, 4개) 부산"),
    ],
)
def test_remnants_of_other_formats_go_and_words_stay(raw: str, shown: str) -> None:
    assert blocks(raw) == (Paragraph(1, shown),)


def test_lists_in_cells_become_words() -> None:
    (table,) = blocks("분야\t내용\nAI\t<ul><li>■ 개발</li> <li>■ 실증</li></ul>\n임**\t엠*****")
    assert table == Table(1, (("분야", "내용"), ("AI", "■ 개발 ■ 실증"), ("임**", "엠*****")))


def test_a_bold_label_glued_to_the_line_before_starts_its_own_line() -> None:
    assert blocks("1 자금**사업목적** 육성**지원대상** 창업기업") == (
        Paragraph(1, "1 자금\n사업목적 육성\n지원대상 창업기업"),
    )
    assert blocks("**참고****사업 개요**") == (Paragraph(1, "참고\n사업 개요"),)
    assert blocks("**참여 신청\n및\n문의처**") == (Paragraph(1, "참여 신청\n및\n문의처"),)


def test_marked_headings_are_headings_of_their_level() -> None:
    assert blocks("## I 개요\n### □ 목적\n본문\n#태그") == (
        Heading(1, 2, "I 개요"),
        Heading(1, 3, "□ 목적"),
        Paragraph(1, "본문\n#태그"),
    )
