"""The plan goes by what a company replied: each reply that the records give reason to heed changes something in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.advisor import Advisor
from rag.conditions.tree import unread_of
from rag.diagnosis.diagnose import diagnose
from rag.diagnosis.records import Case, Company, Level, Reply, RoadmapItem, Training
from rag.diagnosis.survey import survey
from rag.domain import Result, SizeClass, Verdict
from tests.rag.diagnosis.cases import chose, said

DAY = date(2026, 3, 20)
PLAIN = Case(
    Company(
        address="경기도 안산시", industry="금속 가공 제조", employees=24, size=SizeClass.SMALL, priority_support=True
    ),
    (chose("ai_use", "none"), chose("data", "paper"), chose("equipment", "manual"), chose("wants", "training")),
)


def plan(adviser: Advisor, case: Case) -> tuple[RoadmapItem, ...]:
    return diagnose(case, adviser.shelf, DAY, "g").roadmap


def replied(case: Case, *replies: Reply) -> Case:
    others = tuple(r for r in case.replies if r.question not in {reply.question for reply in replies})
    return replace(case, replies=(*others, *replies))


def of(case: Case, **fields: object) -> Case:
    return replace(case, company=replace(case.company, **fields))  # type: ignore[arg-type]


DIFFERENT = {
    "no budget": replied(PLAIN, Reply("budget", amount=0)),
    "a small budget": replied(PLAIN, Reply("budget", amount=3_000_000)),
    "a large budget": replied(PLAIN, Reply("budget", amount=50_000_000)),
    "few people": of(PLAIN, employees=4),
    "many people": of(PLAIN, employees=140),
    "no machines": replied(PLAIN, chose("equipment", "not_applicable")),
    "machines that run by themselves": replied(PLAIN, chose("equipment", "mostly")),
    "data of machines": replied(PLAIN, chose("data", "realtime")),
    "no time": replied(PLAIN, chose("release", "none")),
    "days on end": replied(PLAIN, chose("release", "weeks")),
    "a course before": of(PLAIN, trainings=(Training("AI 기초 교육", 2025, 6, 8),)),
    "a course that all had": of(PLAIN, trainings=(Training("AI 기초 교육", 2025, 24, 8),)),
    "a problem": replied(PLAIN, said("problems", "도금 두께가 고르지 않습니다")),
    "a problem that is left out": replied(PLAIN, said("problems", "단순반복직무를 줄이고 싶습니다")),
    "support left": of(PLAIN, support_ceiling=20_000_000, support_used=5_000_000),
    "no support left": of(PLAIN, support_ceiling=20_000_000, support_used=20_000_000),
}


def test_each_thing_that_tells_of_how_a_company_learns_makes_another_plan(adviser: Advisor) -> None:
    plans = {name: plan(adviser, case) for name, case in {"plain": PLAIN, **DIFFERENT}.items()}
    assert len(set(plans.values())) == len(plans)


def test_a_course_that_all_people_had_is_left_out_and_one_that_some_had_is_shorter(adviser: Advisor) -> None:
    def spans(case: Case) -> dict[Level, int]:
        return {item.level: item.last - item.first + 1 for item in plan(adviser, case) if item.level}

    assert Level.BASIC not in spans(DIFFERENT["a course that all had"])
    assert spans(DIFFERENT["a course before"])[Level.BASIC] < spans(PLAIN)[Level.BASIC]
    old = of(PLAIN, trainings=(Training("AI 기초 교육", 2019, 24, 8), Training("지게차 안전 교육", 2025, 24)))
    assert plan(adviser, old) == plan(adviser, PLAIN)


def test_a_theme_that_documents_leave_out_is_told_where_it_is_planned(adviser: Advisor) -> None:
    told = {name: " ".join(item.note for item in plan(adviser, case)) for name, case in DIFFERENT.items()}
    assert "지원에서 빠질 수 있습니다" in told["a problem that is left out"]
    assert "지원에서 빠질 수 있습니다" not in told["a problem"]


def test_no_training_for_small_firms_is_planned_for_a_large_one(adviser: Advisor) -> None:
    large = of(PLAIN, size=SizeClass.LARGE, employees=900, priority_support=False)
    assert any("중소기업" in item.program for item in plan(adviser, PLAIN))
    assert not any("중소기업" in item.program for item in plan(adviser, large))


REPLIES = [
    st.sampled_from([chose(asked.id, option.id) for option in asked.options])
    for asked in survey()
    if asked.kind == "one"
]
WANTS = tuple(option.id for asked in survey() if asked.id == "wants" for option in asked.options)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    replies=st.tuples(*REPLIES),
    wants=st.lists(st.sampled_from(WANTS), min_size=1, max_size=3, unique=True),
    turn=st.randoms(use_true_random=False),
    size=st.sampled_from([*SizeClass, None]),
    people=st.sampled_from([None, 2, 30, 400]),
)
def test_the_order_of_replies_and_wishes_changes_nothing_and_no_clause_is_left_unread_where_all_is_met(
    adviser: Advisor,
    replies: tuple[Reply, ...],
    wants: list[str],
    turn: object,
    size: SizeClass | None,
    people: int | None,
) -> None:
    company = Company(address="경기도 안산시", industry="금속 가공 제조", size=size, employees=people)
    case = Case(company, (*replies, chose("wants", *wants)))
    first = diagnose(case, adviser.shelf, DAY, "g")
    shuffled, wishes = [*replies], [*wants]
    turn.shuffle(shuffled)  # type: ignore[attr-defined]
    turn.shuffle(wishes)  # type: ignore[attr-defined]
    second = diagnose(Case(company, (chose("wants", *wishes), *shuffled)), adviser.shelf, DAY, "g")
    assert replace(first, case=case) == replace(second, case=case)
    for item in first.roadmap:
        assert 0 <= item.first <= item.last < len(item.windows) == 12 and item.people and item.evidence
    for chosen in first.recommendations:
        if chosen.match.verdict is Verdict.ELIGIBLE:
            findings = chosen.match.findings
            assert all(f.result is Result.MET for f in findings if f.criterion.strict)
            met = {f.criterion.text for f in findings if f.result is Result.MET}
            asked = (c for c in unread_of(chosen.match.program) if c.track in (None, chosen.match.track))
            assert {c.text for c in asked if c.choice is None and not c.excepts} <= met


@pytest.mark.parametrize("level", list(Level))
def test_months_of_a_plan_lie_one_behind_the_other(adviser: Advisor, level: Level) -> None:
    replies = {
        Level.BASIC: ("none", "none", "none"),
        Level.MIDDLE: ("tasks", "basics", "paper"),
        Level.ADVANCED: ("process", "pbl", "system"),
    }[level]
    asked = ("ai_use", "ai_training", "data")
    case = replied(PLAIN, *(chose(question, reply) for question, reply in zip(asked, replies, strict=True)))
    courses = [item for item in plan(adviser, case) if item.level]
    assert courses[0].level is level
    for one, other in pairwise(courses):
        assert other.first == one.last + 1
