"""Growth of retrieval: so many chunks with vectors drawn by rule flow in; what building, opening and asking cost beside
the fewest, as ratios, and which store of vectors that was, flows out.

Usage: python -m tests.bench.chunks [COUNT ...] (default: 1,000, 10,000 and 100,000). Each is built, and asked, by a
process of its own; all that are open are asked in turn.
"""

from __future__ import annotations

import json
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from rag.disk import size_of
from rag.generation import GENERATIONS, VECTORS
from rag.vectors import store_of
from tests.bench.cost import Child, machine, made_up
from tests.bench.cost_child import DRAWN
from tests.bench.peers import OWN

COUNTS = (1_000, 10_000, 100_000)
ROUNDS, BLOCK = 5, 20
# The most that is aimed at: a build beside as many times the smallest one, a question and an opening beside one of the
# fewest, and memory.
LINEAR, QUESTION, MEMORY_GIB = 1.3, 3.0, 2.0


def main() -> None:
    """Build, open and ask."""
    counts = tuple(map(int, sys.argv[1:])) or COUNTS
    print(f"\n{machine()}\nchunks of retrieval, vectors drawn by rule", flush=True)
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as open_:
        root = Path(scratch)
        built, asked, opening = {}, {}, {}
        for count in counts:
            texts, questions = made_up(count)
            (root / f"{count}.json").write_text(json.dumps(texts), "utf-8")
            (root / "questions.json").write_text(json.dumps(questions), "utf-8")
            folder = root / str(count)
            folder.mkdir()
            with Child("index", OWN, str(folder), DRAWN, str(root / f"{count}.json")) as child:
                built[count] = child.told()
            built[count]["disk"] = size_of(folder)
            built[count]["store"] = store(folder)
            told = {name: f"{built[count][name]:.1f}" for name in ("wall", "cpu")}
            print(f"  {count:>7} built: {told}, {built[count]['peak'] / 2**30:.2f} GiB at most", flush=True)
        for count in counts:
            asked[count] = open_.enter_context(
                Child("ask", OWN, str(root / str(count)), DRAWN, str(root / "questions.json"))
            )
            opening[count] = asked[count].told()
        times: dict[int, list[float]] = {count: [] for count in counts}
        memory = dict.fromkeys(counts, 0)
        for round_ in range(ROUNDS):
            for count, child in asked.items():
                told_times = child.asked(times={"first": round_ * BLOCK, "count": BLOCK})
                times[count] += told_times["times"]
                memory[count] = told_times["peak"]
    few = counts[0]
    medians = {count: float(np.median(found)) for count, found in times.items()}
    print(
        "| chunks | store | build, processor s | beside linear | disk, MiB | memory, GiB | opening | a question, ms "
        "| times |"
    )
    print("| --- " * 9 + "|")
    for count in counts:
        linear = built[count]["cpu"] / built[few]["cpu"] / (count / few)
        print(
            f"| {count:,} | {built[count]['store']} | {built[count]['cpu']:.1f} | {linear:.2f} "
            f"| {built[count]['disk'] / 2**20:.0f} "
            f"| {max(built[count]['peak'], memory[count]) / 2**30:.2f} "
            f"| {opening[count]['cpu'] / opening[few]['cpu']:.2f} "
            f"| {medians[count] * 1000:.1f} | {medians[count] / medians[few]:.2f} |"
        )
    print(f"at most: {LINEAR} times linear, {QUESTION:g} times the question of the fewest, {MEMORY_GIB:g} GiB")


def store(folder: Path) -> str:
    """The kind of store in which the vectors of what was built lie."""
    (directory,) = folder.glob(f"{GENERATIONS}/*/{VECTORS}")
    return type(store_of(directory, "", "")).__name__


if __name__ == "__main__":
    main()
