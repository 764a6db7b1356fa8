"""What a row of a table says, and of which track."""

from __future__ import annotations

from ingest.labels.details import details, track_of
from tests.ingest.making import lines


def found(text: str) -> list[tuple[str, str, str | None]]:
    return [(d.label, d.text, track_of(d)) for d in details(lines(text), "notice")]


def test_a_row_of_label_track_and_value_is_of_the_track() -> None:
    text = "| 누가 신청하나요 | 가형 | 소상공인 |\n| ^^ | 나형 | 중소기업 |"
    assert found(text) == [("지원대상", "가형: 소상공인", "가형"), ("지원대상", "나형: 중소기업", "나형")]


def test_a_cell_that_covers_those_right_of_it_is_one_value() -> None:
    text = "| 지원내용 | 가형 | 장비 |\n| 제출서류 | 신청서, 견적서 | ^^ |"
    assert found(text)[-1] == ("제출서류", "신청서, 견적서", None)


def test_columns_of_tracks_may_stand_under_a_head_without_a_name() -> None:
    text = "| | 새싹 트랙 | 나무 트랙 |\n| 누가 | 예비창업자 | 소상공인 |\n| 얼마나 | 1천만원 | 3천만원 |"
    assert [(label, track) for label, _, track in found(text)] == [
        ("지원대상", "새싹 트랙"),
        ("지원대상", "나무 트랙"),
        ("지원조건", "새싹 트랙"),
        ("지원조건", "나무 트랙"),
    ]


def test_a_property_of_the_applicant_among_labels_says_who_may_apply() -> None:
    text = "| 지원내용 | 임차료 |\n| 상시근로자 | 5인 이상 |\n| 설명회 | 3월 4일 |"
    assert [(label, said) for label, said, _ in found(text)] == [
        ("지원내용", "임차료"),
        ("지원대상", "상시근로자: 5인 이상"),
        ("", "설명회 · 3월 4일"),
    ]


def test_rows_without_names_of_columns_under_a_label_are_of_tracks() -> None:
    text = "□ 접수기간\n| 시설자금 | 2026. 1. 12.부터 소진 시까지 |\n| 운전자금 | 연중 상시 |"
    assert [(label, track) for label, _, track in found(text)] == [("신청기간", "시설자금"), ("신청기간", "운전자금")]


def test_a_budget_beside_the_scale_is_told_as_budget_too() -> None:
    text = "□ 모집규모\n- 22개사, 총 예산 4억 3천만원"
    assert [label for label, _, _ in found(text)] == ["지원규모", "예산"]


def test_columns_of_marks_tell_which_paper_is_for_which_part() -> None:
    text = "# 제출서류\n| 서류 | 가형 | 나형 |\n| 계획서 | ○ | ○ |\n| 의향서 | - | ○ |"
    assert [(label, "의향서" in said) for label, said, _ in found(text)] == [("제출서류", False), ("제출서류", True)]


def test_a_sum_in_a_cell_is_quoted_with_the_name_that_bounds_it() -> None:
    (detail,) = details(lines("| 업체당 지원한도 | 350만원 |"), "notice")
    assert (detail.label, detail.text, detail.evidence.quote) == ("지원조건", "350만원", "업체당 지원한도\t350만원")
