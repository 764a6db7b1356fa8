"""Wishes: wishes with the programmes that meet them flow in; the weights by which programmes are suggested flow out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.answering.select import Asker
from rag.answering.suggest import candidates, wishes_of
from rag.answering.suiting import features, sure_features
from rag.answering.weights import Weights
from rag.domain import Question
from rag.errors import ReadingsError
from rag.fitting.examples import WishRow
from rag.fitting.solve import Reached, judging, ranking, reached_by
from rag.messages.files import NO_WISHES
from rag.plan import Plan, SelectBy
from rag.shelf import Shelf

Read = Callable[[Question], Plan]

# How much large weights cost; by the rows of the dev split (tests/bench/RESULTS.md).
_RANK_COST, _SURE_COST = 0.1, 30.0


@dataclass(frozen=True, slots=True)
class _Example:
    """Features of the programmes that may meet a wish, and which of them do; `is_met` where the corpus has one."""

    wish: str
    features: NDArray[np.float32]
    right: tuple[int, ...]
    is_met: bool


def fit(rows: Sequence[WishRow], read: Read, shelf: Shelf) -> Weights:
    """The weights that put programmes that meet a wish first; the same rows give the same weights."""
    examples = [example for row in rows for example in _examples(row, read, shelf)]
    met = [(e.features, list(e.right)) for e in examples if e.right and len(e.right) < len(e.features)]
    if not met:
        raise ReadingsError(NO_WISHES)
    rank = ranking(met, _RANK_COST)
    judged = [e for e in examples if e.right or not e.is_met]
    told = np.stack([sure_features(e.wish, e.features, rank(e.features)) for e in judged])
    return Weights(rank, judging(told, np.array([e.is_met for e in judged]), _SURE_COST))


def reached(weights: Weights, rows: Sequence[WishRow], read: Read, shelf: Shelf, sure: float) -> Reached:
    """What the weights reach on these rows, where a best programme surer than `sure` is told."""
    places: list[int] = []
    kept: list[bool] = []
    caught: list[bool] = []
    for row in rows:
        for example in _examples(row, read, shelf):
            scores = weights.scores(example.features)
            order = [int(at) for at in np.argsort(-scores, kind="stable")]
            is_told = weights.sureness(sure_features(example.wish, example.features, scores)) >= sure
            if example.is_met:
                places.append(min((order.index(at) for at in example.right), default=len(order)))
                kept.append(is_told)
            else:
                caught.append(not is_told)
    return reached_by(len(rows), places, kept, caught)


def _examples(row: WishRow, read: Read, shelf: Shelf) -> Iterator[_Example]:
    plan = read(row.question)
    part = next((part for part in plan.parts if part.select.by is SelectBy.NEED), None)
    if part is None:
        return
    asker = Asker(plan.company, plan.told, row.question.as_of)
    among = candidates(part, asker, shelf)
    if among:
        wish = wishes_of(plan, part)[0]
        right = tuple(at for at, match in enumerate(among) if match.program.name in row.good)
        yield _Example(wish, features(plan, part, wish, among, shelf), right, bool(row.good))
