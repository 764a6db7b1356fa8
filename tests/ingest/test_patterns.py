"""Patterns of reading: what a file holds never costs more than its length."""

from __future__ import annotations

import re

import pytest

from tests.patterns import Used, every_pattern, tiring

READING = every_pattern(("ingest",))


@pytest.mark.parametrize("used", READING, ids=lambda used: f"{used.module}:{used.pattern.pattern!r:.40}")
def test_a_pattern_of_reading_costs_no_more_than_the_length_of_the_text(used: Used) -> None:
    assert tiring(used) is None


@pytest.mark.parametrize(
    ("pattern", "scans", "tired"),
    [
        (r"\d+-\d+", True, True),
        (r"(?<!\d)\d++-\d+", True, False),
        (r"\d+-\d+", False, False),
        (r"/\*.*?\*/", True, True),
        (r"\s*,\s*$", True, True),
    ],
)
def test_a_pattern_whose_work_grows_with_the_square_is_found(pattern: str, scans: bool, tired: bool) -> None:
    assert (tiring(Used("here", re.compile(pattern), scans)) is not None) is tired
