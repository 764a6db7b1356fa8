"""A quote is found however it is spaced, and cell by cell where a page sets it otherwise."""

from __future__ import annotations

import pytest

from rag.lit import lit


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("신청은 4월 20일까지", "4월20일 까지", ["4월 20일까지"]),
        ("ＡＩ 바우처", "ai바우처", ["ＡＩ 바우처"]),
        ("전화\n02-000-0000\n센터", "센터\t02-000-0000", ["센터", "02-000-0000"]),
        ("경기도 가\n강원도 033-248-8503\n경기도 나", "경기도\t033-248-8503", ["경기도", "033-248-8503"]),
        ("가나다", "라마", []),
        ("가나다", " ", []),
        ("", "가", []),
    ],
)
def test_the_words_of_a_quote_are_found(text: str, quote: str, found: list[str]) -> None:
    assert [text[first:end] for first, end in lit(text, quote)] == found


def test_of_a_cell_that_stands_twice_the_one_near_the_longest_counts() -> None:
    text = f"경기도 처음{' ' * 50}경기도 끝 033-248-8503"
    (first, _), _ = lit(text, "경기도\t033-248-8503")
    assert first == text.rindex("경기도")
