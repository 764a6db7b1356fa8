"""Reranking: a question with its fused hits flows in, the same hits flow out, the five that answer best first."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event

from rag.domain import Hit
from rag.errors import ModelUnavailable
from rag.messages.models import TOO_SLOW
from rag.ports import Reranker

RERANKED, FIRST = 20, 5
"""So many fused hits are judged, and so many of them come first: what published Korean measurements used."""
AT_ONCE = 4
"""Pairs judged between two looks at whether anybody still waits."""
REST_S = 3.0
"""Seconds without a further try after one in vain, so that an answer that searches several times waits once."""


class Reranking:
    """A reranker with its budget of seconds; after it, and where the model fails, the fused order stands.

    Safe to share between threads: one worker judges, question after question. `note` is told why an order stands.
    """

    def __init__(self, reranker: Reranker, seconds: float, note: Callable[[str], None] = lambda reason: None) -> None:
        self._reranker, self._seconds, self._note = reranker, seconds, note
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="rerank")
        self._rests_until = -math.inf

    @property
    def name(self) -> str:
        """The name of the reranker."""
        return self._reranker.name

    def ordered(self, question: str, hits: Sequence[Hit]) -> list[Hit]:
        """The hits with the best five of the first twenty in front, ranks numbered anew, fused scores untouched.

        Those judged carry the reranker's score; among equals, and behind the five, the fused order counts.
        """
        judged = hits[:RERANKED]
        scores = self._judge(question, [hit.chunk.indexed_text for hit in judged])
        if scores is None:
            return list(hits)
        told = [*(replace(hit, reranked=score) for hit, score in zip(judged, scores, strict=True)), *hits[RERANKED:]]
        by_score = sorted(range(len(judged)), key=lambda at: -scores[at])
        first = by_score[:FIRST]
        order = [*first, *(at for at in range(len(told)) if at not in first)]
        return [replace(told[at], rank=rank) for rank, at in enumerate(order, 1)]

    def _judge(self, question: str, texts: Sequence[str]) -> list[float] | None:
        """The scores, or `None` where there are none in time."""
        if len(texts) < 2 or time.monotonic() < self._rests_until:
            return None
        left = Event()
        waiting = self._worker.submit(self._work, question, texts, left)
        try:
            return waiting.result(self._seconds)
        except TimeoutError:
            left.set()
            waiting.cancel()
            reason = TOO_SLOW.format(seconds=self._seconds)
        except ModelUnavailable as error:
            reason = str(error)
        self._rests_until = time.monotonic() + REST_S
        self._note(reason)
        return None

    def _work(self, question: str, texts: Sequence[str], left: Event) -> list[float]:
        scores: list[float] = []
        while len(scores) < len(texts) and not left.is_set():
            scores += self._reranker.scores(question, texts[len(scores) : len(scores) + AT_ONCE])
        return scores
