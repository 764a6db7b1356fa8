"""What contradicts itself is told, each on its own; what is as it should be is not, and blanks are no fault."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rag.domain import Detail, Evidence
from rag.engagement.holding import doubts_of
from rag.engagement.items import Gap, Lesson, Plan, PlanKind, Run, Survey, SurveyKind
from rag.engagement.payers import payer_of
from tests.rag.engagement.filed import CASE, COURSE, GAP, HAPPY, RUN, entry, file
from tests.rag.many import program_of

WHERE = Evidence("s0", (9, 9), "문제해결형(PBL) 과정개발", "되풀이작업과 단순포장은 할 수 없습니다.")
PAYER = replace(
    program_of(1), details=(Detail("제외대상", "되풀이작업, 현장업무와 무관한 내용은 할 수 없습니다.", WHERE),)
)


def test_a_sound_file_and_an_empty_one_raise_no_doubt() -> None:
    held = file(plans=(entry(COURSE, "p"),), runs=(entry(RUN, "r"),), gaps=(entry(GAP),), surveys=(entry(HAPPY, "s"),))
    assert doubts_of(held, ()) == ()
    assert doubts_of(file(plans=(entry(Plan(PlanKind.PROBLEM)),), runs=(entry(Run()),), gaps=(entry(Gap()),)), ()) == ()


@pytest.mark.parametrize(
    ("kind", "item", "said"),
    [
        ("plans", replace(COURSE, last_month="2026-04"), "앞섭니다"),
        ("plans", replace(COURSE, people=11), "상시근로자 10명보다 많습니다"),
        ("plans", replace(COURSE, cost=10, own_share=11), "보다 많습니다"),
        ("plans", replace(COURSE, hours=9, lessons=(Lesson("가", 8),)), "더하면 8시간"),
        ("plans", replace(COURSE, payer="아무도 모르는 사업"), "확인되지 않습니다"),
        ("runs", replace(RUN, plan=None, last_day=date(2026, 2, 1)), "앞섭니다"),
        ("runs", replace(RUN, plan=None, completed=7), "참여 인원 6명보다 많습니다"),
        ("runs", RUN, "계획이 파일에 없습니다"),
        ("gaps", replace(GAP, target=1), "낮습니다"),
    ],
)
def test_each_contradiction_is_told(kind: str, item: object, said: str) -> None:
    (line,) = doubts_of(file(**{kind: (entry(item, "r"),)}), ())  # type: ignore[arg-type]
    assert said in line.text


def test_more_replies_than_people_and_a_survey_before_the_end_are_told() -> None:
    early = Survey(SurveyKind.ACHIEVEMENT, run="r", day=date(2026, 2, 10), respondents=60)
    held = file(runs=(entry(replace(RUN, plan=None), "r"),), surveys=(entry(early, "s"),))
    assert len(doubts_of(held, ())) == 2


@pytest.mark.parametrize("theme", ["되풀이 작업 줄이기", "되풀이작업의 자동화"])
def test_a_theme_that_the_documents_leave_out_is_told_with_the_page(theme: str) -> None:
    plan = Plan(PlanKind.PROBLEM, title=theme)
    (line,) = doubts_of(file(plans=(entry(plan),)), (PAYER,))
    assert line.evidence == (WHERE,) and "되풀이작업" in line.text
    for other in ("불량을 미리 찾기", "현장업무를 AI로 바꾸기"):
        assert doubts_of(file(plans=(entry(replace(plan, title=other)),)), (PAYER,)) == ()
    assert doubts_of(file(plans=(entry(replace(plan, kind=PlanKind.COURSE)),)), (PAYER,)) == ()


def test_more_support_wanted_than_is_left_of_the_year_is_told() -> None:
    plan = replace(COURSE, payer=PAYER.name, cost=9_000_000, own_share=1_000_000)
    for used, is_told in ((3_000_000, True), (1_000_000, False)):
        company = replace(CASE.company, support_ceiling=10_000_000, support_used=used)
        held = replace(file(plans=(entry(plan),)), case=replace(CASE, company=company))
        assert any("한도" in line.text for line in doubts_of(held, (PAYER,))) == is_told


def test_who_pays_is_found_by_name_and_nobody_where_the_company_pays() -> None:
    programs = (program_of(1), program_of(2))
    assert payer_of(replace(COURSE, payer=programs[1].name), programs) is programs[1]
    assert payer_of(replace(COURSE, payer="자체 부담"), programs) is None
