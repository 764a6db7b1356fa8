"""The product as it stands: its chunks are the texts, its retrieval ranks them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rag.building import Contents, writing
from rag.domain import Chunk
from rag.generation import OpenGeneration, open_current
from rag.ports import Embedder
from rag.retrieve import retrieve
from tests.bench.peers import Search

_AT = "2026-01-01T00:00:00"


def chunk(id_: str, text: str) -> Chunk:
    """A text as a chunk that says nothing else."""
    return Chunk(id_, "bench", "", "", "", (1, 1), text)


def index(texts: Mapping[str, str], folder: Path, embedder: Embedder) -> None:
    """A generation that is checked and served."""
    empty = folder / "empty.yaml"
    empty.write_text("{}\n", "utf-8")
    contents = Contents((), tuple(chunk(id_, text) for id_, text in texts.items()), (), empty, empty)
    with writing(folder) as writer:
        writer.activate(writer.build(contents, embedder, "bench", _AT).id)


def generation(folder: Path, embedder: Embedder) -> OpenGeneration:
    """What `index` wrote, open, its vectors too."""
    served = open_current(folder, embedder)
    served.vectors.open()
    return served


def opened(folder: Path, embedder: Embedder) -> Search:
    """Retrieval over it."""
    served = generation(folder, embedder)
    return lambda question, count: [hit.chunk.id for hit in retrieve(served, question, count)]
