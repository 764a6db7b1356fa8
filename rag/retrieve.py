"""Retrieval: the text of a question flows in, the chunks that suit it best flow out, by words and by meaning."""

from __future__ import annotations

from collections.abc import Mapping

from rag.domain import Hit
from rag.generation import OpenGeneration
from rag.rerank import RERANKED

# What each half brings at least, so that a chunk strong in one is not lost to the other.
CANDIDATES = 200
# Where the passage whose words suit best holds so much of a question's words or less, meaning has the whole share that
# the embedder gives it; where it holds so much or more, words decide alone. It holds .05 to .22 of colloquial
# questions, .24 to .78 of titles, .52 to .94 of questions in the words of a page, see tests/bench/RESULTS.md.
_STRANGE, _KNOWN = 0.2, 0.9


def retrieve(generation: OpenGeneration, text: str, count: int) -> list[Hit]:
    """The `count` best chunks, best first, with fused scores from 0 to 1; none where nothing is alike.

    Where the generation was opened with a reranking, that says which of the best come first.
    """
    if generation.reranking is None:
        return fused(generation, text, count)
    return generation.reranking.ordered(text, fused(generation, text, max(count, RERANKED)))[:count]


def fused(generation: OpenGeneration, text: str, count: int) -> list[Hit]:
    """The `count` chunks of the highest fused scores, whatever a reranking would say of them.

    Each half is spread over its candidates: the best has 1, what holds no word, or is no nearer than the farthest of
    the nearest, 0. So a model whose cosines all lie in a narrow band says as much as another. Where the embedder cannot
    be had, and until the vectors are open, words decide alone.
    """
    if not any(map(str.isalnum, text)):
        return []
    width = max(count, CANDIDATES)
    found = generation.lexical.search(text, width)
    words = _shares(dict(found), 0.0)
    meaning: Mapping[str, float] = {}
    share = 0.0
    if (embedder := generation.finding_by_meaning) is not None:
        near = dict(generation.vectors.nearest(embedder.embed_query(text), width))
        meaning = _shares(near, min(near.values(), default=0.0))
        held = generation.lexical.covered(text, found[0][0]) if found else 0.0
        share = embedder.weight * share_of_meaning(held)
    rows: list[tuple[float, str, float, float]] = []
    for id_ in words.keys() | meaning.keys():
        lexical, dense = words.get(id_, 0.0), meaning.get(id_, 0.0)
        rows.append(((1 - share) * lexical + share * dense, id_, lexical, dense))
    rows.sort(key=lambda row: (-row[0], row[1]))
    hits: list[Hit] = []
    for rank, (score, id_, lexical, dense) in enumerate(rows[:count], 1):
        chunk = generation.catalogue.chunk(id_)
        if score > 0 and chunk is not None:
            hits.append(Hit(chunk=chunk, score=score, rank=rank, lexical=lexical, dense=dense))
    return hits


def share_of_meaning(held: float) -> float:
    """How much of its share (0–1) meaning gets, where the best passage by words holds so much (0–1) of them."""
    return min(max((_KNOWN - held) / (_KNOWN - _STRANGE), 0.0), 1.0)


def _shares(scores: Mapping[str, float], least: float) -> dict[str, float]:
    """Scores from `least` to the best as shares from 0 to 1; none where the best is nothing."""
    best = max(scores.values(), default=0.0)
    if best <= 0:
        return {}
    if best <= least:
        return dict.fromkeys(scores, 1.0)
    return {id_: (score - least) / (best - least) for id_, score in scores.items()}
