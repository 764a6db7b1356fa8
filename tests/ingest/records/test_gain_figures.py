"""The figures of a statement under its label."""

from __future__ import annotations

import pytest

from ingest.labels.sayings import Group, Saying
from ingest.records.gain_figures import Figures, is_giving, read
from ingest.values.ceilings import Ceiling
from ingest.values.shares import Shares


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
