"""Leaves: a page of a document and a quote flow in; its words, those of the quote apart, and its addresses flow out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from rag.domain import Document
from rag.lit import Span, lit

DRAWN = ".pdf"
"""The ending of files whose pages can be shown as pictures."""
LONGEST_MARK = 500
"""Letters of a quote; one that is longer is known by its beginning."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words of a page; `is_lit` where they are those of the quote."""

    text: str
    is_lit: bool


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a document as it is shown. `number` and `pages` count from 1; `picture` is "" where none is drawn."""

    title: str
    publisher: str
    published_on: str
    number: int
    pages: int
    is_paged: bool
    is_recognised: bool
    mark: str
    text: tuple[Stretch, ...]
    picture: str
    before: str
    after: str
    original: str
    address: str

    @property
    def is_found(self) -> bool:
        """Whether the words of the quote stand here."""
        return any(stretch.is_lit for stretch in self.text)


def leaf_of(document: Document, number: int, mark: str) -> Leaf:
    """A page from 1 to the last one of the document; of `mark` the beginning counts."""
    source, told = document.source, mark[:LONGEST_MARK].strip()
    text = document.page_text(number)
    spans = lit(text, told)
    here = f"/sources/{quote(source.id, safe='')}"
    is_drawn = source.path.lower().endswith(DRAWN)
    original = f"/documents/{quote(source.id, safe='')}"
    lit_there = f"?{urlencode({'mark': told})}" if spans else ""
    return Leaf(
        title=source.title or source.id,
        publisher=source.publisher,
        published_on=source.published_on,
        number=number,
        pages=document.page_count,
        is_paged=source.paged,
        is_recognised=source.is_recognised((number, number)),
        mark=told,
        text=tuple(_stretches(text, spans)),
        picture=f"{here}/{number}.png{lit_there}" if is_drawn else "",
        before=f"{here}/{number - 1}" if number > 1 else "",
        after=f"{here}/{number + 1}" if number < document.page_count else "",
        original=f"{original}#page={number}" if is_drawn else original,
        address=source.url if source.url and source.url.startswith(("https://", "http://")) else "",
    )


def _stretches(text: str, spans: tuple[Span, ...]) -> Iterator[Stretch]:
    at = 0
    for first, end in sorted(spans):
        if first < at:
            continue
        if first > at:
            yield Stretch(text[at:first], False)
        yield Stretch(text[first:end], True)
        at = end
    if text[at:]:
        yield Stretch(text[at:], False)
