"""Word lists are read by name, in the order of the file."""

from __future__ import annotations

from pathlib import Path

from rag.wordlists import patterns, word_lists


def test_lists_are_read_by_name_as_words(tmp_path: Path) -> None:
    path = tmp_path / "words.yaml"
    path.write_text("# 낱말\nkinds: [형, 트랙, 2]\n세금 체납: [체납]\n", "utf-8")
    assert word_lists(path) == {"kinds": ("형", "트랙", "2"), "세금 체납": ("체납",)}


def test_a_pattern_is_any_of_its_alternatives_in_either_case(tmp_path: Path) -> None:
    path = tmp_path / "patterns.yaml"
    path.write_text("days:\n  over: ['마감(?:됨|된)', 'closed\\b']\n  near: ['곧']\n", "utf-8")
    read = patterns(path)["days"]
    assert list(read) == ["over", "near"]
    assert read["over"].search("이미 마감된 사업") and read["over"].search("CLOSED now")
    assert not read["over"].search("마감 전") and not read["near"].search("closed")
