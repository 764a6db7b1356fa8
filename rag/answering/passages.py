"""Passages: words flow in; the lines of the documents that speak of them, beside any record, flow out."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answering.meanings import Meanings
from rag.domain import Chunk
from rag.plan import Ask, Fact, Nothing, Outcome, Passages
from rag.ports import WordVectors
from rag.shelf import Shelf
from rag.text import squash

_CHUNKS, _LINES = 6, 3
# A line answers where it says at least this share of the words; a passage, where all its lines together do.
_SAYS, _NEAR_BEST = 0.5, 0.75
_LONGEST = 220


def passages(words: str, shelf: Shelf, vectors: WordVectors, names: Sequence[str] = ()) -> Outcome:
    """The lines that say most of the words, at most three, from the passages found; Nothing where none does.

    Where something was named, only passages that hold every word of the names count.
    """
    wanted = [squash(word).casefold() for name in names for word in name.split()]
    found = (hit.chunk for hit in shelf.find(words, _CHUNKS))
    chunks = [chunk for chunk in found if all(word in squash(chunk.indexed_text).casefold() for word in wanted)]
    lines = [(chunk, line.strip()) for chunk in chunks for line in chunk.text.split("\n") if len(line.strip()) > 3]
    if not lines:
        return Nothing(words)
    meanings = Meanings([f"{_above(chunk)} {line}" for chunk, line in lines], vectors)
    shares = meanings.coverage(meanings.terms(words), list(range(len(lines))))
    best = float(shares.max())
    if best < _SAYS:
        return Nothing(words)
    ranked = sorted(range(len(lines)), key=lambda at: -shares[at])
    facts: dict[str, Fact] = {}
    for at in ranked:
        if shares[at] < best * _NEAR_BEST or len(facts) == _LINES:
            break
        chunk, line = lines[at]
        evidence = shelf.evidence(chunk, line)
        if evidence:
            facts.setdefault(squash(line), Fact(Ask.THING, line[:_LONGEST], (evidence,), label=_above(chunk)))
    return Passages(words, tuple(facts.values())) if facts else Nothing(words)


def _above(chunk: Chunk) -> str:
    return chunk.section.rpartition(" > ")[2]
