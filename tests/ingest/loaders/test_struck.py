"""Struck: what a document crosses out or deletes is left out and noted; what it underlines, marks or rules stays."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject

from ingest.loaders import docx, html, markdown
from ingest.loaders.hangul import hwp, hwpx
from ingest.loaders.pages import pdf
from rag.domain import Document, Sign, Source, Table
from tests.ingest import hwp_files
from tests.ingest import made_files as files
from tests.ingest.hwp_files import Run, Shape
from tests.ingest.made_files import drawn

SOURCE = Source("a", "notice", "", "", "", None, "")
SEEN = "BT /F 12 Tf 20 250 Td (Apply by 8 May) Tj ET "
GONE = "BT /F 12 Tf 20 200 Td (24 April) Tj ET "
WIDE = 43
"""Points that the struck words are wide."""


def told(document: Document) -> tuple[str, tuple[Sign, ...]]:
    return " ".join(document.page_text(1).split()), document.signs


STRIKES = {
    "a line": f"20 204 m {20 + WIDE} 204 l S",
    "two lines": f"20 203 m {20 + WIDE} 203 l S 20 205 m {20 + WIDE} 205 l S",
    "a rectangle": f"1 0 0 rg 20 203.5 {WIDE} 0.9 re f",
    "a line that is moved": f"q 1 0 0 1 20 0 cm 0 204 m {WIDE} 204 l S Q",
}


@pytest.mark.parametrize("strike", STRIKES)
def test_words_of_a_pdf_that_are_crossed_out_are_left_out(strike: str) -> None:
    assert told(pdf.read(drawn(SEEN + GONE + STRIKES[strike]), SOURCE)) == ("Apply by 8 May", (Sign.STRUCK,))


def test_words_of_a_pdf_that_a_note_strikes_out_are_left_out() -> None:
    corners = [FloatObject(number) for number in (20, 211, 20 + WIDE, 211, 20, 197, 20 + WIDE, 197)]
    writer = PdfWriter(clone_from=io.BytesIO(drawn(SEEN + GONE)))
    note = {
        NameObject("/Type"): NameObject("/Annot"),
        NameObject("/Subtype"): NameObject("/StrikeOut"),
        NameObject("/Rect"): ArrayObject([corners[0], corners[5], corners[2], corners[1]]),
        NameObject("/QuadPoints"): ArrayObject(corners),
    }
    writer.add_annotation(0, DictionaryObject(note))
    done = io.BytesIO()
    writer.write(done)
    assert told(pdf.read(done.getvalue(), SOURCE)) == ("Apply by 8 May", (Sign.STRUCK,))


@pytest.mark.parametrize(
    "drawing",
    [
        f"20 198 m {20 + WIDE} 198 l S",
        f"20 200 m {20 + WIDE} 200 l S",
        "10 204 m 290 204 l S",
        f"1 1 0 rg 20 197 {WIDE} 13 re f 0 g {GONE}",
        f"1 1 0 rg 20 197 {WIDE} 7 re f 0 g {GONE}",
        f"1 1 0 RG 12 w 20 204 m {20 + WIDE} 204 l S {GONE}",
        f"18 197 {WIDE + 4} 13 re S",
        f"20 204 m {20 + WIDE} 204 l n",
    ],
    ids=["underline", "at the foot", "rule", "mark", "half a mark", "thick line", "frame", "without ink"],
)
def test_words_of_a_pdf_that_are_underlined_marked_or_ruled_stay(drawing: str) -> None:
    document = pdf.read(drawn(SEEN + GONE + drawing), SOURCE)
    assert "24 April" in document.page_text(1)
    assert not document.signs


def test_lines_of_a_pdf_around_a_struck_one_stay_one_paragraph() -> None:
    words = enumerate(("one", "24 April", "two"))
    rows = "".join(f"BT /F 12 Tf 20 {250 - 16 * row} Td ({word}) Tj ET " for row, word in words)
    document = pdf.read(drawn(f"{rows} 20 238 m {20 + WIDE} 238 l S"), SOURCE)
    assert [block.text for block in document.blocks] == ["one\ntwo"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("마감 ~~4. 24.(금)~~5. 8.(금)", "마감 5. 8.(금)"),
        ("마감은 ~~4월 24일~~까지", "마감은 까지"),
        ("가격 **~~10만원~~ 20만원**", "가격 20만원"),
        ("앞 <s>4. 24.</s> 뒤", "앞 뒤"),
        ("앞\n\n- ~~지난 일~~", "앞"),
        ("앞 ~~[지난](https://a.kr)~~ 뒤", "앞 뒤"),
    ],
)
def test_words_of_markdown_that_are_struck_are_left_out(text: str, left: str) -> None:
    assert told(markdown.read(text.encode(), SOURCE)) == (left, (Sign.STRUCK,))


@pytest.mark.parametrize("text", ["3. 2~~3. 31, 4. 1~~4. 30", "3월 ~~ 4월 ~~ 5월", "약 ~10명~"])
def test_tildes_of_a_range_strike_nothing(text: str) -> None:
    assert told(markdown.read(text.encode(), SOURCE)) == (text, ())


def test_a_struck_cell_of_a_page_keeps_the_places_of_the_others() -> None:
    row = '<tr><td>1차<td style="text-decoration:line-through">4. 24.<td>5. 8.</tr>'
    gone = "<tr style='text-decoration: line-through'><td>2차<td>6. 1.<td>6. 8.</tr>"
    document = html.read(f"<!doctype html><html><body><table>{row}{gone}</table></body></html>".encode(), SOURCE)
    (table,) = document.blocks
    assert isinstance(table, Table) and table.rows[0] == ("1차", "", "5. 8.")
    assert "6." not in table.text
    assert document.signs == (Sign.STRUCK,)


def test_a_deleted_row_of_a_word_file_is_left_out() -> None:
    def row(text: str, properties: str = "") -> str:
        return f"<w:tr>{properties}<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc></w:tr>"

    deleted = row("지운 줄", '<w:trPr><w:del w:id="1" w:author="a"/></w:trPr>')
    document = docx.read(files.word_with(f"<w:tbl>{row('남은 줄')}{deleted}{row('끝 줄')}</w:tbl>"), SOURCE)
    assert told(document) == ("남은 줄 끝 줄", (Sign.STRUCK,))


def test_a_style_of_a_word_file_that_is_switched_off_strikes_nothing() -> None:
    text = '<w:p><w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t>남은 글</w:t></w:r></w:p>'
    assert told(docx.read(files.word_with(text), SOURCE)) == ("남은 글", ())


def test_a_deletion_of_hwpx_that_ends_nowhere_reaches_no_further_than_its_element() -> None:
    body = "<hp:p><hp:run><hp:t>앞<hp:deleteBegin Id='1'/>지운</hp:t></hp:run><hp:run><hp:t>뒤</hp:t></hp:run></hp:p>"
    assert told(hwpx.read(files.hwpx(body), SOURCE)) == ("앞뒤", (Sign.STRUCK,))


@pytest.mark.parametrize(
    ("lines", "left", "signs"), [(1 << 18, "앞 뒤", (Sign.STRUCK,)), (1 << 18 | 15 << 26, "앞 지운 글 뒤", ())]
)
def test_struck_words_of_hwp_are_left_out_but_not_where_the_line_is_none(
    lines: int, left: str, signs: tuple[Sign, ...]
) -> None:
    body = hwp_files.paragraph([Run("앞 "), Run("지운 글", 1), Run(" 뒤")])
    raw = hwp_files.document(body, shapes=(Shape(), Shape(lines=lines)))
    assert told(hwp.read(raw, SOURCE)) == (left, signs)
