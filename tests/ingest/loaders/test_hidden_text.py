"""Hidden text: what no reader sees never reaches a Document, and the Document says that something was left out."""

from __future__ import annotations

import io

import docx
import pytest
from docx.shared import Pt, RGBColor

from ingest.loaders import docx as word
from ingest.loaders import html, markdown
from ingest.loaders.hangul import hwp, hwpx
from ingest.loaders.pages import pdf
from rag.domain import Document, Sign, Source
from tests.ingest import hwp_files
from tests.ingest import made_files as files
from tests.ingest.hwp_files import CREAM, NAVY, WHITE, Run, Shape
from tests.ingest.made_files import HWPML, drawn

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


HEADER = f"""<hh:head xmlns:hh="{HWPML}/head" xmlns:hc="{HWPML}/core">
<hh:borderFill id="1"/>
<hh:borderFill id="2"><hc:fillBrush><hc:winBrush faceColor="#003366"/></hc:fillBrush></hh:borderFill>
<hh:borderFill id="3"><hc:fillBrush><hc:winBrush faceColor="#FFFFFF"/></hc:fillBrush></hh:borderFill>
<hh:borderFill id="4"><hc:fillBrush><hc:imgBrush/></hc:fillBrush></hh:borderFill>
<hh:borderFill id="5"><hc:fillBrush><hc:winBrush faceColor="none"/></hc:fillBrush></hh:borderFill>
<hh:charPr id="0" height="1000" textColor="#000000" shadeColor="none"/>
<hh:charPr id="1" height="1000" textColor="#FFFFFF" shadeColor="none"/>
<hh:charPr id="2" height="1000" textColor="#FBFBFB" shadeColor="#FFFFFF"/>
<hh:charPr id="3" height="100" textColor="#000000"/>
<hh:charPr id="4" height="1000" textColor="#FFFFFF" shadeColor="#003366"/>
<hh:charPr id="5" height="1000" textColor="#003366"/>
<hh:paraPr id="0"><hh:border borderFillIDRef="1"/></hh:paraPr>
<hh:paraPr id="1"><hh:border borderFillIDRef="2"/></hh:paraPr>
</hh:head>"""
HIDDEN = f"<hp:hiddenComment><hp:subList>{files.line('비밀')}</hp:subList></hp:hiddenComment>"
REMARK = f"<hp:p><hp:run><hp:ctrl>{HIDDEN}</hp:ctrl></hp:run></hp:p>"


def framed(text: str, shape: int, cell: int | None = None, table: int = 1) -> str:
    """A table of one row: a cell with a frame beside one without."""
    frame = f' borderFillIDRef="{cell}"' if cell else ""
    inner = f"<hp:tc{frame}><hp:subList>{files.line(text, shape)}</hp:subList></hp:tc>{files.cell(files.line('옆'))}"
    return f'<hp:p><hp:run><hp:tbl borderFillIDRef="{table}"><hp:tr>{inner}</hp:tr></hp:tbl></hp:run></hp:p>'


def box(text: str, fill: str) -> str:
    inside = f"<hp:drawText><hp:subList>{files.line(text, 1)}</hp:subList></hp:drawText>"
    return f"<hp:p><hp:run><hp:rect>{fill}{inside}</hp:rect></hp:run></hp:p>"


def hangul(body: str) -> Document:
    return hwpx.read(files.hwpx(files.line("보이는 글") + body, {"Contents/header.xml": HEADER}), SOURCE)


@pytest.mark.parametrize(
    "body",
    [
        files.line("비밀", 1),
        files.line("비밀", 2),
        files.line("비밀", 3),
        REMARK,
        framed("비밀", 1),
        framed("비밀", 1, 3, 2),
        framed("비밀", 5, 2),
        box("비밀", f'<hc:fillBrush xmlns:hc="{HWPML}/core"><hc:winBrush faceColor="#FFFFFF"/></hc:fillBrush>'),
    ],
)
def test_a_hwpx_leaks_no_hidden_words(body: str) -> None:
    document = hangul(body)
    assert "비밀" not in document.page_text(1) and "보이는 글" in document.page_text(1)
    assert document.signs == (Sign.HIDDEN_TEXT,)


@pytest.mark.parametrize(
    "body",
    [
        files.line("흰 제목", 4),
        framed("흰 제목", 1, 2),
        framed("흰 제목", 1, 5, 2),
        framed("흰 제목", 1, None, 4),
        files.line("흰 제목", 1).replace("<hp:p>", '<hp:p paraPrIDRef="1">'),
        box("흰 제목", ""),
        files.line("흰 제목", 1) + '<hp:p><hp:run><hp:pic textWrap="BEHIND_TEXT"/></hp:run></hp:p>',
    ],
)
def test_what_a_hwpx_shows_is_kept(body: str) -> None:
    document = hangul(body)
    assert "흰 제목" in document.page_text(1)
    assert not document.signs


SHAPES = (Shape(), Shape(WHITE), Shape(size=100), Shape(NAVY), Shape(WHITE, shade=NAVY), Shape(CREAM))
FILLS = (None, NAVY, WHITE, CREAM)


def old_hangul(*paragraphs: bytes) -> Document:
    seen = hwp_files.paragraph([Run("보이는 글")])
    return hwp.read(hwp_files.document(seen, *paragraphs, shapes=SHAPES, fills=FILLS), SOURCE)


@pytest.mark.parametrize(
    "body",
    [
        hwp_files.paragraph([Run("앞 "), Run("비밀", 1), Run(" 뒤")]),
        hwp_files.paragraph([Run("앞 "), Run("비밀", 2)]),
        hwp_files.remark("비밀 지시"),
        hwp_files.table((Run("비밀", 1), 1), (Run("옆"), 1)),
        hwp_files.table((Run("비밀", 1), 3), (Run("흰 제목", 1), 2)),
        hwp_files.table((Run("비밀", 3), 2), (Run("옆"), 1)),
        hwp_files.table((Run("비밀", 5), 4), (Run("옆"), 1)),
    ],
)
def test_a_hwp_leaks_no_hidden_words(body: bytes) -> None:
    document = old_hangul(body)
    text = document.page_text(1)
    assert "비밀" not in text and "보이는 글" in text
    assert any(word in text for word in ("앞", "옆", "흰 제목"))
    assert document.signs == (Sign.HIDDEN_TEXT,)


@pytest.mark.parametrize(
    "body",
    [
        hwp_files.paragraph([Run("흰 제목", 4)]),
        hwp_files.table((Run("흰 제목", 1), 2), (Run("옆"), 1)),
        hwp_files.table((Run("흰 제목", 1), 2), (Run("흰 제목", 1), 1)),
    ],
)
def test_what_a_hwp_shows_is_kept(body: bytes) -> None:
    document = old_hangul(body)
    assert "흰 제목" in document.page_text(1)
    assert not document.signs


def test_where_the_styles_of_a_hwp_are_broken_no_words_are_lost() -> None:
    raw = hwp_files.document(hwp_files.paragraph([Run("글", 0), Run("더", 9)]), shapes=(Shape(WHITE),))
    assert "글" in hwp.read(raw, SOURCE).page_text(1)


@pytest.mark.parametrize(
    "text",
    [
        '보이는 글 <span style="display:none">비밀</span>',
        '보이는 글 <i style="visibility: hidden">비밀</i>',
        "보이는 글 <b hidden>비밀 **굵은** [비밀](https://a.kr)</b>",
        '보이는 글 <span style="font-size:0">비밀</span>',
        "보이는 글\n\n<div hidden>\n\n비밀\n\n- 비밀\n\n</div>",
        '보이는 글\n\n<p style="color:#fff">비밀</p>',
        '<style>.off { display: none }</style>\n\n보이는 글 <em class="off">비밀</em>',
        '<table><tr><td>보이는 글<td style="display:none">비밀</table>',
    ],
)
def test_markdown_leaks_no_words_that_its_html_hides(text: str) -> None:
    document = markdown.read(text.encode(), SOURCE)
    assert document.page_text(1) == "보이는 글"
    assert document.signs == (Sign.HIDDEN_TEXT,)


def test_what_the_html_of_markdown_shows_is_kept() -> None:
    text = (
        '<script>코드</script>\n\n<p hidden>\n\n뒤 <u>글</u> <td style="background:#036"><b style="color:#fff">흰</b>'
    )
    document = markdown.read(f"앞 <b>글\n\n{text}".encode(), SOURCE)
    assert (document.page_text(1), document.signs) == ("앞 글\n뒤 글 흰", ())


def test_the_remarks_of_a_word_file_are_noted() -> None:
    text = '<w:p><w:r><w:t>보이는 글</w:t></w:r><w:r><w:commentReference w:id="0"/></w:r></w:p>'
    document = word.read(files.word_with(text), SOURCE)
    assert (document.page_text(1), document.signs) == ("보이는 글", (Sign.HIDDEN_TEXT,))


def test_type_of_the_size_around_it_is_seen() -> None:
    document = page('<p style="font-size: 1em">하나</p><p style="font-size: 1.2rem; opacity: 0.9">둘</p>')
    assert (document.page_text(1), document.signs) == ("하나\n둘", ())
