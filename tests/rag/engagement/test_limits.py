"""Each field of a plan stands beside what documents say of it, by track; where they say nothing, nothing is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rag.advisor import Advisor
from rag.domain import Detail, Evidence, Program, TrackName
from rag.engagement.items import Plan, PlanKind
from rag.engagement.limits import COST, HOURS, OWN, PEOPLE, SPAN, TEAM, THEME, grounds_of, limits_of
from tests.rag.many import program_of

DAY = date(2026, 3, 20)
CENTRES = "중소기업AI훈련확산센터"
HELD, OTHER = "현장훈련(S-OJT)", "집합훈련"


def told(label: str, text: str, track: str | None = HELD) -> Detail:
    return Detail(label, text, Evidence("s0", (3, 3), "지원내용", text), track)


LIMITED: Program = replace(
    program_of(1),
    periods=(),
    tracks=(TrackName(HELD), TrackName(OTHER)),
    details=(
        told("훈련시간", "훈련시간은 20시간 이상 40시간 이하입니다."),
        told("훈련인원", "훈련생은 5명 이하입니다."),
        told("훈련기간", "훈련기간은 3개월 이내입니다."),
        told("훈련시간", "훈련시간은 8시간 이하입니다.", OTHER),
    ),
)
PLAN = Plan(PlanKind.ON_JOB, title="용접", hours=30, trainees=("가", "나"), payer=LIMITED.name)


@pytest.mark.parametrize(
    ("changed", "field", "is_kept"),
    [
        ({}, HOURS, True),
        ({"hours": 41}, HOURS, False),
        ({"hours": 19}, HOURS, False),
        ({"hours": None}, HOURS, None),
        ({"people": 6}, PEOPLE, False),
        ({"people": None}, PEOPLE, None),
        ({"first_month": "2026-04", "last_month": "2026-06"}, SPAN, True),
        ({"first_month": "2026-04", "last_month": "2026-07"}, SPAN, False),
        ({}, SPAN, None),
    ],
)
def test_a_value_is_held_against_the_bound_of_its_own_track(
    changed: dict[str, object], field: str, is_kept: bool | None
) -> None:
    plan = replace(PLAN, **changed)  # type: ignore[arg-type]
    (limit,) = [each for each in limits_of(plan, (LIMITED,)) if each.field == field]
    assert limit.is_kept is is_kept
    assert limit.evidence.pages == (3, 3) and "8시간" not in limit.text


@pytest.mark.parametrize(
    ("text", "is_team"),
    [
        ("AI 전문가 + 현장 전문가가 함께 만듭니다.", True),
        ("훈련교사와 외부 컨설턴트가 한 조로 맡습니다.", True),
        ("강사 한 명이 맡습니다.", False),
        ("이론 + 실습으로 진행합니다.", False),
    ],
)
def test_who_makes_a_training_is_told_where_several_are_named(text: str, is_team: bool) -> None:
    program = replace(LIMITED, details=(told("훈련방법", text),))
    assert [each.field for each in limits_of(PLAN, (program,))] == [TEAM] * is_team


def test_a_course_takes_no_limits_of_a_track_that_it_does_not_name() -> None:
    course = replace(PLAN, kind=PlanKind.COURSE)
    assert limits_of(course, (LIMITED,)) == ()
    assert {each.field for each in limits_of(replace(course, title=f"{OTHER} 첫째"), (LIMITED,))} == {HOURS}


def test_a_problem_stands_beside_what_the_guide_says_of_its_track(adviser: Advisor) -> None:
    programs = adviser.shelf.current(DAY)
    plan = Plan(PlanKind.PROBLEM, title="단순반복직무 줄이기", own_share=100, first_month="2026-12")
    found = limits_of(plan, programs)
    assert {each.field for each in found} == {THEME, TEAM, COST, OWN, SPAN}
    assert [each.is_kept for each in found if each.field == THEME].count(False) == 1
    assert all(each.is_kept is False for each in found if each.field in (OWN, SPAN))
    said = " ".join(each.text for each in found if each.field == COST)
    assert "210만원" in said and "단가 300%" in said
    assert {each.evidence.pages for each in found if each.field == COST} == {(9, 9)}


def test_of_training_on_the_job_the_guide_sets_no_limit_and_none_is_told(adviser: Advisor) -> None:
    programs = adviser.shelf.current(DAY)
    plan = Plan(PlanKind.ON_JOB, title="금형 손보기", hours=2000, people=900)
    assert [track for _, track in grounds_of(plan, programs)] == ["훈련과정개발컨설팅"]
    assert limits_of(plan, programs) == ()
    assert grounds_of(replace(plan, payer=CENTRES), programs) == ()
