"""Language models: settings flow in, a ChatModel with deadlines, a queue and a circuit breaker flows out."""

from __future__ import annotations

from rag.models.adapter import LangChainModel
from rag.models.breaker import Breaker
from rag.models.patience import Patience
from rag.models.queue import Queue
from rag.ports import ChatModel
from rag.settings import Settings


def open_model(settings: Settings) -> ChatModel | None:
    """The model called `provider:model` in the settings, or None where none is named; nothing is sent to it yet.

    Raises ModelUnavailable when a package is missing, the provider is unknown or it cannot do without a key.
    """
    if not settings.model:
        return None
    total = float(settings.model_timeout_s)
    outside = LangChainModel(
        settings.model, settings.model_base_url, settings.model_api_key, min(5.0, total / 3), total
    )
    return Queue(Breaker(Patience(outside, total)), settings.model_concurrency, settings.model_queue, total / 2)
