"""How much of a talk is heard, and which texts say nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.domain import Turn
from rag.reading.talk import recent, says_nothing


@given(st.lists(st.text(max_size=900), max_size=40))
def test_of_a_talk_the_end_is_kept_within_both_bounds(contents: list[str]) -> None:
    turns = [Turn("user", content) for content in contents]
    kept = recent(turns)
    assert len(kept) <= 20
    assert sum(len(turn.content) for turn in kept) <= 8000
    said = "".join(contents)
    assert said.endswith("".join(turn.content for turn in kept))


def test_a_short_talk_is_kept_as_it_is() -> None:
    turns = (Turn("user", "가"), Turn("assistant", "나"))
    assert recent(turns) == turns
    assert recent(()) == ()


def test_a_turn_too_long_keeps_its_end() -> None:
    (kept,) = recent([Turn("user", "가" * 9000 + "끝")])
    assert len(kept.content) == 8000
    assert kept.content.endswith("끝")


@pytest.mark.parametrize(
    "text", ["", "?!", "…  ", "ㅋㅋㅋ", "ㅠㅠ", "가가가가", "aaa AAA", "11111", "😀😀", "-" * 2000]
)
def test_a_text_without_a_word_says_nothing(text: str) -> None:
    assert says_nothing(text)


@pytest.mark.parametrize("text", ["네", "네네", "a", "AI", "문의", "1544", "가나가나", "2026", "ㅋㅋ 지원금"])
def test_a_word_says_something(text: str) -> None:
    assert not says_nothing(text)
