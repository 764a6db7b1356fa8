"""How far a label holds, by the marks of the lines."""

from __future__ import annotations

import pytest

from ingest.labels.details import details
from tests.ingest.making import lines


def found(text: str) -> list[tuple[str, str]]:
    return [(d.label, d.text) for d in details(lines(text), "notice")]


def test_a_label_ends_at_the_next_head_of_its_rank_though_that_is_no_label() -> None:
    text = "1. 신청자격\n가. 중소기업\n2. 행사 안내\n가. 3월 4일 14시"
    assert found(text)[:1] == [("지원대상", "중소기업")]
    assert {said: label for label, said in found(text)}["3월 4일 14시"] == ""


def test_a_label_below_a_label_switches_and_returns() -> None:
    text = "Ⅰ. 지원내용\n1) 장비 임차\n2) 제출서류\n가) 견적서\n3) 자문\nⅡ. 문의처\n가람센터"
    assert found(text) == [
        ("지원내용", "장비 임차"),
        ("제출서류", "견적서"),
        ("지원내용", "자문"),
        ("문의처", "가람센터"),
    ]


def test_numbers_that_begin_again_are_a_list_below() -> None:
    text = "3. 신청 안내\n다. 제출서류\n1. 신청서\n2. 견적서\n라. 문의처\n02-100-2000"
    assert [(label, said) for label, said in found(text) if label == "제출서류"] == [
        ("제출서류", "신청서"),
        ("제출서류", "견적서"),
    ]


@pytest.mark.parametrize("mark", ["-", "○", "·"])
def test_a_label_alone_holds_for_the_lines_behind_its_own_mark(mark: str) -> None:
    text = f"□ 지원 조건\n{mark} 가점\n{mark} 벤처기업 1점\n{mark} 여성기업 1점"
    assert found(text) == [("우대사항", "벤처기업 1점"), ("우대사항", "여성기업 1점")]


def test_a_label_word_in_a_list_with_nothing_below_is_an_item_of_it() -> None:
    text = "□ 지원제외\n가. 폐업한 기업\n나. 참여제한 기업\n다. 체납 기업"
    assert found(text) == [("제외대상", "폐업한 기업"), ("제외대상", "참여제한 기업"), ("제외대상", "체납 기업")]


def test_a_sentence_that_shuts_out_labels_the_list_below_it() -> None:
    text = "□ 지원대상\n○ 중소기업\n○ 다음에 해당하면 신청할 수 없음\n- 휴업한 기업\n□ 지원내용\n○ 자문"
    assert ("제외대상", "휴업한 기업") in found(text)
    assert found(text)[-1] == ("지원내용", "자문")


def test_under_a_joint_name_each_line_goes_where_it_fits() -> None:
    text = "□ 신청기간 및 방법\n○ 2026. 3. 2. ~ 3. 20.\n○ 누리집에서 신청"
    assert found(text) == [("신청기간", "2026. 3. 2. ~ 3. 20."), ("신청방법", "누리집에서 신청")]


def test_enclosures_are_not_part_of_the_last_label() -> None:
    assert found("□ 문의처\n02-100-2000\n붙임 1. 신청서 1부")[-1] == ("", "붙임 1. 신청서 1부")


def test_numbers_that_begin_again_below_a_label_are_its_list_and_the_chapters_go_on_behind_it() -> None:
    text = "1. 사업내용\n가. 지원대상: 제조 중소기업\n1. 상시근로자 5인 이상\n2. 고용보험에 가입한 사업장\n"
    text += "3. 가람시 소재\n나. 지원기간: 10개월\n2. 지원 제외\n가. 휴업 중인 기업"
    said = {text: label for label, text in found(text)}
    assert [said[one] for one in ("상시근로자 5인 이상", "고용보험에 가입한 사업장", "가람시 소재")] == ["지원대상"] * 3
    assert (said["10개월"], said["휴업 중인 기업"]) == ("지원기간", "제외대상")
