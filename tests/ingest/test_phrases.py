"""Phrases of a YAML file are found where their words stand, however they are spaced, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.phrases import Hit, Phrases, phrases, sentences

LISTS = """
who: [기업, 업체]
per: [who 당|별, <한 who]
no_per: [업체별 상이]
open_until: ["[매주 월요일] 접수|신청 [+은] 마감>"]
counted: [number +개 =who]
"""


@pytest.fixture
def lists(tmp_path: Path) -> dict[str, Phrases]:
    path = tmp_path / "words.yaml"
    path.write_text(LISTS, "utf-8")
    return dict(phrases(path))


@pytest.mark.parametrize("text", ["기업당 두 건", "업체 별로", "한 기업이", "1년에 한 업체만"])
def test_words_are_found_in_order_with_or_without_white_space(lists: dict[str, Phrases], text: str) -> None:
    assert lists["per"].is_in(text)


@pytest.mark.parametrize("text", ["당 기업", "강한 기업", "업체별 상이함", ""])
def test_another_order_or_word_is_not_found(lists: dict[str, Phrases], text: str) -> None:
    assert not lists["per"].is_in(text)


def test_a_phrase_may_miss_what_stands_in_brackets(lists: dict[str, Phrases]) -> None:
    assert lists["open_until"].is_all("매주 월요일 접수 마감")
    assert lists["open_until"].is_all("신청은 마감")
    assert not lists["open_until"].is_in("매주 마감")


def test_what_follows_a_phrase_is_no_part_of_it(lists: dict[str, Phrases]) -> None:
    assert lists["counted"].first("1,200개 업체와 30개 과제") == Hit(0, 6, "1,200개")


def test_a_phrase_is_looked_for_at_one_end_alone(lists: dict[str, Phrases]) -> None:
    assert lists["who"].begins(" 기업 지원") == Hit(1, 3, "기업")
    assert lists["who"].ends("지원 업체 ") == Hit(3, 5, "업체")
    assert lists["who"].begins("지원 기업") is lists["who"].ends("업체 지원") is None


def test_phrases_part_a_text_and_leave_blanks_in_it(lists: dict[str, Phrases]) -> None:
    assert lists["who"].parts("작은 기업 큰 업체") == ["작은 ", " 큰 ", ""]
    assert lists["who"].without("작은 기업 큰 업체").split() == ["작은", "큰"]
    assert lists["who"].last("기업과 업체") == Hit(4, 6, "업체")


def test_lists_of_a_group_are_served_by_those_outside_of_it_and_hold_the_ends_of_a_text(tmp_path: Path) -> None:
    path = tmp_path / "words.yaml"
    path.write_text(
        "who: [기업, 업체]\nask:\n  때: [first 언제]\n  who: [어느 who last, 누구 any 까요 last]\n", "utf-8"
    )
    asked = phrases(path, "ask")
    assert list(asked) == ["때", "who"]
    assert asked["때"].is_in("언제까지") and not asked["때"].is_in("그 언제")
    assert asked["who"].is_in("이번에는 어느 업체") and not asked["who"].is_in("어느 업체가")
    assert asked["who"].is_in("누구에게 줄까요") and not asked["who"].is_in("누구에게 줄까요?")


def test_sentences_end_where_a_verb_does() -> None:
    assert sentences("지원한다. 단, 제외함. 3.5억\n다음") == ["지원한다", "단, 제외함", "3.5억", "다음"]
