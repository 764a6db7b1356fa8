"""Vectors are computed once: by digest of the text, for each embedder, in a file that damage cannot turn against us."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from rag.building import KEPT, writing
from rag.kept import BUILDS_KEPT, EMBEDDERS_KEPT, kept_vectors
from rag.ports import Vector
from tests.rag.conftest import LettersEmbedder
from tests.rag.records import TOPICS, contents


class Counting(LettersEmbedder):
    """Remembers what it had to embed."""

    def __init__(self, name: str = "letters", dimension: int = 64) -> None:
        super().__init__(name, dimension)
        self.embedded: list[str] = []

    def embed_documents(self, texts: Sequence[str]) -> list[Vector]:
        self.embedded += texts
        return super().embed_documents(texts)


def embedded(folder: Path, texts: Sequence[str], embedder: Counting | None = None) -> list[str]:
    """Embed in one build; which texts that had to compute. What comes back is held against the embedder's own."""
    embedder = embedder or Counting()
    embedder.embedded.clear()
    with kept_vectors(folder, embedder) as kept:
        found = kept.embed(texts)
    again = LettersEmbedder(embedder.name, embedder.dimension).embed_documents(texts)
    assert len(found) == len(again)
    for vector, wanted in zip(found, again, strict=True):
        assert vector == pytest.approx(wanted, abs=1e-6)
    return embedder.embedded


def the_file(folder: Path) -> Path:
    (file,) = folder.glob("*.sqlite")
    return file


def test_only_changed_texts_are_embedded_again(tmp_path: Path) -> None:
    assert embedded(tmp_path, TOPICS) == list(TOPICS)
    assert embedded(tmp_path, TOPICS) == []
    assert embedded(tmp_path, ("새 글", *TOPICS[::-1], "")) == ["새 글", ""]


def test_the_same_text_twice_is_embedded_once(tmp_path: Path) -> None:
    assert embedded(tmp_path, ("가", "나", "가")) == ["가", "나"]
    assert embedded(tmp_path, ()) == []


def test_each_embedder_has_its_own_vectors_and_coming_back_costs_nothing(tmp_path: Path) -> None:
    embedded(tmp_path, TOPICS)
    assert embedded(tmp_path, TOPICS, Counting("other", 32)) == list(TOPICS)
    assert embedded(tmp_path, TOPICS) == []
    assert embedded(tmp_path, TOPICS, Counting("other", 32)) == []


def test_names_alike_in_letters_do_not_share(tmp_path: Path) -> None:
    for name in ("/m/a#1", "/m/a#2", "m a 1", "모델"):
        assert embedded(tmp_path, TOPICS[:1], Counting(name)) == [TOPICS[0]]


def test_a_vector_of_another_length_is_computed_again(tmp_path: Path) -> None:
    embedded(tmp_path, TOPICS, Counting("one", 64))
    assert embedded(tmp_path, TOPICS, Counting("one", 32)) == list(TOPICS)


@pytest.mark.parametrize("content", [b"", b"not a database at all", b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_file_is_made_anew(tmp_path: Path, content: bytes) -> None:
    embedded(tmp_path, TOPICS)
    the_file(tmp_path).write_bytes(content)
    assert embedded(tmp_path, TOPICS) == list(TOPICS)
    assert embedded(tmp_path, TOPICS) == []


def test_a_page_overwritten_in_the_middle_gives_no_wrong_vector(tmp_path: Path) -> None:
    texts = [f"{topic} {number}" for number in range(50) for topic in TOPICS]
    embedded(tmp_path, texts)
    whole = the_file(tmp_path).read_bytes()
    for start in range(4096, len(whole), 9000):
        the_file(tmp_path).write_bytes(whole[:start] + b"\x5a" * 700 + whole[start + 700 :])
        embedded(tmp_path, texts)


def test_a_bit_turned_in_a_vector_is_noticed(tmp_path: Path) -> None:
    import sqlite3

    embedded(tmp_path, TOPICS)
    file = sqlite3.connect(the_file(tmp_path))
    digest, vector = file.execute("select digest, vector from vectors limit 1").fetchone()
    turned = bytes([vector[0] ^ 1, *vector[1:]])
    with file:
        file.execute("update vectors set vector = ? where digest = ?", (turned, digest))
    file.close()
    assert len(embedded(tmp_path, TOPICS)) == 1
    assert embedded(tmp_path, TOPICS) == []


def test_a_place_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    assert embedded(tmp_path / "file", TOPICS) == list(TOPICS)


def test_what_several_builds_did_not_use_is_dropped(tmp_path: Path) -> None:
    embedded(tmp_path, TOPICS)
    for _ in range(BUILDS_KEPT - 1):
        embedded(tmp_path, TOPICS[:1])
    assert embedded(tmp_path, TOPICS) == []
    for _ in range(BUILDS_KEPT):
        embedded(tmp_path, TOPICS[:1])
    assert embedded(tmp_path, TOPICS) == list(TOPICS[1:])


def test_only_the_last_embedders_keep_a_file(tmp_path: Path) -> None:
    for number in range(EMBEDDERS_KEPT + 2):
        embedded(tmp_path, TOPICS, Counting(f"e{number}"))
    assert len(list(tmp_path.iterdir())) == EMBEDDERS_KEPT
    assert embedded(tmp_path, TOPICS, Counting(f"e{EMBEDDERS_KEPT + 1}")) == []
    assert embedded(tmp_path, TOPICS, Counting("e0")) == list(TOPICS)


def test_what_a_failing_build_computed_is_kept_for_the_next(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), kept_vectors(tmp_path, LettersEmbedder()) as kept:
        kept.embed(TOPICS[:2])
        raise ZeroDivisionError
    assert embedded(tmp_path, TOPICS) == list(TOPICS[2:])


def test_a_rebuild_embeds_what_changed_and_counts_on(tmp_path: Path) -> None:
    steps: list[tuple[str, int, int]] = []
    embedder = Counting()

    def built(mark: str) -> list[str]:
        embedder.embedded.clear()
        steps.clear()
        with writing(tmp_path) as writer:
            made = contents(tmp_path, mark)
            writer.build(made, embedder, mark, "2026-01-01T00:00:00", lambda *step: steps.append(step))
        return list(embedder.embedded)

    assert len(built("a")) == len(TOPICS)
    assert built("a") == []
    assert [step[1:] for step in steps if step[0] == "임베딩"] == [(0, 6), (4, 6), (6, 6)]
    assert len(built("b")) == len(TOPICS)
    assert len(list((tmp_path / KEPT).iterdir())) == 1
