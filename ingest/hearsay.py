"""Hearsay: chunks and the programmes of all documents flow in; chunks that say nothing against a record flow out.

A passage obeys the law of the records: what a document of less authority says otherwise than what is held, and what
hearsay adds that a reader could act on, stands in no chunk. Staff are told of each line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.chunks import chunk_id
from ingest.corrections.passages import Refuted, without
from rag.domain import Chunk, Disputed, Program, Rank, ReviewCode, ReviewItem, Source
from rag.messages import review as said
from rag.standing.actionable import Key, actionable_in, actionable_of
from rag.standing.authority import is_hearsay, rank_of
from rag.standing.editions import Edition, editions, folded
from rag.standing.lookalikes import lookalike, outside_brackets
from rag.text import squash
from rag.trust import trusted

_LEAST = 4
"""Letters of a name below which it may stand in any line."""


@dataclass(frozen=True, slots=True)
class _Held:
    """An edition as it is held: the names it is known by as they look, and every value that it states.

    `heard` are the sources that say of it what is not held, each with the name that it goes by there.
    """

    program: Program
    names: tuple[str, ...]
    values: frozenset[Key]
    heard: frozenset[tuple[str, str]]


def silenced(
    chunks: Sequence[Chunk], programs: Sequence[Program], sources: Mapping[str, Source]
) -> tuple[tuple[Chunk, ...], tuple[ReviewItem, ...]]:
    """The chunks as they may be told from, and an item for each document and edition of which lines are left out."""
    found = editions([trusted(program) for program in programs], sources.get)
    wrong = [one for edition in found if edition.lesser for one in _refuted(folded(edition))]
    kept = tuple(without(chunks, wrong)) if wrong else tuple(chunks)
    spoken = {id_: rank for id_, source in sources.items() if is_hearsay(rank := rank_of(source))}
    vouched = [edition for edition in found if any(m.program.source_id not in spoken for m in edition.members)]
    if not spoken or not vouched:
        return kept, ()
    # What a report that staff list tells of another year of a programme is all that is known of that year.
    own: dict[str, set[str]] = {id_: set() for id_ in spoken}
    for edition in found:
        for member in edition.members:
            if member.rank is Rank.PRESS and member not in edition.lesser:
                own[member.program.source_id].add(lookalike(member.program.name))
    return _spoken(kept, own, [_held(edition) for edition in vouched], sources)


def _refuted(held: Program) -> Iterator[Refuted]:
    """The lines of other documents that say otherwise than an edition as it is held."""
    for dispute in held.disputes:
        if dispute.field is not Disputed.IDENTITY:
            cells = tuple(squash(cell) for cell in dispute.other.quote.split("\t") if cell.strip())
            yield Refuted(dispute.other.source_id, (cells,) if cells else (), ())


def _held(edition: Edition) -> _Held:
    program = folded(edition)
    names = {lookalike(name) for name in (program.name, *program.aliases)}
    told = (m.program for m in edition.members if m not in edition.lesser)
    values = frozenset[Key]().union(actionable_of(program), *map(actionable_of, told))
    heard = frozenset((m.program.source_id, m.program.name) for m in edition.lesser)
    return _Held(program, tuple(sorted(name for name in names if len(name) >= _LEAST)), values, heard)


def _spoken(
    chunks: Sequence[Chunk], own: Mapping[str, set[str]], held: Sequence[_Held], sources: Mapping[str, Source]
) -> tuple[tuple[Chunk, ...], tuple[ReviewItem, ...]]:
    """The chunks without what hearsay adds; `own` are the names, by its sources, of what each alone tells of."""
    told: dict[str, Chunk] = {}
    gone: dict[tuple[str, str], list[str]] = {}
    for chunk in chunks:
        about = _about(chunk, held, own[chunk.source_id]) if chunk.source_id in own else ()
        values = frozenset[Key]().union(*(one.values for one in about))
        lines = chunk.text.split("\n")
        kept = [line for line in lines if not about or actionable_in(line) <= values]
        if len(kept) < len(lines):
            left = gone.setdefault((chunk.source_id, about[0].program.name), [])
            left += (line for line in lines if line not in kept)
            text = "\n".join(kept)
            chunk = replace(chunk, id=chunk_id(chunk.source_id, chunk.context, text), text=text)
        if chunk.text.strip():
            told.setdefault(chunk.id, chunk)
    items = (_item(name, lines, sources[id_]) for (id_, name), lines in gone.items())
    return tuple(told.values()), tuple(items)


def _about(chunk: Chunk, held: Sequence[_Held], own: set[str]) -> tuple[_Held, ...]:
    """The editions that a chunk is about or names, in its text or in the headings above it, its own left out."""
    told = f"{chunk.program} {chunk.context} {chunk.text}"
    words = f"{lookalike(told)} {lookalike(outside_brackets(told))}"
    return tuple(
        one
        for one in held
        if ((chunk.source_id, chunk.program) in one.heard or any(name in words for name in one.names))
        and own.isdisjoint(one.names)
    )


def _item(name: str, lines: Sequence[str], source: Source) -> ReviewItem:
    return ReviewItem(
        code=ReviewCode.CONFLICT,
        source_id=source.id,
        file=source.path,
        message=said.LEFT_OUT.format(name=name, count=len(lines)),
        action=said.ACCEPT_OR_REMOVE,
        program=name,
        field="passage",
        quote=" / ".join(lines),
    )
