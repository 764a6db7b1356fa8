"""What was meant by what was typed."""

from __future__ import annotations

import pytest

from rag.advisor import Advisor
from rag.text import squash

CLEAN = (
    "화성시에서 자동차 부품을 만드는데 직원 32명이면 어떤 지원을 받을 수 있나요?",
    "김해서 신발 밑창 맹그는데예 산업인력공단 어데로 전화해야 되는교?",
    "여주시에서 도자기 공방 운영합니다. 연락처 부탁드려요",
    "창원시청에서 지역주도형 AI대전환 직접 신청 되는지",
    "부산경제진흥원에서 주는 지원금과 청년내일채움공제",
    "정보통신산업진흥원 장영춘 수석 이메일 주소 알려주세요 ㅠㅠ",
)


@pytest.mark.parametrize("text", CLEAN)
def test_what_is_likely_as_it_stands_is_left_alone(adviser: Advisor, text: str) -> None:
    assert adviser.knowledge.speller.mend(text) == text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("주치으 전화번호", "주치의 전화번호"),
        ("주칭의 전화번홓", "주치의 전화번호"),
        ("바우쳐 마감 언재까지", "바우처 마감 언제까지"),
        ("폴리텍 신청 방벙", "폴리텍 신청 방법"),
        ("스마트공장 자겨ㄱ", "스마트공장 자격"),
        ("로봇 실증 무조거 선정되나요", "로봇 실증 무조건 선정되나요"),
    ],
)
def test_a_slip_of_a_key_is_undone(adviser: Advisor, typed: str, meant: str) -> None:
    assert adviser.knowledge.speller.mend(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("능력 개발 전담주치 의 번호", "전담주치의 번호"),
        ("중 견기업도 신청 되 나요", "중견기업도 되나요"),
        ("핸 드폰 번호", "핸드폰 번호"),
    ],
)
def test_a_word_torn_apart_is_put_together(adviser: Advisor, typed: str, meant: str) -> None:
    mended = adviser.knowledge.speller.mend(typed)
    assert squash(mended) == squash(typed)
    assert set(meant.split()) <= set(mended.split())


def test_words_typed_together_are_told_apart_and_names_stay_whole(adviser: Advisor) -> None:
    mend = adviser.knowledge.speller.mend
    assert "화성시에서 " in mend("화성시에서자동차부품만드는데직원32명이면어떤지원받을수있나요")
    assert mend("논산딸기잼공장주치의번호").startswith("논산 ")
    assert "산업인력공단" in mend("산업인력공단어디로전화해야되나요").split()[0]


@pytest.mark.parametrize("place", ["한성시", "화승시", "강롱시", "김혜시", "갱기도"])
def test_nothing_is_changed_into_a_place(adviser: Advisor, place: str) -> None:
    assert not adviser.knowledge.gazetteer.mentions(adviser.knowledge.speller.mend(f"{place} 공장 주치의 번호"))


@pytest.mark.parametrize("count", ["32명", "삼십 명", "쉰 명", "마흔네 명"])
def test_numbers_stay(adviser: Advisor, count: str) -> None:
    assert count in adviser.knowledge.speller.mend(f"직원 {count}이고 신청 방벙 알려주세요")


def test_a_long_text_and_a_foreign_one_stay(adviser: Advisor) -> None:
    for text in ("신청 방벙 " * 100, "How do I aplly for the AI vuocher?", "", "1234"):
        assert adviser.knowledge.speller.mend(text) == text
