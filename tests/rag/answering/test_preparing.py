"""Preparing: what a sync made is opened as it was, by counting what is worked out: nothing of the corpus."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from rag import prepared
from rag.answering.picking import Query
from rag.answering.preparing import are_of, digest, opened, prepare, vectors_of
from rag.domain import Detail, Program
from rag.plan import Ask, Role
from tests.rag.conftest import LettersEmbedder
from tests.rag.records import EVIDENCE, PROGRAM


class Words:
    """Words as they are spaced, each with a sense of its own, counted."""

    name = "spaced"

    def __init__(self) -> None:
        self.asked = 0

    def words(self, text: str) -> tuple[tuple[str, ...], NDArray[np.float32], NDArray[np.float32]]:
        self.asked += 1
        forms = tuple(dict.fromkeys(text.split()))
        rows = [np.eye(8, dtype=np.float32)[sum(map(ord, form)) % 8] for form in forms]
        return forms, np.array(rows, dtype=np.float32).reshape(-1, 8), np.ones(len(forms), dtype=np.float32)


class Counting(LettersEmbedder):
    """The small embedder, counting the texts it embeds."""

    asked = 0

    def embed_query(self, text: str) -> list[float]:
        self.asked += 1
        return list(super().embed_query(text))


def programs(count: int) -> list[Program]:
    return [
        replace(
            PROGRAM,
            id=f"p{number}",
            name=f"다온 {number}호 지원",
            details=(
                Detail("지원내용", f"{number}번째 작업장의 설비를 고칩니다.", EVIDENCE),
                Detail("신청방법", f"{number}번 창구에서 받습니다.", EVIDENCE),
            ),
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("count", [0, 1, 100, 1000])
def test_opening_works_out_nothing_of_the_corpus(count: int) -> None:
    made = programs(count)
    arrays = prepare(made, (), Words(), LettersEmbedder())
    words, sentences = Words(), Counting()
    opened(made, arrays, words, sentences)
    assert (words.asked, sentences.asked) == (0, 0)


@pytest.mark.parametrize("count", [100, 1000])
def test_asking_all_programmes_takes_their_words_apart_as_often_as_asking_few(count: int) -> None:
    made = programs(count)
    words, sentences = Words(), Counting()
    found = opened(made, prepare(made, (), Words(), LettersEmbedder()), words, sentences)
    ids = [program.id for program in made]
    for _ in range(2):
        found.cards.suits("설비 고치기", ids)
        found.cards.nearest("설비 고치기")
        found.cards.suit("설비 고치기", made)
        for program in made[:50]:
            found.picker.best(program, Query(Ask.HOW, "창구", "창구", "어느 창구로 가나요"))
    # The wish, and of the thing asked: the words, what is about it, and the two with nothing beside them.
    assert words.asked <= 6
    assert sentences.asked == 2


def test_what_is_opened_from_files_answers_as_what_was_made(tmp_path: Path) -> None:
    made = programs(20)
    words, sentences = Words(), LettersEmbedder()
    arrays = prepare(made, (("모의부", ("모의",)),), words, sentences)
    prepared.write(tmp_path / "prepared", arrays)
    stored = prepared.read(tmp_path / "prepared", digest(words, sentences))
    assert stored is not None
    assert are_of(stored, made)
    assert not are_of(stored, made[1:])
    first, second = (opened(made, each, words, sentences) for each in (arrays, stored))
    assert first.names.meant("다온 7호 지원", Role.PROGRAM) == second.names.meant("다온 7호 지원", Role.PROGRAM)
    assert second.names.meant("다온 7호 지원", Role.PROGRAM)[0].programs == ("다온 7호 지원",)
    assert first.cards.nearest("7번째 작업장의") == second.cards.nearest("7번째 작업장의")
    assert second.cards.nearest("7번째 작업장의")[0].name == "다온 7호 지원"
    query = Query(Ask.HOW, "신청", "", "어떻게 신청하나요")
    assert first.picker.best(made[3], query) == second.picker.best(made[3], query)


def test_vectors_made_elsewhere_are_taken_as_they_are() -> None:
    made = programs(3)
    sentences = Counting()
    arrays = prepare(made, (), Words(), sentences, lambda texts: [[0.5] * sentences.dimension for _ in texts])
    assert sentences.asked == 0
    assert np.unique(arrays["senses.table"]).tolist() == [0.5]


def test_vectors_of_the_same_lines_are_taken_over_from_other_code() -> None:
    made = programs(3)
    before = prepare(made, (), Words(), LettersEmbedder())
    same, other = Counting(), Counting()
    again = prepare(made, (), Words(), same, vectors_of(before, same))
    assert same.asked == 0
    assert np.array_equal(again["senses.table"], before["senses.table"])
    prepare(made[1:], (), Words(), other, vectors_of(before, other))
    assert other.asked > 0
