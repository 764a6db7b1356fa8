"""HWPX: bytes flow in, a Document of headings, paragraphs and tables flows out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree  # type: ignore[import-untyped]

from ingest.loaders.archive import parts
from ingest.loaders.flow import CHECKED, UNCHECKED, Cell, Content, Frame, Text, document
from ingest.report import ResultCode, refusal
from rag.domain import Document, Sign, Source

SECTION = re.compile(r"(?:.*/)?section(\d+)\.xml", re.IGNORECASE)
HEADER = "Contents/header.xml"
MANIFEST = "META-INF/manifest.xml"
ENCRYPTED = b"encryption-data"

_WANTED = r"(?i)Contents/.*\.xml|(?:.*/)?section\d+\.xml|META-INF/manifest\.xml"
_SPACES = {"tab": " ", "nbSpace": " ", "fwSpace": " ", "lineBreak": "\n", "hypen": "-"}
_LEFT_OUT = frozenset({"header", "footer", "hiddenComment", "secPr", "linesegarray", "parameters"})
"""Running heads and feet, remarks that are not printed, and what only describes the page."""


@dataclass(slots=True)
class _Words:
    """The words of a paragraph as far as read."""

    text: list[str] = field(default_factory=list)
    sizes: Counter[float] = field(default_factory=Counter)

    def add(self, text: str, size: float) -> None:
        self.text.append(text)
        self.sizes[size] += len(text.strip())

    def flush(self) -> Iterator[Text]:
        """The words as one paragraph, to begin another."""
        if text := "".join(self.text).strip():
            yield Text(text, self.sizes.most_common(1)[0][0])
        self.text.clear()
        self.sizes.clear()


def read(raw: bytes, source: Source) -> Document:
    """Read an HWPX file. Raises LoadError where it is locked, damaged, too large or holds no text."""
    found = parts(raw, source, _WANTED)
    if ENCRYPTED in found.get(MANIFEST, b""):
        raise refusal(source, ResultCode.ENCRYPTED)
    numbered = sorted((int(match[1]), name) for name in found if (match := SECTION.fullmatch(name)))
    if not numbered:
        raise refusal(source, ResultCode.CORRUPT, "section")
    try:
        sizes = _type_sizes(found.get(HEADER, b""))
        content = [part for _, name in numbered for part in _paragraphs(_tree(found[name]), sizes)]
    except (etree.XMLSyntaxError, ValueError, RecursionError) as error:
        raise refusal(source, ResultCode.CORRUPT, type(error).__name__) from error
    return document(source, content, [] if HEADER in found else [Sign.PARTIAL])


def _tree(raw: bytes) -> etree._Element:
    return etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _type_sizes(header: bytes) -> Mapping[str, float]:
    """Points by the id of each character shape."""
    if not header:
        return {}
    shapes = (element for element in _elements(_tree(header).iter()) if _name(element) == "charPr")
    return {str(shape.get("id")): int(shape.get("height") or 0) / 100 for shape in shapes}


def _paragraphs(parent: etree._Element, sizes: Mapping[str, float]) -> Iterator[Content]:
    """The paragraphs and tables below an element, also where a careless writer left out what stands between."""
    for element in _elements(parent):
        name = _name(element)
        if name == "p":
            words = _Words()
            for run in _elements(element):
                if _name(run) not in _LEFT_OUT:
                    yield from _run(run, sizes.get(str(run.get("charPrIDRef")), 0.0), words, sizes)
            yield from words.flush()
        elif name == "tbl":
            yield Frame(tuple(_rows(element, sizes)))
        elif name not in _LEFT_OUT:
            yield from _paragraphs(element, sizes)


def _run(run: etree._Element, size: float, words: _Words, sizes: Mapping[str, float]) -> Iterator[Content]:
    """What a run holds besides its words, which are gathered; a box or a table ends the words before it."""
    for element in _elements(run):
        match _name(element):
            case "t":
                words.add(_typed(element), size)
            case "checkBtn" | "radioBtn" | "btn" | "comboBox" | "edit":
                words.add(_button(element), size)
            case "tbl":
                yield from words.flush()
                yield Frame(tuple(_rows(element, sizes)))
            case name if name not in _LEFT_OUT:
                yield from _held(element, words, sizes)


def _held(element: etree._Element, words: _Words, sizes: Mapping[str, float]) -> Iterator[Content]:
    """The paragraphs of notes, captions and text boxes, however deep in a drawing they stand."""
    for part in _paragraphs(element, sizes):
        yield from words.flush()
        yield part


def _rows(table: etree._Element, sizes: Mapping[str, float]) -> Iterator[tuple[Cell, ...]]:
    for row in _elements(table):
        if _name(row) == "tr":
            yield tuple(_cell(cell, sizes) for cell in _elements(row) if _name(cell) == "tc")
        elif _name(row) == "caption":
            caption = tuple(part for held in _elements(row) for part in _paragraphs(held, sizes))
            yield (Cell(caption),) if caption else ()


def _cell(cell: etree._Element, sizes: Mapping[str, float]) -> Cell:
    rows = columns = 1
    for child in _elements(cell):
        if _name(child) == "cellSpan":
            rows, columns = int(child.get("rowSpan") or 1), int(child.get("colSpan") or 1)
    return Cell(tuple(_paragraphs(cell, sizes)), rows, columns)


def _button(element: etree._Element) -> str:
    """A field of a form as it is printed: its box, ticked or not, and its words."""
    box = {"CHECKED": CHECKED, "UNCHECKED": UNCHECKED}.get(str(element.get("value")), "")
    text = "".join(str(child.text or "") for child in _elements(element) if _name(child) == "text")
    return f"{box}{element.get('caption') or text}".replace("&&", "&")


def _typed(element: etree._Element) -> str:
    """The characters of a text element; what tracked changes have deleted is left out."""
    done = [element.text or ""]
    deleted = False
    for child in element:
        name = _name(child) if isinstance(child.tag, str) else ""
        deleted = name == "deleteBegin" or (deleted and name != "deleteEnd")
        if not deleted:
            done += [_SPACES.get(name, ""), child.tail or ""]
    return "".join(done)


def _elements(parent: Iterable[etree._Element]) -> Iterator[etree._Element]:
    return (element for element in parent if isinstance(element.tag, str))


def _name(element: etree._Element) -> str:
    return str(etree.QName(element).localname)
