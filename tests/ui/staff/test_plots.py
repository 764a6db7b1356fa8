"""Columns lie within the picture and stand for their numbers; the table says the same; shares make a whole."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ui.staff.plots import HEIGHT, WIDTH, Series, columns_of, number, shares_of

DAY = date(2026, 3, 20)
DAYS = [DAY - timedelta(2 - n) for n in range(3)]


def test_stacked_columns_stand_on_each_other_and_the_highest_fills_the_picture() -> None:
    plot = columns_of(DAYS, [Series("good", "가", {DAY: 3}), Series("warn", "나", {DAY: 1, DAYS[0]: 2})], "말", "개")
    first, good, warn = plot.bars
    assert (first.kind, first.y + first.height, first.height) == ("warn", HEIGHT, HEIGHT / 2)
    assert (good.y + good.height, warn.y + warn.height, warn.y) == (HEIGHT, good.y, 0)
    assert plot.rows == (("3. 20.", "3개", "1개"), ("3. 18.", "0개", "2개"))
    assert (plot.top, plot.first, plot.last, plot.head) == ("4개", "3. 18.", "3. 20.", ("날", "가", "나"))


def test_columns_before_each_other_stand_on_the_ground() -> None:
    plot = columns_of(DAYS, [Series("a", "가", {DAY: 2}), Series("b", "나", {DAY: 1})], "", "초", is_stacked=False)
    assert [(bar.y + bar.height, bar.height) for bar in plot.bars] == [(HEIGHT, HEIGHT), (HEIGHT, HEIGHT / 2)]


def test_nothing_is_drawn_of_nothing() -> None:
    plot = columns_of(DAYS, [Series("a", "가", {})], "", "개")
    assert (plot.bars, plot.rows, plot.top) == ((), (), "0개")
    assert shares_of([("a", "가", 0)]) == ()


@given(st.lists(st.lists(st.integers(0, 10**6), min_size=90, max_size=90), min_size=1, max_size=5), st.booleans())
def test_every_column_lies_within_the_picture(counts: list[list[int]], is_stacked: bool) -> None:
    days = [DAY + timedelta(n) for n in range(90)]
    series = [Series("a", "가", dict(zip(days, told, strict=True))) for told in counts]
    plot = columns_of(days, series, "", "개", is_stacked=is_stacked)
    assert len(plot.bars) == sum(value > 0 for told in counts for value in told)
    for bar in plot.bars:
        assert bar.x >= 0 and bar.x + bar.width <= WIDTH
        assert bar.y >= 0 and bar.height > 0
        assert bar.y + bar.height <= HEIGHT + len(series) * 2


def test_shares_are_of_a_hundred_and_numbers_short() -> None:
    shares = shares_of([("a", "가", 1), ("b", "나", 0), ("c", "다", 3)])
    assert [(share.name, share.count, share.percent) for share in shares] == [("가", 1, 25.0), ("다", 3, 75.0)]
    assert [number(value) for value in (0, 0.34, 12.3, 1234.0)] == ["0", "0.3", "12", "1,234"]
