"""Reranking changes the order and nothing else, within its seconds; what is slow or broken leaves the fused order."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from rag import generation
from rag.domain import Chunk, Hit
from rag.embedders.kiwi import KiwiEmbedder
from rag.errors import ModelUnavailable
from rag.generation import OpenGeneration
from rag.rerank import AT_ONCE, FIRST, RERANKED, Reranking
from rag.rerankers.cross_encoder import CrossEncoderReranker
from rag.rerankers.words import WordsReranker
from rag.retrieve import fused, retrieve
from tests.rag.records import TOPICS, contents, served
from tests.rag.tiny_models import needs_models, tiny_cross_encoder


class Told:
    """A reranker of scores told beforehand by text; it may take its time, or fail."""

    name = "told"

    def __init__(self, score: Callable[[str], float], seconds: float = 0.0) -> None:
        self._score, self._seconds = score, seconds
        self.asked: list[int] = []

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        self.asked.append(len(texts))
        time.sleep(self._seconds)
        return [self._score(text) for text in texts]


def hits(count: int) -> list[Hit]:
    """So many hits in fused order; the text of each is its number."""
    return [
        Hit(Chunk(f"c{n}", "s", "", "", "", (1, 1), str(n)), score=1 - n / 100, rank=n + 1, lexical=0.5, dense=0.5)
        for n in range(count)
    ]


def number(text: str) -> float:
    return float(text)


def order(found: Sequence[Hit]) -> list[int]:
    return [int(hit.chunk.text) for hit in found]


def test_the_best_five_of_twenty_come_first_and_the_rest_keeps_its_order() -> None:
    reranker = Told(number)
    found = Reranking(reranker, 5).ordered("q", hits(30))
    assert order(found) == [19, 18, 17, 16, 15, *range(15), *range(20, 30)]
    assert sum(reranker.asked) == RERANKED and max(reranker.asked) <= AT_ONCE


def test_ranks_are_new_fused_scores_are_kept_and_those_judged_carry_their_score() -> None:
    before = hits(30)
    found = Reranking(Told(number), 5).ordered("q", before)
    assert [hit.rank for hit in found] == list(range(1, 31))
    kept = {hit.chunk.id: (hit.score, hit.lexical, hit.dense) for hit in before}
    assert {hit.chunk.id: (hit.score, hit.lexical, hit.dense) for hit in found} == kept
    judged = {n: hit.reranked for n, hit in zip(order(found), found, strict=True)}
    assert judged == {n: float(n) if n < RERANKED else None for n in range(30)}


def test_among_equals_the_fused_order_counts() -> None:
    assert order(Reranking(Told(lambda text: 0.5), 5).ordered("q", hits(12))) == list(range(12))
    odd_first = Reranking(Told(lambda text: int(text) % 2), 5).ordered("q", hits(12))
    assert order(odd_first) == [1, 3, 5, 7, 9, 0, 2, 4, 6, 8, 10, 11]


@pytest.mark.parametrize("count", [0, 1, 2, FIRST, FIRST + 1, RERANKED])
def test_few_hits_are_all_there(count: int) -> None:
    found = Reranking(Told(number), 5).ordered("q", hits(count))
    assert sorted(order(found)) == list(range(count))


def test_after_its_seconds_the_fused_order_stands_and_the_model_is_left_alone() -> None:
    reranker, notes = Told(number, seconds=0.2), list[str]()
    reranking = Reranking(reranker, 0.3, notes.append)
    began = time.monotonic()
    assert reranking.ordered("q", hits(30)) == hits(30)
    assert time.monotonic() - began < 0.3 + 0.15
    assert len(notes) == 1 and "0.3초" in notes[0]
    time.sleep(0.5)
    assert len(reranker.asked) <= 2


def test_one_batch_that_never_ends_in_time_delays_nobody() -> None:
    stuck = threading.Event()

    class Stuck(Told):
        def scores(self, question: str, texts: Sequence[str]) -> list[float]:
            stuck.wait(20)
            return super().scores(question, texts)

    reranking = Reranking(Stuck(number), 0.2)
    try:
        began = time.monotonic()
        assert reranking.ordered("q", hits(30)) == hits(30)
        assert time.monotonic() - began < 0.2 + 0.15
    finally:
        stuck.set()


def test_an_answer_that_searches_again_does_not_wait_again_and_later_ones_try(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.rerank.REST_S", 0.4)
    reranker = Told(number, seconds=0.2)
    reranking = Reranking(reranker, 0.1)
    reranking.ordered("q", hits(4))
    began = time.monotonic()
    assert reranking.ordered("q", hits(4)) == hits(4)
    assert time.monotonic() - began < 0.05
    time.sleep(0.5)
    reranker._seconds = 0.0
    assert order(reranking.ordered("q", hits(4))) == [3, 2, 1, 0]


def test_a_model_that_fails_leaves_the_fused_order_and_says_why() -> None:
    def fail(text: str) -> float:
        raise ModelUnavailable("재정렬 모델 '가상': 점수를 매기지 못했습니다.")

    notes: list[str] = []
    assert Reranking(Told(fail), 5, notes.append).ordered("q", hits(6)) == hits(6)
    assert notes == ["재정렬 모델 '가상': 점수를 매기지 못했습니다."]


def test_threads_that_share_it_each_get_their_own_order() -> None:
    reranking = Reranking(Told(number), 20)
    wrong: list[list[int]] = []

    def ask(count: int) -> None:
        for _ in range(20):
            found = order(reranking.ordered("q", hits(count)))
            if found[:FIRST] != list(range(count - 1, count - 1 - FIRST, -1)):
                wrong.append(found)

    threads = [threading.Thread(target=ask, args=(count,)) for count in range(6, 14)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory, kiwi: KiwiEmbedder) -> Path:
    data_dir = tmp_path_factory.mktemp("data")
    served(data_dir, contents(data_dir, "a"), kiwi, "a")
    return data_dir


@pytest.fixture
def opened(data_dir: Path, kiwi: KiwiEmbedder) -> Iterator[Callable[[Reranking | None], OpenGeneration]]:
    """A function that opens the generation with a reranking, or with none."""
    all_of_them: list[OpenGeneration] = []

    def open_with(reranking: Reranking | None) -> OpenGeneration:
        all_of_them.append(generation.open_current(data_dir, kiwi, reranking))
        return all_of_them[-1]

    yield open_with
    for one in all_of_them:
        one.close()


Opened = Callable[[Reranking | None], OpenGeneration]


def test_without_a_reranker_what_is_found_is_what_was_fused(opened: Opened) -> None:
    plain = opened(None)
    for topic in TOPICS:
        found = retrieve(plain, topic, 4)
        assert found == fused(plain, topic, 4)
        assert all(hit.reranked is None for hit in found)


def test_what_is_found_follows_the_reranker_and_is_cut_afterwards(opened: Opened) -> None:
    last = fused(opened(None), TOPICS[0], 6)[-1].chunk
    reranked = opened(Reranking(Told(lambda text: text == last.indexed_text), 5))
    (first,) = retrieve(reranked, TOPICS[0], 1)
    assert (first.chunk, first.rank) == (last, 1)
    assert {hit.reranked for hit in fused(reranked, TOPICS[0], 3)} == {None}


def test_words_decide_between_fused_hits(opened: Opened) -> None:
    assert retrieve(opened(Reranking(WordsReranker(), 5)), TOPICS[3], 3)[0].chunk.id == "a-3"


@needs_models
def test_a_real_cross_encoder_orders_what_is_found(opened: Opened, tmp_path: Path) -> None:
    reranker = CrossEncoderReranker(str(tiny_cross_encoder(tmp_path)))
    plain, reranked = opened(None), opened(Reranking(reranker, 30))
    changed = 0
    for topic in TOPICS:
        before, found = fused(plain, topic, RERANKED), retrieve(reranked, topic, FIRST)
        if len(before) < 2:  # one passage has no order
            continue
        texts = [hit.chunk.indexed_text for hit in before]
        best = sorted(reranker.scores(topic, texts), reverse=True)[:FIRST]
        assert [hit.reranked for hit in found] == pytest.approx(best, abs=1e-5)
        changed += [hit.chunk for hit in found] != [hit.chunk for hit in before[:FIRST]]
    assert changed
