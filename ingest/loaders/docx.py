"""DOCX: bytes flow in, a Document of headings, paragraphs and tables of the words that are seen and hold flows out."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol, cast

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from ingest.checks.report import ResultCode, refusal
from ingest.files.formats import WORD_BODY
from ingest.loaders.archive import parts
from ingest.loaders.flow import Cell, Content, Frame, Text, document, seam
from rag.domain import Document, Sign, Source

SMALLEST = 4
"""Half points; smaller type is not meant to be read."""
DARK = 128
"""A ground below this brightness (0–255) shows white letters."""
FULLEST = 1_600
"""Characters; a stretch between two breaks longer than this fills more than a page."""
DEEPEST = 100
"""Levels of nesting; more is a fault or an attack."""

_HEADING = re.compile(r"(?:heading|제목|개요)\s*(\d)", re.IGNORECASE)
_WHITE = re.compile(r"F[A-F][0-9A-F]" * 3 + r"|FFFFFF", re.IGNORECASE)
_LEFT_OUT = frozenset(map(qn, ("w:moveFrom", "w:sectPr", "w:pPr", "w:rPr", "w:tblPr", "w:tcPr"))) | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
"""What tracked changes have moved elsewhere, what only describes, and the second copy of a text box."""
_P, _R, _T, _TBL, _TR, _TC = map(qn, ("w:p", "w:r", "w:t", "w:tbl", "w:tr", "w:tc"))
_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): " ", qn("w:noBreakHyphen"): "-"}
_BR, _RENDERED, _KIND = map(qn, ("w:br", "w:lastRenderedPageBreak", "w:type"))
_DELETED, _GONE, _REMARK = map(qn, ("w:del", "w:delText", "w:commentReference"))
_OFF = ("0", "false", "off")
_VALUE, _FILL = qn("w:val"), qn("w:fill")


class _Element(Protocol):
    """What is used of an XML element."""

    tag: object
    text: str | None

    def get(self, key: str) -> str | None: ...
    def find(self, path: str) -> _Element | None: ...
    def iter(self) -> Iterator[_Element]: ...
    def __iter__(self) -> Iterator[_Element]: ...


@dataclass(frozen=True, slots=True)
class _Look:
    """How text looks, as far as styles and properties tell; `size` in half points."""

    size: float = 0.0
    hidden: bool = False
    struck: bool = False
    white: bool = False
    dark: bool = False

    @property
    def sign(self) -> Sign | None:
        """Why words that look so are left out; `None` where they are seen and hold."""
        if self.hidden or (self.white and not self.dark) or 0 < self.size < SMALLEST:
            return Sign.HIDDEN_TEXT
        return Sign.STRUCK if self.struck else None

    def under(self, properties: _Element | None) -> _Look:
        """This look with the properties of a run, a paragraph, a cell or a style applied."""
        if properties is None:
            return self
        vanish, color, shade, size = (properties.find(qn(name)) for name in ("w:vanish", "w:color", "w:shd", "w:sz"))
        strikes = [mark for name in ("w:strike", "w:dstrike") if (mark := properties.find(qn(name))) is not None]
        return replace(
            self,
            hidden=self.hidden if vanish is None else vanish.get(_VALUE) not in _OFF,
            struck=any(mark.get(_VALUE) not in _OFF for mark in strikes) if strikes else self.struck,
            white=self.white if color is None else bool(_WHITE.fullmatch(color.get(_VALUE) or "")),
            dark=self.dark if shade is None else _is_dark(shade.get(_FILL) or "", self.dark),
            size=self.size if size is None else float(size.get(_VALUE) or 0),
        )


@dataclass(slots=True)
class _Leaf:
    """The page as far as read. A layout once drawn marks every page; else only the breaks that a writer set are known.

    `rendered` tells of such marks, `broken` of breaks that no words have followed, `longest` of the fullest page.
    """

    page: int = 1
    rendered: bool = False
    broken: bool = False
    written: int = 0
    longest: int = 0

    @property
    def is_sure(self) -> bool:
        """Whether the pages are known: as they were drawn, or, broken by hand, none longer than a page can be."""
        return self.rendered or (self.page > 1 and max(self.longest, self.written) <= FULLEST)

    def turn(self, *, rendered: bool = False) -> None:
        """Begin a page; a break set by hand is marked once more where the page was drawn."""
        if not (rendered and self.broken):
            self.page += 1
            self.longest, self.written = max(self.longest, self.written), 0
        self.rendered = self.rendered or rendered
        self.broken = not rendered

    def write(self, text: str) -> None:
        """Put words on the page."""
        self.written += len(text)
        self.broken = self.broken and not text.strip()


@dataclass(slots=True)
class _Reader:
    """Reads one document; `signs` tell what was left out."""

    word: WordDocument
    leaf: _Leaf = field(default_factory=_Leaf)
    styles: dict[str, _Element] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    signs: set[Sign] = field(default_factory=set)

    def __post_init__(self) -> None:
        for style in cast(_Element, self.word.styles.element):
            name = style.find(qn("w:name"))
            key = style.get(qn("w:styleId")) or ""
            self.styles[key] = style
            self.names[key] = (name.get(_VALUE) or "") if name is not None else ""

    def content(self, parent: _Element, look: _Look, depth: int = 0) -> Iterator[Content]:
        """The paragraphs and tables of a body, a cell or a text box."""
        if depth > DEEPEST:
            raise ValueError("nesting")
        for element in parent:
            if element.tag == _P:
                yield from self._paragraph(element, look, depth)
            elif element.tag == _TBL:
                rows = list(self._rows(element, self._shaded(element, "w:tblPr", look), depth))
                yield Frame(tuple(cells for cells, _ in rows), tuple(span for _, span in rows))
            elif not self._is_left_out(element):
                yield from self.content(element, look, depth + 1)

    def _paragraph(self, element: _Element, look: _Look, depth: int) -> Iterator[Content]:
        properties = element.find(qn("w:pPr"))
        style = properties.find(qn("w:pStyle")) if properties is not None else None
        key = (style.get(_VALUE) or "") if style is not None else ""
        look = self._styled(key, look).under(properties)
        words: list[str] = []
        sizes: Counter[float] = Counter()
        boxes: list[Content] = []
        if self._breaks_before(key, properties) and self.leaf.written and not self.leaf.broken:
            self.leaf.turn()
        page = 0
        for text, size in self._words(element, look, boxes, depth):
            page = page or (self.leaf.page if text.strip() else 0)
            self.leaf.write(text)
            words.append(text)
            sizes[size] += len(text.strip())
        heading = _HEADING.match(self.names.get(key, ""))
        size = sizes.most_common(1)[0][0] / 2 if sizes else 0.0
        yield Text("".join(words), size, int(heading[1]) if heading else 0, page or self.leaf.page)
        yield from boxes
        if _ends_page(properties):
            self.leaf.turn()

    def _breaks_before(self, key: str, properties: _Element | None) -> bool:
        """Whether a paragraph, or its style, asks for a page of its own."""
        style = self.styles.get(key)
        told = (properties, style.find(qn("w:pPr")) if style is not None else None)
        marks = (element.find(qn("w:pageBreakBefore")) for element in told if element is not None)
        return any(mark is not None and mark.get(_VALUE) not in _OFF for mark in marks)

    def _words(self, parent: _Element, look: _Look, boxes: list[Content], depth: int) -> Iterator[tuple[str, float]]:
        """The visible words of a paragraph with their sizes; what stands in text boxes is put aside."""
        if depth > DEEPEST:
            raise ValueError("nesting")
        for element in parent:
            if self._is_left_out(element):
                continue
            if element.tag == _RENDERED or (element.tag == _BR and element.get(_KIND) == "page"):
                self.leaf.turn(rendered=element.tag == _RENDERED)
            if element.tag == _T or element.tag in _BREAKS:
                text = element.text or "" if element.tag == _T else _BREAKS[str(element.tag)]
                if look.sign:
                    self.signs.update([look.sign] if text.strip() else [])
                    yield seam(text), look.size
                else:
                    yield text, look.size
            elif element.tag == qn("w:txbxContent"):
                leaf = self.leaf
                self.leaf = _Leaf(leaf.page)  # a box stands on the page it is anchored to
                boxes.extend(self.content(element, replace(look, white=False), depth + 1))
                self.leaf = leaf
            else:
                below = self._run_look(element, look) if element.tag == _R else look
                yield from self._words(element, below, boxes, depth + 1)

    def _is_left_out(self, element: _Element) -> bool:
        """Whether an element only describes or was taken away; what it deletes or remarks is noted."""
        if element.tag == _DELETED and any(part.tag == _GONE and (part.text or "").strip() for part in element.iter()):
            self.signs.add(Sign.STRUCK)
        if element.tag == _REMARK:
            self.signs.add(Sign.HIDDEN_TEXT)
        return element.tag in (_DELETED, _REMARK) or element.tag in _LEFT_OUT

    def _run_look(self, run: _Element, look: _Look) -> _Look:
        properties = run.find(qn("w:rPr"))
        style = properties.find(qn("w:rStyle")) if properties is not None else None
        return self._styled((style.get(_VALUE) or "") if style is not None else "", look).under(properties)

    def _styled(self, key: str, look: _Look, depth: int = 0) -> _Look:
        """The look with a style, and first the one it is based on, applied."""
        style = self.styles.get(key)
        if style is None or depth > DEEPEST:
            return look
        base = style.find(qn("w:basedOn"))
        if base is not None:
            look = self._styled(base.get(_VALUE) or "", look, depth + 1)
        return look.under(style.find(qn("w:pPr"))).under(style.find(qn("w:rPr")))

    def _rows(self, table: _Element, look: _Look, depth: int) -> Iterator[tuple[tuple[Cell, ...], tuple[int, int]]]:
        """The cells of each row, with its first and last page."""
        for row in table:
            if row.tag == _TR and self._is_deleted(row):
                self.signs.add(Sign.STRUCK)
            elif row.tag == _TR:
                begun = self.leaf.page
                lasts: list[int] = []
                cells = tuple(self._cells(row, look, depth, lasts))
                # Where a row goes on over a page, each of its cells marks it.
                self.leaf.page = max([begun, *lasts])
                firsts = [part.page for cell in cells for part in cell.content if isinstance(part, Text) and part.text]
                # A row that begins a page marks it in its first words.
                yield cells, (next(iter(firsts), self.leaf.page), self.leaf.page)
            elif not self._is_left_out(row):
                yield from self._rows(row, look, depth)

    def _is_deleted(self, row: _Element) -> bool:
        """Whether a tracked change takes the whole row away."""
        properties = row.find(qn("w:trPr"))
        return properties is not None and properties.find(_DELETED) is not None

    def _cells(self, row: _Element, look: _Look, depth: int, lasts: list[int]) -> Iterator[Cell]:
        """The cells of a row; `lasts` gathers the page on which each ends."""
        begun = self.leaf.page
        for element in row:
            if element.tag == _TC:
                self.leaf.page = begun
                properties = element.find(qn("w:tcPr"))
                span = properties.find(qn("w:gridSpan")) if properties is not None else None
                merge = properties.find(qn("w:vMerge")) if properties is not None else None
                content = tuple(self.content(element, self._shaded(element, "w:tcPr", look), depth + 1))
                columns = int(span.get(_VALUE) or 1) if span is not None else 1
                covered = merge is not None and merge.get(_VALUE) != "restart"
                lasts.append(self.leaf.page)
                yield Cell(content, 1, columns, covered)
            elif not self._is_left_out(element):
                yield from self._cells(element, look, depth, lasts)

    def _shaded(self, element: _Element, name: str, look: _Look) -> _Look:
        return replace(look, dark=look.under(element.find(qn(name))).dark)


def read(raw: bytes, source: Source) -> Document:
    """Read a DOCX file. Raises LoadError where it is locked, damaged, too large or holds no text."""
    if WORD_BODY not in parts(raw, source):
        raise refusal(source, ResultCode.CORRUPT, WORD_BODY)
    try:
        reader = _Reader(docx.Document(io.BytesIO(raw)))
        content = list(reader.content(cast(_Element, reader.word.element.body), _Look()))
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # a damaged file raises errors of every kind
        raise refusal(source, ResultCode.CORRUPT, type(error).__name__) from error
    return document(source, content, [sign for sign in Sign if sign in reader.signs], paged=reader.leaf.is_sure)


def _ends_page(properties: _Element | None) -> bool:
    """Whether a section ends with a paragraph and the next one begins a page."""
    section = properties.find(qn("w:sectPr")) if properties is not None else None
    kind = section.find(qn("w:type")) if section is not None else None
    return section is not None and (kind is None or kind.get(_VALUE) not in ("continuous", "nextColumn"))


def _is_dark(fill: str, before: bool) -> bool:
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", fill):
        return before
    return sum(bytes.fromhex(fill)) < 3 * DARK
