"""Solving: rows of features with what is right of them flow in; the weights that tell it flow out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.answering.weights import Linear

_ROUNDS = 300
_LEAST_SPREAD = 1e-3


@dataclass(frozen=True, slots=True)
class Reached:
    """What weights reach on rows: the share of answers put first, and among the first three.

    `kept` is the share of rows with an answer that are answered, `caught` that of rows without one that are not.
    """

    rows: int
    first: float
    among_three: float
    kept: float
    caught: float


def reached_by(rows: int, places: Sequence[int], kept: Sequence[bool], caught: Sequence[bool]) -> Reached:
    """The shares, of the places at which answers stand (0: first) and of what was judged rightly."""
    first, three = (_share([place < most for place in places]) for most in (1, 3))
    return Reached(rows, first, three, _share(kept), _share(caught))


def _share(held: Sequence[bool]) -> float:
    return sum(held) / max(len(held), 1)


def ranking(examples: Sequence[tuple[NDArray[np.float32], list[int]]], cost: float) -> Linear:
    """Weights under which the shares of the right rows are greatest (softmax); `cost` is that of large weights.

    An example is the features of all rows that might have been right (rows × features), and which of them are.
    """
    from scipy.optimize import minimize  # type: ignore[import-untyped]

    whole = np.vstack([features for features, _ in examples]).astype(np.float64)
    mean, spread = _seen_from(whole)
    seen = [((features - mean) / spread, answers) for features, answers in examples]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = 0.0, np.zeros_like(weights)
        for features, answers in seen:
            scores = features @ weights
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            right = np.zeros_like(shares)
            right[answers] = shares[answers]
            likely = right.sum() + 1e-12
            total -= float(np.log(likely))
            slope += features.T @ (shares - right / likely)
        count = len(seen)
        return total / count + cost * float(weights @ weights), slope / count + 2 * cost * weights

    found = minimize(loss, np.zeros(whole.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": _ROUNDS})
    return Linear(found.x, mean, spread)


def _seen_from(features: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean and spread of each feature; a feature that never differs has a spread of 1."""
    spread = features.std(axis=0)
    return features.mean(axis=0), np.where(spread > _LEAST_SPREAD, spread, 1.0)


def judging(features: NDArray[np.float32], holds: NDArray[np.bool_], cost: float) -> Linear:
    """Weights that tell rows of which it holds from others; both sorts count the same, however many there are."""
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    whole = features.astype(np.float64)
    mean, spread = _seen_from(whole)
    model = LogisticRegression(C=1 / cost, max_iter=2000, class_weight="balanced")
    model.fit((whole - mean) / spread, holds)
    return Linear(model.coef_[0], mean, spread, float(model.intercept_[0]))
