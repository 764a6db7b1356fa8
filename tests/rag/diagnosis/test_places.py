"""Two addresses: each rule and each office goes by the right one, and says by which; their order tells nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rag.advisor import Advisor
from rag.diagnosis.diagnose import diagnose
from rag.diagnosis.records import Case, Company, Diagnosis
from rag.diagnosis.report import report
from rag.domain import CriterionField, Result
from tests.rag.diagnosis.cases import AI_STARTUP, CAR_PARTS, chose

DAY = date(2026, 3, 20)


def of(adviser: Advisor, seat: str | None, site: str | None) -> Diagnosis:
    case = replace(CAR_PARTS, company=replace(CAR_PARTS.company, address=seat, site=site))
    return diagnose(case, adviser.shelf, DAY, "g")


@pytest.mark.parametrize(
    ("seat", "site", "branch"),
    [
        ("서울특별시 강남구", "경기도 안산시", "경인지역본부"),
        ("경기도 안산시", "서울특별시 강남구", "서울강남지사"),
        ("경기도 안산시", None, "경인지역본부"),
        (None, "경기도 안산시", "경인지역본부"),
    ],
)
def test_the_branch_is_that_of_where_training_is_held(
    adviser: Advisor, seat: str | None, site: str | None, branch: str
) -> None:
    found = of(adviser, seat, site)
    assert [each.organisation for each in found.branches] == [branch]
    said = " ".join(report(found, adviser.shelf.source).texts)
    assert ("훈련 실시 장소(" in said) == bool(seat and site)
    assert ("관할이 달라질 수 있습니다" in said) == (site is None)
    assert ("address" in found.asked) == (not seat and not site)


def test_a_rule_of_places_says_which_of_two_addresses_it_was_judged_by(adviser: Advisor) -> None:
    company = replace(AI_STARTUP.company, address="경기도 성남시", site="대구광역시 수성구")
    found = diagnose(replace(AI_STARTUP, company=company), adviser.shelf, DAY, "g")
    matches = (*(each.match for each in found.recommendations), *(each.match for each in found.near_misses))
    said = {f.reason for m in matches for f in m.findings if f.criterion.field is CriterionField.REGION}
    assert any("사업장(대구광역시 수성구)" in reason for reason in said)


def test_what_is_told_beside_the_fields_is_heard(adviser: Advisor) -> None:
    company = Company(address="대구광역시 북구", industry="AI 소프트웨어 개발", employees=9)
    case = Case(company, (chose("wants", "trial"),))
    open_ = diagnose(case, adviser.shelf, DAY, "g")
    asked = {text for field, text in zip(open_.asked, open_.asks, strict=True) if field == "circumstances"}
    told = replace(case, company=replace(company, circumstances=("AI 솔루션을 공급하는 기업으로 참여",)))
    after = diagnose(told, adviser.shelf, DAY, "g")
    assert not any("공급하는 기업" in text for text in after.asks)
    assert asked >= set(after.asks) & asked
    assert all(f.result is not Result.UNMET or f.criterion for m in after.recommendations for f in m.match.findings)
