"""Particles that fit the last sound of a word."""

from __future__ import annotations

import pytest

from rag.korean import is_closed, is_hangul, topic, with_particle


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        ("바우처", "바우처는"),
        ("훈련", "훈련은"),
        ("**훈련**", "**훈련**은"),
        ("보급(제조AI특화)", "보급(제조AI특화)은"),
        ("2025", "2025는"),
        ("2026", "2026은"),
        ("AI", "AI는"),
        ("PBL", "PBL은"),
        ("", "는"),
    ],
)
def test_the_particle_follows_the_last_sound(word: str, shown: str) -> None:
    assert topic(word) == shown


def test_any_pair_of_particles_may_be_chosen() -> None:
    assert (with_particle("훈련", "과", "와"), with_particle("바우처", "과", "와")) == ("훈련과", "바우처와")


def test_a_whole_syllable_is_hangul_and_a_letter_of_one_is_not() -> None:
    assert is_hangul("가") and is_hangul("힣")
    assert not any(map(is_hangul, ("ㄱ", "a", "1", "一", "")))


def test_a_syllable_is_closed_by_its_final_consonant() -> None:
    assert is_closed("련") and not is_closed("처")
