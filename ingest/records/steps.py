"""Steps: a statement on one step of a programme flows in, the words on when to apply flow out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.labels.sayings import named_cells
from ingest.values.when import parse_period
from ingest.values.written_days import days_in, plain
from rag.domain import Detail, PeriodKind

_APPLY = re.compile(r"신청|접수|모집|공모")
_LATER = re.compile(
    r"평가|심사|심의|선정|발표|협약|설명회|통보|통지|결과|정산|청구|지급|교육|훈련|보완|추천|면접|현장|실사|진단|점검|보고|수행|착수|준공|검수|서류\s?(?:확인|검토)|이의"
)
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
    if re.search(r"→|⇒|➔|>", detail.text):
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
        return () if any(_LATER.search(name) for name in names) else None
    heads = {head for head, _ in dated}
    if len(dated) > 1 and len(heads) == len(dated) and "" not in heads:
        return tuple(When(cell, head) for head, cell in dated)
    bound = step if re.search(r"시작|개시|마감|종료", step) else ""
    beside = next((name for name in names if name != step and not re.search(r"\d\d|[.,]", name)), None)
    return (When(f"{bound} {dated[0][1]}".strip(), beside),)


def _is_applying(step: str) -> bool:
    return bool(_APPLY.search(step)) and not _LATER.search(step)


def _is_dated(cell: str) -> bool:
    if any(not day.weak for day in days_in(plain(cell))):
        return True
    return bool(re.search(r"\d|상시|수시|연중", cell)) and parse_period(cell, 2000).kind is not PeriodKind.UNSTATED
