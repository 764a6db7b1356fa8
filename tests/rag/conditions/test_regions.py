"""Where a company must be: its seat, its plant, or either, as the words say."""

from __future__ import annotations

import pytest

from rag.domain import CompanyProfile, CriterionField, Result
from tests.rag.conditions.asking import criterion, finding

EITHER, SEAT, PLANT, ANY = (
    criterion(CriterionField.REGION, text, allowed=("충청북도",))
    for text in ("본사 또는 공장이 충북에 있는 기업", "본사가 충북인 기업", "충북에 공장을 둔 기업", "충북 기업")
)


@pytest.mark.parametrize(
    ("asked", "seat", "site", "result"),
    [
        (EITHER, "서울", "청주시", Result.MET),
        (EITHER, "청주시", "서울", Result.MET),
        (EITHER, "서울", None, Result.UNMET),
        (SEAT, "서울", "청주시", Result.UNMET),
        (SEAT, "청주시", "서울", Result.MET),
        (PLANT, "서울", "청주시", Result.MET),
        (PLANT, "청주시", "서울", Result.UNMET),
        (PLANT, "청주시", None, Result.MET),
        (ANY, "서울", "청주시", Result.MET),
        (ANY, None, "청주시", Result.MET),
        (ANY, "서울", "어딘가", Result.UNKNOWN),
        (ANY, None, None, Result.UNKNOWN),
    ],
)
def test_the_place_that_counts_is_the_one_the_words_name(
    asked: object, seat: str | None, site: str | None, result: Result
) -> None:
    assert finding(CompanyProfile(region=seat, site=site), asked).result is result  # type: ignore[arg-type]


def test_of_a_place_of_several_it_is_told_which_lies_inside() -> None:
    found = finding(CompanyProfile(region="고성군"), criterion(CriterionField.REGION, allowed=("경상남도",)))
    assert found.result is Result.UNKNOWN
    assert "경상남도 고성군" in found.reason
    assert found.ask


def test_an_area_is_told_by_its_name() -> None:
    south = ("부산광역시", "대구광역시", "울산광역시", "경상북도", "경상남도")
    found = finding(CompanyProfile(region="경기도 안산시"), criterion(CriterionField.REGION, allowed=south))
    assert found.result is Result.UNMET
    assert "영남(부산, 대구, 울산, 경북, 경남)" in found.reason
