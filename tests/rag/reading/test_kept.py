"""The kept reader: the model shipped is the one that the readings and the operators beside it teach."""

from pathlib import Path

import pytest

from rag.embedders.e5 import E5Embedder
from rag.reading import kept
from rag.reading.model import digest_of
from rag.reading.operators import LISTS


def test_the_model_shipped_was_learned_from_the_readings_and_operators_beside_it() -> None:
    assert digest_of(kept.SHIPPED) == kept.wanted_digest(E5Embedder())


def test_other_operators_want_another_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = kept.wanted_digest(E5Embedder())
    lists = tmp_path / "operators.yaml"
    lists.write_bytes(LISTS.read_bytes() + "more: [덜고]\n".encode())
    monkeypatch.setattr("rag.reading.kept.LISTS", lists)
    assert kept.wanted_digest(E5Embedder()) != before
