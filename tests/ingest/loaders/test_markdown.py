"""Markdown: headings, lists and tables come out as blocks with every word."""

from __future__ import annotations

import pytest

from ingest.loaders.markdown import read
from rag.domain import Block, Heading, Paragraph, Source, Table
from rag.errors import LoadError

SOURCE = Source("a", "안내.md", "제목", "", "", None, "")


def blocks(text: str) -> tuple[Block, ...]:
    return read(text.encode(), SOURCE).blocks


def test_headings_keep_their_level_and_lose_their_marks() -> None:
    assert blocks("# 안내서\n\n### **1-1.** 사업") == (Heading(1, 1, "안내서"), Heading(1, 3, "1-1. 사업"))


def test_a_cell_that_says_so_is_covered_and_an_empty_one_is_empty() -> None:
    assert blocks("| 부처 | 사업 |\n| --- | --- |\n| 노동부 | 훈련 |\n| ^^ | |") == (
        Table(1, (("부처", "사업"), ("노동부", "훈련"), (None, ""))),
    )


def test_a_break_in_a_cell_is_kept() -> None:
    (table,) = blocks("| 가 | 나 |\n| --- | --- |\n| ① 하나.<br>② 둘. | 셋 |")
    assert isinstance(table, Table) and table.rows[1] == ("① 하나.\n② 둘.", "셋")


def test_list_items_keep_their_bullets() -> None:
    assert blocks("- 하나\n- 둘\n  1. 안쪽\n\n3) 셋") == (
        Paragraph(1, "- 하나"),
        Paragraph(1, "- 둘"),
        Paragraph(1, "1. 안쪽"),
        Paragraph(1, "3) 셋"),
    )


@pytest.mark.parametrize("line", ["2025. 3. 4. ~ 예산 소진 시까지", "2026. 3. 10.까지", "1. 2. 3."])
def test_a_date_at_the_start_of_a_line_survives(line: str) -> None:
    assert "".join("".join(block.text for block in blocks(line)).split()) == line.replace(" ", "")


def test_comments_go_and_other_markup_leaves_its_words() -> None:
    assert blocks("<!-- 쪽 나눔 -->\n\n가<!-- 속 -->나 <b>굵게</b>\n\n<div>상자</div>") == (
        Paragraph(1, "가나 굵게"),
        Paragraph(1, "상자"),
    )


def test_a_link_keeps_its_address() -> None:
    assert blocks("[누리집](https://a.kr) <https://b.kr> <c@d.kr>") == (
        Paragraph(1, "누리집(https://a.kr) https://b.kr c@d.kr"),
    )


def test_code_and_indented_lines_are_text() -> None:
    assert blocks("```\n코드\n```\n\n    들여 쓴 줄") == (Paragraph(1, "코드"), Paragraph(1, "들여 쓴 줄"))


def test_nothing_but_comments_is_refused_by_name() -> None:
    with pytest.raises(LoadError, match=r"안내\.md"):
        blocks("<!-- 비었음 -->")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("- **누가** 상인회 회원", "- 누가: 상인회 회원"),
        ("**언제** 3월 2일부터", "언제: 3월 2일부터"),
        ("**소상공인**은 됩니다", "소상공인은 됩니다"),
        ("**가람시** 소재 기업", "가람시 소재 기업"),
        ("**신청기간**: 3월", "신청기간: 3월"),
    ],
)
def test_emphasised_words_at_the_head_that_name_a_field_are_parted_from_its_value(text: str, shown: str) -> None:
    assert blocks(text) == (Paragraph(1, shown),)
