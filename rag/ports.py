"""Sockets: what embedders, stores, rerankers, chat models must do; every implementation passes `tests/contracts`."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Vector = Sequence[float]
Rows = Iterable[tuple[Sequence[str], Sequence[Vector]]]
"""Ids with their vectors, so many at a time."""


class Embedder(Protocol):
    """Text in, vectors of unit length out; the same text gives the same vector in every process."""

    @property
    def name(self) -> str:
        """Name and version; two embedders with the same name give the same vectors."""

    @property
    def dimension(self) -> int:
        """Length of every vector."""

    @property
    def weight(self) -> float:
        """Share (0–1) of meaning in the fused score where no word of a question is found; see `rag.retrieve`."""

    @property
    def batch(self) -> int:
        """How many texts it takes at once; a build counts its progress in these."""

    def embed_documents(self, texts: Sequence[str]) -> list[Vector]:
        """One vector for each text, in order; a text without known words gives the zero vector."""

    def embed_query(self, text: str) -> Vector:
        """The vector of a question."""

    def unread(self, texts: Sequence[str]) -> list[float]:
        """Of each text, in order, the share (0–1) at its end that is beyond what the embedder reads at once."""


class WordVectors(Protocol):
    """A text in, its words with their senses out."""

    @property
    def name(self) -> str:
        """Name and version; the same name gives the same words and senses."""

    def words(self, text: str) -> tuple[tuple[str, ...], NDArray[np.float32], NDArray[np.float32]]:
        """Content words, each form once: forms, vectors of unit length (words × dimension; zero where the sense of a
        word is not known), and rarities (0 and up).
        """


class VectorStore(Protocol):
    """A vector in, the nearest ids out of what was written once; opened when it is first asked, or told to.

    What opens it raises IndexDamaged where it cannot be read.
    """

    @property
    def is_open(self) -> bool:
        """Whether it has been opened; one that has is not asked in a process forked since."""

    def open(self) -> None:
        """Open it, where it is not open yet."""

    def nearest(self, vector: Vector, count: int) -> list[tuple[str, float]]:
        """The `count` nearest ids with their cosine similarity, best first."""

    def __len__(self) -> int:
        """How many vectors are stored."""

    def close(self) -> None:
        """Release files and memory; the store is not used afterwards."""


class Sharing(Protocol):
    """A generation in, known to every other server at return. What cannot be told raises JiwonError, and is not done.

    Asked by whoever is the only one of all servers to change what is served.
    """

    def told(self, directory: Path) -> None:
        """Others may take over the generation of this folder."""

    def served(self, directory: Path) -> None:
        """The generation of this folder is served by all from now on."""

    def removed(self, id_: str) -> None:
        """Nobody may take it over any more."""


class Reranker(Protocol):
    """A question with texts in, a score for each text out: how well it answers, judged by reading both together.

    Asked from one thread at a time.
    """

    @property
    def name(self) -> str:
        """Name and version, as logs tell it."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """One finite score for each text, in order; a higher one answers better.

        Scores of one reranker compare with each other, and with no other score. Raises ModelUnavailable where the
        model fails.
        """


@dataclass(frozen=True, slots=True)
class Message:
    """One message to a chat model; `role` is "system" or "user"."""

    role: str
    content: str


class ChatModel(Protocol):
    """Messages in, pieces of one reply out as they come; it has no tools, and nothing is remembered between calls."""

    @property
    def name(self) -> str:
        """Provider and model; never a key."""

    def stream(self, messages: Sequence[Message]) -> AsyncGenerator[str, None]:
        """The pieces of the reply, none of them empty, which joined are the whole reply.

        Raises ModelFailed when there is no reply, when it breaks off, or when it takes too long; ModelBusy, before the
        first piece, when too many wait. Closing the generator ends the call at once.
        """
