"""Laws of retrieval over a small real generation."""

import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag import generation
from rag.embedders.kiwi import KiwiEmbedder
from rag.generation import OpenGeneration
from rag.ports import Vector
from rag.retrieve import retrieve, share_of_meaning
from tests.rag.conftest import LettersEmbedder
from tests.rag.records import TOPICS, contents, served


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, kiwi: KiwiEmbedder) -> Iterator[OpenGeneration]:
    data_dir: Path = tmp_path_factory.mktemp("data")
    served(data_dir, contents(data_dir, "a"), kiwi, "a")
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


class Narrowed(LettersEmbedder):
    """The embedder of letters with one value that all vectors share: cosines from .9 to 1, in the same order."""

    def __init__(self) -> None:
        super().__init__("narrowed", 65)

    def embed_query(self, text: str) -> Vector:
        vector = LettersEmbedder.embed_query(LettersEmbedder(), text)
        return [math.sqrt(0.9), *(math.sqrt(0.1) * x for x in vector)]


def served_by(data_dir: Path, embedder: LettersEmbedder) -> OpenGeneration:
    served(data_dir, contents(data_dir, "a"), embedder, "a")
    return generation.open_current(data_dir, embedder)


@pytest.mark.parametrize("text", ["훈련 대출", "로봇을 들이고 싶은 공장", "통역해 줄 사람", "데이터 바우처 지원"])
def test_a_model_whose_cosines_lie_in_a_narrow_band_says_as_much_as_another(tmp_path: Path, text: str) -> None:
    found = []
    for name, embedder in (("wide", LettersEmbedder()), ("narrow", Narrowed())):
        folder = tmp_path / name
        folder.mkdir()
        opened = served_by(folder, embedder)
        found.append({hit.chunk.id: hit.score for hit in retrieve(opened, text, 6)})
        opened.close()
    wide, narrow = found
    assert narrow == pytest.approx(wide, abs=1e-3)


def test_the_more_of_the_words_the_best_passage_holds_the_less_meaning_counts() -> None:
    shares = [share_of_meaning(held / 20) for held in range(21)]
    assert shares == sorted(shares, reverse=True)
    assert (shares[0], shares[-1]) == (1, 0)


def test_where_a_passage_holds_every_word_words_decide_alone(opened: OpenGeneration) -> None:
    held = [topic for number, topic in enumerate(TOPICS) if opened.lexical.covered(topic, f"a-{number}") > 0.99]
    assert held
    for topic in held:
        assert all(hit.score == hit.lexical for hit in retrieve(opened, topic, 6))


def test_without_its_embedder_an_index_is_searched_by_words_alone(opened: OpenGeneration) -> None:
    alone = replace(opened, embedder=None)
    for topic in TOPICS:
        hits = retrieve(alone, topic, 6)
        assert [hit.chunk.id for hit in hits] == [id_ for id_, _ in opened.lexical.search(topic, 6)]
        assert all(hit.dense == 0 for hit in hits)
    assert retrieve(alone, "빚", 1) == []


def test_asking_twice_gives_the_same(opened: OpenGeneration) -> None:
    assert retrieve(opened, "중소기업 훈련 대출", 6) == retrieve(opened, "중소기업 훈련 대출", 6)
