"""Windows: in which of the next twelve months one may apply follows from the period and the plan's year alone."""

from __future__ import annotations

from datetime import date

import pytest

from rag.diagnosis.records import Window
from rag.diagnosis.windows import months_from, windows_of
from rag.domain import Evidence, Period, PeriodKind, Program

QUOTE = Evidence("guide", (1, 1), "", "접수기간")
OPEN, EXPECTED, UNKNOWN, CLOSED = Window.OPEN, Window.EXPECTED, Window.UNKNOWN, Window.CLOSED


def program(*periods: Period, year: int | None = 2026) -> Program:
    return Program("p", "사업", "guide", year, "", "", QUOTE, periods=periods)


def test_the_first_month_begins_with_the_day_and_the_last_ends_with_its_month() -> None:
    months = months_from(date(2026, 3, 20))
    assert months[0] == (date(2026, 3, 20), date(2026, 3, 31))
    assert months[-1] == (date(2027, 2, 1), date(2027, 2, 28))


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (Period(PeriodKind.ALWAYS, ""), (OPEN, OPEN, UNKNOWN)),
        (Period(PeriodKind.FIXED, "", closes_on=date(2026, 11, 20)), (OPEN, CLOSED, UNKNOWN)),
        (Period(PeriodKind.FIXED, "", closes_on=date(2026, 11, 19)), (CLOSED, CLOSED, UNKNOWN)),
        (Period(PeriodKind.FIXED, "", opens_on=date(2026, 12, 31)), (CLOSED, OPEN, UNKNOWN)),
        (Period(PeriodKind.UNTIL_SPENT, "", opens_on=date(2026, 1, 5)), (OPEN, EXPECTED, UNKNOWN)),
        (Period(PeriodKind.UNSTATED, ""), (UNKNOWN, UNKNOWN, UNKNOWN)),
        (
            Period(PeriodKind.ANNOUNCED, "", expected_from=date(2026, 12, 1), expected_to=date(2026, 12, 31)),
            (CLOSED, EXPECTED, UNKNOWN),
        ),
        (
            Period(PeriodKind.ANNOUNCED, "", expected_from=date(2026, 3, 1), expected_to=date(2026, 3, 31)),
            (UNKNOWN, UNKNOWN, UNKNOWN),
        ),
    ],
)
def test_a_period_opens_the_months_it_reaches(period: Period, expected: tuple[Window, ...]) -> None:
    assert windows_of(program(period), date(2026, 11, 20))[:3] == expected


def test_of_several_periods_the_best_counts() -> None:
    closed = Period(PeriodKind.FIXED, "", closes_on=date(2026, 1, 1))
    assert windows_of(program(Period(PeriodKind.ALWAYS, ""), closed), date(2026, 11, 20))[0] is OPEN


def test_without_any_period_nothing_is_known() -> None:
    assert set(windows_of(program(), date(2026, 11, 20))) == {UNKNOWN}
