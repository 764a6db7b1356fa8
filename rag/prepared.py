"""Prepared: arrays that a sync made of the programmes flow into a folder, and out of it when a generation is opened.

They hold what answering looks things up in, so that opening computes nothing from the corpus: plain numbers, and texts
as the UTF-8 bytes of a JSON list. Each array is a file of its own, mapped into memory and read where it is looked at.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.settings import INSTALLATION

Arrays = Mapping[str, NDArray[Any]]

MADE_BY = "made-by"
_SUFFIX = ".npy"
# What the arrays follow from beside the catalogue: changed, they are made anew.
_MODULES = (
    *("domain.py", "prepared.py", "text.py", "tracks.py", "tracks.yaml", "trust.py", "wordlists.py"),
    *("answering/cards.py", "answering/figures.py", "answering/labels.yaml", "answering/letters.py"),
    *("answering/picking.py", "answering/preparing.py", "answering/senses.py", "answering/statements.py"),
    *("answering/vocabulary.py", "reading/names.py", "reading/names.yaml", "embedders/kiwi.py"),
)
_FOLDERS = ("conditions", "grammar")
_KINDS = ("*.py", "*.yaml")
# A smaller file is read at once; an empty array cannot be mapped at all.
_MAPPED_FROM = 1 << 16


def texts_in(texts: Sequence[str]) -> NDArray[np.uint8]:
    """Texts as an array of bytes."""
    return np.frombuffer(json.dumps(list(texts), ensure_ascii=False).encode("utf-8", "surrogatepass"), dtype=np.uint8)


def texts_of(packed: NDArray[np.uint8]) -> list[str]:
    """The texts of an array made by `texts_in`."""
    texts: list[str] = json.loads(packed.tobytes().decode("utf-8", "surrogatepass"))
    return texts


def write(folder: Path, arrays: Arrays) -> None:
    """Make the folder of the arrays."""
    folder.mkdir()
    for name, array in arrays.items():
        with (folder / f"{name}{_SUFFIX}").open("wb") as file:
            np.save(file, array, allow_pickle=False)


def read(folder: Path, made_by: str | None = None) -> Arrays | None:
    """The arrays of a folder, mapped; `None` where there are none, one is cut short, or something else made them.

    Without `made_by` whatever made them.
    """
    try:
        arrays = {path.name.removesuffix(_SUFFIX): _mapped(path) for path in folder.glob(f"*{_SUFFIX}")}
    except (OSError, ValueError, EOFError):
        return None
    own = arrays.get(MADE_BY)
    return arrays if own is not None and made_by in (None, *texts_of(own)) else None


def _mapped(path: Path) -> NDArray[Any]:
    is_large = path.stat().st_size >= _MAPPED_FROM
    return np.asarray(np.load(path, mmap_mode="r" if is_large else None, allow_pickle=False))


def made_by(*engines: str) -> str:
    """A digest of the code and the word lists that make the arrays, and of the engines they are made with."""
    return hashlib.sha256("\n".join((code(), *engines)).encode()).hexdigest()


@cache
def code() -> str:
    """A digest of the modules and word lists that the arrays follow from."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in shaping_files())).hexdigest()


def shaping_files() -> Iterator[Path]:
    """The modules and word lists that the arrays follow from, in the same order every time."""
    root = INSTALLATION / "rag"
    yield from (root / name for name in _MODULES)
    for folder in _FOLDERS:
        yield from sorted(path for kind in _KINDS for path in (root / folder).rglob(kind))
