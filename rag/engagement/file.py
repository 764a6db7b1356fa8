"""The file: entries of a company flow in, oldest first; what stands on a day, and what is due, flow out."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, TypeVar

from rag.diagnosis.records import Case, Diagnosis, Training
from rag.engagement.items import Gap, Item, Plan, PlanKind, Run, Survey, SurveyKind, Visit
from rag.periods import korean_date

Kind = TypeVar("Kind", bound=Item)
USED_FROM, USED_UNTIL = 1, 3
"""Months after a training in which is asked what is used of it: the guide has it measured after the training."""
NAMELESS = "이름 없는 과정"


@dataclass(frozen=True, slots=True)
class Entry(Generic[Kind]):
    """One item of a file: its id, the item, and who wrote it when (ISO 8601 in Korea)."""

    id: str
    item: Kind
    at: str
    by: str


@dataclass(frozen=True, slots=True)
class DueItem:
    """What is to be done: by which day at the latest, and what; `is_fixed` is for that very day."""

    day: date
    what: str
    is_fixed: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What is written down of a company, kind by kind, in the order in which it was."""

    visits: tuple[Entry[Visit], ...] = ()
    gaps: tuple[Entry[Gap], ...] = ()
    plans: tuple[Entry[Plan], ...] = ()
    runs: tuple[Entry[Run], ...] = ()
    surveys: tuple[Entry[Survey], ...] = ()

    def plan_of(self, run: Run) -> Plan | None:
        """What a run carried out, by its id or its very title; None where that was not planned, or the plan is gone."""
        return next((entry.item for entry in self.plans if entry.id == run.plan), None) or (
            next((e.item for e in self.plans if run.title and e.item.title == run.title), None)
            if not run.plan
            else None
        )

    def title_of(self, run: Run) -> str:
        """What a run is called."""
        plan = self.plan_of(run)
        return run.title or (plan.title if plan else None) or NAMELESS

    def surveys_of(self, run: str, kind: SurveyKind) -> tuple[Survey, ...]:
        """What was asked of a run, oldest first."""
        return tuple(e.item for e in self.surveys if e.item.run == run and e.item.kind is kind)

    def due(self, today: date) -> tuple[DueItem, ...]:
        """What is due from today on, the nearest first: by visits, and by trainings that are or will be over."""
        visits = [entry.item for entry in self.visits]
        last = max((visit.day for visit in visits if visit.day), default=date.min)
        found = [
            DueItem(v.next_day, v.next_what or "다음 방문", is_fixed=True)
            for v in visits
            if v.next_day and v.next_day >= today and v.next_day > last
        ]
        found += (each for entry in self.runs for each in self._surveys_due(entry, today))
        return tuple(sorted(found, key=lambda each: (each.day, each.what)))

    def _surveys_due(self, run: Entry[Run], today: date) -> Iterator[DueItem]:
        last, name = run.item.last_day, self.title_of(run.item)
        if last is None:
            return
        until = months_after(last, USED_UNTIL)
        if not self.surveys_of(run.id, SurveyKind.APPLICATION) and until >= today:
            since = korean_date(months_after(last, USED_FROM))
            yield DueItem(until, f"{name} 현업적용도 조사({since}부터)")
        asked = (SurveyKind.SATISFACTION, SurveyKind.ACHIEVEMENT)
        if any(not self.surveys_of(run.id, kind) for kind in asked) and last >= today:
            yield DueItem(last, f"{name} 만족도·성취도 조사")


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement(Written):
    """컨설팅 파일: what is written down, whose it is, and the diagnosis of the company on the day it is looked at.

    `organisation` is the consultant's; empty where none was told.
    """

    case: Case
    consultant: str
    organisation: str = ""
    diagnosis: Diagnosis


def with_runs(case: Case, written: Written, day: date) -> Case:
    """The case with the trainings of its file that were over by a day among those the company has had, by when."""
    told = {(training.name, training.year) for training in case.company.trainings}
    ended = [(run.last_day, run) for run in (entry.item for entry in written.runs) if run.last_day]
    over = sorted(((on, _name(written, run), run) for on, run in ended if on <= day), key=lambda each: each[:2])
    had = (Training(name, on.year, _finished(run), run.hours) for on, name, run in over)
    new = tuple(training for training in dict.fromkeys(had) if (training.name, training.year) not in told)
    return replace(case, company=replace(case.company, trainings=(*case.company.trainings, *new)))


def _name(written: Written, run: Run) -> str:
    """What a training is called, and that a problem was solved in it, where its plan says so."""
    plan, title = written.plan_of(run), written.title_of(run)
    return f"{title}(PBL)" if plan and plan.kind is PlanKind.PROBLEM and "PBL" not in title else title


def _finished(run: Run) -> int | None:
    return run.completed if run.completed is not None else run.people


def standing_gaps(gaps: Sequence[Gap], day: date) -> tuple[Gap, ...]:
    """Of each task the gap as it was last measured by a day, in the order the tasks were first written down."""
    last: dict[tuple[str | None, str | None], Gap] = {}
    for gap in gaps:
        if gap.measured_on and gap.measured_on > day:
            continue
        key = (gap.duty, gap.task)
        if key not in last or (gap.measured_on or date.min) >= (last[key].measured_on or date.min):
            last[key] = gap
    return tuple(last.values())


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
