"""Borrowed words: English and transliterated words become the documents' words; addresses stay."""

from __future__ import annotations

import pytest

from rag.borrowed import in_document_words

WORDS = (
    ("AI", ("에이아이",)),
    ("로봇", ("robot", "로보트")),
    ("서비스로봇", ("service robot",)),
    ("바우처", ("voucher",)),
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("에이아이 voucher 번호", "AI 바우처 번호"),
        ("Service  Robot 실증", "서비스로봇 실증"),
        ("service-robot실증이랑 로보트 팔", "서비스로봇실증이랑 로봇 팔"),
        ("robotics 공부", "robotics 공부"),
        ("ai-voucher@nipa.kr 맞나요", "ai-voucher@nipa.kr 맞나요"),
        ("www.voucher.kr 의 voucher", "www.voucher.kr 의 바우처"),
    ],
)
def test_the_longest_borrowed_word_is_replaced_as_a_whole(said: str, meant: str) -> None:
    assert in_document_words(said, WORDS) == meant


def test_no_words_change_nothing() -> None:
    assert in_document_words("service robot", ()) == "service robot"
