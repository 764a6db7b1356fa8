"""Sections: a clean Document flows in, its Sections flow out; every block stands in exactly one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from rag.domain import Block, Document, Heading, Paragraph, Section

TITLE_CHARACTERS = 40
"""A numbered line longer than this is a statement, not a title."""

_MARKS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(r"(?:[Ⅰ-Ⅻ]|[IVX]{1,4}(?=[.\s]))\.?\s*\S")),
    (2, re.compile(r"\d{1,2}\.\s+\S")),
    (3, re.compile(r"\d{1,2}-\d{1,2}\.?\s+\S")),
    (3, re.compile(r"[가나다라마바사아자차카타파하]\.\s+\S")),
    (4, re.compile(r"□\s*\S")),
    (4, re.compile(r"【[^【】]+】$")),
    (5, re.compile(r"◇\s*\S")),
)
_NUMERAL = re.compile(r"[Ⅰ-Ⅻ]|[IVX]{1,4}|\d{1,2}")
_PURPOSE = re.compile(r"(?:사업\s?)?(?:목적|개요)(?:\s|$)")
_ITEM = re.compile(r"[-–•·∙○●ㅇ※*→➔▲]|.*\s\d{2,3}$")
_FACT = re.compile(
    r"\d{4}\s*[.년]\s*\d|\d\s*[월일]\b|\d{1,2}\.\s*\d{1,2}\.|~|∼|\d\s*(?:원|만|억|천|%|명|개소|개사)|\d{2,4}-\d{3,4}|@|://|[:：]\s*\S"
    r"|상시(?!\s*근로자)|수시|연중|소진|마감|까지(?:\s|$)"
)
_ENDED = re.compile(r"[.!?,;](?:[)\]」』”’\"'])*$|(?:니다|한다|된다|있다|없다|하며|하고|하여)$")


def sections(document: Document) -> list[Section]:
    """Cut at headings: those the format marks or, where it marks none, short lines that read as titles.

    The texts of all sections together are the text of the document, block by block.
    """
    marked = any(isinstance(block, Heading) for block in document.blocks)
    done: list[Section] = []
    path: list[tuple[int, str]] = []
    waiting: list[Block] = []
    for block, following in pairwise([*document.blocks, None]):
        if block is None:
            continue
        level = block.level if isinstance(block, Heading) else 0 if marked else _level(block, following)
        if path and [path[-1][1]] == [above.text for above in waiting] and _NUMERAL.fullmatch(path[-1][1]):
            path[-1] = (path[-1][0], f"{path[-1][1]} {block.text}")
        elif level:
            done.extend(_section(path, waiting))
            path = [*((above, title) for above, title in path if above < level), (level, block.text)]
            waiting = []
        waiting.append(block)
    done.extend(_section(path, waiting))
    return done


def _section(path: list[tuple[int, str]], blocks: list[Block]) -> Iterator[Section]:
    if blocks:
        yield Section(tuple(title for _, title in path), tuple(blocks))


def _level(block: Block, following: Block | None) -> int:
    """Level of a line that reads as a title, else 0; a line that holds a fact is never one."""
    if not isinstance(block, Paragraph):
        return 0
    text = block.text.strip()
    after = following.text.strip() if isinstance(following, Paragraph) else ""
    if _NUMERAL.fullmatch(text):
        return 1 if _is_title(after) else 0
    if not _is_title(text):
        return 0
    if _PURPOSE.match(after) and not _PURPOSE.match(text):
        return 1
    return next((level for level, mark in _MARKS if mark.match(text)), 0)


def _is_title(text: str) -> bool:
    short = 2 <= len(text) <= TITLE_CHARACTERS and "\n" not in text
    return short and not (_FACT.search(text) or _ENDED.search(text) or _ITEM.match(text))
