"""Haystack: a pipeline of InMemoryBM25Retriever and InMemoryEmbeddingRetriever into DocumentJoiner by rank fusion."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from rag.ports import Embedder
from tests.bench.peers import CANDIDATES, Search

_FILE = "documents.json"


def index(texts: Mapping[str, str], folder: Path, embedder: Embedder) -> None:
    """The store of documents, written as one file."""
    haystack: Any = import_module("haystack")
    store = _stores().InMemoryDocumentStore()
    vectors = embedder.embed_documents(list(texts.values()))
    store.write_documents(
        [
            haystack.Document(id=id_, content=text, embedding=list(vector))
            for (id_, text), vector in zip(texts.items(), vectors, strict=True)
        ]
    )
    store.save_to_disk(str(folder / _FILE))


def opened(folder: Path, embedder: Embedder) -> Search:
    """The pipeline over the store."""
    haystack: Any = import_module("haystack")
    store = _stores().InMemoryDocumentStore.load_from_disk(str(folder / _FILE))
    retrievers: Any = import_module("haystack.components.retrievers.in_memory")
    joiners: Any = import_module("haystack.components.joiners")

    @haystack.component
    class TextEmbedder:
        """The embedder as Haystack wants it."""

        @haystack.component.output_types(embedding=list[float])  # type: ignore[untyped-decorator]
        def run(self, text: str) -> dict[str, list[float]]:
            return {"embedding": list(embedder.embed_query(text))}

    pipeline = haystack.Pipeline()
    pipeline.add_component("text_embedder", TextEmbedder())
    pipeline.add_component("words", retrievers.InMemoryBM25Retriever(store, top_k=CANDIDATES))
    pipeline.add_component("meaning", retrievers.InMemoryEmbeddingRetriever(store, top_k=CANDIDATES))
    pipeline.add_component("joiner", joiners.DocumentJoiner(join_mode="reciprocal_rank_fusion"))
    pipeline.connect("text_embedder.embedding", "meaning.query_embedding")
    pipeline.connect("words", "joiner")
    pipeline.connect("meaning", "joiner")

    def search(question: str, count: int) -> list[str]:
        found = pipeline.run({"text_embedder": {"text": question}, "words": {"query": question}})
        return [str(document.id) for document in found["joiner"]["documents"][:count]]

    return search


def _stores() -> Any:
    return import_module("haystack.document_stores.in_memory")
