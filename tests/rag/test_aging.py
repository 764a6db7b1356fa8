"""What is out of date depends on the day asked for, and on nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rag.aging import aged, latest_day
from rag.domain import PeriodKind, ReviewCode
from tests.rag.records import PROGRAM, SOURCE

BEFORE, AFTER = date(2026, 3, 20), date(2026, 4, 21)


@pytest.mark.parametrize(
    ("published_on", "last"),
    [
        ("2026", date(2026, 12, 31)),
        ("2024-02", date(2024, 2, 29)),
        ("2026-02-04", date(2026, 2, 4)),
        ("", None),
        ("봄", None),
    ],
)
def test_a_date_is_as_late_as_it_can_be(published_on: str, last: date | None) -> None:
    assert latest_day(published_on) == last


@pytest.mark.parametrize(("day", "stale"), [(date(2027, 2, 28), False), (date(2027, 3, 1), True)])
def test_a_document_is_old_a_year_after_its_publication(day: date, stale: bool) -> None:
    found = [item for item in aged((), [SOURCE], day) if item.code is ReviewCode.STALE]
    assert bool(found) is stale
    assert all((item.file, item.field) == (SOURCE.path, "published_on") for item in found)


def test_a_programme_is_over_the_day_after_its_last_one() -> None:
    assert not list(aged([PROGRAM], [SOURCE], date(2026, 4, 20)))
    (item,) = aged([PROGRAM], [SOURCE], AFTER)
    assert (item.code, item.program, item.pages) == (ReviewCode.PAST, PROGRAM.name, (1, 2))
    assert "2026년 4월 20일" in item.message


def test_one_period_still_open_keeps_a_programme_going() -> None:
    always = replace(PROGRAM.periods[0], kind=PeriodKind.ALWAYS, opens_on=None, closes_on=None)
    assert not list(aged([replace(PROGRAM, periods=(*PROGRAM.periods, always))], [SOURCE], AFTER))


def test_an_announced_month_that_passed_without_a_date_is_listed() -> None:
    expected = replace(
        PROGRAM.periods[0],
        kind=PeriodKind.ANNOUNCED,
        opens_on=None,
        closes_on=None,
        expected_from=date(2026, 3, 1),
        expected_to=date(2026, 3, 31),
    )
    program = replace(PROGRAM, periods=(expected,))
    assert not list(aged([program], [SOURCE], BEFORE))
    (item,) = aged([program], [SOURCE], AFTER)
    assert item.code is ReviewCode.PAST and "날짜" in item.message


def test_an_edition_that_a_later_one_supersedes_is_not_listed() -> None:
    later = replace(PROGRAM, id="p2", year=2027, supersedes=PROGRAM.id, periods=())
    assert not list(aged([PROGRAM, later], [SOURCE], AFTER))


@pytest.mark.parametrize(("checked_on", "stale"), [("", False), ("2026-03-01", False), ("2025-12-01", True)])
def test_a_document_whose_origin_was_not_looked_at_for_long_is_listed(checked_on: str, stale: bool) -> None:
    found = list(aged((), [replace(SOURCE, checked_on=checked_on)], BEFORE))
    assert [item.field for item in found] == (["checked_on"] if stale else [])


def test_a_programme_that_runs_on_by_an_old_document_is_listed() -> None:
    always = replace(PROGRAM.periods[0], kind=PeriodKind.ALWAYS, opens_on=None, closes_on=None)
    endless = replace(PROGRAM, year=None, periods=(always,))
    old = replace(SOURCE, published_on="2024-01")
    found = [item.field for item in aged([endless], [old], BEFORE) if item.code is ReviewCode.STALE]
    assert found == ["published_on", "period"]
    assert not [item for item in aged([endless], [SOURCE], BEFORE) if item.code is ReviewCode.STALE]
