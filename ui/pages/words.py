"""Words: what the wire tells of a programme flows in; the few words and the shape a reader sees flow out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from rag.domain import BenefitKind, PeriodStatus

Told = Mapping[str, Any]


class Pill(NamedTuple):
    """The standing of a programme on a day: in a word, by a sign, and by the name of a colour."""

    kind: str
    sign: str
    text: str


STANDING = {
    PeriodStatus.OPEN: "접수 중",
    PeriodStatus.CLOSED: "마감",
    PeriodStatus.UPCOMING: "예정",
    PeriodStatus.ALWAYS: "상시",
    PeriodStatus.UNKNOWN: "확인 필요",
    PeriodStatus.CANCELLED: "취소",
}
KINDS = {
    BenefitKind.GRANT: "보조금",
    BenefitKind.VOUCHER: "바우처",
    BenefitKind.LOAN: "융자",
    BenefitKind.GUARANTEE: "보증",
    BenefitKind.TRAINING: "교육",
    BenefitKind.CONSULTING: "컨설팅",
    BenefitKind.FACILITY: "설비·시설",
}
_SHAPES = {
    PeriodStatus.OPEN: ("open", "●"),
    PeriodStatus.CLOSED: ("closed", "■"),
    PeriodStatus.UPCOMING: ("upcoming", "◔"),
    PeriodStatus.ALWAYS: ("open", "●"),
    PeriodStatus.UNKNOWN: ("unknown", "?"),
    PeriodStatus.CANCELLED: ("closed", "✕"),
}
_VERDICTS = {
    "eligible": Pill("met", "○", "신청 가능"),
    "possible": Pill("maybe", "△", "자격 확인 필요"),
    "ineligible": Pill("unmet", "✕", "대상 아님"),
}
_RESULTS = {
    "met": Pill("met", "○", "충족"),
    "unmet": Pill("unmet", "✕", "미충족"),
    "unknown": Pill("maybe", "?", "모름"),
}
_URGENT_DAYS = 7
UNTIL_SPENT = "예산 소진 시"


def pill(period: Told, as_of: date) -> Pill:
    """The standing of a period as the wire tells it."""
    status = PeriodStatus(period["status"])
    kind, sign = _SHAPES[status]
    left, opens, expected = period["days_left"], period["opens_on"], period["expected_to"]
    if status is PeriodStatus.OPEN:
        is_soon = left is not None and left <= _URGENT_DAYS
        told = STANDING[status] if left is None else days_words(left)
        if period["until_spent"] or period["kind"] == "until_spent":
            sign, told = "◐", UNTIL_SPENT if left is None else f"{told} · {UNTIL_SPENT}"
        return Pill("soon" if is_soon else kind, sign, told)
    if status is PeriodStatus.UPCOMING and opens and _day(opens) > as_of:
        return Pill(kind, sign, f"{(_day(opens) - as_of).days}일 뒤 접수")
    if status is PeriodStatus.UNKNOWN and expected:
        month = _day(expected)
        return Pill(kind, sign, "지난 예정" if month < as_of else f"{month.month}월 예정")
    return Pill(kind, sign, STANDING[status])


def days_words(left: int) -> str:
    """How many days are left, as people count them."""
    return "오늘 마감" if left == 0 else f"D-{left}"


def verdict_words(verdict: str) -> Pill:
    """Whether a company may apply."""
    return _VERDICTS[verdict]


def kind_of(result: str) -> Pill:
    """How one condition was judged."""
    return _RESULTS[result]


def _day(day: str | date) -> date:
    return day if isinstance(day, date) else date.fromisoformat(day)
