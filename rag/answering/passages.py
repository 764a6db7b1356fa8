"""Passages: words flow in; the lines of the documents that speak of them, beside any record, flow out."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answering import figures
from rag.answering.meanings import meanings_of
from rag.answering.picking import words_of
from rag.domain import Chunk
from rag.plan import Ask, Fact, Nothing, Outcome, Part, Passages
from rag.ports import WordVectors
from rag.shelf import Shelf
from rag.text import squash

_CHUNKS, _LINES = 6, 3
# A line answers where it says at least this share of the words; a passage, where all its lines together do.
_SAYS, _NEAR_BEST = 0.5, 0.75
_LONGEST = 220
# A passage outside any programme is told from where it says this share of what is asked; the stories that answered said
# .35 and more, what was asked of anything else .30 and less, one question aside.
_TELLS = 0.35
_OF_EACH, _FIGURE = 2, 0.3
_BELOW = " > "


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
    meanings = meanings_of([f"{_above(chunk)} {line}" for chunk, line in lines], vectors)
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


def stories(part: Part, shelf: Shelf, vectors: WordVectors) -> Outcome:
    """What a document tells outside any programme, as of a firm in an example, line by line for each thing asked.

    A heading above it must say a word of the part; Nothing where none does, or too little is said.
    """
    chunks = [hit.chunk for hit in shelf.find(part.words, _CHUNKS) if not hit.chunk.program]
    if not chunks:
        return Nothing(part.words)
    meanings = meanings_of([f"{chunk.section} {chunk.text}" for chunk in chunks], vectors)
    shares = meanings.coverage(meanings.terms(part.words), list(range(len(chunks))))
    best = int(shares.argmax())
    heading = _named_heading(chunks[best], part.words, vectors)
    if not heading or float(shares[best]) < _TELLS:
        return Nothing(part.words)
    lines = [(chunk, line.strip()) for chunk in shelf.below(heading) for line in chunk.text.split("\n") if line.strip()]
    facts: dict[str, Fact] = {}
    for point in part.points:
        for chunk, line in _nearest(lines, words_of(part, point), vectors):
            evidence = shelf.evidence(chunk, line)
            if evidence:
                facts.setdefault(squash(line), Fact(Ask.THING, line[:_LONGEST], (evidence,), label=_above(chunk)))
    return Passages(part.words, tuple(facts.values())[:_LINES]) if facts else Nothing(part.words)


def _named_heading(chunk: Chunk, words: str, vectors: WordVectors) -> str:
    """The path down to the heading, below the title of the document, that says most of the words; "" for none."""
    path = chunk.section.split(_BELOW)
    meanings = meanings_of(path, vectors)
    said = meanings.coverage(meanings.terms(words), list(range(len(path))))
    most = max(range(1, len(path)), key=lambda at: float(said[at]), default=0)
    return _BELOW.join(path[: most + 1]) if most and said[most] > 0 else ""


def _nearest(lines: Sequence[tuple[Chunk, str]], words: str, vectors: WordVectors) -> list[tuple[Chunk, str]]:
    """The lines that say most of the words, those ahead that hold a figure asked for."""
    wanted = figures.wanted_in(words)
    meanings = meanings_of([f"{_above(chunk)} {line}" for chunk, line in lines], vectors)
    shares = meanings.coverage(meanings.terms(words), list(range(len(lines))))
    scores = [float(share) + _FIGURE * wanted.holds_any(line) for share, (_, line) in zip(shares, lines, strict=True)]
    ranked = sorted(range(len(lines)), key=lambda at: -scores[at])
    return [lines[at] for at in ranked[:_OF_EACH]]


def _above(chunk: Chunk) -> str:
    return chunk.section.rpartition(_BELOW)[2]
