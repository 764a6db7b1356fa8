"""Linear models: features flow in, a probability for every label flows out; plain numbers, learned elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Labels, the row of weights of each known feature, and what each label weighs by itself.

    `rarity` is how much each feature counts (its inverse frequency); `meaning` weighs the parts of a sentence's vector,
    and has no rows where the model reads none; `exclusive` tells that exactly one label holds (softmax); else each
    holds by itself (logistic).
    """

    labels: tuple[str, ...]
    rows: Mapping[str, int]
    rarity: NDArray[np.float32]
    weights: NDArray[np.float32]
    meaning: NDArray[np.float32]
    bias: NDArray[np.float32]
    exclusive: bool

    def probabilities(self, features: Iterable[str], sentence: NDArray[np.float32] | None = None) -> dict[str, float]:
        """How likely each label is (0–1); features never seen weigh nothing. `sentence` is the vector of the text."""
        at, value = vector(features, self.rows, self.rarity)
        scores = self.bias.astype(np.float64) + value @ self.weights[at]
        if sentence is not None and len(self.meaning):
            scores = scores + sentence @ self.meaning
        if self.exclusive:
            scores = np.exp(scores - scores.max())
            scores = scores / scores.sum()
        else:
            scores = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
        return dict(zip(self.labels, map(float, scores), strict=True))

    def best(self, features: Iterable[str], sentence: NDArray[np.float32] | None = None) -> tuple[str, float]:
        """The likeliest label and its probability; of equals the first."""
        found = self.probabilities(features, sentence)
        label = max(found, key=lambda name: found[name])
        return label, found[label]


def vector(
    features: Iterable[str], rows: Mapping[str, int], rarity: NDArray[np.float32]
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """The rows of the known features and their values: letters and words each of length 1, rare ones weighing more."""
    known = sorted((rows[feature], feature[0].isdigit()) for feature in set(features) if feature in rows)
    at = np.array([row for row, _ in known], dtype=np.intp)
    value = rarity[at].astype(np.float64)
    letters = np.array([is_letters for _, is_letters in known], dtype=bool)
    for group in (letters, ~letters):
        length = np.sqrt((value[group] ** 2).sum())
        if length:
            value[group] /= length
    return at, value


@dataclass(frozen=True, slots=True)
class SequenceModel:
    """Weights of a linear chain: of a feature under a label, and of a label after another."""

    labels: tuple[str, ...]
    rows: Mapping[str, int]
    weights: NDArray[np.float32]
    transitions: NDArray[np.float32]

    def best_paths(self, features: Sequence[Sequence[str]], count: int = 1) -> list[tuple[float, list[str]]]:
        """The likeliest ways to label all tokens, best first, each with how much likelier (log) the best one is.

        Time linear in the number of tokens (Viterbi, kept for the `count` best paths into every label).
        """
        if not features:
            return [(0.0, [])]
        scores = np.stack([self._scores(row) for row in features])
        labels = len(self.labels)
        best = scores[0][None, :]
        back: list[NDArray[np.intp]] = []
        for row in scores[1:]:
            # Rows: the paths into each label so far, label within path; columns: the next label.
            reached = (best[:, :, None] + self.transitions[None]).reshape(-1, labels)
            kept = np.argsort(-reached, axis=0, kind="stable")[:count]
            back.append(kept)
            best = np.take_along_axis(reached, kept, axis=0) + row
        ends = np.argsort(-best, axis=None, kind="stable")[:count]
        top = float(best.flat[ends[0]])
        return [(top - float(best.flat[end]), self._path(int(end), back)) for end in ends]

    def _path(self, end: int, back: Sequence[NDArray[np.intp]]) -> list[str]:
        """The labels on the path that ends so, followed back."""
        path = []
        for step in reversed(back):
            rank, label = divmod(end, len(self.labels))
            path.append(label)
            end = int(step[rank, label])
        path.append(end % len(self.labels))
        return [self.labels[index] for index in reversed(path)]

    def _scores(self, row: Sequence[str]) -> NDArray[np.float64]:
        known = [self.rows[feature] for feature in row if feature in self.rows]
        if not known:
            return np.zeros(len(self.labels))
        total: NDArray[np.float64] = self.weights[known].sum(axis=0, dtype=np.float64)
        return total
