"""Sentences: pieces of a text flow in as they come; whole sentences or lines flow out as soon as they are complete."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, AsyncIterator, Iterator

LONGEST = 1200
"""Letters after which a sentence that does not end is taken as it is."""

# A line ends; or a sentence, with its closing marks, once the next one has begun. "1. 신청" ends nothing.
_END = re.compile(r"\n|(?:(?<!\d)\.|[!?。])[\"'’”)*]*(?:\s*\[[\d,;\s]*\])*(?=[ \t]+[^\s\[])")


async def sentences(pieces: AsyncIterator[str]) -> AsyncGenerator[tuple[str, str], None]:
    """Pairs of the white space before a sentence and the sentence; rows of tables stay whole."""
    waiting = ""
    async for piece in pieces:
        waiting += piece
        while end := _end(waiting):
            yield _parted(waiting[:end])
            waiting = waiting[end:]
    if waiting.strip():
        yield _parted(waiting)


def sentences_of(text: str) -> Iterator[tuple[str, str]]:
    """The same of a whole text, with the white space as it stands."""
    while text.strip():
        end = _end(text) or len(text)
        bare = text[:end].lstrip()
        yield text[: end - len(bare)], bare
        text = text[end:]


def _end(text: str) -> int:
    """Where the first sentence of the text ends, 0 where it is not known yet."""
    start = len(text) - len(text.lstrip())
    for match in _END.finditer(text, start):
        if match[0] == "\n" or not text[start:].startswith("|"):
            return match.start() if match[0] == "\n" else match.end()
    return len(text) if len(text) - start > LONGEST else 0


def _parted(text: str) -> tuple[str, str]:
    """White space as it counts in Markdown: at most one blank line, and the indent of a nested point."""
    bare = text.strip()
    before = text[: len(text) - len(text.lstrip())]
    lines = before.count("\n")
    indent = before.rpartition("\n")[2][:4] if lines else ""
    return ("\n" * min(lines, 2) + indent) if lines else (" " if before else ""), bare
