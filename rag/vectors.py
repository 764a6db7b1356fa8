"""Vectors: ids and unit vectors flow into a Chroma directory, the nearest ids flow out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rag.errors import IndexDamaged
from rag.messages import index as said
from rag.ports import Vector

if TYPE_CHECKING:
    from chromadb.api.client import Client

COLLECTION = "chunks"
# Chroma refuses more rows in one call.
BATCH = 5461


class ChromaVectors:
    """A VectorStore in one directory, written by one process and then only read."""

    def __init__(self, directory: Path) -> None:
        """Open or make the store. Raises IndexDamaged when its files cannot be read."""
        from chromadb.errors import ChromaError

        try:
            self._client = _client(directory)
            # Without `embedding_function=None` Chroma would try to download a model.
            self._collection = self._client.get_or_create_collection(
                COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
            )
        except (ChromaError, OSError, ValueError) as error:
            raise IndexDamaged(said.VECTORS.format(file=directory)) from error

    def add(self, ids: Sequence[str], vectors: Sequence[Vector]) -> None:
        """Store vectors under ids; a known id is overwritten."""
        for start in range(0, len(ids), BATCH):
            rows = np.asarray(vectors[start : start + BATCH], dtype=np.float32)
            self._collection.upsert(ids=list(ids[start : start + BATCH]), embeddings=rows)

    def nearest(self, vector: Vector, count: int) -> list[tuple[str, float]]:
        """The `count` nearest ids with their cosine similarity, best first."""
        if not len(self):
            return []
        row = np.asarray([vector], dtype=np.float32)
        found = self._collection.query(query_embeddings=row, n_results=min(count, len(self)), include=["distances"])
        distances = found["distances"] or [[]]
        return [(id_, 1.0 - distance) for id_, distance in zip(found["ids"][0], distances[0], strict=True)]

    def __len__(self) -> int:
        return self._collection.count()

    def close(self) -> None:
        """Release files and memory; the store is not used afterwards."""
        self._client.close()


def _client(directory: Path) -> Client:
    from chromadb.api.client import Client
    from chromadb.config import Settings

    return Client(settings=Settings(is_persistent=True, persist_directory=str(directory), anonymized_telemetry=False))
