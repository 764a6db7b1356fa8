"""The short name of a branch, and the number it makes."""

from __future__ import annotations

import unicodedata

import pytest

from rag.domain import Contact, Evidence
from server.diagnoses.number import branch_of, number

WHERE = Evidence("guide", (1, 1), "", "")


@pytest.mark.parametrize(
    ("organisation", "short"),
    [
        ("경인지역본부", "경인"),
        ("강원지사", "강원"),
        ("원주기업인재혁신센터", "원주"),
        ("서울강남지사", "서울강남"),
        ("한국산업인력공단 강원동부지사", "강원동부"),
        (unicodedata.normalize("NFD", "강원지사"), "강원"),
        ("지사", "지사"),
        ("  ", "전국"),
        ("../..", "전국"),
    ],
)
def test_a_branch_has_a_short_name(organisation: str, short: str) -> None:
    assert branch_of((Contact(organisation, WHERE),)) == short


def test_where_no_branch_is_known_it_is_the_whole_country() -> None:
    assert branch_of(()) == "전국"


def test_a_number_has_five_digits_and_goes_on_after_them() -> None:
    assert number(2026, "경인", 7) == "26-경인-00007"
    assert number(2100, "경인", 123456) == "00-경인-123456"
