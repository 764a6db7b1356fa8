"""Embedders: the name in `JIWON_EMBEDDER` flows in, a ready Embedder flows out."""

from __future__ import annotations

from pathlib import Path

from rag.embedders import kiwi, transformer
from rag.ports import Embedder


def open_embedder(
    name: str, data_dir: Path, *, weight: float | None = None, batch: int = transformer.BATCH
) -> Embedder:
    """The embedder called `name`: "kiwi", or the name or path of a sentence-transformers model.

    `weight` is its share of the fused score, its own where `None`; `batch` how many texts such a model takes at once.
    Raises ModelUnavailable when such a model cannot be had.
    """
    if name == "kiwi":
        return kiwi.KiwiEmbedder(data_dir / "cache", kiwi.WEIGHT if weight is None else weight)
    return transformer.TransformerEmbedder(name, batch=batch, weight=transformer.WEIGHT if weight is None else weight)
