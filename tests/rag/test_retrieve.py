"""Laws of retrieval over a small real generation."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag import generation
from rag.embedders.kiwi import KiwiEmbedder
from rag.generation import OpenGeneration
from rag.retrieve import retrieve
from tests.rag.records import TOPICS, contents


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, kiwi: KiwiEmbedder) -> Iterator[OpenGeneration]:
    data_dir: Path = tmp_path_factory.mktemp("data")
    record = generation.build(data_dir, contents(data_dir, "a"), kiwi, "a", "2026-01-01T00:00:00", None)
    generation.activate(data_dir, record.id)
    opened = generation.open_current(data_dir, kiwi)
    yield opened
    opened.close()


@pytest.mark.parametrize("number, topic", enumerate(TOPICS))
def test_a_topic_finds_its_own_chunk_first(opened: OpenGeneration, number: int, topic: str) -> None:
    assert retrieve(opened, topic, 3)[0].chunk.id == f"a-{number}"


def test_meaning_finds_what_no_word_does(opened: OpenGeneration) -> None:
    hit = retrieve(opened, "빚", 1)[0]
    assert hit.chunk.id == "a-1"
    assert hit.lexical == 0


@settings(deadline=None, max_examples=50)
@given(st.text(st.characters(codec=None), max_size=30) | st.text(st.sampled_from("정책자금대출 훈련로봇"), max_size=20))
def test_hits_are_ranked_and_their_scores_are_shares(opened: OpenGeneration, text: str) -> None:
    hits = retrieve(opened, text, 4)
    assert len(hits) <= 4
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < hit.score <= 1 and 0 <= hit.lexical <= 1 and 0 <= hit.dense <= 1 for hit in hits)
    assert len({hit.chunk.id for hit in hits}) == len(hits)


def test_a_text_without_known_words_finds_nothing(opened: OpenGeneration) -> None:
    assert retrieve(opened, "", 3) == []
    assert retrieve(opened, "🙂", 3) == []


def test_asking_twice_gives_the_same(opened: OpenGeneration) -> None:
    assert retrieve(opened, "중소기업 훈련 대출", 6) == retrieve(opened, "중소기업 훈련 대출", 6)
