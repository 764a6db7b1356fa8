"""What to do comes first in a document: the most pressing first, whom to call for what, and nothing that is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from rag.advisor import Advisor
from rag.diagnosis.diagnose import diagnose
from rag.diagnosis.records import Case, Company
from rag.diagnosis.tree import Grid, Report
from rag.domain import SizeClass
from rag.engagement.file import Engagement, Entry, Written, with_runs
from rag.engagement.items import Plan, PlanKind, Run
from rag.engagement.papers import PaperKind, paper
from tests.rag.diagnosis.cases import CAR_PARTS, chose
from tests.rag.engagement.filed import RUN, VISIT, entry

CENTRES, DOCTOR, FACTORY = "중소기업AI훈련확산센터", "능력개발전담주치의", "스마트공장 보급(제조AI특화)"


def made(adviser: Advisor, kind: PaperKind, case: Case, day: date, **entries: Sequence[Entry[Any]]) -> Report:
    found = diagnose(case, adviser.shelf, day, "g")
    file = replace(Engagement(case=case, consultant="상담 1팀", diagnosis=found), **entries)  # type: ignore[arg-type]
    return paper(kind, file, adviser.shelf.current(day), adviser.shelf.source, day)


def rows(report: Report) -> list[tuple[str, ...]]:
    first = next(part for part in report.parts if part.key == "first").blocks[0]
    return [*first.rows] if isinstance(first, Grid) else []


def test_rows_come_by_their_day_and_a_visit_that_was_is_none(adviser: Advisor) -> None:
    visits = (entry(VISIT, "v"),)
    told = rows(made(adviser, PaperKind.BASIC, CAR_PARTS, date(2026, 3, 20), visits=visits))
    assert [row[0].split(":")[0] for row in told][:2] == ["2차 방문", CENTRES]
    assert told[0][1] == "2026년 4월 10일"
    held = (*visits, entry(replace(VISIT, day=date(2026, 4, 10), next_day=None), "w"))
    later = rows(made(adviser, PaperKind.BASIC, CAR_PARTS, date(2026, 4, 10), visits=held))
    assert not any("2차 방문" in row[0] for row in later)


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (PaperKind.CONSULTING, {CENTRES, DOCTOR, FACTORY}),
        (PaperKind.PROBLEM, {CENTRES}),
        (PaperKind.PLAN, {CENTRES}),
        (PaperKind.RESULT, set()),
        (PaperKind.YEARLY, set()),
    ],
)
def test_a_document_asks_to_apply_for_what_it_is_about(adviser: Advisor, kind: PaperKind, names: set[str]) -> None:
    plans = (entry(Plan(PlanKind.PROBLEM, title="불량 줄이기", payer=CENTRES), "p"),)
    told = rows(made(adviser, kind, CAR_PARTS, date(2026, 3, 20), plans=plans))
    assert {row[0].split(":")[0] for row in told} == names


def test_what_was_to_come_and_did_not_is_told_to_be_looked_into(adviser: Advisor) -> None:
    told = {row[0]: row for row in rows(made(adviser, PaperKind.CONSULTING, CAR_PARTS, date(2026, 9, 8)))}
    factory = next(row for name, row in told.items() if name.startswith(FACTORY))
    assert factory[0].endswith("접수하는지 확인") and "지남" in factory[1]


def test_an_office_without_a_number_is_told_by_its_name(adviser: Advisor) -> None:
    case = Case(Company(address="전라남도 순천시", size=SizeClass.SMALL, employees=9), (chose("wants", "training"),))
    told = rows(made(adviser, PaperKind.BASIC, case, date(2026, 3, 20)))
    assert any("광주산학융합원(전화번호는 문서에 없음)" in row[2] for row in told)


def test_a_run_counts_among_what_the_company_was_trained_in_once_it_is_over() -> None:
    plan = Plan(PlanKind.PROBLEM, title="AI로 불량 줄이기")
    written = Written(plans=(entry(plan, "p"),), runs=(entry(replace(RUN, plan="p"), "r"),))
    last = RUN.last_day
    assert last
    assert with_runs(CAR_PARTS, written, date(2026, 2, 1)) == CAR_PARTS
    (had,) = with_runs(CAR_PARTS, written, last).company.trainings
    assert (had.name, had.year, had.people) == ("AI로 불량 줄이기(PBL)", 2026, 5)
    assert with_runs(with_runs(CAR_PARTS, written, last), written, last) == with_runs(CAR_PARTS, written, last)


def test_a_run_of_the_very_title_of_a_plan_is_that_plan_carried_out() -> None:
    plan = Plan(PlanKind.COURSE, title="엑셀", wanted="하루 20건")
    written = Written(plans=(entry(plan, "p"),))
    assert written.plan_of(Run(title="엑셀")) is plan
    assert written.plan_of(Run(title="엑셀 고급")) is None
    assert written.plan_of(Run(title="엑셀", plan="gone")) is None


def test_a_payer_that_is_not_recommended_is_told_with_whom_to_call_and_what_shuts_the_company_out(
    adviser: Advisor,
) -> None:
    day, plans = date(2026, 11, 15), (entry(Plan(PlanKind.PROBLEM, title="불량 줄이기", payer=CENTRES), "p"),)
    case = Case(Company(address="경기도 시흥시", employees=28, size=SizeClass.LARGE))
    for told, word in ((CAR_PARTS, "다음 접수 확인"), (case, "요건에 맞지 않아 다른 재원 찾기")):
        programs = adviser.shelf.current(day)
        payer = next(p.id for p in programs if p.name == CENTRES)
        found = diagnose(told, adviser.shelf, day, "g", planned={payer})
        assert payer not in {each.match.program.id for each in found.recommendations}
        file = Engagement(plans=plans, case=told, consultant="상담 1팀", diagnosis=found)
        report = paper(PaperKind.PLAN, file, programs, adviser.shelf.source, day)
        (row,) = rows(report)
        assert row[0] == f"{CENTRES}: {word}" and "03" in row[2]
        assert any(part.key == "doubts" for part in report.parts) == (told is case)
