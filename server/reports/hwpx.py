"""HWPX: a report flows in, a Hangul document of real headings, lists, tables and pictures flows out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any

from rag.diagnosis.tree import Block, Bullets, Gantt, Grid, Paragraph, Report
from server.reports import gantt
from server.reports.archive import steady
from server.reports.columns import is_long, shares, whole

if TYPE_CHECKING:
    from hwpx import HwpxDocument
    from hwpx.oxml import HwpxOxmlParagraph

FONT = "맑은 고딕"
NAVY, INK, SOFT, PALE, LINE = "#1B2F5B", "#26303F", "#5B6678", "#EEF2F8", "#C3CAD6"
HEADINGS = {1: 15, 2: 12.5, 3: 11, 4: 10.5, 5: 10}
"""Points of the headings by depth."""
WIDTH = 48189
"""HWP units (1/7200 inch) between the margins: 17 cm."""
ROW = 1700
TALLEST = 62000
"""HWP units of the tallest picture that fits a page."""


@dataclass(frozen=True, slots=True)
class _Looks:
    """Ids of what is used again and again: forms of letters by size and colour, of paragraphs, and of cells."""

    document: HwpxDocument
    cell: str
    fills: dict[str, str]
    known: dict[tuple[float, str, bool], str] = field(default_factory=dict)

    def letters(self, size: float, colour: str, bold: bool = False) -> str:
        """The id of letters of this size in points, this colour and weight."""
        look = (size, colour, bold)
        if look not in self.known:
            self.known[look] = self.document.styles.ensure_run(font=FONT, size=size, color=colour, bold=bold)
        return self.known[look]


def render(report: Report) -> bytes:
    """The document; A4, page numbers at the foot but on the cover, head rows repeated on every page."""
    from hwpx import HwpxDocument

    document = HwpxDocument.new()
    looks = _set_up(document, report)
    _cover(document, looks, report)
    for at, part in enumerate(report.parts):
        _heading(document, looks, part.heading, part.depth, starts_page=at == 0 and report.is_covered)
        for block, follower in zip(part.blocks, (*part.blocks, None)[1:], strict=True):
            _write(document, looks, block, leads=isinstance(follower, Grid))
    _number(document)
    made = document.to_bytes()
    document.close()
    return steady(made)


def _set_up(document: HwpxDocument, report: Report) -> _Looks:
    document.page.setup(
        margin_left_mm=20,
        margin_right_mm=20,
        margin_top_mm=12,
        margin_bottom_mm=10,
        header_margin_mm=12,
        footer_margin_mm=12,
    )
    document.parts.clear_document_metadata()
    document.parts.clear_preview()
    document.parts.set_document_metadata(title=_line(report.title))
    for header in document.oxml.headers:
        for head in header.element.iter("{*}paraHead"):
            head.text = ""  # headings carry their own numbers
        header.mark_dirty()
    _page_numbers(document, report.is_covered)
    lines = {"border_color": LINE, "active_borders": ("top", "bottom")}
    fills = {
        colour: document.styles.ensure_border_fill(fill_color=colour or None, **lines)  # type: ignore[arg-type]
        for colour in ("", NAVY, PALE)
    }
    model = document.add_paragraph("")
    document.styles.apply_paragraph_format(paragraphs=[model], alignment="LEFT", line_spacing_percent=130)
    form = str(model.para_pr_id_ref)
    model.remove()
    return _Looks(document, form, fills)


def _page_numbers(document: HwpxDocument, is_covered: bool) -> None:
    """The page number of Hangul itself in the first paragraph, hidden on the cover."""
    section = document.sections[0]
    visibility = next(section.element.iter("{*}visibility"))
    visibility.set("hideFirstPageNum", str(int(is_covered)))
    body: Any = section.element
    column = next(body.iter("{*}colPr")).getparent()
    control = column.makeelement(column.tag, {})
    name = column.tag.removesuffix("ctrl")
    control.append(
        control.makeelement(f"{name}pageNum", {"pos": "BOTTOM_CENTER", "formatType": "DIGIT", "sideChar": ""})
    )
    column.addnext(control)
    section.mark_dirty()


def _cover(document: HwpxDocument, looks: _Looks, report: Report) -> None:
    title = _text(document, looks.letters(26, NAVY, bold=True), report.title)
    document.styles.apply_paragraph_format(
        paragraphs=[title],
        alignment="LEFT",
        spacing_before_pt=170 if report.is_covered else 0,
        spacing_after_pt=8,
        border={"sides": ("top",), "color": NAVY, "width": "0.7 mm", "offset_mm": (0, 0, 5, 0)},
    )
    if report.subtitle:
        _text(document, looks.letters(14, SOFT), report.subtitle)
    if report.cover:
        space = _text(document, looks.letters(10, INK), "")
        document.styles.apply_paragraph_format(paragraphs=[space], spacing_before_pt=240 if report.is_covered else 0)
        _table(document, looks, Grid((), report.cover), (0.22, 0.78))


def _heading(document: HwpxDocument, looks: _Looks, text: str, depth: int, starts_page: bool) -> None:
    letters = looks.letters(HEADINGS[depth], NAVY, bold=True)
    heading = document.add_heading(_line(text), depth, char_pr_id_ref=letters)
    document.styles.apply_paragraph_format(
        paragraphs=[heading],
        alignment="LEFT",
        indent_left_mm=0,
        first_line_indent_mm=0,
        spacing_before_pt=20 if depth == 1 else 12,
        spacing_after_pt=6,
        keep_with_next=True,
        bottom_border=depth == 1,
        border_color=NAVY,
        border_width="0.4 mm",
    )
    if starts_page:
        heading.element.set("pageBreak", "1")


def _write(document: HwpxDocument, looks: _Looks, block: Block, leads: bool) -> None:
    if isinstance(block, Paragraph):
        size, colour = (9, SOFT) if block.is_note else (10, INK)
        paragraph = _text(document, looks.letters(size, colour), block.text)
        indent = 3 if block.is_note else 0
        document.styles.apply_paragraph_format(
            paragraphs=[paragraph], alignment="LEFT", indent_left_mm=indent, spacing_after_pt=4, keep_with_next=leads
        )
    elif isinstance(block, Bullets):
        for item in block.items:
            _text(document, looks.letters(10, INK), item)
        last = len(document.paragraphs)
        if block.items:
            places = range(last - len(block.items), last)
            document.styles.apply_list_format(paragraph_indexes=places, kind="bullet", bullet_char="•")
    elif isinstance(block, Gantt):
        _roadmap(document, looks, block)
    else:
        _table(document, looks, block, shares(block))
        _text(document, looks.letters(6, INK), "")


def _roadmap(document: HwpxDocument, looks: _Looks, block: Gantt) -> None:
    """The picture, then the same as a table of small type."""
    if block.alternative:
        _write(document, looks, Paragraph(block.alternative), leads=True)
    for picture in gantt.png(block):
        wide, high = (int.from_bytes(picture[at : at + 4]) for at in (16, 20))
        width = min(WIDTH, TALLEST * wide // high)
        drawn = document.add_picture(picture, "png", width=width, para_pr_id_ref=looks.cell)
        comment = next(drawn.element.iter("{*}shapeComment"))
        comment.text = gantt.spoken(block)
    _table(document, looks, gantt.table(block), gantt.widths(block), size=6)
    _write(document, looks, Paragraph(gantt.LEGEND, is_note=True), leads=False)


def _table(document: HwpxDocument, looks: _Looks, grid: Grid, widths: Sequence[float], size: float = 9) -> None:
    rows = (grid.heads, *grid.rows) if grid.heads else grid.rows
    table = document.add_table(
        len(rows), len(widths), width=WIDTH, height=ROW * len(rows), border_fill_id_ref=looks.fills[""]
    )
    table.set_treat_as_char(False)  # as a letter, it would not go on to the next page
    table.element.set("repeatHeader", "1" if grid.heads else "0")
    table.element.set("pageBreak", "CELL" if any(is_long(row, widths) for row in rows) else "TABLE")
    units = whole(widths, WIDTH)
    margin = {"left": "100", "right": "100"} if size < 9 else {"left": "510", "right": "510"}
    for at, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        is_head = bool(grid.heads) and at == 0
        for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            is_key = not grid.heads and column == 0
            cell.set_text(text)
            cell.set_size(units[column], ROW)
            colour = "#FFFFFF" if is_head else NAVY if is_key else INK
            letters = looks.letters(size, colour, bold=is_head or is_key)
            _dress(cell.element, looks.cell, letters)
            cell.element.set("borderFillIDRef", looks.fills[NAVY if is_head else PALE if is_key else ""])
            cell.element.set("header", "1" if is_head else "0")
            cell.element.set("hasMargin", "1")
            for inner in cell.element.iter("{*}cellMargin"):
                inner.attrib.update({**margin, "top": "230", "bottom": "230"})


def _dress(cell: Any, form: str, letters: str) -> None:
    """Gives the paragraphs of a cell their forms."""
    for paragraph in cell.iter("{*}p"):
        paragraph.set("paraPrIDRef", form)
    for run in cell.iter("{*}run"):
        run.set("charPrIDRef", letters)
    cell.set("dirty", "0")


def _text(document: HwpxDocument, letters: str, text: str) -> HwpxOxmlParagraph:
    return document.add_paragraph(text, inherit_style=False, char_pr_id_ref=letters, para_pr_id_ref=0, style_id_ref=0)


def _number(document: HwpxDocument) -> None:
    """Numbers paragraphs, tables and pictures in order, where the library draws numbers by lot."""
    numbers = count(1)
    for section in document.sections:
        body: Any = section.element
        for element in body.iter("{*}p", "{*}tbl", "{*}pic"):
            number = str(next(numbers))
            for name in ("id", "instid"):
                if name in element.attrib:
                    element.set(name, number)
        section.mark_dirty()


def _line(text: str) -> str:
    return " ".join(text.split("\n"))
