"""HTML: bytes flow in, a Document of headings, paragraphs and tables of what a visitor sees flows out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.checks.report import ResultCode, refusal
from ingest.labels.fields import is_lead
from ingest.loaders.css import Sheet
from ingest.loaders.flow import Cell, Content, Frame, Text, document, seam
from ingest.loaders.text import decode
from rag.domain import Document, Sign, Source

DROPPED = frozenset(
    {
        "head",
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "header",
        "footer",
        "aside",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "select",
        "button",
        "datalist",
        "dialog",
    }
)
"""What is no part of the page's own text."""
BLOCKS = frozenset(
    {
        "address",
        "article",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
    }
)
DEEPEST = 300
"""Levels of nesting; more is a fault or an attack."""

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_STRONG = frozenset({"b", "strong"})
_CHARSET = re.compile(rb"<meta[^<>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_KOREAN = frozenset({"euc-kr", "ks_c_5601-1987", "ksc5601", "cp949", "ms949", "windows-949", "x-windows-949"})


class _Reader:
    """Reads one page; `signs` tell what was left out."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self.signs: set[Sign] = set()
        self.sheet = Sheet(tree)

    def content(self, node: LexborNode, depth: int = 0, *, ground: bool = False) -> Iterator[Content]:
        """The paragraphs, headings and tables below a node; words between blocks are paragraphs too."""
        words: list[str] = []
        level = _HEADINGS.get(node.tag or "", 0)
        for part in self._parts(node, depth, ground):
            if isinstance(part, str):
                words.append(part)
            else:
                yield Text("".join(words), level=level)
                words.clear()
                yield part
        yield Text("".join(words), level=level)

    def _parts(self, node: LexborNode, depth: int, ground: bool) -> Iterator[str | Content]:
        if depth > DEEPEST:
            raise ValueError("nesting")
        ground = ground or self.sheet.look(node).grounded
        for child in node.iter(include_text=True):
            tag = child.tag or ""
            if tag == "-text":
                yield re.sub(r"\s+", " ", child.text(deep=False))
            elif tag == "br":
                yield "\n"
            elif tag in DROPPED:
                continue
            elif self._left_out(child, ground):
                yield seam(child.text())
            elif tag == "table":
                yield Frame(tuple(self._rows(child, depth + 1, ground)))
            elif tag in BLOCKS:
                yield from self.content(child, depth + 1, ground=ground)
            else:
                yield from self._parts(child, depth + 1, ground)
                if tag in _STRONG and _leads(child):
                    yield ":"

    def _rows(self, node: LexborNode, depth: int, ground: bool) -> Iterator[tuple[Cell, ...]]:
        for child in node.iter():
            if child.tag in DROPPED:
                continue
            left_out = self._left_out(child, ground)
            if child.tag == "tr" and left_out is not Sign.HIDDEN_TEXT:
                cells = tuple(self._cells(child, depth, ground))
                yield tuple(replace(cell, content=()) for cell in cells) if left_out else cells
            elif left_out:
                continue
            elif child.tag == "caption":
                yield (Cell(tuple(self.content(child, depth, ground=ground))),)
            else:
                yield from self._rows(child, depth, ground)

    def _cells(self, row: LexborNode, depth: int, ground: bool) -> Iterator[Cell]:
        for child in row.iter():
            left_out = self._left_out(child, ground)
            if left_out is Sign.HIDDEN_TEXT:
                continue
            # A cell whose words are struck keeps its place, and the others theirs.
            content = () if left_out else tuple(self.content(child, depth + 1, ground=ground))
            yield Cell(content, _span(child, "rowspan"), _span(child, "colspan"))

    def _left_out(self, node: LexborNode, ground: bool) -> Sign | None:
        """Why the words of an element are left out, noted where there are any; `None` where they are seen and hold."""
        sign = self.sheet.sign(node, grounded=ground)
        if sign and node.text().strip():
            self.signs.add(sign)
        return sign


def read(raw: bytes, source: Source) -> Document:
    """Read an HTML page. Raises LoadError where it is too deep or holds no text."""
    tree = LexborHTMLParser(_decoded(raw, source))
    if tree.body is None:
        raise refusal(source, ResultCode.NO_TEXT)
    try:
        reader = _Reader(tree)
        content = list(reader.content(tree.body))
    except (ValueError, RecursionError) as error:
        raise refusal(source, ResultCode.UNSAFE, "nesting") from error
    signs = [sign for sign in Sign if sign in reader.signs]
    is_cut = b"<html" in raw[:4096].lower() and b"</html" not in raw[-4096:].lower()
    return document(source, content, [*signs, *([Sign.PARTIAL] if is_cut else [])])


def _decoded(raw: bytes, source: Source) -> str:
    charset = _CHARSET.search(raw[:4096])
    if charset and charset[1].decode("ascii").lower() in _KOREAN:
        return raw.decode("cp949", errors="replace")
    return decode(raw, source)


def _leads(strong: LexborNode) -> bool:
    """Whether emphasised words begin their block and name the field that the words behind them give."""
    before, after = strong.prev, strong.next
    begins = before is None or (before.tag == "-text" and not before.text().strip() and before.prev is None)
    is_first = begins and strong.parent is not None and strong.parent.tag in BLOCKS
    return is_first and after is not None and after.tag == "-text" and is_lead(strong.text(), after.text())


def _span(node: LexborNode, name: str) -> int:
    value = node.attributes.get(name) or ""
    return int(value) if value.isdecimal() and len(value) < 6 else 1
