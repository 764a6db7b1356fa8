"""Personal data is taken out however it is written, and what an agency publishes stays."""

from __future__ import annotations

import pytest

from rag.redact import redacted


@pytest.mark.parametrize(
    "personal",
    [
        "900101-1234567",
        "9001011234567",
        "900101 - 3234567",
        "９００１０１－１２３４５６７",
        "010-1234-5678",
        "01012345678",
        "010.1234.5678",
        "+82-10-1234-5678",
        "０１０－１２３４－５６７８",
        "kim.hong@firm.co.kr",
        "123-45-67890",
        "010-12\u200b34-5678",
        "900101\u22121234567",
        "010 · 1234 · 5678",
        "123 - 45 - 67890",
    ],
)
def test_personal_data_is_taken_out(personal: str) -> None:
    shown = redacted(f"저는 {personal} 입니다")
    assert personal not in shown
    assert sum(letter.isdigit() for letter in shown) == 0
    assert shown.startswith("저는 [")


def test_a_business_number_without_hyphens_needs_the_word_beside_it() -> None:
    assert "1234567890" not in redacted("사업자등록번호: 1234567890")
    assert redacted("과제번호 1234567890") == "과제번호 1234567890"


@pytest.mark.parametrize(
    "words", ["033-248-8503", "1588-1234", "070-4488-2705", "2026-03-20", "2억 5,000만원", "직원 32명", "0310101234"]
)
def test_what_tells_of_no_person_stays(words: str) -> None:
    assert redacted(words) == words
