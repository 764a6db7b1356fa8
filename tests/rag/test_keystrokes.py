"""Hangul and the keys that type it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.keystrokes import composed, is_near, keys


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("극ㅓ", "그거"), ("번ㅎㅗ", "번호"), ("바ㅇ법", "방법"), ("받ㅇㅏ지나요", "받아지나요"), ("업려ㄱ", "업력")],
)
def test_letters_left_alone_are_put_together(typed: str, meant: str) -> None:
    assert composed(typed) == meant


@pytest.mark.parametrize("text", ["ㅋㅋㅋ", "되나요ㅠㅠ", "넵ㅎㅎ", "ㅇㅇ", "출력 ㄱㄱ", "전화번호", "AI 1234", ""])
def test_laughter_and_whole_syllables_stay(text: str) -> None:
    assert composed(text) == text


@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=20))
def test_whole_syllables_are_never_changed(text: str) -> None:
    assert composed(text) == text


def test_near_keys() -> None:
    assert is_near(keys("방범"), keys("방법")) is False
    assert is_near(keys("언재"), keys("언제"))
    assert is_near(keys("주칭의"), keys("주치의"))
