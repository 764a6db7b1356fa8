"""Embedders: the name in `JIWON_EMBEDDER` flows in, a ready Embedder flows out."""

from __future__ import annotations

from pathlib import Path

from rag.embedders import e5, kiwi, transformer
from rag.ports import Embedder, WordVectors


def open_embedder(
    name: str, data_dir: Path, *, weight: float | None = None, batch: int = transformer.BATCH
) -> Embedder:
    """The embedder called `name`: "kiwi", "e5", or the name or path of a sentence-transformers model.

    `weight` is its share of the fused score, its own where `None`; `batch` how many texts such a model takes at once.
    Raises ModelUnavailable when such a model cannot be had.
    """
    if name == "kiwi":
        return kiwi.KiwiEmbedder(data_dir / "cache", kiwi.WEIGHT if weight is None else weight)
    if name == "e5":
        return e5.E5Embedder(e5.WEIGHT if weight is None else weight)
    return transformer.TransformerEmbedder(name, batch=batch, weight=transformer.WEIGHT if weight is None else weight)


def open_sentences(embedder: Embedder, data_dir: Path) -> Embedder:
    """What embeds questions and cards: e5 where its package has a wheel for this machine, else Kiwi's vectors."""
    return e5.E5Embedder() if e5.is_available() else _kiwi(embedder, data_dir)


def open_words(embedder: Embedder, data_dir: Path) -> WordVectors:
    """What knows the sense of single words: Kiwi's own vectors, whichever embedder the index was built by."""
    return _kiwi(embedder, data_dir)


def _kiwi(embedder: Embedder, data_dir: Path) -> kiwi.KiwiEmbedder:
    return embedder if isinstance(embedder, kiwi.KiwiEmbedder) else kiwi.KiwiEmbedder(data_dir / "cache")
