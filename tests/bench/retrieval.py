"""Retrieval benchmark: two public Korean sets flow in, a table of nDCG@10, Hit@1 and Hit@10 flows out.

Run with `make bench`. The sets are looked for in `../shared/benchmarks` beside the repository; one that is
absent is skipped. Word rankings are computed here with a textbook BM25; "jiwon" is the real pipeline.
"""

from __future__ import annotations

import json
import math
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
DATA = REPOSITORY.parent / "shared" / "benchmarks"
sys.path.insert(0, str(REPOSITORY))

from rag import generation  # noqa: E402
from rag.domain import Chunk  # noqa: E402
from rag.embedders import open_embedder  # noqa: E402
from rag.lexical import BIGRAM_WEIGHT  # noqa: E402
from rag.ports import Embedder  # noqa: E402
from rag.retrieve import retrieve  # noqa: E402
from rag.text import bigrams, morphemes  # noqa: E402

# Figures others have published for the first set: (nDCG@10, Hit@1, Hit@10), "-" where not given.
PUBLISHED = (
    ("BGE-m3-ko", "-", ".754", ".983"),
    ("KURE-v1", "-", ".737", ".983"),
    ("KoE5", "-", ".719", ".947"),
    ("bge-m3", "-", ".675", ".974"),
    ("openai-3-large", "-", ".605", ".904"),
    ("paraphrase-multilingual-mpnet", "-", ".360", ".667"),
    ("best dense model", ".906", "-", "-"),
    ("learned sparse models", ".93–.96", "-", "-"),
)


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Texts by id, and questions with the ids that answer them."""

    name: str
    texts: dict[str, str]
    questions: tuple[tuple[str, frozenset[str]], ...]


Ranking = Callable[[str], Sequence[str]]


def autorag(folder: Path) -> Benchmark:
    """AutoRAG's Korean set: 720 pages of reports in five fields, 114 questions."""
    from pyarrow import parquet  # type: ignore[import-untyped]

    pages = parquet.read_table(folder / "ocr_corpus_v3.parquet").to_pylist()
    asked = parquet.read_table(folder / "qa_v4.parquet").to_pylist()
    return Benchmark(
        "AutoRAG-ko",
        {page["doc_id"]: page["contents"] for page in pages},
        tuple((row["query"], frozenset(id_ for group in row["retrieval_gt"] for id_ in group)) for row in asked),
    )


def bizinfo(folder: Path) -> Benchmark:
    """Notices of support programmes: the title asks for its body; notices that share a body count as one."""
    lines = (folder / "bench_title2body.jsonl").read_text("utf-8").splitlines()
    first: dict[str, str] = {}
    answers: dict[str, set[str]] = defaultdict(set)
    for notice in map(json.loads, lines):
        answers[notice["title"]].add(first.setdefault(notice["body"], notice["id"]))
    questions = tuple((title, frozenset(ids)) for title, ids in answers.items())
    return Benchmark("bizinfo-2022", {id_: body for body, id_ in first.items()}, questions)


class Bm25:
    """Textbook BM25 (k1 1.2, b 0.75) over any cutting of a text into terms."""

    def __init__(self, texts: dict[str, str], terms: Callable[[str], Iterable[str]]) -> None:
        self._terms = terms
        bags = {id_: Counter(terms(text)) for id_, text in texts.items()}
        mean = sum(bag.total() for bag in bags.values()) / len(bags)
        self._postings: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for id_, bag in bags.items():
            slope = 1.2 * (0.25 + 0.75 * bag.total() / mean)
            for term, count in bag.items():
                self._postings[term].append((id_, count * 2.2 / (count + slope)))
        self._size = len(bags)

    def scores(self, question: str) -> dict[str, float]:
        """BM25 score of every text that shares a term with the question."""
        found: dict[str, float] = defaultdict(float)
        for term in self._terms(question):
            postings = self._postings.get(term, [])
            rarity = math.log(1 + (self._size - len(postings) + 0.5) / (len(postings) + 0.5))
            for id_, weight in postings:
                found[id_] += rarity * weight
        return found

    def rank(self, question: str) -> list[str]:
        """The ten best ids."""
        return best(self.scores(question))


def best(scores: dict[str, float]) -> list[str]:
    """The ten ids with the highest scores."""
    return sorted(scores, key=lambda id_: -scores[id_])[:10]


def measure(benchmark: Benchmark, rank: Ranking) -> tuple[float, float, float]:
    """Mean nDCG@10, Hit@1 and Hit@10."""
    totals = [0.0, 0.0, 0.0]
    for question, wanted in benchmark.questions:
        hits = [id_ in wanted for id_ in rank(question)[:10]]
        ideal = sum(1 / math.log2(at + 2) for at in range(min(10, len(wanted))))
        totals[0] += sum(hit / math.log2(at + 2) for at, hit in enumerate(hits)) / ideal
        totals[1] += any(hits[:1])
        totals[2] += any(hits)
    ndcg, first, ten = (total / len(benchmark.questions) for total in totals)
    return ndcg, first, ten


def build(benchmark: Benchmark, data_dir: Path, embedder: Embedder) -> generation.OpenGeneration:
    """A generation whose chunks are the texts of the set."""
    empty = data_dir / "empty.yaml"
    empty.write_text("{}\n", "utf-8")
    chunks = tuple(Chunk(id_, "bench", "", "", "", (1, 1), text) for id_, text in benchmark.texts.items())
    contents = generation.Contents((), chunks, (), empty, empty)
    record = generation.build(data_dir, contents, embedder, benchmark.name, "2026-01-01T00:00:00", None)
    generation.activate(data_dir, record.id)
    return generation.open_current(data_dir, embedder)


def report(benchmark: Benchmark, data_dir: Path) -> None:
    """Print the table of one set, and how long indexing and asking took."""
    print(f"\n{benchmark.name}: {len(benchmark.texts)} texts, {len(benchmark.questions)} questions")
    print(f"  {'ranking':<34}{'nDCG@10':>9}{'Hit@1':>9}{'Hit@10':>9}")
    words, pairs = Bm25(benchmark.texts, morphemes), Bm25(benchmark.texts, bigrams)

    def both(question: str) -> list[str]:
        found = words.scores(question)
        for id_, score in pairs.scores(question).items():
            found[id_] += BIGRAM_WEIGHT * score
        return best(found)

    embedder = open_embedder("kiwi", data_dir)
    embedder.embed_query("시험")
    started = time.perf_counter()
    opened = build(benchmark, data_dir, embedder)
    built = time.perf_counter() - started
    rows: tuple[tuple[str, Ranking], ...] = (
        ("white-space BM25", Bm25(benchmark.texts, str.split).rank),
        ("Kiwi morphemes", words.rank),
        ("character bigrams", pairs.rank),
        ("morphemes + bigrams", both),
        ("morphemes + bigrams (tantivy)", lambda q: [id_ for id_, _ in opened.lexical.search(q, 10)]),
        ("Kiwi vectors", lambda q: [id_ for id_, _ in opened.vectors.nearest(embedder.embed_query(q), 10)]),
        ("jiwon (fused, default)", lambda q: [hit.chunk.id for hit in retrieve(opened, q, 10)]),
    )
    for name, rank in rows:
        started = time.perf_counter()
        ndcg, first, ten = measure(benchmark, rank)
        each = (time.perf_counter() - started) / len(benchmark.questions) * 1000
        print(f"  {name:<34}{ndcg:>9.4f}{first:>9.4f}{ten:>9.4f}   {each:6.2f} ms a question")
    print(f"  index built in {built:.1f} s")
    opened.close()


def main() -> None:
    """Run every set that is there."""
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder)
        for name, read in (("autorag-ko", autorag), ("bizinfo-2022", bizinfo)):
            if not (DATA / name).is_dir():
                print(f"{name}: not found beside the repository, skipped")
                continue
            report(read(DATA / name), data_dir)
            if name == "autorag-ko":
                print("  published by others for this set:")
                for model, *figures in PUBLISHED:
                    print(f"  {model:<34}" + "".join(f"{figure:>9}" for figure in figures))


if __name__ == "__main__":
    main()
