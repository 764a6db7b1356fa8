"""Matrix of vectors: ids and unit vectors flow into a directory; those nearest to a vector, of all or of those whose
sketches are most alike, flow out."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tokenize import TokenError
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.errors import IndexDamaged
from rag.messages import index as said
from rag.ports import Vector
from rag.sketches import Sketches, sketches

UNITS, IDS = "units.npy", "ids.json"
MIDDLE, SIGNS = "middle.npy", "signs.npy"
_STORED = np.dtype("<f4")
# Where there are sketches, so large a part of all vectors is held against a question, and no fewer: of 100,000 drawn
# evenly that finds half of the 200 nearest, of those in clusters all of the ten nearest; see tests/bench/RESULTS.md.
_SHARE, _FEWEST = 0.02, 2_000


@dataclass(frozen=True, slots=True)
class _Opened:
    """The ids with their vectors (ids × dimension, of length one or zero) and, where there are many, their sketches.

    They are mapped: all processes share the memory.
    """

    ids: Sequence[str]
    units: NDArray[np.float32]
    sketches: Sketches | None


class MatrixVectors:
    """A VectorStore in one directory, which `write_matrix` made and nobody changes; safe to share between threads.

    It is opened where it lies, for it is only read: what is mapped can be read on when its file is removed, and by
    whoever is forked from who opened it. Without sketches every vector is held against the question, so that none is
    missed; with them those whose sketches are most alike. Of those that are as near the one stored first comes first.
    """

    def __init__(self, directory: Path) -> None:
        """Open nothing yet."""
        self._directory = directory
        self._opened: _Opened | None = None
        self._guard = threading.Lock()

    @property
    def is_open(self) -> bool:
        """Whether it has been opened."""
        return self._opened is not None

    def open(self) -> None:
        """Open it, where it is not open yet. Raises IndexDamaged where its files cannot be read."""
        self._open()

    def nearest(self, vector: Vector, count: int) -> list[tuple[str, float]]:
        """The `count` nearest ids with their cosine similarity, best first."""
        opened = self._open()
        if not opened.ids or count < 1:
            return []
        unit = _units([vector])[0]
        places, units = None, opened.units
        if opened.sketches is not None:
            places = opened.sketches.likest(unit, max(count, _FEWEST, round(_SHARE * len(units))))
            units = units[places]
        # Row by row, and so by one thread: a product of matrices waits for threads that a busy machine has no room for
        # (9 ms in place of .3 at the slowest twentieth), and computes rows that are alike a little differently.
        cosines = np.vecdot(units, unit)
        at = _candidates(cosines, count)
        best = at[np.argsort(-cosines[at], kind="stable")[:count]]
        named = best if places is None else places[best]
        return [(opened.ids[place], float(cosine)) for place, cosine in zip(named, cosines[best], strict=True)]

    def __len__(self) -> int:
        return len(self._open().ids)

    def close(self) -> None:
        """Release files and memory, once nobody reads them any more; the store is not used afterwards."""
        with self._guard:
            self._opened = None

    def _open(self) -> _Opened:
        # Who asks an open store needs no guard, which a fork may have left locked.
        if (opened := self._opened) is not None:
            return opened
        with self._guard:
            if self._opened is None:
                self._opened = _opened(self._directory)
            return self._opened


def write_matrix(directory: Path, vectors: Mapping[str, Vector], with_sketches: bool = False) -> None:
    """Make the store of ids with their vectors, of any length, in a new directory."""
    directory.mkdir()
    units = _units(list(vectors.values()))
    arrays: dict[str, NDArray[Any]] = {UNITS: units}
    if with_sketches:
        made = sketches(units)
        arrays |= {MIDDLE: made.middle, SIGNS: made.signs}
    for name, array in arrays.items():
        with (directory / name).open("wb") as file:
            np.save(file, array, allow_pickle=False)
    (directory / IDS).write_text(json.dumps(list(vectors)), "utf-8")


def _units(vectors: Sequence[Vector]) -> NDArray[np.float32]:
    """Vectors as rows of length one; of a vector of zeros there is none, so that it is like nothing."""
    rows: NDArray[np.float32] = np.array(vectors, dtype=_STORED).reshape(len(vectors), -1 if len(vectors) else 0)
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows, dtype=np.float64))[:, None]
    np.divide(rows, lengths, out=rows, where=lengths > 0, casting="same_kind")
    return rows


def _candidates(cosines: NDArray[np.float32], count: int) -> NDArray[np.intp]:
    """The places, in order, of the `count` highest, and of all that are as high as the last of them."""
    if count >= cosines.size:
        return np.arange(cosines.size)
    least = np.partition(cosines, cosines.size - count)[cosines.size - count]
    return np.flatnonzero(cosines >= least)


def _opened(directory: Path) -> _Opened:
    try:
        ids = json.loads((directory / IDS).read_text("utf-8"))
        # Nothing of an empty array can be mapped.
        units = _mapped(directory / UNITS, _STORED) if ids else np.zeros((0, 0), _STORED)
        if not isinstance(ids, list) or units.ndim != 2 or len(units) != len(ids):
            raise ValueError("units do not suit ids")
        return _Opened(ids, units, _sketches(directory, units) if (directory / SIGNS).exists() else None)
    except (OSError, ValueError, SyntaxError, TypeError, TokenError) as error:
        form = said.VECTORS if directory.is_dir() else said.VECTORS_ELSEWHERE
        raise IndexDamaged(form.format(file=Path(*directory.parts[-2:]))) from error


def _sketches(directory: Path, units: NDArray[np.float32]) -> Sketches:
    signs, middle = _mapped(directory / SIGNS, np.dtype("<u8")), _mapped(directory / MIDDLE, _STORED)
    if signs.ndim != 2 or signs.shape[1] != len(units) or middle.shape != units.shape[1:]:
        raise ValueError("sketches do not suit units")
    return Sketches(middle, signs)


def _mapped(file: Path, kind: np.dtype[Any]) -> NDArray[Any]:
    array = np.lib.format.open_memmap(file, mode="r")
    if array.dtype != kind:
        raise ValueError(f"{file.name} holds no {kind}")
    return np.asarray(array)
