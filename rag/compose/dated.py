"""Dated figures: a request for a figure of today flows in; that the document only holds an older one flows out."""

from __future__ import annotations

import re

from rag.compose.draft import Statement, listed
from rag.domain import Program
from rag.knowledge import Knowledge
from rag.understand import Intent, Request

# What says of which time a figure is: "2025년 4분기", "'25.4Q", "2025년 기준".
_STAMP = re.compile(
    r"(?:['’]?(?P<short>\d\d)|(?P<year>20\d\d))(?:\.(?P<q>[1-4])Q|년\s*(?P<quarter>[1-4])분기|년\s*기준)"
)
_NOW = re.compile(r"지금|현재|요즘|오늘|올해|이번\s*(?:분기|달|년)|최근|금년|당장")
_ASKED = re.compile(r"(?:(?P<short>\d\d)|(?P<year>20\d\d))\s*년\s*(?:도\s*)?(?P<quarter>[1-4])\s*(?:/4\s*)?분기")
_LITTLE = frozenset({"기준", "사업", "지원", "정책"})


def dated(program: Program, request: Request, knowledge: Knowledge) -> list[Statement]:
    """That the figure of the time asked about is not stated, with the older one that is; else nothing."""
    asked = _ASKED.search(request.text)
    if not request.has(Intent.AMOUNT) or not (asked or _NOW.search(request.text)):
        return []
    as_of = request.question.as_of
    wanted = _time(asked) if asked else (as_of.year, (as_of.month + 2) // 3)
    terms = knowledge.statements.terms(request.text, (program.name,))
    words = {word for word, weight in terms.weights if weight == 1.0 and len(word) > 1 and not word.isdigit()} - _LITTLE
    lines: list[Statement] = []
    for detail in program.details:
        stamp = _STAMP.search(detail.text)
        if stamp and _time(stamp) < wanted[: len(_time(stamp))] and any(word in detail.text for word in words):
            opening = "물어보신 때의 값은 문서에서 확인되지 않습니다. 문서에는 그보다 앞선 때의 값이 적혀 있습니다."
            lines = [*(lines or [Statement(opening, (program.evidence,))]), listed(detail)]
    return lines


def _time(match: re.Match[str]) -> tuple[int, ...]:
    """The year, with the quarter where one is told."""
    found = match.groupdict()
    year = int(found["year"] or 2000 + int(found["short"]))
    quarter = found.get("q") or found.get("quarter")
    return (year, int(quarter)) if quarter else (year,)
