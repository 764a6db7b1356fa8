"""Chunks: a Document's Sections and its Programs flow in, the Chunks to index flow out."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.domain import Block, Chunk, Document, Heading, Paragraph, Program, Section, Table
from rag.text import squash

LONGEST = 500
"""Characters of a chunk of running text; chunks of 300 to 500 are found best."""
LONGEST_TABLE = 700
"""Characters up to which a table stays whole."""
SHORT_REST = 100
"""A last piece up to this long joins the one before."""

_PLAIN_LABELS = frozenset({"구분", "항목", "내용"})
"""Column names that say nothing about their cells."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text that stays together, with its pages and the programme it is about."""

    text: str
    first: int
    last: int
    program: str


def chunks(document: Document, sections: Sequence[Section], programs: Sequence[Program]) -> list[Chunk]:
    """Pieces of up to 500 characters, each readable alone, none across a section or a programme.

    A table stays whole up to 700 characters, else it is split by rows; every row repeats the header names.
    """
    followers = [*(section.path for section in sections[1:]), ()]
    marked = any(isinstance(block, Heading) for block in document.blocks)
    program = programs[0].name if len(programs) == 1 else ""
    seen: Counter[str] = Counter()
    done: list[Chunk] = []
    for section, following in zip(sections, followers, strict=True):
        if len(programs) > 1:
            program = _named(section.path, programs) or ("" if marked else program)
        pieces = list(_section_pieces(section, following, program, programs))
        program = pieces[-1].program if pieces else program
        done.extend(_chunk(document, section, piece, seen) for piece in _packed(pieces))
    return done


def _named(path: Sequence[str], programs: Sequence[Program]) -> str:
    """The programme that the deepest possible heading names, the longest name first; else ''."""
    names = sorted((program.name for program in programs), key=len, reverse=True)
    return next((name for title in reversed(path) for name in names if squash(name) in squash(title)), "")


def _section_pieces(
    section: Section, following: tuple[str, ...], program: str, programs: Sequence[Program]
) -> Iterator[_Piece]:
    """The blocks of a section without its title, which the context repeats, unless it holds nothing else."""
    starts = {program.evidence.quote: program.name for program in programs}
    body = section.blocks[_title_blocks(section) :]
    if not body and following[: len(section.path)] != section.path:
        body = section.blocks
    for block in body:
        if isinstance(block, Paragraph):
            program = starts.get(block.text, program)
        for text, (first, last) in _texts(block):
            yield _Piece(text, first, last, program)


def _title_blocks(section: Section) -> int:
    title = ""
    for count, block in enumerate(section.blocks):
        if not section.path or isinstance(block, Table) or title == section.path[-1]:
            return count
        title = f"{title} {block.text}".strip()
        if not section.path[-1].startswith(title):
            return count
    return len(section.blocks)


def _texts(block: Block) -> Iterator[tuple[str, tuple[int, int]]]:
    """The pieces of a block, each with its first and last page."""
    if not isinstance(block, Table):
        yield from ((part, (block.page, block.page)) for part in _split(block.text))
        return
    rows = [(row, block.pages(number, number)) for number, row in enumerate(_rows(block)) if row]
    whole = "\n".join(row for row, _ in rows)
    if len(whole) <= LONGEST_TABLE:
        yield whole, block.pages(0, -1)
    else:
        yield from ((part, pages) for row, pages in rows for part in _split(row))


def _rows(table: Table) -> Iterator[str]:
    """Each row as a line that can be read alone: "지사: 강원지사 · 관할: … · 전화번호: …"."""
    filled = table.filled
    names = filled[0]
    if len(filled) == 1 or sum(1 for name in names if name) < 2:
        yield from (" · ".join(_distinct(row)) for row in filled)
        return
    unused = [name for name, *column in zip(*filled, strict=True) if not any(column)]
    yield " · ".join(_distinct(unused))
    for row in filled[1:]:
        cells = [
            cell if name in _PLAIN_LABELS or name in ("", cell) else f"{name}: {cell}"
            for name, cell in _pairs(names, row)
        ]
        pair = len(cells) == 2 and set(names) <= _PLAIN_LABELS
        yield ": ".join(cells) if pair else " · ".join(_distinct(cells))


def _pairs(names: Sequence[str], row: Sequence[str]) -> list[tuple[str, str]]:
    return [(name, cell) for name, cell in zip(names, row, strict=True) if cell]


def _distinct(cells: Sequence[str]) -> list[str]:
    """The cells in order; a value that a merged cell spreads over neighbours appears once."""
    return list(dict.fromkeys(cell for cell in cells if cell))


def _split(text: str) -> list[str]:
    if len(text) <= LONGEST:
        return [text]
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        ["\n", ". ", " · ", ", ", " ", ""], chunk_size=LONGEST, chunk_overlap=0, keep_separator="end"
    )
    return splitter.split_text(text)


def _packed(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """Neighbours of one programme joined as long as they stay short enough."""
    waiting: _Piece | None = None
    for number, piece in enumerate(pieces):
        if waiting is None:
            waiting = piece
            continue
        rest = sum(len(later.text) + 1 for later in pieces[number:])
        limit = LONGEST + SHORT_REST if rest <= SHORT_REST else LONGEST
        if waiting.program == piece.program and len(waiting.text) + 1 + len(piece.text) <= limit:
            first, last = min(waiting.first, piece.first), max(waiting.last, piece.last)
            waiting = _Piece(f"{waiting.text}\n{piece.text}", first, last, piece.program)
        else:
            yield waiting
            waiting = piece
    if waiting is not None:
        yield waiting


def _chunk(document: Document, section: Section, piece: _Piece, seen: Counter[str]) -> Chunk:
    source = document.source
    named = squash(piece.program)
    titles = [title for title in section.path if title != source.title]
    mentions = any(named in squash(title) for title in (source.title, *titles))
    context = " > ".join(part for part in (source.title, "" if mentions else piece.program, *titles) if part)
    id_ = chunk_id(source.id, context, piece.text)
    seen[id_] += 1
    ordinal = f"-{seen[id_]}" if seen[id_] > 1 else ""
    return Chunk(
        id=f"{id_}{ordinal}",
        source_id=source.id,
        program=piece.program,
        context=context,
        section=" > ".join(section.path),
        pages=(piece.first, piece.last),
        text=piece.text,
    )


def chunk_id(source_id: str, context: str, text: str) -> str:
    """The id of a chunk, which derives from its content; of two alike in one document the second gets a number."""
    digest = hashlib.sha256(f"{context}\n{text}".encode()).hexdigest()[:12]
    return f"{source_id}-{digest}"
