"""Stores of vectors side by side: vectors drawn by rule flow in; what writing, opening and asking exact ones and Chroma
cost, asked in turn, flows out as a table.

Usage: python -m tests.bench.stores [COUNT ...] (default: 500 to 20,000). Vectors are drawn evenly, where a graph misses
most, and in clusters of 20, as passages on one thing are.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.chroma_vectors import ChromaVectors, write_chroma
from rag.disk import size_of
from rag.exact_vectors import ExactVectors
from rag.ports import Rows, VectorStore
from rag.retrieve import CANDIDATES
from rag.vectors import EXACT_AT_MOST, write_by_number
from tests.bench.cost import machine

COUNTS = (500, 1_000, 2_000, 5_000, 10_000, 20_000)
DIMENSION, BATCH, CLUSTER = 384, 32, 20
WARMING, QUESTIONS = 40, 240
DRAWN = {"evenly": 0.0, "in clusters": 1.0}
"""How far the middle of a cluster lies from that of all, beside how far its vectors lie from it."""


def main() -> None:
    """Write both, open both, ask both in turn."""
    print(f"\n{machine()}\nthe {CANDIDATES} nearest; a build holds {EXACT_AT_MOST:,} of them exactly at most")
    columns = ("vectors", "drawn", "exact, ms (p95)", "Chroma, ms (p95)", "times", "found by Chroma")
    print("|", " | ".join((*columns, "built, s: exact, Chroma", "opened, ms", "MiB")), "|")
    print("| --- " * 9 + "|")
    rng = np.random.default_rng(1)
    for count in tuple(map(int, sys.argv[1:])) or COUNTS:
        for drawn, apart in DRAWN.items():
            with tempfile.TemporaryDirectory() as scratch:
                print(f"| {count:,} | {drawn} {_row(Path(scratch), rng, count, apart)}", flush=True)


def _row(scratch: Path, rng: np.random.Generator, count: int, apart: float) -> str:
    middles = rng.normal(size=(count // CLUSTER + 1, DIMENSION)) * apart
    vectors = _around(rng, middles, count)
    questions = [vector.tolist() for vector in _around(rng, middles, WARMING + QUESTIONS)]
    ids = [f"s{at}" for at in range(count)]

    def rows() -> Iterator[tuple[list[str], NDArray[np.float32]]]:
        return ((ids[at : at + BATCH], vectors[at : at + BATCH]) for at in range(0, count, BATCH))

    write_chroma(scratch / "first", [(ids[:BATCH], vectors[:BATCH])])  # type: ignore[list-item]
    writing: dict[str, Callable[[Path, Rows], None]] = {
        "exact": lambda folder, given: write_by_number(folder, given, count),
        "chroma": write_chroma,
    }
    folders = {name: scratch / name for name in writing}
    built = {name: _spent(lambda name=name: writing[name](folders[name], rows())) for name in writing}  # type: ignore
    exact, chroma = ExactVectors(folders["exact"]), ChromaVectors(folders["chroma"])
    with closing(exact), closing(chroma):
        opened = [_spent(store.open) for store in (exact, chroma)]
        times, alike = _asked(exact, chroma, questions)
    (few, few95), (many, many95) = (np.quantile(found, (0.5, 0.95)) * 1000 for found in times)
    sizes = [size_of(folder) / 2**20 for folder in folders.values()]
    return (
        f"| {few:.2f} ({few95:.2f}) | {many:.2f} ({many95:.2f}) | {few / many:.2f} | {alike:.3f} "
        f"| {built['exact']:.3f}, {built['chroma']:.2f} | {opened[0] * 1000:.1f}, {opened[1] * 1000:.0f} "
        f"| {sizes[0]:.1f}, {sizes[1]:.1f} |"
    )


def _around(rng: np.random.Generator, middles: NDArray[np.float64], count: int) -> NDArray[np.float32]:
    """So many unit vectors, each around one of the middles."""
    drawn = middles[rng.integers(len(middles), size=count)] + rng.normal(size=(count, DIMENSION))
    drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    return drawn.astype(np.float32)


def _asked(exact: VectorStore, chroma: VectorStore, questions: list[list[float]]) -> tuple[list[list[float]], float]:
    """Seconds of each question at either, and the share of what is nearest that Chroma found."""
    times: list[list[float]] = [[], []]
    shares = []
    for at, question in enumerate(questions):
        found: list[set[str]] = [set(), set()]
        for which in (0, 1) if at % 2 else (1, 0):
            started = time.perf_counter()
            near = (exact, chroma)[which].nearest(question, CANDIDATES)
            times[which].append(time.perf_counter() - started)
            found[which] = {id_ for id_, _ in near}
        shares.append(len(found[0] & found[1]) / len(found[0]))
    return [one[WARMING:] for one in times], float(np.mean(shares))


def _spent(work: Callable[[], object]) -> float:
    """Seconds of processors."""
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    main()
