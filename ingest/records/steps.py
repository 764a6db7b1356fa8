"""Steps: a statement on one step of a programme flows in, the words on when to apply flow out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ingest.labels.sayings import named_cells
from ingest.phrases import phrases
from ingest.values.when import parse_period
from ingest.values.written_days import days_in, plain
from rag.domain import Detail, PeriodKind

_WORDS = phrases(Path(__file__).with_suffix(".yaml"))
# "공고(2. 2.) → 접수(2. 9. ~ 2. 27.) → 평가(3월)": a step with its days in brackets.
_CHAINED = re.compile(
    r"(?P<step>[가-힣·\s]{2,20})\s?[(（](?P<when>[^()（）]{3,60}(?:\([^()]{1,4}\)[^()]{0,40}){0,4})[)）]"
)
_LONGEST_STEP = 25


@dataclass(frozen=True, slots=True)
class When:
    """Words on when to apply, and the name of a part or round beside them, if one stands there."""

    text: str
    beside: str | None = None


def when_to_apply(detail: Detail) -> tuple[When, ...] | None:
    """What a row of a schedule or a chain of steps says of applying; () for another step, `None` for no step."""
    named = named_cells(detail.text)
    cells = named or [("", cell) for cell in detail.text.split(" · ")]
    if len(cells) > 1:
        return _of_row(cells)
    if _WORDS["arrow"].is_in(detail.text):
        chained = [
            m["when"] for m in _CHAINED.finditer(detail.text) if _is_applying(m["step"]) and _is_dated(m["when"])
        ]
        return tuple(When(when) for when in chained[:1]) or None
    return None


def _of_row(cells: list[tuple[str, str]]) -> tuple[When, ...] | None:
    dated = [(head, cell) for head, cell in cells if _is_dated(cell)]
    names = [cell for _, cell in cells if not _is_dated(cell) and len(cell) <= _LONGEST_STEP][:2]
    step = next((name for name in names if _is_applying(name)), None)
    if step is None or not dated:
        return () if any(_WORDS["later"].is_in(name) for name in names) else None
    heads = {head for head, _ in dated}
    if len(dated) > 1 and len(heads) == len(dated) and "" not in heads:
        return tuple(When(cell, head) for head, cell in dated)
    bound = step if _WORDS["bound"].is_in(step) else ""
    beside = next((name for name in names if name != step and not _WORDS["figure"].is_in(name)), None)
    return (When(f"{bound} {dated[0][1]}".strip(), beside),)


def _is_applying(step: str) -> bool:
    return _WORDS["apply"].is_in(step) and not _WORDS["later"].is_in(step)


def _is_dated(cell: str) -> bool:
    if any(not day.weak for day in days_in(plain(cell))):
        return True
    return _WORDS["dated"].is_in(cell) and parse_period(cell, 2000).kind is not PeriodKind.UNSTATED
