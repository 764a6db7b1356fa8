"""Pages are told where the file itself tells them, and only there."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx
import pytest
from docx.enum.text import WD_BREAK

from ingest.labels.lines import lines_of
from ingest.loaders import docx as word
from ingest.loaders import html, markdown, text
from ingest.loaders.hangul import hwp, hwpx
from ingest.text.chunks import chunks
from ingest.text.sections import sections
from rag.domain import Document, Source, Table, pieces
from tests.ingest import hwp_files
from tests.ingest.hwp_files import Run
from tests.ingest.made_files import hwpx as packed
from tests.ingest.made_files import word_with

SOURCE = Source("a", "notice", "", "", "", None, "")
PAPER = (
    '<hp:p><hp:run><hp:secPr><hp:pagePr landscape="WIDELY" width="59528" height="84188">'
    '<hp:margin header="4000" footer="4000" top="4000" bottom="4000"/></hp:pagePr></hp:secPr></hp:run>'
    '<hp:linesegarray><hp:lineseg vertpos="0" vertsize="1000"/></hp:linesegarray></hp:p>'
)
"""A page whose text may be 68,188 units high, with one empty line."""


def lines(*tops: int) -> str:
    told = (f'<hp:lineseg textpos="{at * 10}" vertpos="{top}" vertsize="1000"/>' for at, top in enumerate(tops))
    return f"<hp:linesegarray>{''.join(told)}</hp:linesegarray>"


def line(words: str, *tops: int, more: str = "") -> str:
    return f"<hp:p{more}><hp:run><hp:t>{words}</hp:t></hp:run>{lines(*tops)}</hp:p>"


def table(top: int, *rows: tuple[str, int, Sequence[int]], height: int) -> str:
    """A table with one column beside an empty one; each row with its words, its height and the tops of its lines."""
    inner = "".join(
        f'<hp:tr><hp:tc><hp:subList>{line(words, *tops)}</hp:subList><hp:cellSz height="{tall}"/></hp:tc>'
        f"<hp:tc><hp:subList/></hp:tc><hp:tc><hp:subList>{line('옆', 0)}</hp:subList></hp:tc></hp:tr>"
        for words, tall, tops in rows
    )
    place = '<hp:pos treatAsChar="0" vertRelTo="PARA" vertOffset="0"/>'
    return (
        f'<hp:p><hp:run><hp:tbl textWrap="TOP_AND_BOTTOM" pageBreak="CELL"><hp:sz height="{height}"/>{place}{inner}'
        f"</hp:tbl></hp:run>{lines(top)}</hp:p>"
    )


def hangul(*body: str) -> Document:
    return hwpx.read(packed(PAPER + "".join(body)), SOURCE)


def pages(document: Document) -> list[tuple[int, str]]:
    assert document.source.paged
    return [(first, words) for block in document.blocks for (first, _), words in pieces(block)]


def test_a_line_higher_than_the_one_before_begins_a_page() -> None:
    document = hangul(line("가", 2000), line("나", 66000), line("다", 0), line("라", 1600, 66000, 0), line("마", 2000))
    assert pages(document) == [(1, "가"), (1, "나"), (2, "다"), (2, "라"), (3, "마")]
    assert document.page_count == 3


def test_a_break_set_by_hand_begins_a_page_and_counts_once() -> None:
    document = hangul(line("가", 2000), line("나", 0, more=' pageBreak="1"'), line("다", 1600))
    assert pages(document) == [(1, "가"), (2, "나"), (2, "다")]


def test_the_rows_of_a_table_stand_on_the_pages_it_goes_on_over() -> None:
    rows = (
        ("첫 줄", 20000, [0]),
        ("둘째 줄", 40000, [0, 30000]),
        ("긴 줄", 30000, [0, 1000, 0, 1000]),
        ("끝 줄", 2000, [0]),
    )
    document = hangul(line("앞", 1600), table(3200, *rows, height=64000), line("뒤", 32000))
    (found,) = (block for block in document.blocks if isinstance(block, Table))
    assert found.spans == ((1, 1), (1, 1), (1, 2), (2, 2))
    assert pages(document)[-1] == (2, "뒤")
    assert "끝 줄" in document.page_text(2) and "긴 줄" in document.page_text(1)
    listed = {line.text: line.evidence("a").pages for line in lines_of(sections(document))}
    assert listed["긴 줄\t옆"] == (1, 2) and listed["끝 줄\t옆"] == (2, 2)
    assert {chunk.pages for chunk in chunks(document, sections(document), ())} == {(1, 2)}


@pytest.mark.parametrize(
    "body",
    [
        [line("가", 0), line("나", 0), line("다", 0)],
        [line("가", 2000), "<hp:p><hp:run><hp:t>나</hp:t></hp:run></hp:p>"],
        [line("가", 2000), '<hp:p><hp:run><hp:ctrl><hp:colPr colCount="2"/></hp:ctrl></hp:run></hp:p>'],
    ],
    ids=["made up", "untold", "two columns"],
)
def test_a_layout_that_cannot_be_trusted_tells_no_pages(body: list[str]) -> None:
    document = hangul(*body)
    assert not document.source.paged
    assert {block.page for block in document.blocks} == {document.page_count} == {1}


def test_a_hwp_tells_the_pages_of_its_lines() -> None:
    document = hwp.read(
        hwp_files.document(
            hwp_files.paper(),
            hwp_files.paragraph([Run("가나다")], lines=[1600]),
            hwp_files.paragraph([Run("라마바")], lines=[66000]),
            hwp_files.paragraph([Run("사아자")], lines=[0]),
        ),
        SOURCE,
    )
    assert pages(document) == [(1, "가나다"), (1, "라마바"), (2, "사아자")]


RENDERED = "<w:lastRenderedPageBreak/>"
BROKEN = '<w:br w:type="page"/>'


def run(words: str, before: str = "") -> str:
    return f"<w:r>{before}<w:t>{words}</w:t></w:r>"


def test_a_word_file_tells_the_pages_it_was_drawn_on_and_counts_a_break_once() -> None:
    body = (
        f"<w:p>{run('가')}</w:p><w:p>{run('나', RENDERED)}</w:p><w:p>{run('다')}<w:r>{BROKEN}</w:r></w:p>"
        f"<w:p>{run('라', RENDERED)}</w:p><w:p><w:pPr><w:sectPr/></w:pPr>{run('마')}</w:p>"
        f"<w:p>{run('바', RENDERED)}</w:p>"
        f"<w:p><w:pPr><w:pageBreakBefore/></w:pPr>{run('사', RENDERED)}</w:p>"
    )
    document = word.read(word_with(body), SOURCE)
    assert pages(document) == [(1, "가"), (2, "나"), (2, "다"), (3, "라"), (3, "마"), (4, "바"), (5, "사")]


def test_a_row_that_goes_on_over_a_page_marks_it_in_each_cell_and_turns_it_once() -> None:
    cells = "".join(f"<w:tc><w:p>{run(words)}{run('뒤', RENDERED)}</w:p></w:tc>" for words in ("가", "나"))
    after = f"<w:tr><w:tc><w:p>{run('다')}</w:p></w:tc><w:tc><w:p>{run('라')}</w:p></w:tc></w:tr>"
    document = word.read(word_with(f"<w:tbl><w:tr>{cells}</w:tr>{after}</w:tbl><w:p>{run('끝')}</w:p>"), SOURCE)
    (found,) = (block for block in document.blocks if isinstance(block, Table))
    assert found.spans == ((1, 2), (2, 2))
    assert pages(document)[-1] == (2, "끝")


@pytest.mark.parametrize(("words", "paged"), [("짧은 글", True), ("긴 글 " * 1000, False)])
def test_breaks_set_by_hand_tell_pages_only_where_each_can_be_one_page(words: str, paged: bool) -> None:
    file = docx.Document()
    file.add_paragraph(words).add_run().add_break(WD_BREAK.PAGE)
    file.add_paragraph("다음 쪽")
    done = io.BytesIO()
    file.save(done)
    document = word.read(done.getvalue(), SOURCE)
    assert (document.source.paged, document.page_count) == ((True, 2) if paged else (False, 1))


@pytest.mark.parametrize(
    "document",
    [
        html.read("<html><body><p>글</p></body></html>".encode(), SOURCE),
        markdown.read("# 글".encode(), SOURCE),
        text.read("글".encode(), SOURCE),
        word.read(word_with(f"<w:p>{run('글')}</w:p>"), SOURCE),
    ],
)
def test_a_format_that_tells_no_pages_has_none(document: Document) -> None:
    assert not document.source.paged and document.page_count == 1


def test_form_feeds_tell_the_pages_of_a_text() -> None:
    assert text.read("가\f나".encode(), SOURCE).source.paged


def test_rows_cited_together_stand_together_on_their_pages_though_a_table_lies_within_them() -> None:
    inner = table(1000, ("안", 1000, [0]), height=1000).replace('treatAsChar="0"', 'treatAsChar="1"')
    outer = table(1600, ("가", 60000, [0]), ("나", 20000, [0]), height=60000)
    document = hangul(outer.replace("</hp:subList>", f"{inner}</hp:subList>", 1), line("끝", 22000))
    whole = next(block for block in document.blocks if isinstance(block, Table))
    assert whole.spans == ((1, 1), (2, 2)) and document.blocks[1].page == 1
    assert whole.text in document.text_on(1, 2)
