"""Fitted: a course of the roadmap and how a company learns flow in; the course as it would hold it flows out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from rag.diagnosis.excluding import excluded
from rag.diagnosis.pacing import Pace
from rag.diagnosis.records import Case, Level, RoadmapItem, Training, Window
from rag.diagnosis.survey import question
from rag.diagnosis.telling import OWN_MONEY, as_line
from rag.diagnosis.windows import MONTHS
from rag.domain import Detail, Evidence, Program
from rag.money import won

_BY_HAND = ("none", "paper")
_MACHINES = ("manual", "partly", "mostly")
_COLLECTED = {
    "manual": "손으로 하는 공정의 기록부터 한 가지를 정해 적습니다.",
    "partly": "자동화된 공정의 값부터 모으고, 손으로 하는 공정은 기록지로 적습니다.",
    "mostly": "설비가 내보내는 값을 한곳에 모읍니다.",
    "not_applicable": "주문, 재고, 상담 기록처럼 이미 적고 있는 것부터 한곳에 모읍니다.",
}
_OF_MACHINES, _OF_OFFICES = re.compile("공정|설비|품질|생산"), re.compile("업무|고객|사무|수요")
_BY_EMPLOYER = "사업주훈련"


def collecting(pace: Pace) -> Iterator[RoadmapItem]:
    """That data are gathered from the first month on, where there are none that a course could use."""
    if pace.data not in _BY_HAND or not pace.equipment:
        return
    asked = question("data")
    what = "생산 데이터 모으기" if pace.equipment in _MACHINES else "업무 데이터 모으기"
    evidence = Evidence(asked.document, (asked.page, asked.page), "", asked.quote)
    windows = (Window.UNKNOWN,) * MONTHS
    note = f"AI가 배울 데이터가 있어야 합니다. {_COLLECTED[pace.equipment]}"
    yield RoadmapItem(None, what, "현장 담당자", OWN_MONEY, 0, 2, windows, note, (evidence,))


def fitted(item: RoadmapItem, pace: Pace, had: tuple[Training, ...], case: Case, program: Program) -> RoadmapItem:
    """The course for the people of a company, with what it is about here and what budget and support allow."""
    assert item.level
    course, evidence = item.course, list(item.evidence)
    notes = [item.note, *_money(item, pace, case, program), pace.said(item.level, had)]
    if item.level is Level.ADVANCED:
        examples = _examples(program, item.level, pace)
        if examples:
            course = f"{course}. 예: {examples[0]}"
            evidence.append(examples[1].evidence)
        if pace.problem:
            course = f"{course}. 이 회사의 과제: {pace.problem}"
        for detail in excluded(pace.problem, program.details):
            notes.append(f"이 과제는 지원에서 빠질 수 있습니다: {as_line(detail.text)}")
            evidence.append(detail.evidence)
    said = " ".join(filter(None, notes))
    return replace(
        item, course=course, people=pace.whom(item.level), note=said, evidence=tuple(dict.fromkeys(evidence))
    )


def _money(item: RoadmapItem, pace: Pace, case: Case, program: Program) -> Iterator[str]:
    """What the budget of a year and what is left of its support mean for a course that no programme pays as a whole."""
    if item.program == program.name:
        return
    if pace.budget == 0:
        yield "쓸 수 있는 훈련 예산이 없다고 했으므로, 회사가 낼 돈이 없는지 확인한 뒤에 시작합니다."
    elif pace.budget:
        yield f"회사가 내는 돈은 한 해 훈련 예산 {won(pace.budget)} 안에서 잡습니다."
    left = case.company.support_left
    if _BY_EMPLOYER in item.program and left is not None:
        yield (
            f"올해 남은 훈련 지원한도는 {won(left)}입니다."
            if left
            else "올해 훈련 지원한도를 다 썼으므로, 스스로 비용을 대거나 내년 한도가 열린 뒤에 시작합니다."
        )


def _examples(program: Program, level: Level, pace: Pace) -> tuple[str, Detail] | None:
    """What documents name as examples of a level, those for a firm with machines or for one without."""
    if not pace.equipment:
        return None
    wanted = _OF_MACHINES if pace.equipment in _MACHINES else _OF_OFFICES
    told = re.compile(rf"^{level.value}[^:]{{0,20}}예\s*:\s*(?P<examples>.+)")
    for detail in program.details:
        found = told.match(detail.text)
        named = [each.strip() for each in found["examples"].split(",")] if found else []
        fitting = [each for each in named if wanted.search(each)]
        if fitting:
            return ", ".join(fitting), detail
    return None
