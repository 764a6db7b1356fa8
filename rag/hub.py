"""Models of others: a name or path flows in, what its library loads flows out, or one sentence why it cannot be had."""

from __future__ import annotations

import logging
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from rag.errors import ModelUnavailable
from rag.messages import models as said

Model = TypeVar("Model")

HUB_TIMEOUT_S = 5.0


@dataclass(frozen=True, slots=True)
class Use:
    """What a model is wanted for, as sentences name it, and how to do without it."""

    name: str
    otherwise: str

    def refusal(self, model: str, reason: str) -> ModelUnavailable:
        """The error that names the model, what is wrong with it and what to do."""
        return ModelUnavailable(said.OF_MODEL.format(use=self.name, model=model, reason=reason))


def load(model: str, use: Use, opened: Callable[[bool], Model]) -> Model:
    """The model by hub name or by path; `opened` is told whether only files of this computer may be used.

    Raises ModelUnavailable when it cannot be had, within seconds where there is no network.
    """
    if find_spec("sentence_transformers") is None:
        raise use.refusal(model, said.NO_PACKAGE.format(extra="models"))
    try:
        return _quietly(lambda: opened(True))
    except Exception as error:
        if Path(model).exists():
            raise _not_loaded(model, use, error) from error
    if not _hub_answers():
        raise use.refusal(model, said.NOT_HERE.format(otherwise=use.otherwise))
    try:
        return _quietly(lambda: opened(False))
    except Exception as error:
        raise _not_loaded(model, use, error) from error


def _not_loaded(model: str, use: Use, error: Exception) -> ModelUnavailable:
    return use.refusal(model, said.NOT_LOADED.format(error=type(error).__name__, otherwise=use.otherwise))


def _quietly(opened: Callable[[], Model]) -> Model:
    """What `opened` gives, without the library's own remarks; bars of a download are shown."""
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]
    with _hushed("transformers"), _hushed("sentence_transformers"):
        return opened()


@contextmanager
def _hushed(name: str) -> Iterator[None]:
    logger = logging.getLogger(name)
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)


def _hub_answers() -> bool:
    """Whether the hub can be reached at all; its own client would retry for minutes before saying no."""
    from huggingface_hub.constants import ENDPOINT, HF_HUB_OFFLINE

    if HF_HUB_OFFLINE:
        return False
    try:
        urllib.request.urlopen(urllib.request.Request(ENDPOINT, method="HEAD"), timeout=HUB_TIMEOUT_S).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True
