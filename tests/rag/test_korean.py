"""Particles that fit the last sound of a word."""

from __future__ import annotations

import pytest

from rag.korean import topic, with_particle


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
