"""Solving: weights put the right row first, and tell rows of which it holds from others."""

import numpy as np
import pytest

from rag.fitting.solve import judging, ranking, reached_by


def test_the_right_row_comes_first() -> None:
    random = np.random.default_rng(7)
    examples = []
    for _ in range(60):
        rows = random.normal(size=(5, 3)).astype(np.float32)
        examples.append((rows, [int(np.argmax(rows[:, 0] - rows[:, 2]))]))
    weights = ranking(examples, 0.001)
    assert all(int(np.argmax(weights(rows))) in right for rows, right in examples)
    assert (weights.weights[0] > 0, weights.weights[2] < 0) == (True, True)


def test_the_same_rows_give_the_same_weights() -> None:
    rows = np.eye(3, dtype=np.float32)
    one, other = (ranking([(rows, [1])], 0.1) for _ in range(2))
    assert one.weights.tolist() == other.weights.tolist()


def test_rows_of_which_it_holds_are_told_from_others() -> None:
    rows = np.array([[0.0, 1], [0.1, 1], [1, 1], [1.1, 1]], dtype=np.float32)
    judged = judging(rows, np.array([False, False, True, True]), 1.0)
    assert [float(judged(row)) > 0 for row in rows] == [False, False, True, True]


def test_a_feature_that_never_differs_weighs_nothing() -> None:
    rows = np.array([[0, 5], [1, 5]], dtype=np.float32)
    weights = ranking([(rows, [1])], 0.1)
    assert weights.weights[1] == pytest.approx(0)
    assert weights.spread[1] == 1.0


def test_what_is_reached_is_told_in_shares() -> None:
    reached = reached_by(4, [0, 2, 3, 0], [True, False], [])
    assert (reached.first, reached.among_three, reached.kept, reached.caught) == (0.5, 0.75, 0.5, 0.0)
