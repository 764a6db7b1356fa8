"""Proposals: a level and the survey flow in; what to do about training in this company flows out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.diagnosis.courses import Course, direction
from rag.diagnosis.records import Case, Level
from rag.domain import Program
from rag.saying.draft import Line

_HEAD = re.compile(r"^훈련\s*방향[^:]{0,6}:\s*")
_RELEASE = {
    "none": "근무 시간에 자리를 비우기 어려우므로 온라인 훈련이나 현장에서 하는 훈련부터 시작하는 것이 좋습니다.",
    "hours": "일주일에 몇 시간을 낼 수 있으므로 짧게 나누어 하는 훈련이 알맞습니다.",
    "days": "한 달에 하루 이틀을 낼 수 있으므로 하루 과정의 집합훈련을 할 수 있습니다.",
    "weeks": "며칠씩 이어서 낼 수 있으므로 현장 문제를 푸는 긴 과정도 할 수 있습니다.",
}
_EXPERT = {
    "yes": "현장 문제를 잘 아는 직원이 있으므로 사내강사나 내부전문가로 세우는 방법을 검토합니다.",
    "no": "가르칠 직원이 없으므로 외부 전문가와 함께 과정을 만드는 방법을 검토합니다.",
}
_DATA = "데이터를 모으지 않으면 AI를 배워도 쓸 곳이 적습니다. 훈련과 함께 데이터를 모으는 일부터 시작합니다."
_PLAN = "지난 1년 동안 훈련을 하지 않았으므로 연간 훈련계획부터 세우는 것이 좋습니다."


def proposals(
    case: Case, level: Level | None, courses: dict[Level, Course], programs: tuple[Program, ...]
) -> tuple[Line, ...]:
    """The course for the present level, for whom, then what follows from the company's own replies."""
    return tuple(_lines(case, level, courses, programs))


def _lines(
    case: Case, level: Level | None, courses: dict[Level, Course], programs: tuple[Program, ...]
) -> Iterator[Line]:
    if level and level in courses:
        course = courses[level]
        yield Line(f"지금 단계({level.value})에 맞는 훈련: {course.text}", (course.detail.evidence,))
    said = direction(programs)
    if said:
        yield Line(f"사람별 훈련 방향: {_HEAD.sub('', said[1].text)}", (said[1].evidence,))
    for question, told in (("release", _RELEASE), ("expert", _EXPERT)):
        reply = case.reply(question)
        if reply and reply.options and reply.options[0] in told:
            yield Line(told[reply.options[0]])
    data, training = case.reply("data"), case.reply("training")
    if data and data.options == ("none",):
        yield Line(_DATA)
    if training and training.options == ("none",):
        yield Line(_PLAN)
