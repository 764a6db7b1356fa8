"""What is next due of a diagnosis: the nearest day from today on of what it recommends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rag.diagnosis.records import Case, Diagnosis, Recommendation
from rag.domain import CompanyProfile, Period, PeriodKind
from server.diagnoses.finding import due_of
from tests.server.fakes import PROGRAM, FakeDesk, matched

FIRST = Period(PeriodKind.FIXED, "", opens_on=date(2026, 3, 2), closes_on=date(2026, 4, 20))
LATER = Period(PeriodKind.FIXED, "", opens_on=date(2026, 4, 1), closes_on=date(2026, 5, 1))


def diagnosis(*periods: Period | None) -> Diagnosis:
    match = matched(PROGRAM, CompanyProfile())
    made = FakeDesk().diagnose(Case(), date(2026, 3, 20))
    chosen = tuple(Recommendation(replace(match, period=each), (), (), (), (), ()) for each in periods)
    return replace(made, recommendations=chosen)


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (date(2026, 3, 1), (date(2026, 3, 2), 1, "가상 바우처 접수 시작")),
        (date(2026, 3, 20), (date(2026, 4, 1), 12, "가상 바우처 접수 시작")),
        (date(2026, 4, 20), (date(2026, 4, 20), 0, "가상 바우처 접수 마감")),
        (date(2026, 5, 2), None),
    ],
)
def test_the_nearest_day_to_come_is_told_whether_it_opens_or_closes(
    today: date, told: tuple[date, int, str] | None
) -> None:
    due = due_of(diagnosis(LATER, FIRST, None), today)
    assert (due and (due.day, due.left, due.what)) == told


def test_without_a_day_nothing_is_due() -> None:
    assert due_of(diagnosis(None), date(2026, 3, 20)) is None
    assert due_of(None, date(2026, 3, 20)) is None
