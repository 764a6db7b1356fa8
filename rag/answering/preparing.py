"""Preparing: programmes flow in; the arrays that answers look things up in flow out at a sync, and are opened again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from rag.answering.cards import Cards
from rag.answering.letters import letters_of
from rag.answering.picking import Picker, statement_arrays
from rag.answering.senses import Senses, line_of, program_lines
from rag.answering.statements import statements_of
from rag.answering.vocabulary import Gathering, vocabulary_of
from rag.domain import Program
from rag.ports import Embedder, Vector, WordVectors
from rag.prepared import MADE_BY, Arrays, made_by, texts_in, texts_of
from rag.reading.names import Names, names_of, packed_names, read_names

_LINES = "senses.lines"
Bodies = Iterable[tuple[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Indexes:
    """What one generation's answers look things up in: names, senses of lines, statements, and cards."""

    names: Names
    senses: Senses
    picker: Picker
    cards: Cards


def digest(words: WordVectors, sentences: Embedder) -> str:
    """What made arrays: code, word lists and engines."""
    return made_by(words.name, sentences.name)


def prepare(
    programs: Sequence[Program],
    bodies: Bodies,
    words: WordVectors,
    sentences: Embedder,
    embedded: Callable[[list[str]], list[Vector]] | None = None,
) -> Arrays:
    """The arrays of these programmes; `embedded` gives the vectors of lines, as `sentences` does where there is none.

    `bodies` are names of bodies with other spellings of each.
    """
    gathering = Gathering(words)
    lines = program_lines(programs)
    texts = [line.text for line in lines]
    vectors = (embedded or sentences.embed_documents)(texts)
    at = {(line.program, line.text): place for place, line in enumerate(lines)}
    told = [(program, statement) for program in programs for statement in statements_of(program)]
    stated = [statement for _, statement in told]
    own = [place for place, line in enumerate(lines) if line.is_card]
    cards = [lines[place] for place in own]
    sizes = Counter(line.program for line in cards)
    arrays: dict[str, Arrays] = {
        "statements": {
            "statements.starts": _starts([len(statements_of(program)) for program in programs]),
            "statements.lines": np.array([at[p.id, line_of(p, s)] for p, s in told], dtype=np.int64),
            **statement_arrays(stated),
            **gathering.texts([s.words for s in stated]).packed("statements.told"),
            **gathering.texts([s.heading for s in stated]).packed("statements.headings"),
            **gathering.texts([s.label for s in stated]).packed("statements.labelled"),
            **letters_of([f"{s.heading}{s.words}" for s in stated]).packed("statements.letters"),
        },
        "cards": {
            "cards.starts": _starts([sizes[program.id] for program in programs]),
            "cards.lines": np.array(own, dtype=np.int64),
            "cards.tracks": texts_in([line.track or "" for line in cards]),
            **gathering.texts([line.text for line in cards]).packed("cards.told"),
            **letters_of([line.text for line in cards]).packed("cards.letters"),
        },
        "names": packed_names(names_of(programs, bodies)),
        "senses": {"senses.table": np.asarray(vectors, dtype=np.float32).reshape(len(lines), -1 if lines else 0)},
        "lines": {_LINES: texts_in([sentences.name, _digest(texts)])},
        "words": gathering.packed(),
        "kept": {MADE_BY: texts_in([digest(words, sentences)]), "programs": texts_in([p.id for p in programs])},
    }
    return {name: array for group in arrays.values() for name, array in group.items()}


def vectors_of(arrays: Arrays | None, sentences: Embedder) -> Callable[[list[str]], list[Vector]]:
    """What gives the vectors of lines: those of arrays of other code where they are of the same lines and embedder."""

    def embedded(lines: list[str]) -> list[Vector]:
        known = texts_of(arrays[_LINES]) if arrays and _LINES in arrays else []
        if arrays and known == [sentences.name, _digest(lines)]:
            return list(arrays["senses.table"])
        return sentences.embed_documents(lines)

    return embedded


def _digest(lines: Sequence[str]) -> str:
    return sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def are_of(arrays: Arrays, programs: Sequence[Program]) -> bool:
    """Whether arrays were made of these programmes, in this order."""
    return texts_of(arrays["programs"]) == [program.id for program in programs]


def opened(programs: Sequence[Program], arrays: Arrays, words: WordVectors, sentences: Embedder) -> Indexes:
    """What was prepared of these programmes, ready to be asked."""
    vocabulary = vocabulary_of(arrays, words)
    senses = Senses(arrays["senses.table"], sentences)
    return Indexes(
        read_names(arrays),
        senses,
        Picker(programs, arrays, senses, vocabulary),
        Cards(programs, arrays, senses, vocabulary),
    )


def _starts(sizes: Sequence[int]) -> NDArray[np.int64]:
    return np.cumsum([0, *sizes], dtype=np.int64)
