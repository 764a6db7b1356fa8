"""Vectors: ids and vectors flow into the kind of store that suits their number; the store of a generation flows out.

Few are each held against every question: nothing has to be imported, woven or copied for that, and none is missed. Of
more only those are whose sketches are like the question's, and most are found by Chroma's graph.
"""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np

from rag.chroma_vectors import DATABASE, ChromaVectors, ServedVectors, write_chroma
from rag.matrix_vectors import MatrixVectors, write_matrix
from rag.ports import Rows, Vector, VectorStore


class Limits(NamedTuple):
    """So many vectors are held against every question, and so many found by their sketches; Chroma finds among more."""

    exact: int
    sketched: int


LIMITS = Limits(20_000, 200_000)
"""Of 384 numbers each, holding a question against 20,000 takes half as long as asking Chroma's graph. Beyond, sketches
answer in a third of the graph's time, find three times as many of the nearest and are written in .5 s in place of 183
(100,000 drawn evenly; tests/bench/RESULTS.md). 200,000 take .7 GiB while they are written, 3 ms a question.
"""


def store_of(directory: Path, url: str, name: str) -> VectorStore:
    """The vectors of a generation: in their directory, of the kind that was written there; else, where there is a
    server at `url`, its collection.
    """
    if url and not directory.is_dir():
        return ServedVectors(url, name)
    return ChromaVectors(directory) if (directory / DATABASE).is_file() else MatrixVectors(directory)


def write(directory: Path, rows: Rows) -> None:
    """Make the store of ids and their vectors in a new directory; a known id is overwritten."""
    write_within(directory, rows, LIMITS)


def write_within(directory: Path, rows: Rows, limits: Limits) -> None:
    """The same within other limits; no more vectors than may be sketched, and one batch, are held in memory."""
    # Rows of arrays: a list of numbers takes eight times as much.
    held: dict[str, Vector] = {}
    coming = iter(rows)
    for ids, vectors in coming:
        held.update(zip(ids, np.asarray(vectors, dtype=np.float32), strict=True))
        if len(held) > limits.sketched:
            write_chroma(directory, chain([(list(held), list(held.values()))], coming))
            return
    write_matrix(directory, held, with_sketches=len(held) > limits.exact)
