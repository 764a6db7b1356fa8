"""Markdown: bytes flow in, a Document of headings, paragraphs and tables on one page flows out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.strikethrough import tokenize
from markdown_it.token import Token

from ingest.checks.report import ResultCode, refusal
from ingest.labels.fields import is_lead
from ingest.loaders.css import styles_of
from ingest.loaders.marks import Marks
from ingest.loaders.text import decode
from rag.domain import Block, Document, Heading, Paragraph, Sign, Source, Table

PAGE = 1
COVERED = "^^"
"""A table cell that the merged cell above it covers."""


def read(raw: bytes, source: Source) -> Document:
    """Read a Markdown file; a list item keeps its bullet; comments, hidden and struck words go. Raises LoadError."""
    # Indented lines are nested remarks in guides, hardly ever program code.
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable(["code", "lheading"])
    parser.inline.ruler.at("strikethrough", _tildes)
    text = decode(raw, source).replace("\f", "\n")
    marks = Marks(styles_of(text))
    blocks = tuple(_blocks(parser.parse(text), marks))
    if not blocks:
        raise refusal(source, ResultCode.NO_TEXT)
    return Document(replace(source, paged=False), blocks, PAGE, tuple(sign for sign in Sign if sign in marks.signs))


def _tildes(state: StateInline, silent: bool) -> bool:
    """Two tildes strike words out also where they touch a bracket, a full stop or a particle, as Korean writing has it.

    CommonMark closes nothing between a bracket and a letter. Between a digit and what follows, "~~" tells a range.
    """
    start, known = state.pos, len(state.delimiters)
    if not tokenize(state, silent):
        return False
    before, after = state.src[:start][-1:], state.src[state.pos : state.pos + 1]
    for delimiter in state.delimiters[known:]:
        delimiter.open = bool(after.strip()) and not before.isdigit()
        delimiter.close = bool(before.strip())
    return True


def _blocks(tokens: Sequence[Token], marks: Marks) -> Iterator[Block]:
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
                cell = _words(token, marks)
                rows[-1].append(None if cell == COVERED else cell)
            case "inline" | "html_block" | "fence":
                words = _words(token, marks)
                text = (bullets + words).strip() if words else ""
                bullets = ""
                if text and level:
                    yield Heading(PAGE, level, text.replace("\n", " "))
                elif text:
                    yield Paragraph(PAGE, text)
    if bullets:
        yield Paragraph(PAGE, bullets.strip())


def _words(token: Token, marks: Marks) -> str:
    """The words of a token that are seen and hold, without marks; a link keeps its address behind its words."""
    if token.type == "fence":
        return marks.words(token.content).strip()
    if token.type == "html_block":
        return marks.markup(token.content)
    depth = marks.depth
    parts: list[str] = []
    links: list[tuple[str, int]] = []
    children = token.children or []
    for child, after in zip_longest(children, children[1:]):
        match child.type:
            case "strong_close":
                is_first = children[0].type == "strong_open" or not children[0].content.strip()
                if after and after.type == "text" and is_first and is_lead("".join(parts), after.content):
                    parts.append(":")
            case "text" | "code_inline" | "image":
                parts.append(marks.words(child.content))
            case "s_open":
                marks.tag("<s>")
            case "s_close":
                marks.tag("</s>")
            case "softbreak" | "hardbreak":
                parts.append("\n")
            case "html_inline":
                if child.content.startswith("<br"):
                    parts.append("\n")
                elif not child.content.startswith("<!"):
                    marks.tag(child.content)
            case "link_open":
                links.append((str(child.attrGet("href") or ""), len(parts)))
            case "link_close":
                address, start = links.pop()
                shown = "".join(parts[start:])
                parts.append("" if address.endswith(shown) else marks.words(f"({address})"))
    marks.back(depth)
    return "\n".join(" ".join(line.split()) for line in "".join(parts).split("\n")).strip()
