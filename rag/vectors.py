"""Vectors: ids and unit vectors flow into a Chroma directory, the nearest ids flow out."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rag.errors import IndexDamaged
from rag.messages import index as said
from rag.ports import Vector
from rag.views import View

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection

COLLECTION = "chunks"
# Chroma refuses more rows in one call.
BATCH = 5461
# Chroma writes to its database whenever it is opened, and to the others as it likes.
WRITTEN = "*"


@dataclass(frozen=True, slots=True)
class _Opened:
    """Chroma at work: it does not survive a fork. Nothing is added, so it is counted once."""

    view: View
    client: Client
    collection: Collection
    count: int


class ChromaVectors:
    """A VectorStore in one directory, which `write` made and nobody changes; safe to share between threads.

    It is opened in a private view of the directory, late: a worker forked from whoever holds it opens its own.
    """

    def __init__(self, directory: Path) -> None:
        """Open nothing yet."""
        self._directory = directory
        self._opened: _Opened | None = None
        self._guard = threading.Lock()

    @property
    def is_open(self) -> bool:
        """Whether it has been opened."""
        return self._opened is not None

    def open(self) -> None:
        """Open it, where it is not open yet. Raises IndexDamaged where its files cannot be read."""
        self._open()

    def nearest(self, vector: Vector, count: int) -> list[tuple[str, float]]:
        """The `count` nearest ids with their cosine similarity, best first."""
        opened = self._open()
        if not opened.count:
            return []
        row = np.asarray([vector], dtype=np.float32)
        found = opened.collection.query(query_embeddings=row, n_results=min(count, opened.count), include=["distances"])
        distances = found["distances"] or [[]]
        return [(id_, 1.0 - distance) for id_, distance in zip(found["ids"][0], distances[0], strict=True)]

    def __len__(self) -> int:
        return self._open().count

    def close(self) -> None:
        """Release files and memory; the store is not used afterwards."""
        with self._guard:
            opened, self._opened = self._opened, None
        if opened is not None:
            opened.client.close()
            opened.view.close()

    def _open(self) -> _Opened:
        with self._guard:
            if self._opened is None:
                self._opened = _opened(self._directory)
            return self._opened


def write(directory: Path, rows: Iterable[tuple[Sequence[str], Sequence[Vector]]]) -> None:
    """Make the store of ids and their vectors, so many at a time, in a new directory; a known id is overwritten."""
    with closing(_client(directory)) as client:
        # Without `embedding_function=None` Chroma would try to download a model.
        collection = client.create_collection(
            COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )
        for ids, vectors in rows:
            for start in range(0, len(ids), BATCH):
                part = np.asarray(vectors[start : start + BATCH], dtype=np.float32)
                collection.upsert(ids=list(ids[start : start + BATCH]), embeddings=part)


def _opened(directory: Path) -> _Opened:
    from chromadb.errors import ChromaError

    try:
        view = View(directory, copied=WRITTEN)
        client = _client(view.path)
        collection = client.get_collection(COLLECTION, embedding_function=None)
        return _Opened(view, client, collection, collection.count())
    except (ChromaError, OSError, ValueError) as error:
        raise IndexDamaged(said.VECTORS.format(file=Path(*directory.parts[-2:]))) from error


def _client(directory: Path) -> Client:
    from chromadb.api.client import Client
    from chromadb.config import Settings

    return Client(settings=Settings(is_persistent=True, persist_directory=str(directory), anonymized_telemetry=False))
