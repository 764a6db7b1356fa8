"""HWPX layout: the elements of a section flow in; the page on which each paragraph and row stands flows out."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Protocol

from ingest.loaders.hangul.leaves import Grid, Laid, Leaves, Line, Row

_CONTROL = 8
"""Characters that a control counts for."""
_ASIDE = frozenset({"secPr", "header", "footer", "footNote", "endNote", "hiddenComment", "linesegarray"})
"""What stands elsewhere than the words around it."""


class Element(Protocol, Hashable):
    """What is used of an XML element."""

    tag: object
    text: str | None

    def get(self, key: str) -> str | None: ...
    def iter(self, *tags: str) -> Iterator[Element]: ...
    def itertext(self) -> Iterator[str]: ...
    def __iter__(self) -> Iterator[Element]: ...


def elements(parent: Iterator[Element] | Element) -> Iterator[Element]:
    """The elements among the nodes, comments left out."""
    return (element for element in parent if isinstance(element.tag, str))


def name_of(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


class Layout:
    """The pages of one file, filled section by section; `is_sure` until its lines do not tell them."""

    def __init__(self) -> None:
        self._leaves = Leaves()
        self._columns = False
        self._laid: dict[Element, Laid] = {}
        self._rows: dict[Element, Row] = {}

    @property
    def is_sure(self) -> bool:
        """Whether every paragraph tells its lines, in one column."""
        return self._leaves.is_sure and not self._columns

    def section(self, root: Element) -> None:
        """Find the pages of a section."""
        self._leaves.section(next((_body(page) for page in root.iter("{*}pagePr")), 0))
        self._columns = self._columns or any(_number(e, "colCount") > 1 for e in root.iter("{*}colPr"))
        for element in elements(root):
            if name_of(element) == "p" and self.is_sure:
                self._leaves.turn(self._paragraph(element))

    def page_of(self, paragraph: Element) -> int:
        """The page on which a paragraph begins."""
        laid = self._laid.get(paragraph)
        return laid.page if laid else 1

    def span_of(self, row: Element) -> tuple[int, int]:
        """The first and last page of a row."""
        found = self._rows.get(row)
        return (found.first, found.last) if found else (1, 1)

    def _paragraph(self, element: Element) -> Laid:
        lines: list[Line] = []
        grids: list[Grid] = []
        boxes: list[Laid] = []
        at = 0
        for run in elements(element):
            if name_of(run) == "linesegarray":
                lines = [_line(line) for line in elements(run)]
            elif name_of(run) == "run":
                for held in elements(run):
                    name = name_of(held)
                    if name == "tbl":
                        grids.append(self._grid(held, at))
                    elif name != "t":
                        boxes.extend(self._boxes(held))
                    at += len("".join(held.itertext())) if name == "t" else _CONTROL
        done = Laid(tuple(lines), element.get("pageBreak") == "1", tuple(grids), tuple(boxes))
        self._laid[element] = done
        return done

    def _boxes(self, parent: Element) -> Iterator[Laid]:
        """The paragraphs in a drawing, however deep."""
        for element in elements(parent):
            if name_of(element) == "p":
                yield self._paragraph(element)
            elif name_of(element) not in _ASIDE:
                yield from self._boxes(element)

    def _grid(self, table: Element, at: int) -> Grid:
        told = {name_of(child): child for child in elements(table)}
        rows = [self._row(row) for row in elements(table) if name_of(row) == "tr"]
        for caption in (child for child in elements(table) if name_of(child) == "caption"):
            self._rows[caption] = rows[0] if rows else Row(0, ())
        first = next((row for row in elements(table) if name_of(row) == "tr"), None)
        repeats = table.get("repeatHeader") == "1" and first is not None and _is_head(first)
        place = told.get("pos")
        return Grid(
            at=at,
            rows=tuple(rows),
            height=_number(told.get("sz"), "height"),
            offset=_number(place, "vertOffset") if place is not None and place.get("vertRelTo") == "PARA" else 0,
            is_inline=place is not None and place.get("treatAsChar") == "1",
            pushes=table.get("textWrap") == "TOP_AND_BOTTOM",
            splits=table.get("pageBreak") != "NONE",
            head=rows[0].height if repeats and rows else 0,
        )

    def _row(self, row: Element) -> Row:
        heights: list[int] = []
        cells: list[tuple[Laid, ...]] = []
        for cell in elements(row):
            told = {name_of(child): child for child in elements(cell)}
            if _number(told.get("cellSpan"), "rowSpan") <= 1:
                heights.append(_number(told.get("cellSz"), "height"))
            inside = told.get("subList")
            held = elements(inside) if inside is not None else iter(())
            cells.append(tuple(self._paragraph(element) for element in held if name_of(element) == "p"))
        done = Row(max(heights, default=0), tuple(cells))
        self._rows[row] = done
        return done


def _body(page: Element) -> int:
    """The height that the text of a page may have."""
    margin = next((child for child in elements(page) if name_of(child) == "margin"), None)
    height = _number(page, "width" if page.get("landscape") == "NARROWLY" else "height")
    return height - sum(_number(margin, side) for side in ("top", "bottom", "header", "footer"))


def _is_head(row: Element) -> bool:
    return all(cell.get("header") == "1" for cell in elements(row))


def _line(line: Element) -> Line:
    return Line(*(_number(line, key) for key in ("vertpos", "vertsize", "textpos", "horzpos")))


def _number(element: Element | None, key: str) -> int:
    """A whole number, 0 where there is none; writers give negative ones as 32 bits without a sign."""
    text = element.get(key) if element is not None else None
    number = int(text) if text and text.lstrip("-").isdecimal() else 0
    return number - (1 << 32) if number >= 1 << 31 else number
