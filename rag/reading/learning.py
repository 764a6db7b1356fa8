"""Learning: labelled samples flow in, linear and sequence models flow out; deterministic, and needed only at a sync."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from rag.reading.linear import LinearModel, SequenceModel, vector

# A feature of one sample alone tells nothing of the next one.
_SEEN_AT_LEAST = 3
# Chosen on the dev split of the readings, see tests/bench/RESULTS.md.
_STRENGTH, _STRENGTH_AS_IS = 5.0, 15.0
_L1, _L2, _ROUNDS = 0.05, 0.02, 120
_TINY = 1e-3
_CERTAIN = 30.0


def learn_linear(
    samples: Sequence[Iterable[str]],
    labels: Sequence[Sequence[str]],
    exclusive: bool,
    sentences: Sequence[NDArray[np.float32]] = (),
    *,
    as_is: bool = False,
) -> LinearModel:
    """A model of the labels of the samples; with `exclusive` each sample has exactly one.

    Rare labels count as much as common ones, unless `as_is`: then one is as likely as it is in the samples.
    `sentences` are the vectors of the samples, where the model is to read them. A label without a counter-example gets
    no weights, only a bias. The same samples give the same model.
    """
    from scipy.sparse import csr_matrix, hstack  # type: ignore[import-untyped]
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    sets = [sorted(set(sample)) for sample in samples]
    counts = Counter(feature for sample in sets for feature in sample)
    rows = {feature: at for at, feature in enumerate(sorted(f for f, n in counts.items() if n >= _SEEN_AT_LEAST))}
    rarity = np.array([np.log((1 + len(sets)) / (1 + counts[f])) + 1 for f in rows] or [0.0], dtype=np.float32)
    vectors = [vector(sample, rows, rarity) for sample in sets]
    starts = np.cumsum([0, *(len(at) for at, _ in vectors)])
    data = np.concatenate([value for _, value in vectors]) if vectors else np.zeros(0)
    indices = np.concatenate([at for at, _ in vectors]) if vectors else np.zeros(0)
    matrix = csr_matrix((data, indices, starts), shape=(len(sets), max(len(rows), 1)), dtype=np.float64)
    if sentences:
        matrix = hstack([matrix, csr_matrix(np.stack(sentences))]).tocsr()
    names = tuple(sorted({label for each in labels for label in each}))
    weights = np.zeros((matrix.shape[1], len(names)), dtype=np.float32)
    bias = np.zeros(len(names), dtype=np.float32)
    for at, name in enumerate(names):
        holds = np.array([name in each for each in labels])
        if holds.all() or not holds.any():
            bias[at] = _CERTAIN if holds.any() else -_CERTAIN
            continue
        fitted = LogisticRegression(
            C=_STRENGTH_AS_IS if as_is else _STRENGTH,
            solver="liblinear",
            dual=True,
            max_iter=60,
            tol=0.01,
            class_weight=None if as_is else "balanced",
            random_state=0,
        )
        fitted.fit(matrix, holds)
        weights[:, at], bias[at] = fitted.coef_[0], fitted.intercept_[0]
    words = max(len(rows), 1)
    return LinearModel(names, rows, rarity, weights[:words], weights[words:], bias, exclusive)


def learn_sequence(samples: Sequence[Sequence[Sequence[str]]], paths: Sequence[Sequence[str]]) -> SequenceModel:
    """A linear chain (CRF) over the samples, each a list of features for every token, and its labels."""
    import pycrfsuite  # type: ignore[import-untyped]

    trainer = pycrfsuite.Trainer(verbose=False)
    for sample, path in zip(samples, paths, strict=True):
        if sample:
            trainer.append(sample, path)
    trainer.set_params(
        {"c1": _L1, "c2": _L2, "max_iterations": _ROUNDS, "feature.possible_transitions": True, "feature.minfreq": 2}
    )
    with TemporaryDirectory() as folder:
        file = str(Path(folder, "chain"))
        trainer.train(file)
        tagger = pycrfsuite.Tagger()
        tagger.open(file)
        told = tagger.info()
        tagger.close()
    labels = tuple(sorted(told.labels))
    place = {label: at for at, label in enumerate(labels)}
    kept = {key: weight for key, weight in told.state_features.items() if abs(weight) > _TINY}
    rows = {feature: at for at, feature in enumerate(sorted({feature for feature, _ in kept}))}
    weights = np.zeros((max(len(rows), 1), len(labels)), dtype=np.float32)
    for (feature, label), weight in kept.items():
        weights[rows[feature], place[label]] = weight
    transitions = np.zeros((len(labels), len(labels)), dtype=np.float32)
    for (one, other), weight in told.transitions.items():
        transitions[place[one], place[other]] = weight
    return SequenceModel(labels, rows, weights, transitions)
