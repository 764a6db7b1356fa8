"""Filters on sums and days let through what states them, and an order for a day is made once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from fastapi.testclient import TestClient

from rag.domain import Benefit, BenefitKind, Period, PeriodKind, TrackName
from server.http.fresh import Refusal
from server.portal.filters import Filters, Sort, chosen
from tests.server.fakes import PROGRAM, WHERE
from tests.server.pages.catalogue import TODAY, ManyDesk, many
from tests.server.test_app import is_problem


def ids(desk: ManyDesk, filters: Filters, sort: Sort | None = None) -> list[str]:
    """The programmes that pass."""
    found = chosen(desk, filters, TODAY, sort)
    assert not isinstance(found, Refusal)
    return [match.program.id for match in found.matches]


def test_a_sum_is_that_of_one_applicant_and_what_states_none_does_not_reach_it() -> None:
    monthly = Benefit(BenefitKind.GRANT, "월 1억원", WHERE, ceiling=100_000_000, per="1인당 월")
    desk = ManyDesk(
        known=(PROGRAM, replace(PROGRAM, id="m", benefits=(monthly,)), replace(PROGRAM, id="n", benefits=()))
    )
    assert ids(desk, Filters(amount=20_000_000)) == ["p1"]
    assert ids(desk, Filters(amount=20_000_001)) == []
    assert ids(desk, Filters(amount=0)) == ["p1", "m", "n"]
    assert ids(desk, Filters(), Sort.AMOUNT) == ["p1", "m", "n"]


def test_what_closes_within_days_is_open_and_a_track_suffices() -> None:
    soon = Period(PeriodKind.FIXED, "", WHERE, date(2026, 3, 1), TODAY + timedelta(7), track="일반형")
    later = replace(soon, closes_on=TODAY + timedelta(90), track="특화형")
    over = replace(soon, closes_on=TODAY - timedelta(1), track=None)
    ahead = replace(soon, opens_on=TODAY + timedelta(1), track=None)
    tracked = replace(PROGRAM, tracks=(TrackName("일반형"), TrackName("특화형")), periods=(soon, later))
    others = tuple(replace(PROGRAM, id=f"o{n}", periods=(one,)) for n, one in enumerate((over, ahead)))
    desk = ManyDesk(known=(tracked, *others))
    assert ids(desk, Filters(closes_by=TODAY + timedelta(7))) == ["p1"]
    assert ids(desk, Filters(closes_by=TODAY + timedelta(6))) == []


def test_what_takes_applications_is_open_or_always() -> None:
    always = replace(PROGRAM, id="a", periods=(Period(PeriodKind.ALWAYS, "상시", WHERE),))
    unstated = replace(PROGRAM, id="u", periods=())
    desk = ManyDesk(known=(PROGRAM, always, unstated))
    assert ids(desk, Filters(can_apply=True)) == ["p1", "a"]
    assert ids(desk, Filters(id="u")) == ["u"]


def test_an_order_keeps_what_filters_let_through() -> None:
    desk = many(50)
    for sort in Sort:
        whole = ids(desk, Filters(), sort)
        assert sorted(whole) == sorted(ids(desk, Filters()))
        kept = ids(desk, Filters(q="냉장고"), sort)
        assert kept == [one for one in whole if one in kept] and len(kept) == 10


@pytest.mark.parametrize("query", ["amount=-1", "amount=x", "within=367", "within=-1", "sort=most"])
def test_values_out_of_bounds_are_refused(portal: TestClient, query: str) -> None:
    assert is_problem(portal.get(f"/v1/programs?{query}"), 422)


def test_the_api_filters_by_sum_and_by_days_left(portal: TestClient) -> None:
    every = portal.get("/v1/programs?per_page=100").json()["programs"]
    rich = portal.get("/v1/programs?per_page=100&amount=200000000&sort=amount").json()["programs"]
    sums = [one["amount"] for one in rich]
    assert sums == sorted(sums, reverse=True) and min(sums) >= 200_000_000
    assert {one["id"] for one in rich} == {one["id"] for one in every if (one["amount"] or 0) >= 200_000_000}
    soon = portal.get("/v1/programs?per_page=100&within=31").json()["programs"]
    assert {one["id"] for one in soon} == {
        one["id"] for one in every if one["period"]["days_left"] is not None and one["period"]["days_left"] <= 31
    }
