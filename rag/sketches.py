"""Sketches: unit vectors flow in, the signs of their numbers; the places of those most like a question's flow out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_WORD = 64


@dataclass(frozen=True, slots=True)
class Sketches:
    """One bit for each number of each vector: whether it lies above that of the middle of all.

    `middle` has as many numbers as a vector; `signs` is words of 64 bits × vectors, so that the first words of all lie
    together.
    """

    middle: NDArray[np.float32]
    signs: NDArray[np.uint64]

    def likest(self, unit: NDArray[np.float32], count: int) -> NDArray[np.intp]:
        """The places, in order, of the `count` vectors whose bits differ least, and of all that differ as little."""
        apart = np.zeros(self.signs.shape[1], np.uint16)
        for stored, asked in zip(self.signs, _signs(unit[None], self.middle), strict=True):
            apart += np.bitwise_count(stored ^ asked)
        within = np.bincount(apart, minlength=1).cumsum()
        return np.flatnonzero(apart <= np.searchsorted(within, min(count, apart.size)))


def sketches(units: NDArray[np.float32]) -> Sketches:
    """Those of vectors of length one (vectors × dimension)."""
    middle = units.mean(axis=0, dtype=np.float64).astype(np.float32)
    return Sketches(middle, _signs(units, middle))


def _signs(units: NDArray[np.float32], middle: NDArray[np.float32]) -> NDArray[np.uint64]:
    bits = np.packbits(units > middle, axis=1, bitorder="little")
    whole = np.zeros((len(units), -(-units.shape[1] // _WORD) * 8), np.uint8)
    whole[:, : bits.shape[1]] = bits
    return np.ascontiguousarray(whole.view("<u8").T)
