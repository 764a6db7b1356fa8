"""Vectors: ids and vectors flow into the kind of store that suits their number; the store of a generation flows out.

Few are each held against every question: nothing has to be imported, woven or copied for that, and none is missed.
Many are found by Chroma's graph.
"""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import numpy as np

from rag.chroma_vectors import DATABASE, ChromaVectors, ServedVectors, write_chroma
from rag.exact_vectors import ExactVectors, write_exact
from rag.ports import Rows, Vector, VectorStore

EXACT_AT_MOST = 20_000
"""So many vectors are held against every question. Of 384 numbers each that takes half as long as asking Chroma's graph
of as many (1.5 beside 2.7 ms), a tenth as long among 500 and as long among some 60,000; see tests/bench/RESULTS.md.
"""


def store_of(directory: Path, url: str, name: str) -> VectorStore:
    """The vectors of a generation: in their directory, of the kind that was written there; else, where there is a
    server at `url`, its collection.
    """
    if url and not directory.is_dir():
        return ServedVectors(url, name)
    return ChromaVectors(directory) if (directory / DATABASE).is_file() else ExactVectors(directory)


def write(directory: Path, rows: Rows) -> None:
    """Make the store of ids and their vectors in a new directory; a known id is overwritten."""
    write_by_number(directory, rows, EXACT_AT_MOST)


def write_by_number(directory: Path, rows: Rows, exact_at_most: int) -> None:
    """The same with another limit; no more than so many vectors, and one batch, are held in memory."""
    # Rows of arrays: a list of numbers takes eight times as much.
    held: dict[str, Vector] = {}
    coming = iter(rows)
    for ids, vectors in coming:
        held.update(zip(ids, np.asarray(vectors, dtype=np.float32), strict=True))
        if len(held) > exact_at_most:
            write_chroma(directory, chain([(list(held), list(held.values()))], coming))
            return
    write_exact(directory, held)
