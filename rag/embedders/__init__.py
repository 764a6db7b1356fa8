"""Embedders: a setting, or the name that a generation was built by, flows in; a ready Embedder flows out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.embedders import e5, kiwi, transformer
from rag.errors import ModelUnavailable
from rag.messages import models as said
from rag.ports import Embedder, WordVectors

AUTO, KIWI, E5 = "auto", "kiwi", "e5"
# An index of so many letters is embedded whole in about ten minutes on two processors (.5 ms a letter on one); of more,
# every passage by its head, down to what still tells a passage from another; of more than so many passages by Kiwi.
WHOLE_LETTERS, HEAD_LETTERS, MOST_PASSAGES = 2_000_000, 160, 15_000


@dataclass(frozen=True, slots=True)
class Auto:
    """The embedder that suits an index, chosen once it is known how long that is."""

    data_dir: Path
    weight: float | None = None

    @property
    def name(self) -> str:
        """What a choice depends on beside the texts."""
        return f"{AUTO}: {e5.name() if e5.is_available() else KIWI}"

    def chosen(self, texts: Sequence[str]) -> Embedder:
        """The one for these passages: e5 where this machine can run it and they are not too many, else Kiwi."""
        if not e5.is_available() or len(texts) > MOST_PASSAGES:
            return open_embedder(KIWI, self.data_dir, weight=self.weight)
        is_whole = sum(map(len, texts)) <= WHOLE_LETTERS
        return _e5(self.weight, None if is_whole else HEAD_LETTERS)


def open_setting(
    name: str, data_dir: Path, *, weight: float | None = None, batch: int = transformer.BATCH
) -> Embedder | Auto:
    """What `JIWON_EMBEDDER` means to a build: "auto", or an embedder as `open_embedder` opens it."""
    return Auto(data_dir, weight) if name == AUTO else open_embedder(name, data_dir, weight=weight, batch=batch)


def open_embedder(
    name: str, data_dir: Path, *, weight: float | None = None, batch: int = transformer.BATCH
) -> Embedder:
    """The embedder called `name`: "kiwi", "e5", or the name or path of a sentence-transformers model.

    `weight` is its share of the fused score, its own where `None`; `batch` how many texts such a model takes at once.
    Raises ModelUnavailable when such a model cannot be had.
    """
    if name == KIWI:
        return kiwi.KiwiEmbedder(data_dir / "cache", kiwi.WEIGHT if weight is None else weight)
    if name == E5:
        return _e5(weight, None)
    return transformer.TransformerEmbedder(name, batch=batch, weight=transformer.WEIGHT if weight is None else weight)


def reopened(built_by: str, data_dir: Path, *, weight: float | None = None, batch: int = transformer.BATCH) -> Embedder:
    """The embedder of the name that a generation recorded. Raises ModelUnavailable where it cannot be had any more."""
    model, _, digest = built_by.rpartition("#")
    if digest and model:
        found = open_embedder(model, data_dir, weight=weight, batch=batch)
    elif built_by.startswith(E5):
        letters = built_by.removeprefix(e5.name()).removeprefix("-")
        found = _e5(weight, int(letters) if letters.isdecimal() else None)
    else:
        found = open_embedder(KIWI, data_dir, weight=weight)
    if found.name != built_by:
        raise ModelUnavailable(said.OTHER_VERSION.format(built=built_by, here=found.name))
    return found


def open_sentences(embedder: Embedder | None, data_dir: Path) -> Embedder:
    """What embeds questions and cards: e5 where this machine can run it, else Kiwi's vectors."""
    return e5.E5Embedder() if e5.is_available() else _kiwi(embedder, data_dir)


def open_words(embedder: Embedder | None, data_dir: Path) -> WordVectors:
    """What knows the sense of single words: Kiwi's own vectors, whichever embedder the index was built by."""
    return _kiwi(embedder, data_dir)


def _e5(weight: float | None, letters: int | None) -> e5.E5Embedder:
    return e5.E5Embedder(e5.WEIGHT if weight is None else weight, letters)


def _kiwi(embedder: Embedder | None, data_dir: Path) -> kiwi.KiwiEmbedder:
    return embedder if isinstance(embedder, kiwi.KiwiEmbedder) else kiwi.KiwiEmbedder(data_dir / "cache")
