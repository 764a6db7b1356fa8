"""Roles: a figure in a text flows in; what the words around it call it ("예산", "과제당") flows out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from rag.writing.literals import literals


class Role(StrEnum):
    """What a sum or a share is of; the value is for logs."""

    BUDGET = "budget"
    CEILING = "ceiling"
    OWN = "own share"


_ROLES = (
    (Role.BUDGET, re.compile(r"예산|총\s*사업비|총액|총\s|전체\s*규모|\bbudget\b|\btotal\b", re.IGNORECASE)),
    (
        Role.CEILING,
        re.compile(
            r"한도|최대|상한|이내|[가-힣]당(?=\s|[^가-힣]|최|약)|\bup\s+to\b|\bmaximum\b|\bper\s+(?:project|company)\b",
            re.IGNORECASE,
        ),
    ),
    (Role.OWN, re.compile(r"부담(?!\s*없)|\bcontribution\b|\bown\s+share\b", re.IGNORECASE)),
)
_AFTER = (
    (Role.CEILING, re.compile(r"^[\s)]*(?:이내|한도|까지|을?\s*한도|[을를]?\s*(?:지원)?\s*받)")),
    (Role.OWN, re.compile(r"^[을를은는]?\s*(?:부담|자부담)")),
    (Role.BUDGET, re.compile(r"^[의]?\s*예산")),
)
# For whom or how often; each kind with every way to say it.
_PER = tuple(
    re.compile(pattern)
    for pattern in (
        r"과제\s*당|과제별",
        r"(?:기업|업체|개사|회사|사업장|개소|한\s*곳)\s*당|(?:기업|업체)별",
        r"(?:인|명|사람)\s*당|(?<=\d)인당",
        r"건\s*당",
        r"매월|월별|매달|월\s*최대",
        r"매년|연간|연\s*최대|해마다",
        r"매주|매일|시간\s*당|회\s*당",
    )
)

# What happens on a day, where it is not the day to apply.
_EVENTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"발표|announce",
        r"협약|agreement",
        r"평가|심사",
        r"착수",
        r"설명회",
        r"개강",
        r"수료",
        r"정산",
        r"지급",
    )
)


def roles(text: str, start: int, end: int) -> set[Role]:
    """What the words next to [start, end) call the figure: the last such word before it and the first behind it."""
    before, after = _around(text, start, end)
    last = max(((m.start(), role) for role, pattern in _ROLES for m in pattern.finditer(before)), default=None)
    behind = {role for role, pattern in _AFTER if pattern.search(after)}
    return behind | ({last[1]} if last else set())


def rates(text: str, start: int, end: int) -> Iterator[re.Pattern[str]]:
    """For whom or how often the figure is given, as patterns that find the same elsewhere."""
    before, after = _around(text, start, end)
    return (pattern for pattern in _PER if pattern.search(f"{before} {after[:6]}"))


def events(text: str, start: int, end: int) -> Iterator[re.Pattern[str]]:
    """What happens on the day, as patterns that find the same elsewhere."""
    before, after = _around(text, start, end)
    return (pattern for pattern in _EVENTS if pattern.search(f"{before[-20:]} {after[:12]}"))


def begins(text: str, end: int) -> bool:
    """Whether something is said to begin on the day that ends there."""
    return bool(re.match(r"\s*(?:\([^)]*\)\s*)?(?:부터|에\s*(?:시작|개시))", text[end:]))


def ends(text: str, end: int) -> bool:
    """Whether something is said to end on the day that ends there."""
    return bool(re.match(r"\s*(?:\([^)]*\)\s*)?까지", text[end:]))


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """The words between the figure and the figures before and behind it, within its line."""
    line = text.rfind("\n", 0, start) + 1
    found = literals(text)
    first = max((each.end for each in found if each.end <= start), default=0)
    last = min((each.start for each in found if each.start >= end), default=len(text))
    return text[max(first, line) : start], text[end:last].split("\n")[0]
