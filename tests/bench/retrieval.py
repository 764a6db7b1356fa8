"""Retrieval benchmark: public Korean sets flow in; tables of nDCG@10 with intervals, beside peers, flow out.

Run with `make bench`, or `python -m tests.bench.retrieval [SET ...]`. "jiwon" is the real pipeline; all that use
meaning use the same vectors, kept between runs. It fails where a fusion is worse than the reciprocal rank fusion of its
halves.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from rag.embedders import e5, open_embedder
from rag.generation import OpenGeneration
from rag.retrieve import CANDIDATES, retrieve
from rag.text import bigrams, morphemes
from tests.bench.known import KEPT, Known
from tests.bench.measuring import Bm25, Measured, Ranking, interval, measure, reciprocal
from tests.bench.peers import NAMES, OWN, at_hand, lacking, peer
from tests.bench.peers.jiwon import generation, index
from tests.bench.sets import SETS, Benchmark, is_there, read

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


def indexed(benchmark: Benchmark) -> dict[str, str]:
    """What every index holds of each text: its title, where it has one, and itself."""
    return {id_: f"{benchmark.titles.get(id_, '')}\n{text}".strip() for id_, text in benchmark.texts.items()}


def halves(opened: OpenGeneration) -> tuple[Ranking, Ranking]:
    """What a generation finds by words, and by meaning."""
    embedder = opened.embedder
    assert embedder is not None
    return (
        lambda question: [id_ for id_, _ in opened.lexical.search(question, CANDIDATES)],
        lambda question: [id_ for id_, _ in opened.vectors.nearest(embedder.embed_query(question), CANDIDATES)],
    )


def foundations(benchmark: Benchmark, opened: dict[str, OpenGeneration]) -> Iterator[tuple[str, Ranking, str | None]]:
    """What the product is made of, with its name, and for a fusion the name of what it must not be worse than."""
    texts = indexed(benchmark)
    yield "white-space BM25", Bm25(texts, str.split).rank, None
    yield "Kiwi morphemes", Bm25(texts, morphemes).rank, None
    yield "character bigrams", Bm25(texts, bigrams).rank, None
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


def peers(benchmark: Benchmark, embedder: Known, root: Path) -> Iterator[tuple[str, Ranking]]:
    """Every peer that is installed, over the same texts and vectors."""
    texts = indexed(benchmark)
    for name in at_hand():
        if name == OWN:
            continue
        folder = root / name
        folder.mkdir()
        peer(name).index(texts, folder, embedder)
        search = peer(name).opened(folder, embedder)
        yield NAMES[name], lambda question, search=search: search(question, 10)  # type: ignore[misc]


def told(name: str, benchmark: Benchmark, rank: Ranking) -> Measured:
    """One line of the table."""
    started = time.perf_counter()
    own = measure(benchmark, rank)
    each = (time.perf_counter() - started) / len(benchmark.questions) * 1000
    low, high = interval(own.gains)
    figures = f"{own.gains.mean():>8.3f}{f'{low:.3f}–{high:.3f}':>16}{own.firsts.mean():>8.3f}{own.tens.mean():>8.3f}"
    print(f"  {name:<38}{figures}   {each:6.1f} ms a question", flush=True)
    return own


def compared(name: str, own: Measured, other: Measured) -> float:
    """How much more one reaches than the other on the same questions; printed with its interval."""
    more = own.gains - other.gains
    low, high = interval(more)
    print(f"    more than {name}: {more.mean():+.3f} ({low:+.3f} to {high:+.3f})", flush=True)
    return float(more.mean())


def report(name: str, benchmark: Benchmark, root: Path) -> list[str]:
    """Print the table of one set; what broke the law of fusion is returned."""
    print(f"\n{name}: {len(benchmark.texts)} texts, {len(benchmark.questions)} questions", flush=True)
    opened: dict[str, OpenGeneration] = {}
    known: dict[str, Known] = {}
    for kind in ["e5", "kiwi"] if e5.is_available() else ["kiwi"]:
        known[kind] = Known(open_embedder(kind, KEPT / kind))
        known[kind].know(question for question, _ in benchmark.questions)
        folder = root / f"jiwon-{kind}"
        folder.mkdir()
        index(indexed(benchmark), folder, known[kind])
        opened[kind] = generation(folder, known[kind])
    print(f"  {'ranking':<38}{'nDCG@10':>8}{'in 95 of 100':>16}{'Hit@1':>8}{'Hit@10':>8}", flush=True)
    found: dict[str, Measured] = {}
    broken: list[str] = []
    for row, rank, against in foundations(benchmark, opened):
        found[row] = told(row, benchmark, rank)
        if against and compared(against, found[row], found[against]) < 0:
            broken.append(f"{name}: {row} is worse than {against}")
    kind = next(iter(opened))
    for row, rank in peers(benchmark, known[kind], root):
        compared(row, found[f"jiwon with {kind}"], told(row, benchmark, rank))
    for one in opened.values():
        one.close()
    return broken


def main() -> None:
    """Run every set that is there; ends with status 1 where a fusion is worse than that of ranks."""
    broken: list[str] = []
    for name in lacking():
        print(f"{NAMES[name]}: not installed, skipped (extra `bench`)")
    for name in sys.argv[1:] or SETS:
        if not is_there(name):
            continue
        with tempfile.TemporaryDirectory() as root:
            broken += report(name, read(name), Path(root))
        if name == "AutoRAG-ko":
            print("  published by others for this set: nDCG@10, Hit@1, Hit@10")
            for model, *figures in PUBLISHED:
                print(f"  {model:<38}" + "".join(f"{figure:>9}" for figure in figures))
    if broken:
        sys.exit("\n".join(broken))


if __name__ == "__main__":
    main()
