"""Twelve months begin with that of the day; a bar lies where its days lie, and its words say the same."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.domain import Period, PeriodKind, PeriodStatus
from ui.pages.timeline import WIDTH, scale_of, strip_of

DAY = date(2026, 3, 20)
SCALE = scale_of(DAY)
OPEN = PeriodStatus.OPEN


def bars(period: Period, status: PeriodStatus = OPEN) -> list[tuple[str, float, float]]:
    """The bars of one period: kind, start and end."""
    return [(bar.kind, bar.x, round(bar.x + bar.width, 1)) for bar in strip_of([(period, status)], SCALE, DAY).bars]


def test_the_months_are_twelve_and_go_over_the_year() -> None:
    assert SCALE.months == (*(f"{n}월" for n in range(3, 13)), "1월", "2월")
    assert (SCALE.first, SCALE.last) == (date(2026, 3, 1), date(2027, 2, 28))


def test_days_that_are_written_lie_where_they_are_and_what_is_outside_is_cut() -> None:
    april = Period(PeriodKind.FIXED, "", opens_on=date(2026, 4, 1), closes_on=date(2026, 4, 30))
    assert bars(april) == [("fixed", SCALE.x(date(2026, 4, 1)), SCALE.x(date(2026, 5, 1)))]
    longer = Period(PeriodKind.FIXED, "", opens_on=date(2020, 1, 1), closes_on=date(2030, 1, 1))
    assert bars(longer) == [("fixed", 0.0, float(WIDTH))]
    past = Period(PeriodKind.FIXED, "", opens_on=date(2025, 1, 1), closes_on=date(2026, 2, 28))
    assert bars(past, PeriodStatus.CLOSED) == []


@pytest.mark.parametrize("kind", [PeriodKind.ALWAYS, PeriodKind.UNTIL_SPENT])
def test_what_has_no_last_day_goes_on_to_the_end_unless_it_is_over(kind: PeriodKind) -> None:
    assert bars(Period(kind, "")) == [("ongoing", 0.0, float(WIDTH))]
    assert bars(Period(kind, ""), PeriodStatus.CLOSED) == []


def test_a_month_that_is_only_announced_is_told_from_days_that_are_written() -> None:
    may = Period(PeriodKind.ANNOUNCED, "", expected_from=date(2026, 5, 1), expected_to=date(2026, 5, 31))
    assert [kind for kind, _, _ in bars(may, PeriodStatus.UPCOMING)] == ["expected"]
    assert bars(Period(PeriodKind.ANNOUNCED, ""), PeriodStatus.UNKNOWN) == []


def test_what_was_called_off_is_told_and_not_drawn() -> None:
    off = Period(PeriodKind.FIXED, "", opens_on=DAY, closes_on=DAY, is_cancelled=True, track="일반형")
    strip = strip_of([(off, PeriodStatus.CANCELLED)], SCALE, DAY)
    assert strip.bars == () and strip.words.startswith("일반형: 취소")


def test_of_many_periods_some_are_told_in_words_and_how_many_more() -> None:
    rounds = [
        (Period(PeriodKind.FIXED, "", opens_on=DAY, closes_on=date(2026, n, 1), round=f"{n}차"), OPEN)
        for n in range(4, 10)
    ]
    assert strip_of(rounds, SCALE, DAY).words.endswith("외 2개")


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.dates(), st.dates())
def test_no_bar_leaves_the_picture(day: date, first: date, last: date) -> None:
    first, last = sorted((first, last))
    scale = scale_of(day)
    period = Period(PeriodKind.FIXED, "", opens_on=first, closes_on=last)
    for bar in strip_of([(period, OPEN)], scale, day).bars:
        assert 0 <= bar.x < bar.x + bar.width <= WIDTH + 0.1
    assert 0 <= scale.today <= WIDTH
