"""Beside: a plan and what documents say of its fields flow in; its sheet, value beside word, flows out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag.diagnosis.tree import Grid
from rag.engagement.items import Plan
from rag.engagement.limits import COST, HOURS, OWN, PEOPLE, SPAN, TEAM, THEME
from rag.engagement.sheets import BLANK, count_said, said, span_said, won_said

Told = Mapping[str, str]
"""What documents say of the fields of a plan, by field, see `rag.engagement.limits`."""
_BESIDE = ("항목", "적은 값", "문서가 정한 것")


def problem_grid(plan: Plan, told: Told) -> Grid:
    """A problem sheet, each value beside what documents say of it."""
    return _beside(
        (
            ("문제", said(plan.issue), told.get(THEME)),
            ("현재값 → 목표값", f"{said(plan.now)} → {said(plan.wanted)}", None),
            ("데이터", said(plan.data), None),
            ("AI 분야 전문가", said(plan.ai_expert), told.get(TEAM)),
            ("도메인 분야 전문가", said(plan.field_expert), None),
            ("기업 내부전문가", said(plan.inner_expert), None),
            ("산출물", said(plan.outputs), None),
            ("인원", count_said(plan.people, "명"), told.get(PEOPLE)),
            ("시간", count_said(plan.whole_hours, "시간"), told.get(HOURS)),
            ("기간", span_said(plan), told.get(SPAN)),
            ("비용", won_said(plan.cost), told.get(COST)),
            ("재원", said(plan.payer), None),
            ("자부담", won_said(plan.own_share), told.get(OWN)),
        )
    )


def on_job_grid(plan: Plan, told: Told) -> Grid:
    """Training on the job, each value beside what documents say of it."""
    return _beside(
        (
            ("목표", said(plan.goal), told.get(THEME)),
            ("훈련교사", said(plan.trainer), told.get(TEAM)),
            ("훈련생", ", ".join(plan.trainees) or BLANK, told.get(PEOPLE)),
            ("시간", count_said(plan.whole_hours, "시간"), told.get(HOURS)),
            ("기간", span_said(plan), told.get(SPAN)),
            ("비용", won_said(plan.cost), told.get(COST)),
            ("자부담", won_said(plan.own_share), told.get(OWN)),
        )
    )


def course_grid(plan: Plan, told: Told) -> Grid:
    """One course, each value beside what documents say of it."""
    return _beside(
        (
            ("목표", said(plan.goal), told.get(THEME)),
            ("NCS 분류", said(plan.ncs), None),
            ("인원", count_said(plan.people, "명"), told.get(PEOPLE)),
            ("시간", count_said(plan.whole_hours, "시간"), told.get(HOURS)),
            ("기간", span_said(plan), told.get(SPAN)),
            ("재원", said(plan.payer), None),
            ("모두 드는 돈", won_said(plan.cost), told.get(COST)),
            ("자부담", won_said(plan.own_share), told.get(OWN)),
            ("성과지표", said(plan.kpi), None),
        )
    )


def _beside(rows: Sequence[tuple[str, str, str | None]]) -> Grid:
    """Three columns; two where documents say nothing of any row."""
    if not any(told for _, _, told in rows):
        return Grid(("항목", "내용"), tuple((name, value) for name, value, _ in rows))
    return Grid(_BESIDE, tuple((name, value, told or "-") for name, value, told in rows))
