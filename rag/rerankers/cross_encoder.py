"""Any cross-encoder as a reranker: a question with texts flows in, the model's score of each pair flows out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rag.hub import Use, load
from rag.messages import models as said

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

USE = Use(said.RERANKER, said.WITHOUT_RERANKER)
PROBE = ("중소기업 지원사업", "중소기업을 위한 지원사업 안내")


class CrossEncoderReranker:
    """A model by hub name or by path; a pair longer than the model reads is cut by its own tokenizer."""

    def __init__(self, model: str) -> None:
        """Load the model, and try it on a few words.

        Raises ModelUnavailable when it cannot be had, within seconds when there is no network, and when it is no
        model that gives one score a pair.
        """
        self._given = model
        self._model = load(model, USE, _opened(model))
        if not _was_trained(self._model) or self._model.num_labels != 1:
            raise USE.refusal(model, said.NO_SCORER.format(otherwise=USE.otherwise))
        self.scores(PROBE[0], PROBE[1:])

    @property
    def name(self) -> str:
        """The name given."""
        return self._given

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """The model's score of each pair, from 0 to 1 for most models.

        Raises ModelUnavailable where the model fails or gives no numbers.
        """
        if not texts:
            return []
        try:
            given = self._model.predict(
                [(question, text) for text in texts], batch_size=len(texts), show_progress_bar=False
            )
        except Exception as error:
            told = said.NO_SCORES.format(error=type(error).__name__, otherwise=USE.otherwise)
            raise USE.refusal(self._given, told) from error
        scores: NDArray[np.float32] = np.asarray(given, dtype=np.float32)
        if scores.shape != (len(texts),) or not np.isfinite(scores).all():
            raise USE.refusal(self._given, said.BAD_SCORES.format(otherwise=USE.otherwise))
        return [float(score) for score in scores]


def _opened(model: str) -> Callable[[bool], CrossEncoder]:
    def opened(local: bool) -> CrossEncoder:
        from sentence_transformers import CrossEncoder

        loaded: CrossEncoder = CrossEncoder(model, local_files_only=local)
        return loaded

    return opened


def _was_trained(model: CrossEncoder) -> bool:
    """Whether the files hold a head for scores; to a model without one the library adds a random one."""
    step = model[0]
    if getattr(step, "transformer_task", None) != "sequence-classification":
        return True  # scores come from a later step, or from a language model's own words
    return any(
        name.endswith("ForSequenceClassification") for name in getattr(model.config, "architectures", None) or ()
    )
