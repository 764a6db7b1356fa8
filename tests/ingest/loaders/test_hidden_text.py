"""Hidden text: what no reader sees never reaches a Document, and the Document says that something was left out."""

from __future__ import annotations

import io

import docx
import pytest
from docx.shared import Pt, RGBColor

from ingest.loaders import docx as word
from ingest.loaders import html, pdf
from rag.domain import Document, Sign, Source
from tests.ingest.files import drawn

SOURCE = Source("a", "notice", "", "", "", None, "")
SEEN = "BT /F 12 Tf 20 250 Td (Seen words of a notice) Tj ET "
SECRET = "BT /F 12 Tf 20 200 Td (Secret order) Tj ET"

PDF_TRICKS = {
    "white on white": f"1 g {SECRET}",
    "nearly white": f"0.97 g {SECRET}",
    "tiny": "BT /F 0.5 Tf 20 200 Td (Secret order) Tj ET",
    "beside the page": "BT /F 12 Tf 900 200 Td (Secret order) Tj ET",
    "without ink": f"3 Tr {SECRET}",
    "without ink, over a line": "10 204 m 290 204 l S BT 3 Tr /F 12 Tf 20 200 Td (Secret order) Tj ET",
    "covered": f"{SECRET} 1 g 0 180 300 40 re f",
    "covered in colour": f"{SECRET} 0.2 0.3 0.6 rg 0 180 300 40 re f",
    "transparent": f"/G gs {SECRET}",
}


@pytest.mark.parametrize("trick", PDF_TRICKS)
def test_a_pdf_leaks_no_hidden_words(trick: str) -> None:
    document = pdf.read(drawn(f"{SEEN} {PDF_TRICKS[trick]}"), SOURCE)
    assert document.page_text(1) == "Seen words of a notice"
    assert document.signs == (Sign.HIDDEN_TEXT,)


@pytest.mark.parametrize(
    "visible",
    [
        "0 0 0.4 rg 0 180 300 40 re f 1 g BT /F 12 Tf 20 200 Td (White on navy) Tj ET",
        "0.6 g BT /F 8 Tf 20 200 Td (Grey and small) Tj ET",
        "BT /F 5 Tf 20 200 Td (A footnote, very small.) Tj ET",
        "1 0 0 rg BT /F 12 Tf 20 200 Td (Red) Tj ET",
    ],
)
def test_what_a_pdf_shows_is_kept(visible: str) -> None:
    document = pdf.read(drawn(f"{SEEN} {visible}"), SOURCE)
    assert visible.split("(")[1].split(")")[0] in document.page_text(1)
    assert not document.signs


def page(body: str, style: str = "") -> Document:
    return html.read(
        f"<!doctype html><html><head><style>{style}</style></head><body>{body}</body></html>".encode(), SOURCE
    )


@pytest.mark.parametrize(
    ("body", "style"),
    [
        ('<p style="display:none">비밀</p>', ""),
        ('<p style="color: red; visibility : hidden">비밀</p>', ""),
        ("<p hidden>비밀</p>", ""),
        ('<span style="font-size:0">비밀</span>', ""),
        ('<div style="position:absolute; left:-9999px">비밀</div>', ""),
        ('<p style="color:#fff">비밀</p>', ""),
        ('<p style="opacity:0">비밀</p>', ""),
        ('<p class="off">비밀</p>', ".on, .off { display: none }"),
        ('<p id="x">비밀</p>', "/* a */ @media screen { #x { visibility: hidden } }"),
        ('<table><tr><td>가<td style="display:none">비밀</table>', ""),
        ('<table><tr class="off"><td>비밀</table>', ".off{display:none}"),
    ],
)
def test_a_page_leaks_no_hidden_words(body: str, style: str) -> None:
    document = page(f"<p>보이는 글</p>{body}", style)
    assert "비밀" not in document.page_text(1) and "보이는 글" in document.page_text(1)
    assert document.signs == (Sign.HIDDEN_TEXT,)


def test_what_a_page_shows_is_kept() -> None:
    body = '<p class="p">인쇄 때만 숨는 글</p><div style="background:#036"><b style="color:#fff">흰 글</b></div>'
    document = page(body, "@media print { .p { display: none } }")
    assert document.page_text(1) == "인쇄 때만 숨는 글\n흰 글"
    assert not document.signs


def test_the_frame_of_a_page_is_left_out_without_a_sign() -> None:
    document = page("<nav>차례</nav><header>머리</header><main>본문</main><footer>발</footer><script>코드</script>")
    assert (document.page_text(1), document.signs) == ("본문", ())


@pytest.mark.parametrize("trick", ["vanish", "white", "tiny", "style"])
def test_a_word_file_leaks_no_hidden_words(trick: str) -> None:
    file = docx.Document()
    paragraph = file.add_paragraph("보이는 글")
    run = paragraph.add_run("비밀")
    match trick:
        case "vanish":
            run.font.hidden = True
        case "white":
            run.font.color.rgb = RGBColor(255, 255, 255)
        case "tiny":
            run.font.size = Pt(1)
        case "style":
            style = file.styles.add_style("Secret", 2)
            style.font.hidden = True
            run.style = style
    done = io.BytesIO()
    file.save(done)
    document = word.read(done.getvalue(), SOURCE)
    assert document.page_text(1) == "보이는 글"
    assert document.signs == (Sign.HIDDEN_TEXT,)
