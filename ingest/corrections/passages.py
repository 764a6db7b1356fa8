"""Passages: the chunks of documents and what staff corrected flow in; chunks that do not contradict it flow out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.corrections.voice import SOURCE_ID
from ingest.text.chunks import chunk_id
from rag.domain import Benefit, Chunk, Contact, Criterion, Detail, Period, Program
from rag.text import squash

TITLE = "직원이 확인한 내용"


@dataclass(frozen=True, slots=True)
class Refuted:
    """What a document says and staff corrected: its lines, each as the words of its cells, and numbers to call."""

    source_id: str
    lines: tuple[tuple[str, ...], ...]
    ways: tuple[str, ...]


def refuted(before: Program, after: Program) -> Refuted:
    """What the statements and contacts of a programme said that they say no longer."""
    gone = [detail.evidence.quote for detail in before.details if detail not in after.details]
    cells = (tuple(squash(cell) for cell in line.split("\t") if cell.strip()) for q in gone for line in q.split("\n"))
    mine, kept = (
        {way for contact in program.contacts for way in (*contact.phones, *contact.emails)}
        for program in (before, after)
    )
    return Refuted(before.source_id, tuple(dict.fromkeys(filter(None, cells))), tuple(sorted(mine - kept)))


def without(chunks: Iterable[Chunk], wrong: Sequence[Refuted]) -> Iterator[Chunk]:
    """The chunks without the lines that are refuted; one of which nothing is left is gone."""
    seen: set[str] = set()
    for chunk in chunks:
        mine = [one for one in wrong if one.source_id == chunk.source_id]
        lines = chunk.text.split("\n")
        kept = [line for line in lines if not any(_says(line, one) for one in mine)]
        if len(kept) < len(lines):
            text = "\n".join(kept)
            chunk = replace(chunk, id=chunk_id(chunk.source_id, chunk.context, text), text=text)
        if chunk.text.strip() and chunk.id not in seen:
            seen.add(chunk.id)
            yield chunk


def of_staff(programs: Sequence[Program]) -> tuple[Chunk, ...]:
    """One chunk for each statement of staff that a fact rests on."""
    found = (_chunk(program.name, quote) for program in programs for quote in _quotes(program))
    return tuple({chunk.id: chunk for chunk in found}.values())


def _quotes(program: Program) -> Iterator[str]:
    facts: Sequence[Detail | Contact | Benefit | Criterion | Period] = (
        *program.details,
        *program.contacts,
        *program.benefits,
        *program.criteria,
        *program.periods,
    )
    for fact in facts:
        if fact.evidence and fact.evidence.source_id == SOURCE_ID:
            yield fact.evidence.quote


def _chunk(program: str, quote: str) -> Chunk:
    context = f"{TITLE} > {program}"
    return Chunk(chunk_id(SOURCE_ID, context, quote), SOURCE_ID, program, context, program, (1, 1), quote)


def _says(line: str, wrong: Refuted) -> bool:
    bare = squash(line)
    return any(way in line for way in wrong.ways) or any(
        all(cell in bare for cell in cells) or (len(cells) == 1 and len(bare) * 2 > len(cells[0]) and bare in cells[0])
        for cells in wrong.lines
    )
