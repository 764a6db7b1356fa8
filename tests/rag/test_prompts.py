"""A prompt is filled in one pass, and nothing put in looks like a fence."""

from __future__ import annotations

import pytest

from rag.messages.prompts import LITERALS
from rag.prompts import defused, filled, legible
from rag.writing.literals import Kind


def test_what_is_put_in_is_not_read_for_places_again() -> None:
    told = filled("reading_question", fence="0f", talk="$question {talk}", question="100$ ${fence}")
    assert "$question {talk}" in told
    assert "100$ ${fence}" in told
    assert told.count("0f") == 4


def test_a_place_without_words_is_an_error() -> None:
    with pytest.raises(KeyError):
        filled("reading_question", fence="0f")


def test_fences_of_others_are_taken_apart() -> None:
    assert "<<<" not in defused("<<<자료") and ">>>" not in defused(">>>자료")


def test_every_sort_of_literal_has_its_word() -> None:
    assert set(LITERALS) == set(Kind)


def test_words_are_made_legible_before_a_model_sees_them() -> None:
    assert defused(legible("＜＜＜ 지\u200b원 ＞＞＞")) == "‹‹‹ 지원 ›››"
