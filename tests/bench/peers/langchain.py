"""LangChain: EnsembleRetriever over BM25Retriever and Chroma as equals; words are cut at white space.

BM25Retriever keeps nothing on disk: it is made anew of what Chroma holds, as its users do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from langchain_core.embeddings import Embeddings

from rag.ports import Embedder
from tests.bench.peers import CANDIDATES, Search

_ID = "id"
# Chroma refuses more rows in one call.
_BATCH = 5000


class Embedded(Embeddings):
    """The embedder as LangChain wants it."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: Sequence[str]) -> list[list[float]]:
        """A vector for each text."""
        return [list(vector) for vector in self._embedder.embed_documents(texts)]

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        return list(self._embedder.embed_query(text))


def index(texts: Mapping[str, str], folder: Path, embedder: Embedder) -> None:
    """A Chroma directory."""
    store = _store(folder, embedder)
    ids = list(texts)
    for at in range(0, len(ids), _BATCH):
        batch = ids[at : at + _BATCH]
        store.add_texts([texts[id_] for id_ in batch], ids=batch, metadatas=[{_ID: id_} for id_ in batch])


def opened(folder: Path, embedder: Embedder) -> Search:
    """Both retrievers, and the ensemble of them."""
    store = _store(folder, embedder)
    held = store.get()
    retrievers: Any = import_module("langchain_community.retrievers")
    words = retrievers.BM25Retriever.from_texts(held["documents"], metadatas=held["metadatas"], ids=held["ids"])
    words.k = CANDIDATES
    both = import_module("langchain_classic.retrievers").EnsembleRetriever(
        retrievers=[words, store.as_retriever(search_kwargs={"k": CANDIDATES})], weights=[0.5, 0.5], id_key=_ID
    )
    return lambda question, count: [str(found.metadata[_ID]) for found in both.invoke(question)[:count]]


def _store(folder: Path, embedder: Embedder) -> Any:
    return import_module("langchain_chroma").Chroma(
        collection_name="bench", embedding_function=Embedded(embedder), persist_directory=str(folder)
    )
