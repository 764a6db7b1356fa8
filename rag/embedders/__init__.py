"""Embedders: the name in `JIWON_EMBEDDER` flows in, a ready Embedder flows out."""

from __future__ import annotations

from pathlib import Path

from rag.embedders.kiwi import KiwiEmbedder
from rag.embedders.transformer import TransformerEmbedder
from rag.ports import Embedder


def open_embedder(name: str, data_dir: Path) -> Embedder:
    """The embedder called `name`: "kiwi", or the name or path of a sentence-transformers model.

    Raises ModelUnavailable when such a model cannot be had.
    """
    if name == "kiwi":
        return KiwiEmbedder(data_dir / "cache")
    return TransformerEmbedder(name)
