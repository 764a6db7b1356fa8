"""Weights: a file of named weights flows in; what they make of rows of features flows out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.errors import ReadingsError
from rag.messages.files import UNREAD_WEIGHTS

_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Linear:
    """A sum of features, each seen from its mean in units of its spread, and a bias."""

    weights: NDArray[np.float64]
    mean: NDArray[np.float64]
    spread: NDArray[np.float64]
    bias: float = 0.0

    def __call__(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """One score for each row (rows × features), or for the one row given."""
        scores: NDArray[np.float32] = (((features - self.mean) / self.spread) @ self.weights + self.bias).astype(
            np.float32
        )
        return scores


@dataclass(frozen=True, slots=True)
class Weights:
    """What ranks statements, and what judges how surely the best of them answers."""

    rank: Linear
    sure: Linear

    def scores(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """How well each row of features answers; only differences within one programme mean anything."""
        return self.rank(features)

    def sureness(self, features: NDArray[np.float32]) -> float:
        """How likely (0–1) the best statement answers."""
        return float(1 / (1 + np.exp(-float(self.sure(features)))))

    def to_json(self, names: Sequence[str], sure_names: Sequence[str]) -> str:
        """The file of the weights: of every feature by name its weight, its mean and its spread."""
        told = {"rank": _told(self.rank, names), "sure": _told(self.sure, sure_names)}
        return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def read_linear(path: Path, names: Sequence[str]) -> Linear:
    """The one sum of a file for these features. Raises ReadingsError where it has none, or one of other features."""
    try:
        return _linear(json.loads(path.read_text("utf-8")), names)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReadingsError(UNREAD_WEIGHTS.format(file=path.name)) from error


def linear_json(linear: Linear, names: Sequence[str]) -> str:
    """The file of one sum: of every feature by name its weight, its mean and its spread."""
    return json.dumps(_told(linear, names), ensure_ascii=False, indent=1) + "\n"


def read_weights(path: Path, names: Sequence[str], sure_names: Sequence[str]) -> Weights:
    """The weights of a file for these features. Raises ReadingsError where it has none, or those of other features."""
    try:
        told = json.loads(path.read_text("utf-8"))
        return Weights(_linear(told["rank"], names), _linear(told["sure"], sure_names))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReadingsError(UNREAD_WEIGHTS.format(file=path.name)) from error


def _told(linear: Linear, names: Sequence[str]) -> dict[str, object]:
    rows = zip(names, linear.weights, linear.mean, linear.spread, strict=True)
    features = {name: [round(float(value), _DIGITS) for value in values] for name, *values in rows}
    return {"bias": round(linear.bias, _DIGITS), "features": features}


def _linear(told: Mapping[str, Any], names: Sequence[str]) -> Linear:
    if list(told["features"]) != list(names):
        raise ValueError("features")
    weights, mean, spread = np.array([told["features"][name] for name in names], dtype=np.float64).T
    return Linear(weights, mean, spread, float(told["bias"]))
