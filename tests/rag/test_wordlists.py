"""Word lists are read by name, in the order of the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.wordlists import Rule, first, made_of, patterns, rules, word_lists


def test_lists_are_read_by_name_as_words(tmp_path: Path) -> None:
    path = tmp_path / "words.yaml"
    path.write_text("# 낱말\nkinds: [형, 트랙, 2]\n세금 체납: [체납]\n", "utf-8")
    assert word_lists(path) == {"kinds": ("형", "트랙", "2"), "세금 체납": ("체납",)}


def test_a_pattern_is_any_of_its_alternatives_in_either_case(tmp_path: Path) -> None:
    path = tmp_path / "patterns.yaml"
    path.write_text("days:\n  over: ['마감(?:됨|된)', 'closed\\b']\n  near: ['곧']\n", "utf-8")
    read = patterns(path)["days"]
    assert list(read) == ["over", "near"]
    assert read["over"].search("이미 마감된 사업") and read["over"].search("CLOSED now")
    assert not read["over"].search("마감 전") and not read["near"].search("closed")


@pytest.mark.parametrize(
    ("rule", "fitting", "other"),
    [
        (Rule(whole=("팀", "과")), "팀", "팀명"),
        (Rule(starts=("누가",), ends=("나요",)), "누가받나요", "받나요"),
        (Rule(has=("어디",), then=("문의",)), "어디로문의", "문의는어디"),
        (Rule(about=("신청", "접수"), ends=("기간",)), "온라인접수기간", "사업기간"),
        (Rule(ends=("대상",), tails=("기업", "요건")), "지원대상기업요건", "지원기업"),
        (Rule(has=("제외",), ends=("업종",), within=2), "제외되는업종", "제외여부를묻는업종"),
        (Rule(has=("서류",), but=("정산",)), "갖출서류", "정산서류"),
    ],
)
def test_a_rule_asks_for_each_of_its_lists_in_order(rule: Rule, fitting: str, other: str) -> None:
    assert rule.fits(fitting) and not rule.fits(other)


def test_rules_are_read_by_group_and_name_and_the_first_that_fits_names_the_phrase(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(
        "asked:\n  때: [{has: [언제]}]\n  곳: [{has: [어디]}, {ends: [데], within: 3}]\nlist: [가]\n", "utf-8"
    )
    read = rules(path)
    assert list(read) == ["asked"]
    assert first(read["asked"], "언제어디서") == "때" and first(read["asked"], "가는데") == "곳"
    assert first(read["asked"], "누가") is None


def test_a_name_is_made_of_words_only_where_they_fill_it() -> None:
    words = frozenset({"지원", "지원대상", "상금"})
    assert made_of("지원지원대상", words) and not made_of("지원대상금", words) and not made_of("지원대", words)
