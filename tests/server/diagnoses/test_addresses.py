"""A cell that names two places of a company tells both, whichever comes first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.diagnoses.addresses import apart
from server.diagnoses.tables import Row, companies

SEAT, SITE = "서울특별시 강남구", "경기도 안산시"


@pytest.mark.parametrize(
    "typed",
    [
        f"본사 {SEAT} / 공장 {SITE}",
        f"공장: {SITE}, 본사: {SEAT}",
        f"{SEAT}(본사), {SITE}(공장)",
        f"{SITE}(사업장)\n{SEAT}(본점)",
        f"(본사) {SEAT} (공장) {SITE}",
    ],
)
def test_both_are_told(typed: str) -> None:
    assert apart(typed) == (SEAT, SITE)
    (read,) = companies([Row(1, ("회사명", "소재지")), Row(2, ("가", typed))]).entries
    assert read.given["company"] == {"name": "가", "address": SEAT, "site": SITE}


@given(st.permutations([("본사", SEAT), ("공장", SITE)]), st.sampled_from([" / ", ", ", "; ", "\n", " "]))
def test_in_what_order_they_come_changes_nothing(told: list[tuple[str, str]], between: str) -> None:
    assert apart(between.join(f"{label} {place}" for label, place in told)) == (SEAT, SITE)


@pytest.mark.parametrize("typed", [SITE, f"본사 {SEAT}", f"{SEAT}, {SITE}", f"공장 {SITE} / 공장 {SEAT}", ""])
def test_other_words_are_one_address(typed: str) -> None:
    assert apart(typed) is None


def test_a_workplace_in_a_column_of_its_own_stays_as_it_is() -> None:
    head = Row(1, ("회사명", "소재지", "훈련 실시 장소"))
    (read,) = companies([head, Row(2, ("가", f"본사 {SEAT} / 공장 {SITE}", "충청북도 음성군"))]).entries
    assert read.given["company"]["site"] == "충청북도 음성군"
    assert read.given["company"]["address"] == SEAT
