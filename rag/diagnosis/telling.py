"""Telling: a detail of a programme flows in, the line a report shows of it flows out."""

from __future__ import annotations

import re

from rag.domain import Detail
from rag.saying.draft import Line

SEAT, SITE = "소재지", "훈련 실시 장소"
"""What a report calls the two addresses of a company."""
OWN_MONEY = "자체"
"""What stands for a payer where the company pays all itself."""
NO_AMOUNT = "이 회사가 받거나 내는 금액은 문서에서 확인되지 않습니다."
PHONE = re.compile(r"0\d{1,2}-\d{3,4}-\d{4}|1[568]\d\d-\d{4}")
"""A phone as the records write it: what holds one is told as a contact alone, for the place and track asked about."""
_ORDINAL = re.compile(r"(?:STEP\s*)?\d+\s*(?:단계|차)?\.?", re.IGNORECASE)


def told(detail: Detail, before: str = "") -> Line:
    """The line; a row of a table reads as its first cell with the others behind it."""
    return Line(f"{before}{as_line(detail.text)}", (detail.evidence,))


def is_row(text: str) -> bool:
    """Whether the words are a row of a table with the heads of its columns: "구분: 강사 수당 · 내용: 최대 1백만원"."""
    cells = text.split(" · ")
    return len(cells) > 1 and all(": " in cell for cell in cells)


def as_line(text: str) -> str:
    """The words on one line, a row of a table as its first cell with the others behind it."""
    flat = " ".join(text.split())
    if not is_row(flat):
        label, _, said = flat.partition(": ")
        return said if said.startswith(label) else flat
    head, *others = flat.split(" · ")
    if len(others) > 1 and _ORDINAL.fullmatch(head.partition(": ")[2]):
        head, *others = others  # a number of a step names nothing
    name = head.partition(": ")[2]
    return (
        f"{name}: {others[0].partition(': ')[2]}"
        if len(others) == 1
        else f"{name} ({', '.join(other.rstrip('.') for other in others)})"
    )
