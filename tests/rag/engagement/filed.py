"""A consulting file made up for tests, and the diagnosis it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from rag.diagnosis.records import Case, Company, Diagnosis, LevelFinding
from rag.engagement.file import Engagement, Entry
from rag.engagement.items import Gap, Item, Plan, PlanKind, Run, Survey, SurveyKind, Visit

DAY = date(2026, 3, 20)
CASE = Case(Company(name="예시정밀", address="경기도 화성시", employees=10))
DIAGNOSIS = Diagnosis(CASE, DAY, "g1", LevelFinding(None, ()), (), (), (), (), (), (), (), ())


def entry(item: Item, id_: str = "a") -> Entry[Any]:
    return Entry(id_, item, "2026-03-10T09:00:00+09:00", "상담 1팀")


def file(**entries: Sequence[Entry[Any]]) -> Engagement:
    """A file that holds these entries."""
    return replace(Engagement(case=CASE, consultant="상담 1팀", diagnosis=DIAGNOSIS), **entries)  # type: ignore[arg-type]


COURSE = Plan(PlanKind.COURSE, title="AI 기초", first_month="2026-05", last_month="2026-06", people=6)
RUN = Run(plan="p", first_day=date(2026, 2, 2), last_day=date(2026, 2, 27), people=6, completed=5)
VISIT = Visit(day=date(2026, 3, 10), next_day=date(2026, 4, 10), next_what="2차 방문")
GAP = Gap("검사", "외관 검사", 5, 2, 4, date(2026, 3, 10))
HAPPY = Survey(SurveyKind.SATISFACTION, run="r", scores={"내용": 4.0, "강사": 5.0}, respondents=5)
