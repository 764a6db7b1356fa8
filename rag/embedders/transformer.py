"""Any sentence-transformers model as an embedder: text flows in, unit vectors flow out."""

from __future__ import annotations

import hashlib
import math
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rag.errors import ModelUnavailable
from rag.hub import Use, load
from rag.messages import models as said
from rag.ports import Vector

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

USE = Use(said.EMBEDDER, said.WITHOUT_EMBEDDER)
BATCH = 32
# That of e5, the only one measured.
WEIGHT = 0.7
PROBE = "중소기업 지원사업"


class TransformerEmbedder:
    """A model by hub name or by path, with the model's own prompts for questions and for documents.

    Safe to share between threads, which take turns: tokenizers hold the state of one call.
    """

    def __init__(self, model: str, *, batch: int = BATCH, weight: float = WEIGHT) -> None:
        """Load the model, and try it on a few words.

        Raises ModelUnavailable when it cannot be had, within seconds when there is no network, and when its vectors
        cannot be used.
        """
        self._given, self._batch, self._weight = model, batch, weight
        self._turn = threading.Lock()
        self._model = load(model, USE, _opened(model))
        self._name = f"{model}#{_fingerprint(self._model)}"
        self._dimension = 0
        probe = self.embed_documents([PROBE])[0]
        if not any(probe):
            raise self._unusable()
        self._dimension = len(probe)

    @property
    def name(self) -> str:
        """The name given and a digest of weights and settings, so that a retrained model is another embedder."""
        return self._name

    @property
    def dimension(self) -> int:
        """Length of every vector."""
        return self._dimension

    @property
    def weight(self) -> float:
        """Share of the dense score in the fused score where no word of a question is found."""
        return self._weight

    @property
    def batch(self) -> int:
        """How many texts the model takes at once."""
        return self._batch

    def embed_documents(self, texts: Sequence[str]) -> list[Vector]:
        """One vector for each text, in order. Raises ModelUnavailable where the model fails or gives no numbers."""
        return self._unit(self._model.encode_document, texts, prompt=_document_prompt(self._model))

    def embed_query(self, text: str) -> Vector:
        """The vector of a question. Raises ModelUnavailable where the model fails or gives no numbers."""
        return self._unit(self._model.encode_query, [text])[0]

    def unread(self, texts: Sequence[str]) -> list[float]:
        """Of each text, the share of its tokens that lies beyond the model's maximum length, where it has one."""
        limit = self._model.max_seq_length or math.inf
        # Static and word vectors have tokenizers of other kinds; they read every word.
        if not texts or math.isinf(limit) or not callable(self._model.tokenizer):
            return [0.0] * len(texts)
        prompted = [_document_prompt(self._model) + text for text in texts]
        with self._turn:
            rows = self._model.tokenizer(prompted, truncation=False, verbose=False)["input_ids"]
        return [max(0.0, 1 - limit / len(row)) for row in rows]

    def _unit(self, encode: Callable[..., object], texts: Sequence[str], **options: str) -> list[Vector]:
        """Vectors of unit length in single precision, whatever precision the model computes in."""
        if not texts:
            return []
        try:
            with self._turn:
                encoded = encode(list(texts), batch_size=self._batch, show_progress_bar=False, **options)
        except Exception as error:
            told = said.NO_VECTORS.format(error=type(error).__name__, otherwise=USE.otherwise)
            raise USE.refusal(self._given, told) from error
        rows: NDArray[np.float32] = np.asarray(encoded, dtype=np.float32)
        if rows.ndim != 2 or not rows.shape[1] or not np.isfinite(rows).all():
            raise self._unusable()
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return [[float(x) for x in row] for row in rows / np.where(lengths, lengths, 1)]

    def _unusable(self) -> ModelUnavailable:
        return USE.refusal(self._given, said.BAD_VECTORS.format(otherwise=USE.otherwise))


def _opened(model: str) -> Callable[[bool], SentenceTransformer]:
    def opened(local: bool) -> SentenceTransformer:
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(model, local_files_only=local)

    return opened


def _document_prompt(model: SentenceTransformer) -> str:
    """What the model wants before every document.

    The library gives every model an empty prompt named "document" and stops there, past one named "passage".
    """
    return next(filter(None, map(model.prompts.get, ("document", "passage", "corpus"))), "")


def _fingerprint(model: SentenceTransformer) -> str:
    """A short digest of what shapes the vectors, exact and the same in every process.

    It covers the first values of every weight, the steps of the model, its prompts and lengths.
    """
    steps = [(type(step).__name__, getattr(step, "pooling_mode", "")) for step in model]
    shape = (steps, sorted(model.prompts.items()), model.default_prompt_name, model.max_seq_length, model.truncate_dim)
    digest = hashlib.sha256(repr(shape).encode())
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.flatten()[:64].float().cpu().numpy().tobytes())
    return digest.hexdigest()[:12]
