"""What a statement says under each heading, by track, and the figures of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.records.figures import Figures, Group, Saying, caption_unit, groups, is_giving, read
from ingest.values.money import Ceiling, Shares
from rag.domain import Detail
from tests.ingest.making import EVIDENCE


def said(text: str, quote: str = "", label: str = "지원내용") -> Detail:
    return Detail(label, text, replace(EVIDENCE, quote=quote or text))


def test_a_row_speaks_of_the_part_it_names() -> None:
    row = said("유형: 기초형 · 자격: 제조업 · 지원한도: 5천만원 · 자부담률: 50%")
    assert groups(row) == (Group("기초형", (Saying("5천만원", "지원한도", True), Saying("50%", "자부담률", True))),)


def test_a_row_of_a_list_of_programmes_speaks_of_the_programme() -> None:
    (group,) = groups(said("세부사업명: 전시회 지원 · 지원한도: 5천만원"))
    assert group.track is None


def test_a_row_with_a_column_for_each_part_is_split() -> None:
    found = groups(said("구분: 지원금(최대) · 예비: 3천만원 · 초기: 6천만원"))
    assert [(g.track, g.sayings[0].text) for g in found] == [("예비", "3천만원"), ("초기", "6천만원")]


def test_a_pair_of_name_and_contents_is_read_under_the_name() -> None:
    assert groups(said("구분: 기업 한도 · 내용: 연 2천만원")) == (
        Group(None, (Saying("연 2천만원", "기업 한도", True),)),
    )


def test_the_label_as_printed_is_the_heading() -> None:
    (group,) = groups(said("총사업비의 30%", "○ 자부담 : 총사업비의 30%", "지원조건"))
    assert "자부담" in group.sayings[0].heading


def test_bare_figures_take_the_unit_of_their_column_or_caption() -> None:
    (row,) = groups(said("설비: 보일러 · 업체당 한도(천원): 80,000"))
    assert row.sayings[0].text == "80,000천원"
    (bare,) = groups(said("설비: 보일러 · 업체당 한도: 12,000"), "천원")
    assert bare.sayings[0].text == "12,000천원"
    assert (caption_unit("(단위: 백만원)"), caption_unit("사업: 가 · 예산(백만원): 3")) == ("백만원", None)


def test_a_list_of_parts_in_one_statement_is_split() -> None:
    found = groups(said("시설자금: 업체당 5억원, 운전자금: 업체당 2억원"))
    assert [(g.track, g.sayings[0].text) for g in found] == [("시설자금", "업체당 5억원"), ("운전자금", "업체당 2억원")]
    assert [g.track for g in groups(said("지원한도: 1억원, 자부담: 2천만원"))] == [None]


def group(*said: tuple[str, str]) -> Group:
    return Group(None, tuple(Saying(text, heading) for text, heading in said))


def test_the_cells_of_a_row_make_one_set_of_figures() -> None:
    row = group(("3천만원", "한도"), ("70%", "국비 비율"), ("30%", "자부담률"))
    assert read(row, "지원조건") == Figures((Ceiling(30_000_000),), Shares(70, 30))


def test_a_budget_is_no_ceiling_and_interest_no_share() -> None:
    assert not read(group(("최대 30억원 이내", "")), "예산")
    assert not read(group(("연 2.5% 이내", "")), "융자방식")


def test_a_share_that_holds_anothers_is_not_the_applicants() -> None:
    assert not read(group(("자부담을 포함하여 총사업비의 40% 이상을 맞춰야 합니다.", "")), "지원조건")


@pytest.mark.parametrize(
    ("label", "gives"), [("지원조건", True), ("얼마나 받나요", True), ("제출서류", False), ("유의사항", False)]
)
def test_labels_and_plain_headings_say_what_is_given(label: str, gives: bool) -> None:
    assert is_giving(label) is gives
