"""Measuring: a set and a ranking flow in; what each question gains, and where the means lie, flow out."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from rag.retrieve import CANDIDATES
from tests.bench.sets import Benchmark

# Of the paper on reciprocal rank fusion, and of every library here.
RANK_CONSTANT = 60
DRAWS = 2000

Ranking = Callable[[str], Sequence[str]]


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
