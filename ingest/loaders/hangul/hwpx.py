"""HWPX: bytes flow in, a Document of headings, paragraphs and tables flows out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree  # type: ignore[import-untyped]

from ingest.checks.report import ResultCode, refusal
from ingest.files.formats import HANGUL_SECTION
from ingest.loaders.archive import parts
from ingest.loaders.flow import CHECKED, UNCHECKED, Cell, Content, Frame, Text, document, seam
from ingest.loaders.ground import INK, PAPER, Colour, Ground, colour_of, is_unseen
from ingest.loaders.hangul.hwpx_layout import Layout, elements, name_of
from rag.domain import Document, Sign, Source

HEADER = "Contents/header.xml"
MANIFEST = "META-INF/manifest.xml"
ENCRYPTED = b"encryption-data"

_WANTED = r"(?i)Contents/.*\.xml|(?:.*/)?section\d+\.xml|META-INF/manifest\.xml"
_SPACES = {"tab": " ", "nbSpace": " ", "fwSpace": " ", "lineBreak": "\n", "hypen": "-"}
_LEFT_OUT = frozenset({"header", "footer", "hiddenComment", "secPr", "linesegarray", "parameters"})
"""Running heads and feet, remarks that are not printed, and what only describes the page."""
_DRAWN = frozenset({"rect", "ellipse", "polygon", "arc", "curve", "connectLine", "line", "container", "textart"})
_UNSTRUCK = (None, "", "NONE", "3D")
"""Lines through characters that are none; writers leave "3D" in the shapes of plain text."""
_BEHIND = b'textWrap="BEHIND_TEXT"'


@dataclass(slots=True)
class _Words:
    """The words of a paragraph, which begins on a page, as far as read."""

    page: int
    text: list[str] = field(default_factory=list)
    sizes: Counter[float] = field(default_factory=Counter)

    def add(self, text: str, size: float) -> None:
        self.text.append(text)
        self.sizes[size] += len(text.strip())

    def flush(self) -> Iterator[Text]:
        """The words as one paragraph, to begin another."""
        if text := "".join(self.text).strip():
            yield Text(text, self.sizes.most_common(1)[0][0], page=self.page)
        self.text.clear()
        self.sizes.clear()


@dataclass(frozen=True, slots=True)
class _Shape:
    """How some characters are set: size in points (0 where unknown), colour, and a ground of their own."""

    size: float = 0.0
    ink: Colour = INK
    ground: Ground = PAPER
    has_ground: bool = False
    struck: bool = False

    def sign(self, ground: Ground) -> Sign | None:
        """Why words set so on a ground are left out; `None` where they are seen and hold."""
        if is_unseen(self.ink, self.ground if self.has_ground else ground, self.size):
            return Sign.HIDDEN_TEXT
        return Sign.STRUCK if self.struck else None


@dataclass(slots=True)
class _Styles:
    """What the header tells by id: shapes of characters, grounds of frames, and the frames of paragraphs."""

    shapes: dict[str, _Shape] = field(default_factory=dict)
    grounds: dict[str, Ground] = field(default_factory=dict)
    frames: dict[str, str] = field(default_factory=dict)

    def on(self, frame: str | None, below: Ground) -> Ground:
        """The ground inside a frame that stands on another."""
        return self.grounds.get(frame or "", below)


@dataclass(slots=True)
class _Reader:
    """Reads the sections of one file; `signs` tell what was left out.

    `deleted` is the mark of the tracked deletion that the words now read stand in, `ends` are those that end.
    """

    styles: _Styles
    layout: Layout = field(default_factory=Layout)
    signs: set[Sign] = field(default_factory=set)
    deleted: str | None = None
    ends: frozenset[str] = frozenset()

    def section(self, root: etree._Element, paper: Ground) -> Iterator[Content]:
        """The paragraphs and tables of a section, whose pages may have a colour of their own."""
        self.layout.section(root)
        self.deleted, self.ends = None, frozenset(str(end.get("Id")) for end in root.iter("{*}deleteEnd"))
        for element in root.iter("{*}pageBorderFill"):
            paper = self.styles.on(element.get("borderFillIDRef"), paper)
        return self.paragraphs(root, paper)

    def paragraphs(self, parent: etree._Element, ground: Ground) -> Iterator[Content]:
        """The paragraphs and tables below an element, also where a careless writer left out what stands between."""
        for element in elements(parent):
            name = name_of(element)
            if name == "p":
                words = _Words(self.layout.page_of(element))
                below = self.styles.on(self.styles.frames.get(str(element.get("paraPrIDRef"))), ground)
                for run in elements(element):
                    if name_of(run) not in _LEFT_OUT:
                        yield from self._run(run, words, below)
                yield from words.flush()
            elif name == "tbl":
                yield self._frame(element, ground)
            elif name not in _LEFT_OUT:
                yield from self.paragraphs(element, _inside(element, ground))

    def _run(self, run: etree._Element, words: _Words, ground: Ground) -> Iterator[Content]:
        """What a run holds besides its words, which are gathered; a box or a table ends the words before it."""
        shape = self.styles.shapes.get(str(run.get("charPrIDRef")), _Shape())
        sign = shape.sign(ground)
        for element in elements(run):
            match name_of(element):
                case "t" if sign:
                    text = self._typed(element)
                    self.signs.update([sign] if text.strip() else [])
                    words.add(seam(text), shape.size)
                case "t":
                    words.add(self._typed(element), shape.size)
                case "checkBtn" | "radioBtn" | "btn" | "comboBox" | "edit":
                    words.add(_button(element), shape.size)
                case "tbl":
                    yield from words.flush()
                    yield self._frame(element, ground)
                case name if name not in _LEFT_OUT:
                    self.signs.update([Sign.HIDDEN_TEXT] if _holds_remark(element) else [])
                    yield from self._held(element, words, ground)

    def _typed(self, element: etree._Element) -> str:
        """The characters of a text element without those that tracked changes have deleted, however far they reach."""
        done = [self._kept(element.text)]
        for child in element:
            name = name_of(child) if isinstance(child.tag, str) else ""
            if name == "deleteBegin":
                self.deleted = str(child.get("Id"))
            elif name == "deleteEnd":
                self.deleted = None
            done += [self._kept(_SPACES.get(name)), self._kept(child.tail)]
        if self.deleted not in self.ends:
            self.deleted = None  # one that ends nowhere reaches no further than its element
        return "".join(done)

    def _kept(self, text: str | None) -> str:
        """The text, or what stands in its place where it is deleted."""
        if self.deleted is None or not text:
            return text or ""
        self.signs.update([Sign.STRUCK] if text.strip() else [])
        return seam(text)

    def _held(self, element: etree._Element, words: _Words, ground: Ground) -> Iterator[Content]:
        """The paragraphs of notes, captions and text boxes, however deep in a drawing they stand."""
        for part in self.paragraphs(element, _inside(element, ground)):
            yield from words.flush()
            yield part

    def _frame(self, table: etree._Element, ground: Ground) -> Frame:
        rows = list(self._rows(table, ground))
        return Frame(tuple(cells for cells, _ in rows), tuple(span for _, span in rows))

    def _rows(self, table: etree._Element, ground: Ground) -> Iterator[tuple[tuple[Cell, ...], tuple[int, int]]]:
        """The cells of each row, with its first and last page."""
        zones = table.iter("{*}cellzone")
        ground = self.styles.on(table.get("borderFillIDRef"), ground)
        if any(zone.get("borderFillIDRef") in self.styles.grounds for zone in zones):
            ground = None  # some of its cells stand on another ground
        for row in elements(table):
            if name_of(row) == "tr":
                cells = tuple(self._cell(cell, ground) for cell in elements(row) if name_of(cell) == "tc")
                yield cells, self.layout.span_of(row)
            elif name_of(row) == "caption":
                caption = tuple(part for held in elements(row) for part in self.paragraphs(held, ground))
                yield (Cell(caption),) if caption else (), self.layout.span_of(row)

    def _cell(self, cell: etree._Element, ground: Ground) -> Cell:
        rows = columns = 1
        for child in elements(cell):
            if name_of(child) == "cellSpan":
                rows, columns = int(child.get("rowSpan") or 1), int(child.get("colSpan") or 1)
        ground = self.styles.on(cell.get("borderFillIDRef"), ground)
        return Cell(tuple(self.paragraphs(cell, ground)), rows, columns)


def read(raw: bytes, source: Source) -> Document:
    """Read an HWPX file. Raises LoadError where it is locked, damaged, too large or holds no text."""
    found = parts(raw, source, _WANTED)
    if ENCRYPTED in found.get(MANIFEST, b""):
        raise refusal(source, ResultCode.ENCRYPTED)
    numbered = sorted((int(match[1]), name) for name in found if (match := HANGUL_SECTION.fullmatch(name)))
    if not numbered:
        raise refusal(source, ResultCode.CORRUPT, "section")
    # Behind the text may lie a picture or a dark shape on any page.
    paper = None if any(_BEHIND in part for part in found.values()) else PAPER
    try:
        reader = _Reader(_styles(found.get(HEADER, b"")))
        content = [part for _, name in numbered for part in reader.section(_tree(found[name]), paper)]
    except (etree.XMLSyntaxError, ValueError, RecursionError) as error:
        raise refusal(source, ResultCode.CORRUPT, type(error).__name__) from error
    signs = [*(sign for sign in Sign if sign in reader.signs), *([] if HEADER in found else [Sign.PARTIAL])]
    return document(source, content, signs, paged=reader.layout.is_sure)


def _tree(raw: bytes) -> etree._Element:
    return etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _styles(header: bytes) -> _Styles:
    """The styles of the header; none where there is no header."""
    styles = _Styles()
    for element in elements(_tree(header).iter()) if header else ():
        match name_of(element):
            case "borderFill":
                styles.grounds.update({str(element.get("id")): ground for ground in _filled(element)})
            case "paraPr":
                for border in elements(element):
                    if name_of(border) == "border":
                        styles.frames[str(element.get("id"))] = str(border.get("borderFillIDRef"))
    for element in elements(_tree(header).iter()) if header else ():
        if name_of(element) == "charPr":
            styles.shapes[str(element.get("id"))] = _shape(element, styles)
    return styles


def _shape(element: etree._Element, styles: _Styles) -> _Shape:
    shade = colour_of(element.get("shadeColor"))
    frame = str(element.get("borderFillIDRef"))
    size = int(element.get("height") or 0) / 100
    ink = colour_of(element.get("textColor")) or INK
    struck = any(name_of(mark) == "strikeout" and mark.get("shape") not in _UNSTRUCK for mark in elements(element))
    if shade is None or shade == PAPER:  # writers leave white where they mean none
        return _Shape(size, ink, styles.grounds.get(frame, PAPER), frame in styles.grounds, struck)
    return _Shape(size, ink, shade, has_ground=True, struck=struck)


def _filled(frame: etree._Element) -> Iterator[Ground]:
    """The ground that a frame or a drawing is filled with; nothing where one looks through it."""
    for brush in elements(frame.iter()):
        match name_of(brush):
            case "winBrush" if brush.get("hatchStyle"):
                yield None
            case "winBrush":
                colour = colour_of(brush.get("faceColor"))
                yield from [colour] if colour else []
            case "gradation" | "imgBrush":
                yield None


def _inside(element: etree._Element, ground: Ground) -> Ground:
    """The ground of words in a drawing; one that has no fill may stand on anything."""
    if name_of(element) not in _DRAWN:
        return ground
    brushes = [child for child in elements(element) if name_of(child) == "fillBrush"]
    return next((filled for brush in brushes for filled in _filled(brush)), None)


def _holds_remark(element: etree._Element) -> bool:
    """Whether a control holds words that only a writer sees."""
    remarks = [child for child in elements(element) if name_of(child) == "hiddenComment"]
    return any(str(text).strip() for remark in remarks for text in remark.itertext())


def _button(element: etree._Element) -> str:
    """A field of a form as it is printed: its box, ticked or not, and its words."""
    box = {"CHECKED": CHECKED, "UNCHECKED": UNCHECKED}.get(str(element.get("value")), "")
    text = "".join(str(child.text or "") for child in elements(element) if name_of(child) == "text")
    return f"{box}{element.get('caption') or text}".replace("&&", "&")
