"""A saying is one word or several together, as morphemes."""

from __future__ import annotations

from rag.conditions.words import WORDS, forms, says, speaks_of


def test_a_saying_of_several_words_needs_all_of_them() -> None:
    assert says("세금이 밀렸어요", ("세금+밀리",))
    assert not says("월세가 밀렸어요", ("세금+밀리",))


def test_white_space_does_not_matter_where_words_are_looked_for() -> None:
    assert speaks_of("우선 지원대상기업", WORDS["priority"])


def test_every_list_that_is_named_in_korean_is_a_circumstance_that_shuts_out() -> None:
    named = {name for name in WORDS if not name.replace("size_", "").isascii() and not name.startswith("size_")}
    assert "세금 체납" in named
    assert all(WORDS[name] for name in named)
    assert forms("체납 중") >= {"체납"}
