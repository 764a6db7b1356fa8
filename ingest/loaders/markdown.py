"""Markdown: bytes flow in, a Document of headings, paragraphs and tables on one page flows out."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.loaders.text import decode
from ingest.report import ResultCode, refusal
from rag.domain import Block, Document, Heading, Paragraph, Source, Table

PAGE = 1
COVERED = "^^"
"""A table cell that the merged cell above it covers."""

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")


def read(raw: bytes, source: Source) -> Document:
    """Read a Markdown file; a list item keeps its bullet, comments are dropped. Raises LoadError."""
    # Indented lines are nested remarks in guides, hardly ever program code.
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable(["code", "lheading"])
    blocks = tuple(_blocks(parser.parse(decode(raw, source).replace("\f", "\n"))))
    if not blocks:
        raise refusal(source, ResultCode.NO_TEXT)
    return Document(replace(source, paged=False), blocks, PAGE)


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    bullets = ""
    level = 0
    rows: list[list[str | None]] = []
    for token in tokens:
        match token.type:
            case "list_item_open":
                # "2025. 3. 4. ~" parses as lists in lists: the marks are gathered until words follow.
                bullets += f"{token.info}{token.markup} "
            case "list_item_close" if bullets:
                yield Paragraph(PAGE, bullets.strip())
                bullets = ""
            case "heading_open":
                level = int(token.tag[1])
            case "heading_close" | "table_open":
                level, rows = 0, []
            case "tr_open":
                rows.append([])
            case "table_close":
                yield Table(PAGE, tuple(tuple(row) for row in rows))
                rows = []
            case "inline" if rows:
                cell = _words(token)
                rows[-1].append(None if cell == COVERED else cell)
            case "inline" | "html_block" | "fence":
                text = (bullets + _words(token)).strip()
                bullets = ""
                if text and level:
                    yield Heading(PAGE, level, text.replace("\n", " "))
                elif text:
                    yield Paragraph(PAGE, text)
    if bullets:
        yield Paragraph(PAGE, bullets.strip())


def _words(token: Token) -> str:
    """The words of a token without marks; a link keeps its address behind its words."""
    if token.type == "fence":
        return token.content.strip()
    if token.type == "html_block":
        return _plain(token.content)
    parts: list[str] = []
    links: list[tuple[str, int]] = []
    for child in token.children or ():
        match child.type:
            case "text" | "code_inline" | "image":
                parts.append(child.content)
            case "softbreak" | "hardbreak":
                parts.append("\n")
            case "html_inline":
                parts.append("\n" if child.content.startswith("<br") else _plain(child.content))
            case "link_open":
                links.append((str(child.attrGet("href") or ""), len(parts)))
            case "link_close":
                address, start = links.pop()
                shown = "".join(parts[start:])
                parts.append("" if address.endswith(shown) else f"({address})")
    return "\n".join(" ".join(line.split()) for line in "".join(parts).split("\n")).strip()


def _plain(text: str) -> str:
    without = _TAG.sub(" ", _COMMENT.sub("", text))
    return "\n".join(line for line in (" ".join(html.unescape(line).split()) for line in without.split("\n")) if line)
