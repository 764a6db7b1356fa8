"""Markup: HTML of a notice or a list page flows in; whole, harmless HTML or the items of the list flow out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from rag.errors import CollectFailed
from rag.messages import collecting as said

_LEFT_OUT = ("script", "style", "iframe", "object", "embed", "form", "link", "meta", "base", "template")


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list page: what its link is called and leads to, and the words of its date, if any."""

    title: str
    url: str
    date: str = ""


def whole(fragment: str) -> str:
    """A fragment with every tag closed and nothing that runs or loads, so that it cannot end the page around it."""
    tree = LexborHTMLParser(f"<body>{fragment}</body>")
    if tree.body is None:
        return ""
    # One after another: what lies within one that is gone must not be asked.
    while node := tree.css_first(", ".join(_LEFT_OUT)):
        node.decompose()
    return tree.body.inner_html or ""


def text_of(fragment: str) -> str:
    """The words of a fragment."""
    body = LexborHTMLParser(fragment).body
    return " ".join(body.text(separator=" ").split()) if body else ""


def items(page: bytes, url: str, selectors: Mapping[str, str], name: str) -> tuple[tuple[Item, ...], str]:
    """The items of a list page at an address, and the address of the next page, "" where there is none.

    Raises CollectFailed where a selector is none.
    """
    tree = LexborHTMLParser(page)
    found = []
    for node in _all(tree, selectors["item"], name):
        link = _first(node, selectors["link"], name)
        href = (link.attributes.get("href") or "").strip() if link else ""
        if link is None or not href or href.startswith(("javascript:", "#")):
            continue
        title = _first(node, selectors["title"], name) if "title" in selectors else link
        day = _first(node, selectors["date"], name) if "date" in selectors else None
        found.append(Item(_words(title or link), urljoin(url, href), _words(day) if day else ""))
    following = next(iter(_all(tree, selectors["next"], name)), None) if "next" in selectors else None
    href = (following.attributes.get("href") or "") if following else ""
    return tuple(found), urljoin(url, href) if href and not href.startswith(("javascript:", "#")) else ""


def _words(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ").split())


def _all(tree: LexborHTMLParser | LexborNode, selector: str, name: str) -> list[LexborNode]:
    try:
        return list(tree.css(selector))
    except (SelectolaxError, ValueError) as error:
        raise CollectFailed(said.BAD_SELECTOR.format(name=name, selector=selector)) from error


def _first(node: LexborNode, selector: str, name: str) -> LexborNode | None:
    return next(iter(_all(node, selector, name)), None)
