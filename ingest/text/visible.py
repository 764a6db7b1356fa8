"""Visible: a block as typed flows in; without what its own characters hide, turn about or strike, it flows out."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace

from rag.domain import Block, Sign, Table

_DROPPED = re.compile(
    r"[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u00ad\U000e0000-\U000e007f\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)
_TURNED, _POPPED = "\u202e", "\u202c"
"""From the first to the second, or the end of the line, a page shows letters from right to left."""
_STROKES = frozenset("\u0335\u0336")
"""Strike out the character before them."""


def visible(block: Block, signs: set[Sign]) -> Block:
    """The block in composed text without invisible characters; `signs` are told of words that are left out.

    Words that are typed to be shown from right to left are left out, for their digits are not those that one reads.
    """

    def seen(text: str) -> str:
        # Pages made from a database often escape twice: "&amp;#40;" is a bracket that nobody meant to show so.
        text = html.unescape(text) if "&" in text and ";" in text else text
        text = _kept(text, _TURNED, _upright, Sign.HIDDEN_TEXT, signs)
        for stroke in _STROKES:
            text = _kept(text, stroke, _unstruck, Sign.STRUCK, signs)
        return _DROPPED.sub("", unicodedata.normalize("NFC", text)).replace("\u00a0", " ").replace("\t", " ")

    if isinstance(block, Table):
        return replace(block, rows=tuple(tuple(cell and seen(cell) for cell in row) for row in block.rows))
    return replace(block, text=seen(block.text))


def _kept(text: str, mark: str, keep: Callable[[str], Iterator[str]], sign: Sign, signs: set[Sign]) -> str:
    if mark not in text:
        return text
    kept = "".join(keep(text))
    if len("".join(kept.split())) < len("".join(text.replace(mark, "").replace(_POPPED, "").split())):
        signs.add(sign)
    return kept


def _upright(text: str) -> Iterator[str]:
    turned = False
    for letter in text:
        turned = letter == _TURNED or (turned and letter not in (_POPPED, "\n"))
        if not turned:
            yield letter


def _unstruck(text: str) -> Iterator[str]:
    for letter, after in zip(text, f"{text[1:]} ", strict=True):
        if letter not in _STROKES and after not in _STROKES:
            yield letter
