"""DOCX: bytes flow in, a Document of headings, paragraphs and tables without hidden text flows out."""

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

from ingest.loaders.archive import parts
from ingest.loaders.flow import Cell, Content, Frame, Text, document
from ingest.report import ResultCode, refusal
from rag.domain import Document, Sign, Source

BODY = "word/document.xml"
SMALLEST = 4
"""Half points; smaller type is not meant to be read."""
DARK = 128
"""A ground below this brightness (0–255) shows white letters."""
DEEPEST = 100
"""Levels of nesting; more is a fault or an attack."""

_HEADING = re.compile(r"(?:heading|제목|개요)\s*(\d)", re.IGNORECASE)
_WHITE = re.compile(r"F[A-F][0-9A-F]" * 3 + r"|FFFFFF", re.IGNORECASE)
_LEFT_OUT = frozenset(map(qn, ("w:del", "w:moveFrom", "w:sectPr", "w:pPr", "w:rPr", "w:tblPr", "w:tcPr"))) | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
"""What tracked changes have taken away, what only describes, and the second copy of a text box."""
_P, _R, _T, _TBL, _TR, _TC = map(qn, ("w:p", "w:r", "w:t", "w:tbl", "w:tr", "w:tc"))
_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): " ", qn("w:noBreakHyphen"): "-"}
_VALUE, _FILL = qn("w:val"), qn("w:fill")


class _Element(Protocol):
    """What is used of an XML element."""

    tag: object
    text: str | None

    def get(self, key: str) -> str | None: ...
    def find(self, path: str) -> _Element | None: ...
    def __iter__(self) -> Iterator[_Element]: ...


@dataclass(frozen=True, slots=True)
class _Look:
    """How text looks, as far as styles and properties tell; `size` in half points."""

    size: float = 0.0
    hidden: bool = False
    white: bool = False
    dark: bool = False

    @property
    def unseen(self) -> bool:
        return self.hidden or (self.white and not self.dark) or 0 < self.size < SMALLEST

    def under(self, properties: _Element | None) -> _Look:
        """This look with the properties of a run, a paragraph, a cell or a style applied."""
        if properties is None:
            return self
        vanish, color, shade, size = (properties.find(qn(name)) for name in ("w:vanish", "w:color", "w:shd", "w:sz"))
        return replace(
            self,
            hidden=self.hidden if vanish is None else vanish.get(_VALUE) not in ("0", "false", "off"),
            white=self.white if color is None else bool(_WHITE.fullmatch(color.get(_VALUE) or "")),
            dark=self.dark if shade is None else _is_dark(shade.get(_FILL) or "", self.dark),
            size=self.size if size is None else float(size.get(_VALUE) or 0),
        )


@dataclass(slots=True)
class _Reader:
    """Reads one document; `hid` tells whether hidden text was left out."""

    word: WordDocument
    styles: dict[str, _Element] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    hid: bool = False

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
                yield Frame(tuple(self._rows(element, self._shaded(element, "w:tblPr", look), depth)))
            elif element.tag not in _LEFT_OUT:
                yield from self.content(element, look, depth + 1)

    def _paragraph(self, element: _Element, look: _Look, depth: int) -> Iterator[Content]:
        properties = element.find(qn("w:pPr"))
        style = properties.find(qn("w:pStyle")) if properties is not None else None
        key = (style.get(_VALUE) or "") if style is not None else ""
        look = self._styled(key, look).under(properties)
        words: list[str] = []
        sizes: Counter[float] = Counter()
        boxes: list[Content] = []
        for text, size in self._words(element, look, boxes, depth):
            words.append(text)
            sizes[size] += len(text.strip())
        heading = _HEADING.match(self.names.get(key, ""))
        size = sizes.most_common(1)[0][0] / 2 if sizes else 0.0
        yield Text("".join(words), size, int(heading[1]) if heading else 0)
        yield from boxes

    def _words(self, parent: _Element, look: _Look, boxes: list[Content], depth: int) -> Iterator[tuple[str, float]]:
        """The visible words of a paragraph with their sizes; what stands in text boxes is put aside."""
        if depth > DEEPEST:
            raise ValueError("nesting")
        for element in parent:
            if element.tag in _LEFT_OUT:
                continue
            if element.tag == _T or element.tag in _BREAKS:
                text = element.text or "" if element.tag == _T else _BREAKS[str(element.tag)]
                if look.unseen:
                    self.hid = self.hid or bool(text.strip())
                else:
                    yield text, look.size
            elif element.tag == qn("w:txbxContent"):
                boxes.extend(self.content(element, replace(look, white=False), depth + 1))
            else:
                below = self._run_look(element, look) if element.tag == _R else look
                yield from self._words(element, below, boxes, depth + 1)

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

    def _rows(self, table: _Element, look: _Look, depth: int) -> Iterator[tuple[Cell, ...]]:
        for row in table:
            if row.tag == _TR:
                yield tuple(self._cells(row, look, depth))
            elif row.tag not in _LEFT_OUT:
                yield from self._rows(row, look, depth)

    def _cells(self, row: _Element, look: _Look, depth: int) -> Iterator[Cell]:
        for element in row:
            if element.tag == _TC:
                properties = element.find(qn("w:tcPr"))
                span = properties.find(qn("w:gridSpan")) if properties is not None else None
                merge = properties.find(qn("w:vMerge")) if properties is not None else None
                content = tuple(self.content(element, self._shaded(element, "w:tcPr", look), depth + 1))
                columns = int(span.get(_VALUE) or 1) if span is not None else 1
                covered = merge is not None and merge.get(_VALUE) != "restart"
                yield Cell(content, 1, columns, covered)
            elif element.tag not in _LEFT_OUT:
                yield from self._cells(element, look, depth)

    def _shaded(self, element: _Element, name: str, look: _Look) -> _Look:
        return replace(look, dark=look.under(element.find(qn(name))).dark)


def read(raw: bytes, source: Source) -> Document:
    """Read a DOCX file. Raises LoadError where it is locked, damaged, too large or holds no text."""
    if BODY not in parts(raw, source):
        raise refusal(source, ResultCode.CORRUPT, BODY)
    try:
        reader = _Reader(docx.Document(io.BytesIO(raw)))
        content = list(reader.content(cast(_Element, reader.word.element.body), _Look()))
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # a damaged file raises errors of every kind
        raise refusal(source, ResultCode.CORRUPT, type(error).__name__) from error
    return document(source, content, [Sign.HIDDEN_TEXT] if reader.hid else [])


def _is_dark(fill: str, before: bool) -> bool:
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", fill):
        return before
    return sum(bytes.fromhex(fill)) < 3 * DARK
