"""Languages: a question is answered in its own, or is told which are served."""

import pytest

from rag.reading.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("AI 바우처 마감이 언제예요", "ko"),
        ("When does the AI voucher (AI통합 바우처) open?", "en"),
        ("补助金最多多少", "zh"),
        ("申請書類は何ですか", "ja"),
        ("Công ty của tôi ở Daegu, số điện thoại là gì", "vi"),
        ("", "ko"),
        ("AI", "ko"),
    ],
)
def test_a_text_is_of_the_language_that_asks(text: str, language: str) -> None:
    assert language_of(text) == language
