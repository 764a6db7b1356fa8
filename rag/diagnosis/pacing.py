"""Pacing: a case flows in; whom each course is for, how long it takes and what was had of it before flow out.

How many months a course takes by default is a habit of planning, not of the documents, and is said to be so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil

from rag.diagnosis.needs import problems_of
from rag.diagnosis.records import Case, Level, Training
from rag.korean import with_particle
from rag.text import squash

_MONTHS = {Level.BASIC: 2, Level.MIDDLE: 4, Level.ADVANCED: 5}
# How much longer or shorter a course takes by how long people may leave their work.
_STRETCH = {"none": 1.5, "hours": 1.25, "days": 1.0, "weeks": 0.5}
_RELEASED = {
    "none": "근무 시간에 자리를 비우기 어려워 온라인이나 현장에서 짧게 나누어 합니다.",
    "hours": "일주일에 몇 시간씩 나누어 합니다.",
    "days": "한 달에 하루 이틀씩 모여서 합니다.",
    "weeks": "며칠씩 이어서 집중해 합니다.",
}
_FEW, _MANY = 10, 100
_PEOPLE = {Level.BASIC: "대표·임직원", Level.MIDDLE: "실무자", Level.ADVANCED: "핵심 인력·실무자"}
# What a training on AI is called that teaches what a level is about, and how long it counts.
_AI = ("ai", "인공지능", "챗gpt", "chatgpt")
_TAUGHT: Mapping[Level, tuple[str, ...]] = {
    Level.BASIC: ("기초", "이해", "입문", "리터러시", "체험", "첫걸음"),
    Level.MIDDLE: ("직무", "활용", "엑셀", "문서", "업무", "데이터"),
    Level.ADVANCED: ("pbl", "문제해결", "프로젝트", "고급", "실무응용"),
}
_REMEMBERED = 3
"""Years in which a training counts as had before."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How a company learns: replies and figures that a plan goes by."""

    people: int | None
    release: str
    expert: str
    budget: int | None
    equipment: str
    data: str
    problem: str
    trainings: tuple[Training, ...]

    def months(self, level: Level, had: tuple[Training, ...]) -> int:
        """How long a course of a level takes here, at least a month; shorter where some had it before."""
        length = _MONTHS[level] * _STRETCH.get(self.release, 1.0)
        if self.people is not None and self.people >= _MANY and level is Level.BASIC:
            length += 1
        return max(1, ceil(length / 2) if had else round(length))

    def whom(self, level: Level) -> str:
        """Whom a course is for: of few people all of them, of many department by department."""
        if self.people is None:
            return _PEOPLE[level]
        if self.people <= _FEW and level is not Level.ADVANCED:
            return f"대표와 직원 모두({self.people:,}명)"
        if level is Level.BASIC:
            by = "임원 먼저, 직원은 부서별로" if self.people >= _MANY else "대표와 직원"
            return f"{by}({self.people:,}명)"
        if level is Level.ADVANCED and self.expert == "yes":
            return f"내부 전문가와 {_PEOPLE[Level.MIDDLE]}"
        return _PEOPLE[level]

    def had(self, level: Level, as_of: date) -> tuple[Training, ...]:
        """The trainings of the last years that teach what a level is about."""
        first = as_of.year - _REMEMBERED
        return tuple(t for t in self.trainings if (t.year or as_of.year) >= first and _level_of(t) is level)

    def is_done(self, had: tuple[Training, ...]) -> bool:
        """Whether all people had what these trainings teach."""
        return self.people is not None and sum(t.people or 0 for t in had) >= max(self.people, 1)

    def said(self, level: Level, had: tuple[Training, ...]) -> str:
        """What is to be said of how and for whom a course is held here."""
        told = ", ".join(f"'{t.name}'" + (f"({t.year}년)" if t.year else "") for t in had)
        before = (
            f"이미 받은 훈련 {with_particle(told, '과', '와')} 겹치지 않게, 받지 않은 사람부터 합니다." if had else ""
        )
        return " ".join(filter(None, (before, _RELEASED.get(self.release, ""))))


def pace_of(case: Case) -> Pace:
    """How the company of a case learns; what it did not tell is unknown, and changes nothing."""
    company, budget = case.company, case.reply("budget")

    def chose(question: str) -> str:
        reply = case.reply(question)
        return reply.options[0] if reply and reply.options else ""

    return Pace(
        people=company.employees,
        release=chose("release"),
        expert=chose("expert"),
        budget=budget.amount if budget else None,
        equipment=chose("equipment"),
        data=chose("data"),
        problem=problems_of(case),
        trainings=company.trainings,
    )


def _level_of(training: Training) -> Level | None:
    """The highest level whose words stand in the name of a training on AI."""
    name = squash(training.name)
    if not any(word in name for word in _AI):
        return None
    return next((level for level in reversed(Level) if any(w in name for w in _TAUGHT[level])), None)
