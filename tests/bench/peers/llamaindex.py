"""LlamaIndex: QueryFusionRetriever by reciprocal ranks over VectorStoreIndex and BM25Retriever, no query made up."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from rag.ports import Embedder
from tests.bench.peers import CANDIDATES, Search

_VECTORS, _WORDS = "index", "words"


def index(texts: Mapping[str, str], folder: Path, embedder: Embedder) -> None:
    """Both indexes in folders of their own."""
    core: Any = import_module("llama_index.core")
    nodes = [import_module("llama_index.core.schema").TextNode(id_=id_, text=text) for id_, text in texts.items()]
    vectors = core.VectorStoreIndex(nodes, embed_model=_embedding(embedder))
    vectors.storage_context.persist(str(folder / _VECTORS))
    words = _bm25().from_defaults(nodes=nodes, similarity_top_k=min(CANDIDATES, len(nodes)))
    words.persist(str(folder / _WORDS))


def opened(folder: Path, embedder: Embedder) -> Search:
    """Both retrievers, and the fusion of them."""
    core: Any = import_module("llama_index.core")
    storage = core.StorageContext.from_defaults(persist_dir=str(folder / _VECTORS))
    vectors = core.load_index_from_storage(storage, embed_model=_embedding(embedder))
    fusion = import_module("llama_index.core.retrievers").QueryFusionRetriever(
        [vectors.as_retriever(similarity_top_k=CANDIDATES), _bm25().from_persist_dir(str(folder / _WORDS))],
        llm=import_module("llama_index.core.llms").MockLLM(),
        similarity_top_k=CANDIDATES,
        num_queries=1,
        mode="reciprocal_rerank",
        use_async=False,
    )
    return lambda question, count: [str(found.node.node_id) for found in fusion.retrieve(question)[:count]]


def _bm25() -> Any:
    return import_module("llama_index.retrievers.bm25").BM25Retriever


def _embedding(embedder: Embedder) -> Any:
    base: Any = import_module("llama_index.core.base.embeddings.base").BaseEmbedding

    class Embedded(base):  # type: ignore[misc]
        """The embedder as LlamaIndex wants it."""

        def _get_query_embedding(self, query: str) -> list[float]:
            return list(embedder.embed_query(query))

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

        def _get_text_embedding(self, text: str) -> list[float]:
            return self._get_text_embeddings([text])[0]

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            return [list(vector) for vector in embedder.embed_documents(texts)]

    return Embedded(model_name=embedder.name, embed_batch_size=embedder.batch if embedder.batch <= 2048 else 2048)
