"""A month has every day once, and what happens on each."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ui.pages.month import SHOWN, Happening, month_view

YEARS = st.integers(1990, 2100)


@given(YEARS, st.integers(1, 12))
def test_every_day_of_a_month_is_there_and_the_first_stands_on_its_weekday(year: int, month: int) -> None:
    view = month_view(date(year, month, 1), (), date(2026, 3, 20))
    assert [one.day.day for one in view.days] == list(range(1, len(view.days) + 1))
    assert view.days[-1].day.month == month
    assert "월화수목금토일"[view.days[0].day.weekday()] == "일월화수목금토"[view.lead]


def test_of_a_crowded_day_the_first_are_shown_and_the_others_folded() -> None:
    day = date(2026, 3, 20)
    told = [Happening(day, "closes" if n % 2 else "opens", f"사업 {n}", "/", "", "") for n in range(7)]
    view = month_view(date(2026, 3, 1), told, day)
    own = view.days[19]
    assert own.is_today and (len(own.shown), len(own.folded)) == (SHOWN, 3)
    assert (view.closing, view.opening) == (3, 4)
