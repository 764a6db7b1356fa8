"""txtai: Embeddings with `hybrid=True`, vectors by a function; it decides itself how many candidates it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.ports import Embedder
from tests.bench.peers import Search

# By these it tells the function which of both a text is; the embedder puts its own prompts before.
_QUESTION, _PASSAGE = "question: ", "passage: "


def index(texts: Mapping[str, str], folder: Path, embedder: Embedder) -> None:
    """Its directory."""
    embeddings = import_module("txtai").Embeddings(_settings(embedder))
    embeddings.index(list(texts.items()))
    # The function is no part of what is kept.
    embeddings.config.pop("transform")
    embeddings.save(str(folder))


def opened(folder: Path, embedder: Embedder) -> Search:
    """What `index` wrote."""
    embeddings = import_module("txtai").Embeddings()
    embeddings.load(str(folder), config=_settings(embedder))
    return lambda question, count: [str(id_) for id_, _ in embeddings.search(question, count)]


def _settings(embedder: Embedder) -> dict[str, Any]:
    return {
        "hybrid": True,
        "method": "external",
        "transform": _transform(embedder),
        "instructions": {"query": _QUESTION, "data": _PASSAGE},
    }


def _transform(embedder: Embedder) -> Callable[[Sequence[str]], NDArray[np.float32]]:
    def transform(texts: Sequence[str]) -> NDArray[np.float32]:
        if texts[0].startswith(_QUESTION):
            vectors = [embedder.embed_query(text.removeprefix(_QUESTION)) for text in texts]
        else:
            vectors = embedder.embed_documents([text.removeprefix(_PASSAGE) for text in texts])
        return np.asarray(vectors, dtype=np.float32)

    return transform
