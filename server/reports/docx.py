"""DOCX: a report flows in, a Word document of real headings, lists, tables and pictures flows out."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rag.diagnosis.tree import Block, Bullets, Gantt, Grid, Paragraph, Report
from server.reports import gantt
from server.reports.archive import steady
from server.reports.columns import is_long, shares, whole

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import Table
    from docx.text.paragraph import Paragraph as WordParagraph

FONT = "맑은 고딕"
NAVY, INK, SOFT, PALE, LINE = "1B2F5B", "26303F", "5B6678", "EEF2F8", "C3CAD6"
HEADINGS = {1: 15, 2: 12.5, 3: 11, 4: 10.5, 5: 10}
"""Points of the headings by depth."""
WIDTH = 9638
"""Twentieths of a point between the margins: 17 cm."""
TALLEST_CM = 22.0


def render(report: Report) -> bytes:
    """The document; A4, page numbers at the foot but on the cover, head rows repeated on every page."""
    import docx

    document = docx.Document()
    _set_up(document, report)
    _cover(document, report)
    for at, part in enumerate(report.parts):
        heading = document.add_heading(_line(part.heading), part.depth)
        heading.paragraph_format.page_break_before = at == 0 and report.is_covered
        for block, follower in zip(part.blocks, (*part.blocks, None)[1:], strict=True):
            _write(document, block, leads=isinstance(follower, Grid))
    made = io.BytesIO()
    document.save(made)
    return steady(made.getvalue())


def _set_up(document: Document, report: Report) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Cm

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.2)
    section.different_first_page_header_footer = report.is_covered
    _styles(document)
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    _runs(head, _line(report.title), size=8, colour=SOFT)
    head.alignment, foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.CENTER
    for text, field in (("", "PAGE"), (" / ", "NUMPAGES")):
        _runs(foot, text, size=8.5, colour=SOFT)
        _add(foot._p, "w:fldSimple", instr=field).append(_run_of("1", document))
    properties = document.core_properties
    properties.title, properties.language = _line(report.title), "ko-KR"
    properties.author = properties.comments = properties.keywords = ""
    for name in ("dcterms:created", "dcterms:modified"):
        for element in properties._element.findall(qn(name)):
            properties._element.remove(element)
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:eastAsia"), "ko-KR")


def _styles(document: Document) -> None:
    """One typeface for every style, sizes and colours of the few that are used."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for fonts in document.styles.element.iter(qn("w:rFonts")):
        fonts.attrib.clear()
        for kind in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(kind), FONT)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "ko-KR")
    sizes = {"Normal": 10, "Title": 26, "Subtitle": 14} | {f"Heading {depth}": size for depth, size in HEADINGS.items()}
    for name, size in sizes.items():
        style = document.styles[name]
        style.font.size, style.font.italic = Pt(size), False
        colour = INK if name == "Normal" else SOFT if name == "Subtitle" else NAVY
        style.font.color.rgb = RGBColor.from_string(colour)
        form = style.paragraph_format
        form.space_before, form.space_after = Pt(0), Pt(6)
        if name.startswith("Heading"):
            form.space_before, form.keep_with_next = Pt(18 if name == "Heading 1" else 12), True
        for border in style.element.iter(qn("w:pBdr")):
            border.getparent().remove(border)
    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):
        _insert(document.styles["Normal"].element.get_or_add_pPr(), _made(name, val=0))
    _border(document.styles["Heading 1"].element.get_or_add_pPr(), "bottom", 10, NAVY, 4)


def _cover(document: Document, report: Report) -> None:
    from docx.shared import Pt

    title = document.add_paragraph(style="Title")
    title.paragraph_format.space_before = Pt(170 if report.is_covered else 0)
    _border(title._p.get_or_add_pPr(), "top", 24, NAVY, 14)
    _runs(title, report.title)
    if report.subtitle:
        _runs(document.add_paragraph(style="Subtitle"), report.subtitle)
    if report.cover:
        document.add_paragraph().paragraph_format.space_before = Pt(230 if report.is_covered else 0)
        _table(document, Grid((), report.cover), (0.22, 0.78))


def _write(document: Document, block: Block, leads: bool) -> None:
    from docx.shared import Cm, Pt

    if isinstance(block, Paragraph):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = leads
        if block.is_note:
            paragraph.paragraph_format.left_indent = Cm(0.35)
            _border(paragraph._p.get_or_add_pPr(), "left", 12, LINE, 6)
        _runs(paragraph, block.text, size=9 if block.is_note else 10, colour=SOFT if block.is_note else INK)
    elif isinstance(block, Bullets):
        for item in block.items:
            paragraph = document.add_paragraph(style="List Bullet")
            paragraph.paragraph_format.space_after = Pt(3)
            _runs(paragraph, item)
    elif isinstance(block, Gantt):
        _roadmap(document, block)
    else:
        _table(document, block, shares(block))
        document.add_paragraph().paragraph_format.space_after = Pt(2)


def _roadmap(document: Document, block: Gantt) -> None:
    """The picture, then the same as a table of small type."""
    from docx.shared import Cm

    if block.alternative:
        _write(document, Paragraph(block.alternative), leads=True)
    for picture in gantt.png(block):
        shape = document.add_picture(io.BytesIO(picture), width=Cm(17))
        if shape.height > Cm(TALLEST_CM):
            shape.width, shape.height = int(shape.width * Cm(TALLEST_CM) / shape.height), Cm(TALLEST_CM)
        shape._inline.docPr.set("descr", gantt.spoken(block))
    table = gantt.table(block)
    _table(document, table, gantt.widths(block), size=6)
    _write(document, Paragraph(gantt.LEGEND, is_note=True), leads=False)


def _table(document: Document, grid: Grid, widths: Sequence[float], size: float = 9) -> None:
    from docx.shared import Pt

    rows = (grid.heads, *grid.rows) if grid.heads else grid.rows
    table = document.add_table(len(rows), len(widths))
    table.autofit = False
    _frame(table, narrow=size < 9)
    units = whole(widths, WIDTH)
    for column, unit in zip(table._tbl.tblGrid.gridCol_lst, units, strict=True):
        column.set(_qn("w:w"), str(unit))
    for at, (row, cells) in enumerate(zip(table.rows, rows, strict=True)):
        is_head = bool(grid.heads) and at == 0
        properties = row._tr.get_or_add_trPr()
        if not is_long(cells, widths):
            _add(properties, "w:cantSplit")
        if is_head:
            _add(properties, "w:tblHeader")
        for column_at, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            is_key = not grid.heads and column_at == 0
            form = cell._tc.get_or_add_tcPr()
            form.get_or_add_tcW().set(_qn("w:w"), str(units[column_at]))
            if is_head or is_key:
                _add(form, "w:shd", val="clear", color="auto", fill=NAVY if is_head else PALE)
            _add(form, "w:vAlign", val="center")
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            colour = "FFFFFF" if is_head else NAVY if is_key else INK
            _runs(paragraph, text, size=size, colour=colour, bold=is_head or is_key)


def _frame(table: Table, narrow: bool) -> None:
    """Lines between rows, fixed columns and room inside the cells, in the order that the schema asks for."""
    form = table._tbl.tblPr
    for element in form.findall(_qn("w:tblW")):
        element.set(_qn("w:type"), "dxa")
        element.set(_qn("w:w"), str(WIDTH))
    for element in form.findall(_qn("w:tblLook")):
        form.remove(element)
    borders = _made("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        _add(borders, f"w:{side}", val="single", sz=4, space=0, color=LINE)
    margins = _made("w:tblCellMar")
    room = {"top": 50, "left": 15 if narrow else 100, "bottom": 50, "right": 15 if narrow else 100}
    for side, width in room.items():
        _add(margins, f"w:{side}", w=width, type="dxa")
    layout = form.find(_qn("w:tblLayout"))
    assert layout is not None
    layout.addprevious(borders)
    layout.addnext(margins)


def _runs(paragraph: WordParagraph, text: str, size: float = 0, colour: str = "", bold: bool = False) -> None:
    """One run with the text; its line breaks are breaks."""
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(text)
    if size:
        run.font.size = Pt(size)
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)
    if bold:
        run.font.bold = True


def _run_of(text: str, document: Document) -> BaseOxmlElement:
    """A run outside any paragraph, for the shown value of a field."""
    paragraph = document.add_paragraph()
    _runs(paragraph, text, size=8.5, colour=SOFT)
    run = paragraph.runs[0]._r
    document.element.body.remove(paragraph._p)
    return run


def _border(properties: BaseOxmlElement, side: str, size: int, colour: str, space: int) -> None:
    borders = _made("w:pBdr")
    _add(borders, f"w:{side}", val="single", sz=size, space=space, color=colour)
    _insert(properties, borders)


def _insert(properties: BaseOxmlElement, element: BaseOxmlElement) -> None:
    """Puts an element of a paragraph's form where the schema wants it: before its spacing."""
    properties.insert_element_before(element, "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl")


def _add(parent: BaseOxmlElement, tag: str, **attributes: object) -> BaseOxmlElement:
    made = _made(tag, **attributes)
    parent.append(made)
    return made


def _made(tag: str, **attributes: object) -> BaseOxmlElement:
    from docx.oxml import OxmlElement

    return OxmlElement(tag, {_qn(f"w:{name}"): str(value) for name, value in attributes.items()})


def _qn(name: str) -> str:
    from docx.oxml.ns import qn

    return qn(name)


def _line(text: str) -> str:
    return " ".join(text.split("\n"))
