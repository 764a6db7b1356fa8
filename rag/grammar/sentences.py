"""Sentences: a text flows in; its morphemes around a place flow out, read a sentence at a time where asked for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from rag.text import Word, tagged

# A sentence without an end is read in pieces of so many letters, so that time grows with the length of the text alone.
_LONGEST = 200
_SENTENCE = re.compile(r"[^.?!\n]+[.?!\n]*|[.?!\n]+")


class Sentences:
    """The morphemes of a text, a sentence at a time and only where they are asked for; places are those of the text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._spans = tuple(_spans(text))
        self._starts = [first for first, _ in self._spans]
        self._read: dict[int, list[Word]] = {}

    def around(self, start: int, end: int) -> tuple[list[Word], list[Word], list[Word]]:
        """The morphemes of the sentence before, across and after [start, end)."""
        words = self._words(self._at(start))
        return (
            [w for w in words if w.end <= start and w.start < start],
            [w for w in words if w.start < end and w.end > start],
            [w for w in words if w.start >= end],
        )

    def between(self, start: int, end: int) -> Iterator[Word]:
        """The morphemes of all sentences within [start, end)."""
        for at in range(self._at(start), min(self._at(end) + 1, len(self._spans))):
            yield from (w for w in self._words(at) if start <= w.start and w.end <= end)

    def _at(self, position: int) -> int:
        return max(bisect_right(self._starts, position) - 1, 0)

    def _words(self, at: int) -> list[Word]:
        if at not in self._read:
            first, last = self._spans[at] if self._spans else (0, 0)
            words = tagged(self._text[first:last])
            self._read[at] = [w._replace(start=w.start + first, end=w.end + first) for w in words]
        return self._read[at]


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of a text; a long one is cut at white space, a run without any where it is too long."""
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        while end - start > _LONGEST:
            cut = text.rfind(" ", start + 1, start + _LONGEST)
            cut = cut if cut > start else start + _LONGEST
            yield start, cut
            start = cut
        yield start, end
