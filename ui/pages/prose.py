"""Prose: a line of an answer flows in as Markdown with marks; HTML flows out, nothing of it but ours."""

from __future__ import annotations

import re
from collections.abc import Collection

from markdown_it import MarkdownIt
from markupsafe import Markup, escape

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable("image")
_MARK = re.compile(r"\s*\[(\d{1,3})\](?![^<]*>)")
PHONE = re.compile(r"(?<![\d-])(0\d{1,2}-\d{3,4}-\d{4}|1[568]\d{2}-\d{4})(?![\d-])(?![^<]*>)(?![^<]*</a>)")
_ADDRESS = re.compile(
    r"(https?://|www\.)([A-Za-z0-9.-]+\.[a-z]{2,}(?:[/?#][A-Za-z0-9./?#=&;%_~+-]*)?)(?![^<]*>)(?![^<]*</a>)"
)
_GO = "바로가기"


def prose(text: str, marks: Collection[int] = (), id_: str = "") -> Markup:
    """One line; of its marks those that are known lead to their source below, the others are left out.

    A telephone number can be called by a tap, and an address stands there as a way to it, not as letters.
    """

    def mark(found: re.Match[str]) -> str:
        number = int(found[1])
        if number not in marks:
            return ""
        return f'<a class="mark" href="#s-{escape(id_)}-{number}" aria-label="출처 {number}">{number}</a>'

    html: str = _MARKDOWN.renderInline(text)
    html = re.sub(r'<a href="(?!#)', '<a rel="noopener noreferrer" href="', html)
    html = _ADDRESS.sub(_way, html)
    html = PHONE.sub(lambda found: f'<a class="tel" href="tel:{found[1].replace("-", "")}">{found[1]}</a>', html)
    return Markup(_MARK.sub(mark, html).strip())


def _way(found: re.Match[str]) -> str:
    scheme = "http://www." if found[1] == "www." else found[1]
    return f'<a rel="noopener noreferrer" href="{scheme}{found[2]}">{_GO}</a>'


def bare(text: str) -> str:
    """A line as it is read aloud or copied: without signs of Markdown and marks."""
    return re.sub(r"\s*\[\d{1,3}\]", "", text.replace("**", "")).strip()
