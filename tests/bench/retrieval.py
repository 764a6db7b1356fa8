"""Retrieval benchmark: public Korean sets flow in; tables of nDCG@10 with intervals, beside peers, flow out.

Run with `make bench`. The sets are looked for in `../shared/benchmarks` beside the repository; one that is absent is
skipped. "jiwon" is the real pipeline. It fails where a fusion is worse than the reciprocal rank fusion of its halves.
Vectors are kept between runs in the folder for temporary files: the first takes about ten minutes of one processor.
"""

from __future__ import annotations

import json
import math
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

REPOSITORY = Path(__file__).resolve().parents[2]
DATA = REPOSITORY.parent / "shared" / "benchmarks"
sys.path.insert(0, str(REPOSITORY))

from rag import generation  # noqa: E402
from rag.building import Contents, writing  # noqa: E402
from rag.domain import Chunk  # noqa: E402
from rag.embedders import e5, open_embedder  # noqa: E402
from rag.ports import Embedder  # noqa: E402
from rag.retrieve import CANDIDATES, retrieve  # noqa: E402
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


# Of the paper on reciprocal rank fusion, and of every library here.
RANK_CONSTANT = 60
DRAWS = 2000
# What LangChain's retrievers are asked for here; what they need is in the extra for development.
PEERS, PEER_COUNT = ("langchain_classic", "rank_bm25"), 50
KEPT = Path(tempfile.gettempdir()) / "jiwon-bench"


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Texts by id, what stands above each in its index, and questions with the ids that answer them."""

    name: str
    texts: dict[str, str]
    titles: dict[str, str]
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


def reciprocal(*rankings: Iterable[str]) -> list[str]:
    """The reciprocal rank fusion of rankings as equals."""
    scores: dict[str, float] = defaultdict(float)
    for ranking in rankings:
        for rank, id_ in enumerate(islice(ranking, CANDIDATES), 1):
            scores[id_] += 1 / (RANK_CONSTANT + rank)
    return best(scores)


@dataclass(frozen=True, slots=True)
class Measured:
    """For each question of a set nDCG@10, and whether the first, and whether any of ten, answers it."""

    gains: NDArray[np.float64]
    firsts: NDArray[np.float64]
    tens: NDArray[np.float64]


def measure(benchmark: Benchmark, rank: Ranking) -> Measured:
    """Every question asked once."""
    rows: list[tuple[float, bool, bool]] = []
    for question, wanted in benchmark.questions:
        hits = [id_ in wanted for id_ in rank(question)[:10]]
        ideal = sum(1 / math.log2(at + 2) for at in range(min(10, len(wanted))))
        gain = sum(hit / math.log2(at + 2) for at, hit in enumerate(hits)) / ideal
        rows.append((gain, any(hits[:1]), any(hits)))
    return Measured(*np.array(rows, dtype=np.float64).T)


def interval(values: NDArray[np.float64]) -> tuple[float, float]:
    """Where the mean lies in 95 of 100 draws of as many questions, with a fixed seed."""
    drawn = np.random.default_rng(0).integers(0, len(values), (DRAWS, len(values)))
    low, high = np.percentile(values[drawn].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


def build(benchmark: Benchmark, data_dir: Path, embedder: Embedder) -> generation.OpenGeneration:
    """A generation whose chunks are the texts of the set."""
    empty = data_dir / "empty.yaml"
    empty.write_text("{}\n", "utf-8")
    titles = benchmark.titles
    chunks = tuple(
        Chunk(id_, "bench", "", titles.get(id_, ""), "", (1, 1), text) for id_, text in benchmark.texts.items()
    )
    contents = Contents((), chunks, (), empty, empty)
    with writing(data_dir) as writer:
        writer.activate(writer.build(contents, embedder, benchmark.name, "2026-01-01T00:00:00").id)
    return generation.open_current(data_dir, embedder)


class Remembering:
    """An embedder that remembers questions, for several rankings ask the same; in all else the one it is made of."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.embed_query = cache(embedder.embed_query)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._embedder, name)


def halves(opened: generation.OpenGeneration) -> tuple[Ranking, Ranking]:
    """What a generation finds by words, and by meaning."""
    embedder = opened.embedder
    assert embedder is not None
    return (
        lambda question: [id_ for id_, _ in opened.lexical.search(question, CANDIDATES)],
        lambda question: [id_ for id_, _ in opened.vectors.nearest(embedder.embed_query(question), CANDIDATES)],
    )


def ensemble(texts: dict[str, str], dense: Ranking, terms: Callable[[str], list[str]]) -> Ranking:
    """LangChain's EnsembleRetriever as it is documented: BM25 of rank_bm25 and a dense retriever as equals."""
    lang: Any = import_module("langchain_classic.retrievers")
    core: Any = import_module("langchain_core.retrievers")
    documents: Any = import_module("langchain_core.documents")
    ids = list(texts)
    bm25: Any = import_module("rank_bm25").BM25Okapi([terms(texts[id_]) for id_ in ids])

    class Found(core.BaseRetriever):  # type: ignore[misc]
        rank: Any

        def _get_relevant_documents(self, query: str, *, run_manager: Any) -> list[Any]:
            return [documents.Document(page_content=id_) for id_ in self.rank(query)]

    def by_words(question: str) -> list[str]:
        scores = bm25.get_scores(terms(question))
        return [ids[at] for at in np.argsort(-scores, kind="stable")[:PEER_COUNT]]

    both = lang.EnsembleRetriever(
        retrievers=[Found(rank=by_words), Found(rank=lambda question: dense(question)[:PEER_COUNT])], weights=[0.5, 0.5]
    )
    return lambda question: [document.page_content for document in both.invoke(question)]


def rankings(
    benchmark: Benchmark, opened: dict[str, generation.OpenGeneration]
) -> Iterator[tuple[str, Ranking, str | None]]:
    """Every ranking with its name, and for a fusion the name of what it must not be worse than."""
    indexed = {id_: f"{benchmark.titles.get(id_, '')}\n{text}".strip() for id_, text in benchmark.texts.items()}
    yield "white-space BM25", Bm25(indexed, str.split).rank, None
    yield "Kiwi morphemes", Bm25(indexed, morphemes).rank, None
    yield "character bigrams", Bm25(indexed, bigrams).rank, None
    yield "morphemes + bigrams (tantivy)", halves(next(iter(opened.values())))[0], None
    for name, one in opened.items():
        words, meaning = halves(one)
        yield f"{name} vectors", meaning, None
        yield f"rank fusion with {name}", lambda q, w=words, m=meaning: reciprocal(w(q), m(q)), None  # type: ignore[misc]
        yield (
            f"jiwon with {name}",
            lambda q, o=one: [hit.chunk.id for hit in retrieve(o, q, 10)],  # type: ignore[misc]
            f"rank fusion with {name}",
        )
        if all(map(find_spec, PEERS)):
            yield f"LangChain Ensemble, {name}", ensemble(indexed, meaning, str.split), None
            yield f"LangChain Ensemble, {name}, morphemes", ensemble(indexed, meaning, lambda t: [*morphemes(t)]), None


def report(benchmark: Benchmark, data_dir: Path) -> list[str]:
    """Print the table of one set; what broke the law of fusion is returned."""
    print(f"\n{benchmark.name}: {len(benchmark.texts)} texts, {len(benchmark.questions)} questions")
    names = ["e5", "kiwi"] if e5.is_available() else ["kiwi"]
    opened: dict[str, generation.OpenGeneration] = {}
    for name in names:
        started = time.perf_counter()
        embedder = cast(Embedder, Remembering(open_embedder(name, data_dir / name)))
        opened[name] = build(benchmark, data_dir / name, embedder)
        print(f"  index with {name} built in {time.perf_counter() - started:.1f} s, known vectors not made again")
    print(f"  {'ranking':<38}{'nDCG@10':>8}{'in 95 of 100':>16}{'Hit@1':>8}{'Hit@10':>8}")
    found: dict[str, Measured] = {}
    broken: list[str] = []
    for name, rank, against in rankings(benchmark, opened):
        started = time.perf_counter()
        found[name] = own = measure(benchmark, rank)
        each = (time.perf_counter() - started) / len(benchmark.questions) * 1000
        low, high = interval(own.gains)
        figures = (
            f"{own.gains.mean():>8.3f}{f'{low:.3f}–{high:.3f}':>16}{own.firsts.mean():>8.3f}{own.tens.mean():>8.3f}"
        )
        print(f"  {name:<38}{figures}   {each:6.1f} ms a question")
        if against:
            more = own.gains - found[against].gains
            low, high = interval(more)
            print(f"    more than {against}: {more.mean():+.3f} ({low:+.3f} to {high:+.3f})")
            if more.mean() < 0:
                broken.append(f"{benchmark.name}: {name} is worse than {against}")
    for one in opened.values():
        one.close()
    return broken


def main() -> None:
    """Run every set that is there; ends with status 1 where a fusion is worse than that of ranks."""
    KEPT.mkdir(exist_ok=True)
    for name in ("e5", "kiwi"):
        (KEPT / name).mkdir(exist_ok=True)
    broken: list[str] = []
    for name, read in (("autorag-ko", autorag), ("bizinfo-2022", bizinfo), ("bizinfo-2022", paraphrases)):
        if not (DATA / name).is_dir():
            print(f"{name}: not found beside the repository, skipped")
            continue
        broken += report(read(DATA / name), KEPT)
        if name == "autorag-ko":
            print("  published by others for this set: nDCG@10, Hit@1, Hit@10")
            for model, *figures in PUBLISHED:
                print(f"  {model:<38}" + "".join(f"{figure:>9}" for figure in figures))
    if broken:
        sys.exit("\n".join(broken))


if __name__ == "__main__":
    main()
