"""Choices: figures of readings are kept without the words of questions, and the right one is learned."""

from pathlib import Path

import numpy as np
import pytest

from rag.errors import ReadingsError
from rag.fitting.choices import CHOICES, Choice, fit, reached, read_choices
from rag.saying.choosing import FEATURES


def choice(author: str, right: int) -> Choice:
    rows = np.zeros((2, len(FEATURES)), dtype=np.float32)
    rows[right, FEATURES.index("words told again")] = 1
    rows[1, FEATURES.index("another by")] = 1
    return Choice(author, rows, (right,))


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(choice("a", 1).to_json() + "\n", "utf-8")
    (found,) = read_choices(tmp_path)
    assert (found.author, found.right) == ("a", (1,))
    assert (found.features == choice("a", 1).features).all()


def test_weights_choose_what_they_learned_and_each_author_is_judged_by_the_others() -> None:
    choices = [choice(author, right) for author in "ab" for right in (0, 1, 1)]
    weights = fit(choices)
    assert all(int(np.argmax(weights(c.features))) in c.right for c in choices)
    assert [(author, chosen) for author, chosen, _ in reached(choices)] == [("a", 1.0), ("b", 1.0)]


def test_a_line_of_other_features_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"author": "a", "rows": [[1, 2]], "right": [0]}\n', "utf-8")
    with pytest.raises(ReadingsError, match="corpus/choices"):
        read_choices(tmp_path)
    with pytest.raises(ReadingsError):
        fit([])


def test_the_kept_choices_have_every_one_a_right_and_a_wrong_reading() -> None:
    kept = read_choices(CHOICES)
    assert kept and all(0 < len(c.right) < len(c.features) for c in kept)
