"""HTML: bytes flow in, a Document of headings, paragraphs and tables of what a visitor sees flows out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from ingest.loaders.flow import Cell, Content, Frame, Text, document
from ingest.loaders.text import decode
from ingest.report import ResultCode, refusal
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
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_KOREAN = frozenset({"euc-kr", "ks_c_5601-1987", "ksc5601", "cp949", "ms949", "windows-949", "x-windows-949"})
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PRINT = re.compile(r"@media\s+print\s*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.IGNORECASE)
_RULE = re.compile(r"([^{}@;]+)\{([^{}]*)\}")
_HIDING = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0*)?\s*(?:;|$|!)"
    r"|font-size\s*:\s*[01](?:\.\d*)?(?:px|pt|em|rem|%)?\s*(?:;|$|!)"
    r"|(?:left|top|text-indent|margin-left)\s*:\s*-\d{3,}"
    r"|clip(?:-path)?\s*:\s*(?:rect\(\s*0|inset\(\s*(?:50|100)%)|(?:max-)?(?:height|width)\s*:\s*0(?:px)?\s*(?:;|$|!))",
    re.IGNORECASE,
)
_WHITE = re.compile(
    r"(?:^|;)\s*color\s*:\s*(?:#fff(?:fff)?\b|white\b|transparent\b|rgba?\(\s*255\s*,\s*255\s*,\s*255"
    r"|rgba\([^)]*,\s*0(?:\.0*)?\s*\))",
    re.IGNORECASE,
)
_GROUND = re.compile(r"background(?:-color|-image)?\s*:\s*(?!\s*(?:#fff(?:fff)?\b|white\b|none\b|transparent\b))", re.I)


class _Reader:
    """Reads one page; `hid` tells whether hidden text was left out."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self.hid = False
        rules = list(_rules(tree))
        self.hidden = _chosen(tree, [selector for selector, style in rules if _HIDING.search(style)])
        self.white = _chosen(tree, [selector for selector, style in rules if _is_white(style)])
        self.ground = _chosen(tree, [selector for selector, style in rules if _GROUND.search(style)])

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
        ground = ground or node.mem_id in self.ground or bool(_GROUND.search(_style(node)))
        for child in node.iter(include_text=True):
            tag = child.tag or ""
            if tag == "-text":
                yield re.sub(r"\s+", " ", child.text(deep=False))
            elif tag == "br":
                yield "\n"
            elif tag in DROPPED:
                continue
            elif self._is_hidden(child, ground):
                self.hid = self.hid or bool(child.text().strip())
            elif tag == "table":
                yield Frame(tuple(self._rows(child, depth + 1, ground)))
            elif tag in BLOCKS:
                yield from self.content(child, depth + 1, ground=ground)
            else:
                yield from self._parts(child, depth + 1, ground)

    def _rows(self, node: LexborNode, depth: int, ground: bool) -> Iterator[tuple[Cell, ...]]:
        for child in node.iter():
            if child.tag in DROPPED or self._is_hidden(child, ground):
                self.hid = self.hid or (child.tag not in DROPPED and bool(child.text().strip()))
            elif child.tag == "tr":
                yield tuple(self._cells(child, depth, ground))
            elif child.tag == "caption":
                yield (Cell(tuple(self.content(child, depth, ground=ground))),)
            else:
                yield from self._rows(child, depth, ground)

    def _cells(self, row: LexborNode, depth: int, ground: bool) -> Iterator[Cell]:
        for child in row.iter():
            if self._is_hidden(child, ground):
                self.hid = self.hid or bool(child.text().strip())
                continue
            content = tuple(self.content(child, depth + 1, ground=ground))
            yield Cell(content, _span(child, "rowspan"), _span(child, "colspan"))

    def _is_hidden(self, node: LexborNode, ground: bool) -> bool:
        style = _style(node)
        if "hidden" in node.attributes or node.mem_id in self.hidden or _HIDING.search(style):
            return True
        grounded = ground or node.mem_id in self.ground or bool(_GROUND.search(style))
        return not grounded and (node.mem_id in self.white or _is_white(style))


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
    signs = [Sign.HIDDEN_TEXT] if reader.hid else []
    is_cut = b"<html" in raw[:4096].lower() and b"</html" not in raw[-4096:].lower()
    return document(source, content, [*signs, *([Sign.PARTIAL] if is_cut else [])])


def _decoded(raw: bytes, source: Source) -> str:
    charset = _CHARSET.search(raw[:4096])
    if charset and charset[1].decode("ascii").lower() in _KOREAN:
        return raw.decode("cp949", errors="replace")
    return decode(raw, source)


def _rules(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of the page's own style sheets, as they hold on a screen."""
    for sheet in tree.css("style"):
        text = _PRINT.sub("", _COMMENT.sub("", sheet.text()))
        yield from ((match[1].strip(), match[2]) for match in _RULE.finditer(text))


def _chosen(tree: LexborHTMLParser, selectors: list[str]) -> set[int]:
    """The nodes that any of the selectors means; one that cannot be understood means none."""
    found: set[int] = set()
    for selector in selectors:
        try:
            found |= {node.mem_id for node in tree.css(selector)}
        except (SelectolaxError, ValueError):
            continue
    return found


def _is_white(style: str) -> bool:
    return bool(_WHITE.search(style)) and not _GROUND.search(style)


def _style(node: LexborNode) -> str:
    return node.attributes.get("style") or ""


def _span(node: LexborNode, name: str) -> int:
    value = node.attributes.get(name) or ""
    return int(value) if value.isdecimal() and len(value) < 6 else 1
