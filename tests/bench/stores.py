"""Stores of vectors side by side: vectors drawn by rule flow in; what writing, opening and asking each kind of store
cost, asked in turn, flows out as a table.

Usage: python -m tests.bench.stores [COUNT ...] (default: 500 to 20,000). Vectors are drawn evenly, where sketches and a
graph miss most, and in clusters of 20, as passages on one thing are.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.chroma_vectors import write_chroma
from rag.disk import size_of
from rag.ports import Rows, VectorStore
from rag.retrieve import CANDIDATES
from rag.vectors import LIMITS, Limits, store_of, write_within
from tests.bench.cost import machine

COUNTS = (500, 1_000, 2_000, 5_000, 10_000, 20_000)
DIMENSION, BATCH, CLUSTER = 384, 32, 20
WARMING, QUESTIONS = 40, 240
DRAWN = {"evenly": 0.0, "in clusters": 1.0}
"""How far the middle of a cluster lies from that of all, beside how far its vectors lie from it."""


WRITING: dict[str, Callable[[Path, Rows, int], None]] = {
    "exact": lambda folder, rows, count: write_within(folder, rows, Limits(count, count)),
    "sketched": lambda folder, rows, count: write_within(folder, rows, Limits(0, count)),
    "Chroma": lambda folder, rows, _: write_chroma(folder, rows),
}


def main() -> None:
    """Write, open and ask one of each kind."""
    print(
        f"\n{machine()}\nthe {CANDIDATES} nearest; up to {LIMITS.exact:,} held exactly, to {LIMITS.sketched:,} sketched"
    )
    columns = ("vectors", "drawn", "store", "ms (p95)", "times exact", "found", "of the first ten")
    print("|", " | ".join((*columns, "written, s", "opened, ms", "MiB")), "|")
    print("| --- " * 10 + "|")
    rng = np.random.default_rng(1)
    for count in tuple(map(int, sys.argv[1:])) or COUNTS:
        for drawn, apart in DRAWN.items():
            with tempfile.TemporaryDirectory() as scratch:
                for row in _rows(Path(scratch), rng, count, apart):
                    print(f"| {count:,} | {drawn} | {row} |", flush=True)


def _rows(scratch: Path, rng: np.random.Generator, count: int, apart: float) -> Iterator[str]:
    middles = rng.normal(size=(count // CLUSTER + 1, DIMENSION)) * apart
    vectors = _around(rng, middles, count)
    questions = [vector.tolist() for vector in _around(rng, middles, WARMING + QUESTIONS)]
    ids = [f"s{at}" for at in range(count)]

    def rows() -> Iterator[tuple[list[str], NDArray[np.float32]]]:
        return ((ids[at : at + BATCH], vectors[at : at + BATCH]) for at in range(0, count, BATCH))

    write_chroma(scratch / "first", [(ids[:BATCH], vectors[:BATCH])])  # type: ignore[list-item]
    written = {kind: _spent(lambda kind=kind: WRITING[kind](scratch / kind, rows(), count)) for kind in WRITING}  # type: ignore[misc, arg-type]
    with ExitStack() as open_:
        stores = {kind: open_.enter_context(closing(store_of(scratch / kind, "", ""))) for kind in WRITING}
        opened = {kind: _spent(store.open) for kind, store in stores.items()}
        times, found = _asked(stores, questions)
    exact = float(np.median(times["exact"]))
    for kind, own in times.items():
        median, slow = np.quantile(own, (0.5, 0.95)) * 1000
        all_, ten = np.mean(found[kind], axis=0)
        yield (
            f"{kind} | {median:.2f} ({slow:.2f}) | {median / exact / 1000:.2f} | {all_:.3f} | {ten:.3f} "
            f"| {written[kind]:.3f} | {opened[kind] * 1000:.1f} | {size_of(scratch / kind) / 2**20:.1f}"
        )


def _around(rng: np.random.Generator, middles: NDArray[np.float64], count: int) -> NDArray[np.float32]:
    """So many unit vectors, each around one of the middles."""
    drawn = middles[rng.integers(len(middles), size=count)] + rng.normal(size=(count, DIMENSION))
    drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    return drawn.astype(np.float32)


def _asked(
    stores: Mapping[str, VectorStore], questions: list[list[float]]
) -> tuple[dict[str, list[float]], dict[str, list[tuple[float, float]]]]:
    """Seconds of each question at each, and the shares of what is nearest, and of its first ten, that it found."""
    times: dict[str, list[float]] = {kind: [] for kind in stores}
    found: dict[str, list[tuple[float, float]]] = {kind: [] for kind in stores}
    for at, question in enumerate(questions):
        near: dict[str, list[str]] = {}
        for kind in np.roll(list(stores), at):
            started = time.perf_counter()
            told = stores[kind].nearest(question, CANDIDATES)
            times[kind].append(time.perf_counter() - started)
            near[kind] = [id_ for id_, _ in told]
        for kind, own in near.items():
            all_, ten = (len({*wanted} & {*own}) / len(wanted) for wanted in (near["exact"], near["exact"][:10]))
            found[kind].append((all_, ten))
    return {kind: own[WARMING:] for kind, own in times.items()}, found


def _spent(work: Callable[[], object]) -> float:
    """Seconds of processors."""
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    main()
