"""Word lists are read by name, in the order of the file."""

from __future__ import annotations

from pathlib import Path

from rag.wordlists import word_lists


def test_lists_are_read_by_name_as_words(tmp_path: Path) -> None:
    path = tmp_path / "words.yaml"
    path.write_text("# 낱말\nkinds: [형, 트랙, 2]\n세금 체납: [체납]\n", "utf-8")
    assert word_lists(path) == {"kinds": ("형", "트랙", "2"), "세금 체납": ("체납",)}
