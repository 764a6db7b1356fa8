"""Senses: what programmes state flows in as lines; the vectors of the lines, and of the words asked, flow out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from rag.answering.statements import Statement, label_weight, statements_of
from rag.domain import Program
from rag.generation import StoredLines
from rag.plan import Ask
from rag.ports import Embedder, Vector
from rag.tracks import tracks_of

# A line longer than this says several things, and none of them loudly.
_LONGEST = 160
_WORDS_KEPT = 256


@dataclass(frozen=True, slots=True)
class ProgramLine:
    """One line on a programme: its id, the words, the track; `is_card` where it says what the programme is for."""

    program: str
    text: str
    track: str | None = None
    is_card: bool = True


def program_lines(programs: Sequence[Program]) -> tuple[ProgramLine, ...]:
    """The lines of all programmes: names, tracks, and all they state; the same programmes give the same."""
    lines: list[ProgramLine] = []
    for program in programs:
        where = f"{program.ministry} {program.agency}".strip()
        lines.append(ProgramLine(program.id, f"{program.name} {where}"))
        for track in tracks_of(program):
            lines.append(ProgramLine(program.id, f"{program.name} {track.name}", track.name))
        for statement in statements_of(program):
            is_card = bool(label_weight(Ask.WHAT, statement.label) or label_weight(Ask.WHO_MAY, statement.label))
            lines.append(ProgramLine(program.id, line_of(program, statement), statement.track, is_card))
    return tuple(dict.fromkeys(lines))


def line_of(program: Program, statement: Statement) -> str:
    """The line that a statement is looked up by."""
    return f"{program.name}: {statement.label} {statement.text[:_LONGEST]}"


def stored_lines(programs: Sequence[Program], kept: Callable[[list[str]], list[Vector]], embedder: str) -> StoredLines:
    """The vectors of the lines of these programmes, to be stored with their generation."""
    lines = [line.text for line in program_lines(programs)]
    vectors = np.asarray(kept(lines), dtype=np.float32) if lines else np.zeros((0, 0), dtype=np.float32)
    return StoredLines(embedder, digest_of(lines), vectors)


def digest_of(lines: Sequence[str]) -> str:
    """A digest of the lines, in order."""
    return sha256("\n".join(lines).encode()).hexdigest()


class Senses:
    """The lines of one generation with their vectors (lines × dimension), and those of words, each made once."""

    def __init__(self, lines: Sequence[ProgramLine], table: NDArray[np.float32], embedder: Embedder) -> None:
        self.lines = tuple(lines)
        self.table = table
        self._at = {(line.program, line.text): at for at, line in enumerate(lines)}
        # One answer asks for the same words several times: of the reader, of the programmes, of each one's statements.
        self.of_words = lru_cache(_WORDS_KEPT)(lambda words: np.asarray(embedder.embed_query(words), dtype=np.float32))

    def row_of(self, program: Program, statement: Statement) -> int:
        """The place in the table of the line of a statement."""
        return self._at[program.id, line_of(program, statement)]


def open_senses(stored: StoredLines | None, programs: Sequence[Program], sentences: Embedder) -> Senses:
    """The senses of these programmes: the vectors stored where they are of these lines and this embedder."""
    lines = program_lines(programs)
    texts = [line.text for line in lines]
    if stored and (stored.embedder, stored.digest) == (sentences.name, digest_of(texts)):
        return Senses(lines, stored.vectors, sentences)
    table = np.asarray(sentences.embed_documents(texts), dtype=np.float32).reshape(len(texts), -1)
    return Senses(lines, table, sentences)
