"""Reading pages: HTML and a selector flow in, what a test looks at flows out."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode


def first(page: LexborHTMLParser, selector: str) -> LexborNode:
    """The first that is selected, which a test takes to be there."""
    node = page.css_first(selector)
    assert node is not None, selector
    return node
