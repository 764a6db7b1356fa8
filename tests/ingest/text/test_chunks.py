"""Chunks: short enough, readable alone, unique, and nothing of a section is lost in them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.text.chunks import LONGEST, LONGEST_TABLE, SHORT_REST, chunks
from ingest.text.sections import sections
from rag.domain import Block, Chunk, Document, Evidence, Heading, Paragraph, Program, Source, Table

SOURCE = Source("guide", "a.txt", "안내서", "", "", None, "")


def program(name: str, quote: str = "없는 줄") -> Program:
    return Program(name, name, "guide", 2026, "부처", "기관", Evidence("guide", (1, 1), "", quote))


def cut(*blocks: Block, programs: tuple[Program, ...] = ()) -> list[Chunk]:
    document = Document(SOURCE, blocks, 9)
    return chunks(document, sections(document), programs)


def test_a_short_section_is_one_chunk_under_its_context() -> None:
    (chunk,) = cut(Heading(1, 1, "안내서"), Heading(1, 2, "사업"), Paragraph(1, "하나."), Paragraph(2, "둘."))
    assert (chunk.context, chunk.section, chunk.text) == ("안내서 > 사업", "안내서 > 사업", "하나.\n둘.")
    assert (chunk.source_id, chunk.pages) == ("guide", (1, 2))


def test_the_programme_stands_in_the_context_unless_a_heading_names_it() -> None:
    only = (program("AI 바우처"),)
    assert cut(Heading(1, 1, "개요"), Paragraph(1, "글"), programs=only)[0].context == "안내서 > AI 바우처 > 개요"
    assert cut(Heading(1, 1, "1. AI바우처"), Paragraph(1, "글"), programs=only)[0].context == "안내서 > 1. AI바우처"


def test_a_section_belongs_to_the_programme_its_deepest_heading_names() -> None:
    two = (program("바우처"), program("통합 바우처"))
    found = cut(
        Paragraph(1, "머리말"),
        Heading(1, 1, "통합 바우처"),
        Heading(1, 2, "지원내용"),
        Paragraph(1, "글"),
        Heading(1, 1, "바우처"),
        Paragraph(1, "글"),
        Heading(1, 1, "부록"),
        Paragraph(1, "글"),
        programs=two,
    )
    assert [chunk.program for chunk in found] == ["", "통합 바우처", "바우처", ""]


def test_without_headings_a_programme_begins_where_its_evidence_does() -> None:
    two = (program("가 사업", "가 사업"), program("나 사업", "목적 나를 돕습니다."))
    lines = ("머리말", "가 사업", "목적 가", "목적 나를 돕습니다.", "문의처 나")
    found = cut(*(Paragraph(1, line) for line in lines), programs=two)
    assert [(chunk.program, chunk.text) for chunk in found] == [
        ("", "머리말"),
        ("가 사업", "목적 가"),
        ("나 사업", "목적 나를 돕습니다.\n문의처 나"),
    ]


def test_every_row_repeats_the_header_and_the_merged_cells() -> None:
    (chunk,) = cut(Table(1, (("지사", "관할", "전화"), ("강원지사", "춘천시", "033-1"), (None, "가평군", None))))
    assert chunk.text == "지사: 강원지사 · 관할: 춘천시 · 전화: 033-1\n지사: 강원지사 · 관할: 가평군 · 전화: 033-1"


def test_column_names_that_say_nothing_are_left_out() -> None:
    (chunk,) = cut(Table(1, (("구분", "내용"), ("지원대상", "중소기업"), ("빈칸", ""))))
    assert chunk.text == "지원대상: 중소기업\n빈칸"


def test_a_single_row_and_an_unnamed_column_stand_as_they_are() -> None:
    assert cut(Table(1, (("업종", "제조업", "근로자", "235명"),)))[0].text == "업종 · 제조업 · 근로자 · 235명"
    assert cut(Table(1, (("", "예산", "기간"), ("가", "1억", "6월"))))[0].text == "가 · 예산: 1억 · 기간: 6월"


def test_a_long_table_is_split_between_rows() -> None:
    rows = tuple((f"지사{number}", "관할 " * 10, f"02-{number:04}") for number in range(40))
    found = cut(Table(1, (("지사", "관할", "전화"), *rows)))
    assert len(found) > 1
    for number in range(40):
        (row,) = [line for chunk in found for line in chunk.text.split("\n") if f"02-{number:04}" in line]
        assert row.startswith(f"지사: 지사{number} · 관할: ")


def test_repeated_text_gets_another_id() -> None:
    found = cut(Heading(1, 1, "가"), Paragraph(1, "같은 글"), Heading(2, 1, "가"), Paragraph(2, "같은 글"))
    assert [chunk.text for chunk in found] == ["같은 글", "같은 글"]
    assert found[0].id != found[1].id and found[1].id == f"{found[0].id}-2"


def test_the_id_tells_the_content() -> None:
    assert cut(Paragraph(1, "글"))[0].id == cut(Paragraph(7, "글"))[0].id != cut(Paragraph(1, "다른 글"))[0].id


def test_a_heading_is_text_only_where_no_section_below_repeats_it() -> None:
    texts = [c.text for c in cut(Heading(1, 1, "부처"), Heading(1, 2, "사업"), Paragraph(1, "글"), Heading(1, 1, "끝"))]
    assert texts == ["글", "끝"]


WORD = st.text(alphabet="가나다라마바사아자차카타파하0123456789", min_size=1, max_size=12)
LINE = st.lists(WORD, min_size=1, max_size=120).map(" ".join)
ROW = st.tuples(WORD, st.none() | WORD, st.just("") | LINE)
BLOCKS = st.lists(
    st.one_of(
        st.builds(Heading, st.just(1), st.integers(1, 3), WORD),
        st.builds(Paragraph, st.just(1), LINE),
        st.builds(Table, st.just(1), st.lists(ROW, min_size=1, max_size=5).map(tuple)),
    ),
    min_size=1,
    max_size=8,
)


@given(BLOCKS)
def test_every_word_is_in_a_chunk_none_is_too_long_and_ids_differ(blocks: list[Block]) -> None:
    found = cut(*blocks)
    indexed = "".join("".join(chunk.indexed_text for chunk in found).split())
    for block in blocks:
        cells = [cell for row in block.rows for cell in row if cell] if isinstance(block, Table) else [block.text]
        assert all("".join(word.split()) in indexed for cell in cells for word in cell.split())
    assert all(0 < len(chunk.text) <= max(LONGEST + SHORT_REST, LONGEST_TABLE) for chunk in found)
    assert len({chunk.id for chunk in found}) == len(found)
