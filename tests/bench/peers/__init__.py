"""Peers: texts by id flow into an index in a folder; the ids that suit a question best flow out of it, best first.

One module a library, each as its own documentation tells to search by words and meaning together, all with the same
vectors. What they need is the extra `bench`; nothing of the product imports it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol, cast

from rag.ports import Embedder

Search = Callable[[str, int], Sequence[str]]
"""A question and a count in, so many ids at most out, best first."""

CANDIDATES = 50
"""What each half of a peer is asked for, where it can be told; their documentation asks for 2 to 10."""


class Peer(Protocol):
    """A library that searches; a module of this folder."""

    def index(self, texts: Mapping[str, str], folder: Path, embedder: Embedder) -> None:
        """Write the index of texts by id to a folder that is there and empty."""

    def opened(self, folder: Path, embedder: Embedder) -> Search:
        """Open what `index` wrote, in whichever process."""


OWN = "jiwon"
NAMES = {
    OWN: "jiwon",
    "langchain": "LangChain Ensemble",
    "llamaindex": "LlamaIndex fusion",
    "haystack": "Haystack joiner",
    "txtai": "txtai hybrid",
}
"""How each module of this folder is named in tables."""
NEEDED = {
    "langchain": ("langchain_chroma", "langchain_classic", "langchain_community", "rank_bm25"),
    "llamaindex": ("llama_index.core", "llama_index.retrievers.bm25"),
    "haystack": ("haystack", "haystack.telemetry"),
    "txtai": ("txtai",),
}


# Haystack reads it as it is loaded.
_UNTOLD = "HAYSTACK_TELEMETRY_ENABLED"


def lacking() -> list[str]:
    """The peers that are not installed."""
    return [name for name, packages in NEEDED.items() if not all(map(_is_installed, packages))]


def at_hand() -> list[str]:
    """The product, and the peers that are installed."""
    return [name for name in NAMES if name not in lacking()]


def peer(name: str) -> Peer:
    """The module of that name and its packages, loaded only now. None tells its makers that it is used."""
    before = os.environ.get(_UNTOLD)
    os.environ[_UNTOLD] = "False"
    try:
        for package in NEEDED.get(name, ()):
            import_module(package)
    finally:
        if before is None:
            del os.environ[_UNTOLD]
        else:
            os.environ[_UNTOLD] = before
    return cast(Peer, import_module(f"{__name__}.{name}"))


def _is_installed(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ModuleNotFoundError:
        return False
