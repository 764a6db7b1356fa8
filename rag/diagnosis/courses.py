"""Courses: the programmes flow in; what documents say of training at each AI level, and for whom, flows out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rag.diagnosis.records import Level
from rag.domain import Detail, Program

_LEVEL = re.compile(r"^(초급|중급|고급)\s*(?:\([^)]*\))?\s*[:：]\s*(?P<course>.+)", re.DOTALL)
# What one does in training, not what one is able to do.
_COURSE = re.compile(r"훈련|교육|과정|실습")
_WHO = re.compile(r"CEO|경영진|임원|대표")
_PRACTITIONERS = re.compile(r"실무자|임직원|직원")
_PEOPLE = re.compile(r"(?P<who>[^,▲()]*?(?:CEO|임원|대표|핵심인재|실무자)[^,▲()]*?)(?:은|는|\))\s*(?P<what>[^,▲]+)")


@dataclass(frozen=True, slots=True)
class Course:
    """What a document says of the training at one level, and the programme that says it."""

    level: Level
    text: str
    program: Program
    detail: Detail


def courses(programs: Iterable[Program]) -> dict[Level, Course]:
    """The first statement of a course for every level that some programme tells of."""
    found: dict[Level, Course] = {}
    for program in programs:
        for detail in program.details:
            match = _LEVEL.match(detail.text)
            if match and _COURSE.search(match["course"]):
                level = Level(match[1])
                found.setdefault(level, Course(level, _clean(match["course"]), program, detail))
    return found


def direction(programs: Iterable[Program]) -> tuple[Program, Detail] | None:
    """The statement on what executives, key staff and practitioners each train for."""
    for program in programs:
        for detail in program.details:
            if _WHO.search(detail.text) and _PRACTITIONERS.search(detail.text) and "핵심인재" in detail.text:
                return program, detail
    return None


def _clean(course: str) -> str:
    """The words without the marks of raised letters that some formats leave."""
    return re.sub(r"\s*\^\{([^}]*)\}\s*", r"·\1", " ".join(course.split()))
