"""Holding: a file flows in with the programmes of the day; what contradicts itself or what documents say flows out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from rag.conditions.judge import deciding
from rag.domain import Match, Program, Result, Verdict
from rag.engagement.file import NAMELESS, Engagement
from rag.engagement.items import Plan, Run
from rag.engagement.limits import OWN, SPAN, THEME, limits_of
from rag.engagement.payers import payer_of, pays_itself
from rag.money import won
from rag.saying.draft import Line

_BROKEN = {
    THEME: "주제가 지원에서 빠질 수 있습니다.",
    OWN: "자부담을 적었는데, 문서에는 회사 부담이 없다고 적혀 있습니다.",
    SPAN: "기간이 문서가 정한 것과 다르거나, 신청 마감 뒤에 시작합니다.",
}
_DIFFERS = "적은 값이 문서가 정한 것과 다릅니다."


def doubts_of(file: Engagement, programs: Sequence[Program]) -> tuple[Line, ...]:
    """Sentences on the plans, the runs and the gaps, each with the evidence it rests on where that is a document."""
    found = [
        *_of_support(file),
        *(line for entry in file.plans for line in _of_plan(entry.item, file, programs)),
        *(line for entry in file.runs for line in _of_run(entry.item, file)),
        *_of_gaps(file),
    ]
    return tuple(dict.fromkeys(found))


def _of_plan(plan: Plan, file: Engagement, programs: Sequence[Program]) -> Iterator[Line]:
    name = f"'{plan.title or NAMELESS}'"
    for limit in limits_of(plan, programs):
        if limit.is_kept is False:
            yield Line(f"{name}: {_BROKEN.get(limit.field, _DIFFERS)} 문서의 말: {limit.text}", (limit.evidence,))
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
    payer = payer_of(plan, programs)
    for each in file.diagnosis.planned:
        if each.match.program == payer:
            yield from _of_payer(name, each.match)
    if plan.payer and not pays_itself(plan) and payer is None:
        yield Line(f"{name}: 재원 '{plan.payer}'은(는) 등록된 문서에서 확인되지 않습니다.")


def _of_payer(name: str, match: Match) -> Iterator[Line]:
    """What is to be said of a payer that is not recommended: what shuts the company out, or that not all is known."""
    called = f"{name}: 재원 '{match.program.name}'"
    if match.verdict is Verdict.INELIGIBLE:
        for finding in deciding(match.findings, Result.UNMET)[:1]:
            yield Line(f"{called}의 요건에 맞지 않습니다. {finding.reason}", (finding.criterion.evidence,))
    elif match.verdict is not Verdict.ELIGIBLE:
        yield Line(f"{called}의 요건을 아직 다 확인하지 못했습니다. 담당 기관에 확인합니다.")


def _of_support(file: Engagement) -> Iterator[Line]:
    """That what others are to pay for the courses planned is more than what is left of this year's support."""
    left = file.case.company.support_left
    plans = [entry.item for entry in file.plans if entry.item.payer and not pays_itself(entry.item)]
    wanted = sum(plan.cost - (plan.own_share or 0) for plan in plans if plan.cost is not None)
    if left is not None and wanted > left:
        yield Line(
            f"계획한 훈련에 바라는 지원금 {won(wanted)}이 올해 남은 훈련 지원한도 {won(left)}보다 많습니다. "
            "한도에 들어가는 과정이 무엇인지 담당 기관에 확인합니다."
        )


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
