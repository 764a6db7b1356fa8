"""Lit words: a text and a quote flow in; where the quote stands in it, however either is spaced, flows out."""

from __future__ import annotations

import unicodedata
from itertools import groupby

Span = tuple[int, int]
"""First letter and the one behind the last, counted from 0."""
_BREAKS = "\t\n/"
LEAST = 2
"""Letters of a part of a quote that is looked for by itself."""


def lit(text: str, quote: str) -> tuple[Span, ...]:
    """The spans of a quote; where it does not stand as a whole, those of its cells and lines that do, in their order.

    Of a cell that stands in several places the one counts that is nearest to the longest cell.
    """
    bare, places = _bare(text)
    whole, _ = _bare(quote)
    if not whole:
        return ()
    if (at := bare.find(whole)) >= 0:
        return (_span(places, at, len(whole)),)
    cells = ("".join(letters) for is_break, letters in groupby(quote, _BREAKS.__contains__) if not is_break)
    parts = [part for cell in cells if len(part := _bare(cell)[0]) >= LEAST and part in bare]
    if not parts:
        return ()
    anchor = bare.find(max(parts, key=len))
    return tuple(_span(places, _nearest(bare, part, anchor), len(part)) for part in dict.fromkeys(parts))


def _nearest(bare: str, part: str, anchor: int) -> int:
    before, behind = bare.rfind(part, 0, anchor + len(part)), bare.find(part, anchor)
    found = [at for at in (before, behind) if at >= 0]
    return min(found, key=lambda at: abs(at - anchor))


def _span(places: list[int], at: int, length: int) -> Span:
    return places[at], places[at + length - 1] + 1


def _bare(text: str) -> tuple[str, list[int]]:
    """The letters without what is blank, each as it is compared, and the place of each in the text."""
    letters, places = [], []
    for place, letter in enumerate(text):
        for each in unicodedata.normalize("NFKC", letter).casefold():
            if not each.isspace() and each.isprintable():
                letters.append(each)
                places.append(place)
    return "".join(letters), places
