"""Models: the same samples teach the same, and what is stored is what was learned."""

from pathlib import Path

import numpy as np
import pytest

from rag.errors import ReadingsError
from rag.reading.learning import learn_linear, learn_sequence
from rag.reading.model import ReaderModel, digest_of, read_model

WORDS = [["u=전화", "u=번호"], ["u=번호"], ["u=언제"], ["u=언제", "u=까지"], ["u=전화"], ["u=까지"]] * 4
LABELS = [("contact",), ("contact",), ("period",), ("period",), ("contact",), ("period",)] * 4
CHAIN = [[["w=대구"], ["w=에서"]], [["w=구미"], ["w=에서"]]] * 8
PATHS = [["B-place", "O"], ["B-place", "O"]] * 8


def model() -> ReaderModel:
    linear = {"asks": learn_linear(WORDS, LABELS, exclusive=True)}
    return ReaderModel("d", frozenset({"뭐/N"}), np.zeros(3, dtype=np.float32), learn_sequence(CHAIN, PATHS), linear)


def test_the_same_samples_give_the_same_file() -> None:
    assert model().packed() == model().packed()


def test_a_label_is_found_by_its_words() -> None:
    learned = learn_linear(WORDS, LABELS, exclusive=True)
    assert learned.best(["u=번호"])[0] == "contact"
    assert learned.best(["u=까지"])[0] == "period"
    assert sum(learned.probabilities(["u=언제"]).values()) == pytest.approx(1.0)


def test_a_chain_reads_every_token_once() -> None:
    chain = learn_sequence(CHAIN, PATHS)
    assert chain.best_paths([["w=대구"], ["w=에서"]]) == [(0.0, ["B-place", "O"])]
    assert chain.best_paths([]) == [(0.0, [])]


def test_what_is_stored_is_what_was_learned(tmp_path: Path) -> None:
    (tmp_path / "reader.zip").write_bytes(model().packed())
    stored = read_model(tmp_path / "reader.zip")
    assert digest_of(tmp_path / "reader.zip") == "d"
    assert stored.asking == {"뭐/N"}
    assert stored.linear["asks"].best(["u=번호"])[0] == "contact"
    assert stored.spans.best_paths([["w=구미"], ["w=에서"]]) == [(0.0, ["B-place", "O"])]


def test_a_file_that_is_no_model_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "reader.zip").write_bytes(b"PK garbage")
    assert digest_of(tmp_path / "reader.zip") == ""
    with pytest.raises(ReadingsError, match=r"reader\.zip"):
        read_model(tmp_path / "reader.zip")
