"""Of a file it is told what stands on a day and what is due next: by visits, and by trainings that are over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rag.engagement.file import months_after, standing_gaps
from rag.engagement.items import SurveyKind
from tests.rag.engagement.filed import COURSE, DAY, GAP, HAPPY, RUN, VISIT, entry, file


def test_what_is_used_of_a_training_is_asked_one_to_three_months_after_it_unless_it_was() -> None:
    held = file(plans=(entry(COURSE, "p"),), runs=(entry(RUN, "r"),))
    (asked,) = held.due(DAY)
    assert asked.day == date(2026, 5, 27) and asked.what == "AI 기초 현업적용도 조사(2026년 3월 27일부터)"
    assert held.due(asked.day) == (asked,)
    assert held.due(date(2026, 5, 28)) == ()
    done = replace(HAPPY, kind=SurveyKind.APPLICATION)
    assert file(plans=held.plans, runs=held.runs, surveys=(entry(done),)).due(DAY) == ()


def test_visits_to_come_are_due_and_those_that_were_are_not() -> None:
    held = file(visits=(entry(VISIT),))
    assert [each.what for each in held.due(DAY)] == ["2차 방문"]
    assert held.due(date(2026, 4, 11)) == ()


def test_of_each_task_the_last_level_by_the_day_stands() -> None:
    later = replace(GAP, current=3, measured_on=date(2026, 6, 1))
    assert [gap.current for gap in standing_gaps((GAP, later), DAY)] == [2]
    assert [gap.current for gap in standing_gaps((later, GAP), date(2026, 7, 1))] == [3]


@given(st.dates(date(1990, 1, 31), date(2099, 12, 31)), st.integers(0, 36))
def test_months_later_is_the_same_day_or_the_last_of_its_month(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1
