"""Marking: a text with marks in brackets flows in, the bare text with its spans flows out, and back.

`[words|role]` marks words, `[words|?ask]` words that ask; a sign after the role is the polarity (`-` out, `!` must,
`~` claim), `=value` what the words stand for. People write readings in this form, since offsets cannot be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rag.plan import Ask, Polarity, Role, Span

BOUND = "‖"
"""Divides the parts of a marked text."""

_MARK = re.compile(r"\[([^\[\]|]+)\|(\??)([a-z_]+)([-!~]?)(?:=([a-z_]+))?\]")
_SIGNS = {"": Polarity.SAID, "-": Polarity.OUT, "!": Polarity.MUST, "~": Polarity.CLAIM}
_SIGN_OF = {polarity: sign for sign, polarity in _SIGNS.items()}


def unmarked(marked: str) -> tuple[str, tuple[Span, ...], tuple[int, ...]]:
    """The bare text, its spans in order, and where its parts after the first begin.

    Raises ValueError where a mark names no role or no ask.
    """
    text, at = "", 0
    spans: list[Span] = []
    bounds: list[int] = []
    for match in _MARK.finditer(marked):
        text, at = _plain(text, marked[at : match.start()], bounds), match.end()
        words, asks, role, sign, value = match.groups()
        kind = Role.ASK if asks else Role(role)
        stands_for = Ask(role).value if asks else value or ""
        spans.append(Span(len(text), len(text) + len(words), kind, words, _SIGNS[sign], stands_for))
        text += words
    text = _plain(text, marked[at:], bounds)
    return text, tuple(spans), tuple(bounds)


def marked(text: str, spans: Iterable[Span], bounds: Iterable[int] = ()) -> str:
    """The text with its spans and the beginnings of its parts as marks."""
    pieces = dict.fromkeys(bounds, BOUND)
    out, at = [], 0
    for span in sorted(spans, key=lambda span: span.start):
        out.append(_bounded(text, at, span.start, pieces))
        role = f"?{span.value}" if span.role is Role.ASK else span.role.value
        value = f"={span.value}" if span.value and span.role is not Role.ASK else ""
        out.append(f"[{span.words}|{role}{_SIGN_OF[span.polarity]}{value}]")
        at = span.end
    out.append(_bounded(text, at, len(text), pieces))
    return "".join(out)


def _plain(text: str, words: str, bounds: list[int]) -> str:
    """The text with plain words added, their marks of parts noted in `bounds`."""
    first, *rest = words.split(BOUND)
    text += first
    for piece in rest:
        bounds.append(len(text))
        text += piece
    return text


def _bounded(text: str, start: int, end: int, bounds: dict[int, str]) -> str:
    """The plain text from `start` to `end`, with the marks of the parts that begin there or at its end."""
    return "".join(bounds.get(at, "") + text[at] for at in range(start, end)) + bounds.get(end, "")
