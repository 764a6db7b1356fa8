"""Holding: a file flows in with the programmes of the day; what contradicts itself or what documents say flows out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from rag.domain import Detail, Program
from rag.engagement.file import NAMELESS, Engagement
from rag.engagement.items import Plan, PlanKind, Run
from rag.money import won
from rag.saying.draft import Line
from rag.text import squash

OWN_MONEY = "자체"
"""What stands for a payer where the company pays all itself."""
PROBLEM_WORD = "pbl"
SHORTEST = 4
"""Letters that a theme must share with what is excluded: shorter runs, as 직무 or 훈련, stand in every theme."""
_CLAUSE = re.compile(r"[,.;]|(?:하거나|이거나)")
_TURNED = re.compile(r"무관|관련\s*없|아닌|이외|외의|않는")
"""What is left out is then what the first words are not, so that a theme with those words is none of it."""
_EXCLUDED = "제외"


def doubts_of(file: Engagement, programs: Sequence[Program]) -> tuple[Line, ...]:
    """Sentences on the plans, the runs and the gaps, each with the evidence it rests on where that is a document."""
    found = [
        *(line for entry in file.plans for line in _of_plan(entry.item, file, programs)),
        *(line for entry in file.runs for line in _of_run(entry.item, file)),
        *_of_gaps(file),
    ]
    return tuple(dict.fromkeys(found))


def payer_of(plan: Plan, programs: Sequence[Program]) -> Program | None:
    """The programme that is to pay; None where the company pays itself or no programme is called so."""
    if not plan.payer or squash(plan.payer).startswith(OWN_MONEY):
        return None
    return next((p for p in programs if squash(p.name) == squash(plan.payer)), None) or next(
        (p for p in programs if squash(plan.payer) in squash(p.name)), None
    )


def excluded_by(plan: Plan, programs: Sequence[Program]) -> tuple[Detail, ...]:
    """What programmes for problems that are solved in training leave out, where a theme has the same words."""
    theme = squash(" ".join(filter(None, (plan.title, plan.issue, plan.goal))))
    if plan.kind is not PlanKind.PROBLEM or not theme:
        return ()
    payer = payer_of(plan, programs)
    asked = (payer,) if payer else tuple(p for p in programs if _solves_problems(p))
    return tuple(d for program in asked for d in program.details if _EXCLUDED in d.label and _shares(d.text, theme))


def _solves_problems(program: Program) -> bool:
    told = (program.name, *(track.name for track in program.tracks), *(d.evidence.section for d in program.details))
    return any(PROBLEM_WORD in squash(text) for text in told)


def _shares(text: str, theme: str) -> bool:
    """Whether a clause of the text begins with a run of letters that stands in the theme."""
    clauses = (squash(clause) for clause in _CLAUSE.split(text) if not _TURNED.search(clause))
    return any(len(clause) >= SHORTEST and clause[:SHORTEST] in theme for clause in clauses)


def _of_plan(plan: Plan, file: Engagement, programs: Sequence[Program]) -> Iterator[Line]:
    name = f"'{plan.title or NAMELESS}'"
    for detail in excluded_by(plan, programs):
        yield Line(
            f"{name}의 주제는 지원에서 빠질 수 있습니다. 문서의 '{detail.label}': {detail.text}", (detail.evidence,)
        )
    if plan.first_month and plan.last_month and plan.last_month < plan.first_month:
        yield Line(f"{name}: 끝나는 달({plan.last_month})이 시작하는 달({plan.first_month})보다 앞섭니다.")
    if plan.cost is not None and plan.own_share is not None and plan.own_share > plan.cost:
        yield Line(f"{name}: 자부담 {won(plan.own_share)}이 모두 드는 돈 {won(plan.cost)}보다 많습니다.")
    told = sum(lesson.hours or 0 for lesson in plan.lessons)
    if (
        plan.hours is not None
        and told
        and all(lesson.hours is not None for lesson in plan.lessons)
        and told != plan.hours
    ):
        yield Line(f"{name}: 교과의 시간을 더하면 {told}시간인데 모두 {plan.hours}시간이라고 적혀 있습니다.")
    employees = file.case.company.employees
    if plan.people is not None and employees is not None and plan.people > employees:
        yield Line(f"{name}: 훈련 인원 {plan.people}명이 상시근로자 {employees}명보다 많습니다.")
    if plan.payer and not squash(plan.payer).startswith(OWN_MONEY) and payer_of(plan, programs) is None:
        yield Line(f"{name}: 재원 '{plan.payer}'은(는) 등록된 문서에서 확인되지 않습니다.")


def _of_run(run: Run, file: Engagement) -> Iterator[Line]:
    name = f"'{file.title_of(run)}'"
    if run.first_day and run.last_day and run.last_day < run.first_day:
        yield Line(f"{name}: 종료일이 시작일보다 앞섭니다.")
    if run.completed is not None and run.people is not None and run.completed > run.people:
        yield Line(f"{name}: 수료 인원 {run.completed}명이 참여 인원 {run.people}명보다 많습니다.")
    if run.plan and file.plan_of(run) is None:
        yield Line(f"{name}: 실시한 계획이 파일에 없습니다.")
    for survey in (entry.item for entry in file.surveys if entry.item.run and _is_of(entry.item.run, run, file)):
        if survey.day and run.last_day and survey.day < run.last_day:
            yield Line(f"{name}: 훈련이 끝나기 전({_told(survey.day)})에 조사한 것으로 적혀 있습니다.")
        if survey.respondents is not None and run.people is not None and survey.respondents > run.people:
            yield Line(f"{name}: 응답자 {survey.respondents}명이 참여 인원 {run.people}명보다 많습니다.")


def _is_of(id_: str, run: Run, file: Engagement) -> bool:
    return any(entry.id == id_ and entry.item == run for entry in file.runs)


def _of_gaps(file: Engagement) -> Iterator[Line]:
    for entry in file.gaps:
        gap = entry.item
        if gap.current is not None and gap.target is not None and gap.target < gap.current:
            yield Line(
                f"'{gap.task or gap.duty or '과업'}': 목표수준 {gap.target}이 현수준 {gap.current}보다 낮습니다."
            )


def _told(day: date) -> str:
    return f"{day.year}년 {day.month}월 {day.day}일"
