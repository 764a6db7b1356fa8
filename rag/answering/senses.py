"""Senses: what programmes state flows in as lines; the vectors of the lines, and of the words asked, flow out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from rag.answering.statements import Statement, label_weight, statements_of
from rag.domain import Program
from rag.plan import Ask
from rag.ports import Embedder
from rag.tracks import tracks_of

# A line longer than this says several things, and none of them loudly.
_LONGEST = 160
_WORDS_KEPT = 256
# The longest of 14,494 questions that were written or asked has 254 letters. Beyond them time grows faster than length.
_LETTERS_HEARD = 256


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


class Senses:
    """The vectors of the lines of one generation (lines × dimension), and those of words, each made once."""

    def __init__(self, table: NDArray[np.float32], embedder: Embedder) -> None:
        self.table = table
        self.dimension = embedder.dimension
        # One answer asks for the same words several times: of the reader, of the programmes, of each one's statements.
        self._vector = lru_cache(_WORDS_KEPT)(lambda words: np.asarray(embedder.embed_query(words), dtype=np.float32))

    def of_words(self, words: str) -> NDArray[np.float32]:
        """The vector of words, of very many of the first: what a question is about stands in them."""
        vector: NDArray[np.float32] = self._vector(words[:_LETTERS_HEARD])
        return vector
