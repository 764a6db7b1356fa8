"""Cleaning: repairs what extraction broke, and neither adds a word nor loses one."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.text.clean import clean
from rag.domain import Block, Document, Heading, Paragraph, Source, Table

SOURCE = Source("a", "a.pdf", "제목", "", "", None, "")
WRAPPED = "지역별 전문가가 직업능력개발에 어려움이 있는 중소기업을 대상으로 훈련 상담"


def lines(*texts: str, pages: int = 1) -> list[str]:
    """The texts of paragraphs given as one block each, after cleaning."""
    document = Document(SOURCE, tuple(Paragraph(1, text) for text in texts), pages)
    return [block.text for block in clean(document, ()).blocks]


def test_a_word_broken_by_the_margin_is_one_word_where_the_writer_keeps_spaces() -> None:
    broken = f"{WRAPPED}을 지원\n합니다.\n{WRAPPED}의 \n일정을 알립니다."
    assert lines(broken) == [f"{WRAPPED}을 지원합니다.", f"{WRAPPED}의 일정을 알립니다."]


def test_a_break_between_two_words_becomes_a_space_where_the_document_writes_them_apart() -> None:
    assert lines(f"{WRAPPED}을 하는 훈련\n상담을 합니다.", "훈련 상담을 합니다.", "훈련 상담을 알립니다.")[0] == (
        f"{WRAPPED}을 하는 훈련 상담을 합니다."
    )


@pytest.mark.parametrize(
    "below",
    [
        "신청기간 연중 상시",
        "문의처 고객센터 1644-8000",
        "2025. 3. 4. ~ 예산 소진 시까지",
        "- 둘째 항목",
        "• 둘째 항목",
        "※ 참고",
        "① 첫째",
        "가. 자격",
        "2. 자격",
        "□ 자격",
    ],
)
def test_a_line_never_goes_on_in_a_label_an_item_or_a_period(below: str) -> None:
    assert lines(f"신청방법 {WRAPPED}\n{below}") == [f"신청방법 {WRAPPED}", below]


def test_a_range_goes_on_in_the_year_of_its_last_day_but_not_in_a_numbered_item() -> None:
    assert lines("기간: 2026. 4. 6. ~\n2026. 5. 8.") == ["기간: 2026. 4. 6. ~ 2026. 5. 8."]
    assert lines("기간: 2026. 4. 6. ~\n2. 지원대상") == ["기간: 2026. 4. 6. ~", "2. 지원대상"]


def test_a_line_that_ends_a_sentence_ends_there() -> None:
    assert lines(f"{WRAPPED}을 합니다.\n그 결과를 알립니다.") == [f"{WRAPPED}을 합니다.", "그 결과를 알립니다."]


def test_short_lines_stay_apart_unless_grammar_shows_that_they_go_on() -> None:
    assert lines("훈련성과\n정량성과") == ["훈련성과", "정량성과"]
    assert lines("AI 인프라를 구축한\n중소기업을 지원") == ["AI 인프라를 구축한 중소기업을 지원"]
    assert lines("참여 신청\n및\n문의처") == ["참여 신청 및 문의처"]


def test_running_heads_feet_and_page_numbers_are_dropped() -> None:
    blocks: list[Block] = []
    for page in range(1, 5):
        blocks += [Paragraph(page, "AX 지원 사업 안내서"), Paragraph(page, f"본문 {'가나다라'[page - 1]}입니다.")]
        blocks += [Paragraph(page, f"- {page} -")]
    cleaned = clean(Document(SOURCE, tuple(blocks), 4), ())
    assert [block.text for block in cleaned.blocks] == [f"본문 {letter}입니다." for letter in "가나다라"]


def test_a_fact_repeated_at_the_foot_of_every_page_stays() -> None:
    blocks = tuple(
        block
        for page in range(1, 5)
        for block in (Paragraph(page, f"본문 {page}쪽"), Paragraph(page, "한국산업인력공단 1644-8000"))
    )
    cleaned = clean(Document(SOURCE, blocks, 4), ())
    assert sum("1644-8000" in block.text for block in cleaned.blocks) == 4


def test_the_title_repeated_above_later_pages_is_dropped() -> None:
    blocks = (Heading(1, 1, "모집  공고"), Paragraph(1, "본문"), Paragraph(2, "모집 공고"), Paragraph(2, "본문 둘"))
    assert [b.text for b in clean(Document(SOURCE, blocks, 2), ()).blocks] == ["모집 공고", "본문", "본문 둘"]


def test_repairs_apply_in_order_to_every_kind_of_block() -> None:
    blocks = (Heading(1, 1, "시훈련"), Paragraph(1, "시훈련"), Table(1, (("시훈련", None, ""),)))
    cleaned = clean(Document(SOURCE, blocks, 1), (("시훈련", "AI훈련"), ("AI훈련", "AI 훈련")))
    assert [block.text for block in cleaned.blocks] == ["AI 훈련"] * 3
    table = cleaned.blocks[2]
    assert isinstance(table, Table) and table.rows == (("AI 훈련", None, ""),)


def test_text_is_composed_and_free_of_invisible_characters() -> None:
    assert lines("\u1112\u1161\u11ab\u1100\u1173\u11af\u200b 지\u00ad원\x07\ufeff") == ["한글 지원"]


WORDS = st.text(alphabet="가나다라마바사 .,-•※①12~()·\n\t\u200b", max_size=60)
BLOCKS = st.lists(
    st.one_of(
        st.builds(Heading, st.just(1), st.integers(1, 6), WORDS),
        st.builds(Paragraph, st.just(1), WORDS),
        st.builds(Table, st.just(1), st.lists(st.tuples(WORDS, st.none() | WORDS), max_size=4).map(tuple)),
    ),
    max_size=8,
)


def characters(blocks: tuple[Block, ...]) -> Counter[str]:
    return Counter("".join("".join(block.text for block in blocks).replace("\u200b", "").split()))


@given(BLOCKS)
def test_cleaning_one_page_loses_and_adds_no_character_but_a_page_number(blocks: list[Block]) -> None:
    before = tuple(blocks)
    after = clean(Document(SOURCE, before, 1), ()).blocks
    assert characters(before) == characters(after)


@given(BLOCKS)
def test_no_cleaned_block_is_empty_or_holds_a_line_break(blocks: list[Block]) -> None:
    for block in clean(Document(SOURCE, tuple(blocks), 1), ()).blocks:
        assert block.text.strip()
        assert isinstance(block, Table) or "\n" not in block.text


def test_what_was_escaped_twice_is_read_as_it_was_meant() -> None:
    assert lines("과제당 2억원&#40;부가세 별도&#41; &lt;붙임&gt; 상담&middot;진단") == [
        "과제당 2억원(부가세 별도) <붙임> 상담·진단"
    ]
    assert lines("R&D 기획; Q&A") == ["R&D 기획; Q&A"]
