"""Planned: the plans of a file flow in; their chapters, each value beside what documents say of it, flow out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rag.diagnosis.tree import Block, Paragraph, Part
from rag.domain import Program
from rag.engagement import sheets
from rag.engagement.beside import course_grid, on_job_grid, problem_grid
from rag.engagement.items import Plan, PlanKind
from rag.engagement.limits import OWN, SPAN, THEME, Limit, grounds_of, limits_of
from rag.engagement.making import Paper
from rag.korean import with_particle
from rag.messages import place

_KEPT, _BROKEN = " 적은 값은 이 안에 듭니다.", " 적은 값은 이 밖에 있습니다."
_OF_FIELD = {
    THEME: " 적은 과제가 여기에 걸리는지 확인합니다.",
    OWN: " 적은 자부담과 다릅니다.",
    SPAN: " 적은 기간과 맞지 않습니다.",
}
_SILENT = "'-'는 등록된 문서가 정하지 않은 칸입니다."
_NO_GROUND = "이 과정의 시간·인원·기간·금액의 한도는 등록된 문서에서 확인되지 않습니다."


def all_plans(made: Paper, plans: Sequence[Plan]) -> Iterator[Part]:
    """Every plan in one picture and one table."""
    picture = sheets.plans_gantt(plans, made.programs, made.as_of)
    yield Part("plans", "훈련 계획", (*((picture,) if picture else ()), sheets.plans_grid(plans)))


def problem_sheets(made: Paper) -> Iterator[Part]:
    """A sheet for each problem that is solved in training; one to fill in where there is none."""
    plans = [plan for plan in made.plans if plan.kind is PlanKind.PROBLEM] or [Plan(PlanKind.PROBLEM)]
    for number, plan in enumerate(plans, 1):
        lessons = (sheets.lessons_grid(plan),) if plan.lessons else ()
        limits = limits_of(plan, made.programs)
        blocks = (problem_grid(plan, _told(made, limits)), *lessons, *_grounds(made, plan, limits))
        yield Part(f"problem_{number}", f"과제 {number}. {plan.title or sheets.BLANK}", blocks)


def course_sheets(made: Paper) -> Iterator[Part]:
    """A sheet for each course, then one for each training on the job."""
    for number, plan in enumerate((p for p in made.plans if p.kind is PlanKind.COURSE), 1):
        limits = limits_of(plan, made.programs)
        blocks = (
            course_grid(plan, _told(made, limits)),
            sheets.lessons_grid(plan),
            *_grounds(made, plan, limits),
        )
        yield Part(f"course_{number}", f"과정 {number}. {plan.title or sheets.BLANK}", blocks)
    for number, plan in enumerate((p for p in made.plans if p.kind is PlanKind.ON_JOB), 1):
        limits = limits_of(plan, made.programs)
        blocks = (on_job_grid(plan, _told(made, limits)), *_grounds(made, plan, limits))
        yield Part(f"on_job_{number}", f"S-OJT {number}. {plan.title or sheets.BLANK}", blocks)


def _told(made: Paper, limits: Sequence[Limit]) -> Mapping[str, str]:
    """For each field of a plan what documents say of it, with the page."""
    told: dict[str, list[str]] = {}
    for limit in limits:
        told.setdefault(limit.field, []).append(_said(made, limit))
    return {field: " / ".join(dict.fromkeys(said)) for field, said in told.items()}


def _said(made: Paper, limit: Limit) -> str:
    where = place(limit.evidence, made.source_of(limit.evidence.source_id))
    return f"{limit.text.rstrip('.')}({where}) {made.marks.of((limit.evidence,))}.{_held(limit)}"


def _held(limit: Limit) -> str:
    if limit.is_kept is None:
        return ""
    return _KEPT if limit.is_kept else _OF_FIELD.get(limit.field, _BROKEN)


def _grounds(made: Paper, plan: Plan, limits: Sequence[Limit]) -> Iterator[Block]:
    """Whose word the limits are, and that nothing is said where nothing is."""
    grounds = grounds_of(plan, made.programs)
    named = " · ".join(_named(program, track) for program, track in grounds)
    if limits:
        said = f"'문서가 정한 것'은 {with_particle(named, '을', '를')} 따랐습니다. {_SILENT}"
        yield Paragraph(said, is_note=True)
    elif plan.kind is not PlanKind.COURSE:
        helping = f"과정을 만드는 데는 {with_particle(named, '이', '가')} 돕습니다. " if named else ""
        yield Paragraph(f"{helping}{_NO_GROUND}", is_note=True)


def _named(program: Program, track: str | None) -> str:
    return f"'{program.name}'의 {track}" if track else f"'{program.name}'"
