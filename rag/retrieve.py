"""Retrieval: the text of a question flows in, the chunks that suit it best flow out, by words and by meaning."""

from __future__ import annotations

from collections.abc import Mapping

from rag.domain import Hit
from rag.generation import OpenGeneration
from rag.rerank import RERANKED

# What each half brings at least, so that a chunk strong in one is not lost to the other.
CANDIDATES = 200


def retrieve(generation: OpenGeneration, text: str, count: int) -> list[Hit]:
    """The `count` best chunks, best first, with fused scores from 0 to 1; none where nothing is alike.

    Where the generation was opened with a reranking, that says which of the best come first.
    """
    if generation.reranking is None:
        return fused(generation, text, count)
    return generation.reranking.ordered(text, fused(generation, text, max(count, RERANKED)))[:count]


def fused(generation: OpenGeneration, text: str, count: int) -> list[Hit]:
    """The `count` chunks of the highest fused scores, whatever a reranking would say of them.

    Lexical scores are divided by the best one; the embedder says how much of the score is its cosine.
    """
    width = max(count, CANDIDATES)
    words = dict(generation.lexical.search(text, width))
    meaning = dict(generation.vectors.nearest(generation.embedder.embed_query(text), width))
    share = generation.embedder.weight
    rows: list[tuple[float, str, float, float]] = []
    for id_, (lexical, dense) in _both(words, meaning).items():
        rows.append(((1 - share) * lexical + share * dense, id_, lexical, dense))
    rows.sort(key=lambda row: (-row[0], row[1]))
    hits: list[Hit] = []
    for rank, (score, id_, lexical, dense) in enumerate(rows[:count], 1):
        chunk = generation.catalogue.chunk(id_)
        if score > 0 and chunk is not None:
            hits.append(Hit(chunk=chunk, score=score, rank=rank, lexical=lexical, dense=dense))
    return hits


def _both(words: Mapping[str, float], meaning: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """Lexical and dense score from 0 to 1 for every candidate.

    A candidate that only its words found has a cosine no higher than the last of `meaning`: it is given that
    one, for 0 would punish it for the length of the list.
    """
    best = max(words.values(), default=1.0)
    least = min(meaning.values(), default=0.0)
    return {
        id_: (words.get(id_, 0.0) / best, min(max(meaning.get(id_, least), 0.0), 1.0))
        for id_ in words.keys() | meaning.keys()
    }
