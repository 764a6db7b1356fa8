"""Sections: every block stands in exactly one, and no line with a fact is taken for a title."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.text.sections import sections
from rag.domain import Block, Document, Heading, Paragraph, Source, Table

SOURCE = Source("a", "a.txt", "제목", "", "", None, "")


def paths(*blocks: Block) -> list[tuple[str, ...]]:
    return [section.path for section in sections(Document(SOURCE, blocks, 1))]


def plain(*texts: str) -> list[tuple[str, ...]]:
    return paths(*(Paragraph(1, text) for text in texts))


def test_headings_nest_by_level() -> None:
    assert paths(
        Paragraph(1, "머리말"),
        Heading(1, 1, "안내서"),
        Heading(1, 2, "부처"),
        Heading(1, 4, "사업"),
        Paragraph(1, "글"),
        Heading(2, 2, "다른 부처"),
    ) == [(), ("안내서",), ("안내서", "부처"), ("안내서", "부처", "사업"), ("안내서", "다른 부처")]


def test_a_number_set_apart_belongs_to_the_heading_after_it() -> None:
    assert paths(Heading(1, 2, "II"), Heading(1, 2, "추진환경 분석"), Paragraph(1, "글")) == [("II 추진환경 분석",)]
    assert plain("2", "AI훈련확산센터", "설명입니다.") == [("2 AI훈련확산센터",)]


@pytest.mark.parametrize(
    "title",
    [
        "Ⅰ 추진개요",
        "III. 추진방향",
        "1. 고용노동부",
        "1-1. 전담주치의",
        "가. 지원자격",
        "□ 사업개요",
        "◇ 절차",
        "【참고】",
    ],
)
def test_short_marked_lines_are_titles_where_the_format_marks_none(title: str) -> None:
    assert plain("머리말입니다.", title, "본문입니다.") == [(), (title,)]


def test_a_line_above_the_purpose_of_a_programme_is_its_title() -> None:
    assert plain("앞 사업의 끝입니다.", "제조업 AI융합 기반 조성", "목적 역량 강화") == [
        (),
        ("제조업 AI융합 기반 조성",),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "2025. 3. 4. ~ 예산 소진 시까지",
        "1. 2026. 3. 4.까지 신청",
        "1. 신청기간: 연중 상시",
        "2. 지원금은 최대 2억원 이내",
        "□ 비율 50% 이내",
        "가. 문의 02-123-4567",
        "1. 이 사업은 중소기업을 지원한다.",
        "1. 목차의 한 줄 05",
        "1. " + "긴 설명 " * 12,
    ],
)
def test_a_line_with_a_fact_or_a_sentence_is_no_title(line: str) -> None:
    assert plain("머리말입니다.", line, "본문입니다.") == [()]


def test_numbered_lines_are_text_where_the_format_marks_headings() -> None:
    assert paths(Heading(1, 1, "안내"), Paragraph(1, "1. 고용노동부")) == [("안내",)]


TEXTS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["1. 개요", "1", "II", "Ⅱ", "□ 개요", "가. 자격", "목적 육성", "2025. 3. 4. ~ 예산 소진 시까지"]),
)
BLOCKS = st.lists(
    st.one_of(
        st.builds(Heading, st.integers(1, 3), st.integers(1, 6), TEXTS),
        st.builds(Paragraph, st.integers(1, 3), TEXTS),
        st.builds(Table, st.integers(1, 3), st.lists(st.tuples(TEXTS, st.none() | TEXTS), max_size=3).map(tuple)),
    )
)


@given(BLOCKS, st.booleans())
def test_no_block_is_lost_repeated_or_moved(blocks: list[Block], marked: bool) -> None:
    kept = tuple(block for block in blocks if marked or not isinstance(block, Heading))
    cut = sections(Document(SOURCE, kept, 3))
    assert tuple(block for section in cut for block in section.blocks) == kept
    assert all(section.blocks for section in cut)


@pytest.mark.parametrize(
    "line",
    [
        "2025. 3. 4. ~ 예산 소진 시까지",
        "3. 4. ~ 예산 소진 시까지",
        "3. 예산 소진 시까지",
        "4. 상시 접수",
        "5. 연중 수시 모집",
        "6. 공고일부터 마감 때까지",
        "가. 연중 접수",
        "□ 자금 소진 시까지",
    ],
)
def test_a_period_is_never_a_title(line: str) -> None:
    source = Source("n", "n.txt", "모의", "모의부", "2026", None, "d")
    blocks = (Paragraph(1, "1. 신청기간"), Paragraph(1, line), Paragraph(1, "2. 신청방법"), Paragraph(1, "누리집"))
    made = sections(Document(source, blocks, 1))
    assert all(line not in section.path for section in made)
    assert any(line in section.text for section in made)
