"""Sets: files under JIWON_BENCH_DATA flow in; texts, questions and the ids that answer them flow out.

Nothing of them is part of this repository: what is absent is told, and skipped.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("JIWON_BENCH_DATA") or REPOSITORY.parent / "shared")
MOST = int(os.environ.get("JIWON_BENCH_TEXTS") or 0)
"""So many texts of each set at most; 0 for all. Tables say how many they are of."""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Texts by id, what stands above each in its index, and questions with the ids that answer them."""

    name: str
    texts: dict[str, str]
    titles: dict[str, str]
    questions: tuple[tuple[str, frozenset[str]], ...]


def autorag(folder: Path) -> Benchmark:
    """AutoRAG's Korean set: 720 pages of reports in five fields, 114 questions."""
    from pyarrow import parquet  # type: ignore[import-untyped]

    pages = parquet.read_table(folder / "ocr_corpus_v3.parquet").to_pylist()
    asked = parquet.read_table(folder / "qa_v4.parquet").to_pylist()
    return Benchmark(
        "AutoRAG-ko",
        {page["doc_id"]: page["contents"] for page in pages},
        {},
        tuple((row["query"], frozenset(id_ for group in row["retrieval_gt"] for id_ in group)) for row in asked),
    )


def notices(folder: Path) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Bodies by the id of their first notice, and every notice; those that share a body count as one."""
    lines = (folder / "bench_title2body.jsonl").read_text("utf-8").splitlines()
    rows = {row["id"]: row for row in map(json.loads, lines)}
    first: dict[str, str] = {}
    for id_, row in rows.items():
        row["answer"] = first.setdefault(row["body"], id_)
    return {id_: body for body, id_ in first.items()}, rows


def bizinfo(folder: Path) -> Benchmark:
    """Notices of support programmes: the title asks for its body."""
    bodies, rows = notices(folder)
    answers: dict[str, set[str]] = defaultdict(set)
    for row in rows.values():
        answers[row["title"]].add(row["answer"])
    return Benchmark("bizinfo-2022", bodies, {}, tuple((title, frozenset(ids)) for title, ids in answers.items()))


def paraphrases(folder: Path) -> Benchmark:
    """What shop owners ask in their own words, of the same notices with their titles."""
    bodies, rows = notices(folder)
    asked = map(json.loads, (folder / "bench_paraphrase.jsonl").read_text("utf-8").splitlines())
    questions = tuple((row["query"], frozenset({rows[row["id"]]["answer"]})) for row in asked)
    return Benchmark("bizinfo-2022, paraphrases", bodies, {id_: rows[id_]["title"] for id_ in bodies}, questions)


def part(benchmark: Benchmark, count: int) -> Benchmark:
    """So many texts, those that questions want first, and the questions whose answers are all among them."""
    wanted = (id_ for _, ids in benchmark.questions for id_ in sorted(ids))
    kept = set(list(dict.fromkeys((*wanted, *benchmark.texts)))[:count])
    return replace(
        benchmark,
        texts={id_: text for id_, text in benchmark.texts.items() if id_ in kept},
        questions=tuple((question, ids) for question, ids in benchmark.questions if ids <= kept),
    )


def read(name: str) -> Benchmark:
    """A set that is there, or so much of it as is measured."""
    folder, reader = SETS[name]
    whole = reader(folder)
    return part(whole, MOST) if MOST else whole


SETS: dict[str, tuple[Path, Callable[[Path], Benchmark]]] = {
    "AutoRAG-ko": (DATA / "benchmarks" / "autorag-ko", autorag),
    "titles to bodies": (DATA / "benchmarks" / "bizinfo-2022", bizinfo),
    "own words": (DATA / "benchmarks" / "bizinfo-2022", paraphrases),
}
"""Every set by its name: the folder it lies in, and how it is read."""


def is_there(name: str) -> bool:
    """Whether a set is there; that it is not is told."""
    folder, _ = SETS[name]
    if not folder.is_dir():
        print(f"\n{name}: no data at {folder}, skipped (JIWON_BENCH_DATA tells the folder)")
    return folder.is_dir()
