"""Hearsay: chunks and the programmes of all documents flow in; chunks that say nothing against a record flow out.

A passage obeys the law of the records: what a document of less authority says otherwise than what is held, and what
hearsay adds that a reader could act on, stands in no chunk. Staff are told of each line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ingest.corrections.passages import Refuted, without
from ingest.text.chunks import chunk_id
from rag.domain import Chunk, Disputed, Program, Rank, ReviewCode, ReviewItem, Source
from rag.messages import review as said
from rag.standing.actionable import Key, actionable_in, actionable_of
from rag.standing.authority import is_hearsay, rank_of
from rag.standing.editions import Edition, editions, folded
from rag.standing.lookalikes import lookalike, outside_brackets
from rag.text import squash
from rag.trust import trusted

_LEAST, _TELLING = 4, 8
"""Letters of a name below which it may stand in any line, and below which it may be a part of another's name."""


def silenced(
    chunks: Sequence[Chunk], programs: Sequence[Program], sources: Mapping[str, Source]
) -> tuple[tuple[Chunk, ...], tuple[ReviewItem, ...]]:
    """The chunks as they may be told from, and an item for each document and edition of which lines are left out."""
    found = editions([trusted(program) for program in programs], sources.get)
    wrong = [one for edition in found if edition.lesser for one in _refuted(folded(edition))]
    kept = tuple(without(chunks, wrong)) if wrong else tuple(chunks)
    spoken = {id_ for id_, source in sources.items() if is_hearsay(rank_of(source))}
    vouched = [edition for edition in found if any(m.program.source_id not in spoken for m in edition.members)]
    if not spoken or not vouched:
        return kept, ()
    # What a report that staff list tells of another year of a programme is all that is known of that year.
    own: dict[str, set[str]] = {id_: set() for id_ in spoken}
    for edition in found:
        for member in edition.members:
            if member.rank is Rank.PRESS and member not in edition.lesser:
                own[member.program.source_id].add(lookalike(member.program.name))
    return _spoken(kept, own, _Held(vouched), sources)


def _refuted(held: Program) -> Iterator[Refuted]:
    """The lines of other documents that say otherwise than an edition as it is held."""
    for dispute in held.disputes:
        if dispute.field is not Disputed.IDENTITY:
            cells = tuple(squash(cell) for cell in dispute.other.quote.split("\t") if cell.strip())
            yield Refuted(dispute.other.source_id, (cells,) if cells else (), ())


class _Held:
    """The editions that are held, found by the names that words hold; what each states is read once it is named."""

    def __init__(self, found: Sequence[Edition]) -> None:
        self._editions = found
        self._values: dict[int, frozenset[Key]] = {}
        self._heard: dict[tuple[str, str], dict[int, None]] = {}
        self._named: dict[str, dict[str, dict[int, None]]] = {}
        for at, edition in enumerate(found):
            for member in edition.lesser:
                self._heard.setdefault((member.program.source_id, member.program.name), {})[at] = None
            for name in self.names(at):
                self._named.setdefault(name[:_LEAST], {}).setdefault(name, {})[at] = None

    def names(self, at: int) -> frozenset[str]:
        """How an edition is called by those that count, as it looks."""
        edition = self._editions[at]
        told = (m.program for m in edition.members if m not in edition.lesser)
        names = {lookalike(name) for program in told for name in (program.name, *program.aliases)}
        return frozenset(name for name in names if len(name) >= _LEAST)

    def about(self, chunk: Chunk, own: set[str]) -> list[int]:
        """The editions that a chunk is about or names, in its text or in the headings above it, but for its own."""
        told, mine = f"{chunk.program} {chunk.context} {chunk.text}", lookalike(chunk.program)
        found = dict(self._heard.get((chunk.source_id, chunk.program), {}))
        for words in (lookalike(told), lookalike(outside_brackets(told))):
            for start in {words[at : at + _LEAST] for at in range(len(words))}:
                for name, ats in self._named.get(start, {}).items():
                    is_part = len(name) < _TELLING and name in mine != name
                    found |= ats if name in words and not is_part else {}
        return [at for at in found if own.isdisjoint(self.names(at))]

    def values(self, at: int) -> frozenset[Key]:
        """Every value that an edition states."""
        if at not in self._values:
            edition = self._editions[at]
            told = (m.program for m in edition.members if m not in edition.lesser)
            self._values[at] = frozenset[Key]().union(actionable_of(folded(edition)), *map(actionable_of, told))
        return self._values[at]

    def name(self, at: int) -> str:
        """The name of an edition."""
        return folded(self._editions[at]).name


def _spoken(
    chunks: Sequence[Chunk], own: Mapping[str, set[str]], held: _Held, sources: Mapping[str, Source]
) -> tuple[tuple[Chunk, ...], tuple[ReviewItem, ...]]:
    """The chunks without what hearsay adds; `own` are the names, by its sources, of what each alone tells of."""
    told: dict[str, Chunk] = {}
    gone: dict[tuple[str, str], list[str]] = {}
    for chunk in chunks:
        about = held.about(chunk, own[chunk.source_id]) if chunk.source_id in own else []
        values = frozenset[Key]().union(*map(held.values, about))
        lines = chunk.text.split("\n")
        kept = [line for line in lines if not about or actionable_in(line) <= values]
        if len(kept) < len(lines):
            left = gone.setdefault((chunk.source_id, held.name(about[0])), [])
            left += (line for line in lines if line not in kept)
            text = "\n".join(kept)
            chunk = replace(chunk, id=chunk_id(chunk.source_id, chunk.context, text), text=text)
        if chunk.text.strip():
            told.setdefault(chunk.id, chunk)
    items = (_item(name, lines, sources[id_]) for (id_, name), lines in gone.items())
    return tuple(told.values()), tuple(items)


def _item(name: str, lines: Sequence[str], source: Source) -> ReviewItem:
    return ReviewItem(
        code=ReviewCode.CONFLICT,
        source_id=source.id,
        file=source.path,
        message=said.SILENCED.format(name=name, count=len(lines)),
        action=said.ACCEPT_OR_REMOVE,
        program=name,
        field="passage",
        quote=" / ".join(lines),
    )
