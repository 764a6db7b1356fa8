"""Periods on a day: a `Period` and a day flow in, its status and the Korean sentence for it flow out.

A programme is open all through its last day. A plan year that is over closes what it set a time for; of what it says
nothing of, nothing is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rag.domain import Period, PeriodKind, PeriodStatus, Program
from rag.messages import STANDING

BEST_FIRST = (
    PeriodStatus.OPEN,
    PeriodStatus.ALWAYS,
    PeriodStatus.UPCOMING,
    PeriodStatus.UNKNOWN,
    PeriodStatus.CLOSED,
    PeriodStatus.CANCELLED,
)
"""What a reader can act on comes before what is over."""
UNSTATED = Period(PeriodKind.UNSTATED, "")
_ASK = "문의처에 확인해야 합니다."


def period_status(period: Period, program: Program, as_of: date) -> PeriodStatus:
    """What the period means on the day; `program.year` is the plan year it belongs to."""
    over = program.year is not None and as_of.year > program.year
    if period.is_cancelled:
        return PeriodStatus.CANCELLED
    if period.opens_on and as_of < period.opens_on:
        return PeriodStatus.UPCOMING
    match period.kind:
        case PeriodKind.FIXED if period.closes_on:
            return PeriodStatus.OPEN if as_of <= period.closes_on else PeriodStatus.CLOSED
        case PeriodKind.FIXED | PeriodKind.UNTIL_SPENT:
            return PeriodStatus.CLOSED if over else PeriodStatus.OPEN
        case PeriodKind.ALWAYS:
            return PeriodStatus.UNKNOWN if over else PeriodStatus.ALWAYS
        case PeriodKind.ANNOUNCED if over:
            return PeriodStatus.CLOSED
        case PeriodKind.ANNOUNCED if period.expected_from and as_of < period.expected_from:
            return PeriodStatus.UPCOMING
        case _:
            # From the first day of the month announced, the notice may be out or not.
            return PeriodStatus.UNKNOWN


def best_period(periods: Sequence[Period], program: Program, as_of: date) -> tuple[Period, PeriodStatus]:
    """Of several periods the one a reader can best act on; an unstated one where there is none."""
    judged = [(period, period_status(period, program, as_of)) for period in periods or (UNSTATED,)]
    return min(judged, key=lambda pair: BEST_FIRST.index(pair[1]))


def days_left(period: Period, as_of: date) -> int | None:
    """Whole days until the last day, 0 on the last day itself; `None` without a last day or when it is past."""
    if period.closes_on is None or as_of > period.closes_on:
        return None
    return (period.closes_on - as_of).days


def korean_date(day: date) -> str:
    """ "2026년 4월 20일"."""
    return f"{day.year}년 {day.month}월 {day.day}일"


def span(period: Period) -> str:
    """From when to when, as far as days are written: "2026년 3월 19일부터 4월 20일까지"; "" where none is."""
    opens, closes = period.opens_on, period.closes_on
    if opens and closes:
        last = korean_date(closes) if closes.year != opens.year else f"{closes.month}월 {closes.day}일"
        return f"{korean_date(opens)}부터 {last}까지" if opens != closes else f"{korean_date(opens)} 하루"
    if closes:
        return f"{korean_date(closes)}까지"
    return f"{korean_date(opens)}부터" if opens else ""


def month(period: Period) -> str:
    """The month or months in which a notice is expected: "2026년 2~3월"; "" where none is written."""
    start, end = period.expected_from or period.expected_to, period.expected_to or period.expected_from
    if not start or not end:
        return ""
    if start.year != end.year:
        return f"{start.year}년 {start.month}월~{end.year}년 {end.month}월"
    return (
        f"{start.year}년 {start.month}월" if start.month == end.month else f"{start.year}년 {start.month}~{end.month}월"
    )


def when(period: Period | None, status: PeriodStatus, as_of: date) -> str:
    """One short sentence for an answer: whether one may apply on the day, and until or from when."""
    period = period or UNSTATED
    if status is PeriodStatus.CANCELLED:
        return "취소된 공고라 신청할 수 없습니다."
    match period.kind:
        case PeriodKind.FIXED:
            return _when_fixed(period, status, as_of)
        case PeriodKind.UNTIL_SPENT:
            return _when_until_spent(period, status)
        case PeriodKind.ALWAYS:
            return _when_always(period, status)
        case PeriodKind.ANNOUNCED:
            return _when_announced(period, status, as_of)
        case PeriodKind.UNSTATED if period.text:
            return f"신청기간은 자료에 '{period.text}'라고만 적혀 있습니다."
    return "신청기간은 자료에 나와 있지 않습니다."


def _when_fixed(period: Period, status: PeriodStatus, as_of: date) -> str:
    if status is PeriodStatus.UPCOMING:
        return (
            f"{span(period)} 접수하고, 지금은 접수 전입니다." if span(period) else f"아직 접수 전입니다. 날짜는 {_ASK}"
        )
    if status is PeriodStatus.CLOSED:
        return f"{korean_date(period.closes_on)}에 끝났습니다." if period.closes_on else "접수가 끝났습니다."
    left = days_left(period, as_of)
    if period.closes_on is None or left is None:
        return f"{span(period)} 접수 중입니다." if span(period) else f"접수하는 날은 {_ASK}"
    if left == 0:
        return f"오늘({korean_date(period.closes_on)})까지입니다."
    return f"{korean_date(period.closes_on)}까지 접수 중이고 {left}일 남았습니다."


def _when_until_spent(period: Period, status: PeriodStatus) -> str:
    opens = f"{korean_date(period.opens_on)}부터 " if period.opens_on else ""
    if status is PeriodStatus.UPCOMING:
        return f"{opens}예산 소진 시까지 접수하고, 지금은 접수 전입니다."
    if status is PeriodStatus.CLOSED:
        return f"{opens}예산 소진 시까지 받던 것으로, 그해가 지나 끝났습니다."
    return f"{opens}예산 소진 시까지 접수합니다. 예산이 남았는지는 {_ASK}"


def _when_always(period: Period, status: PeriodStatus) -> str:
    if status is PeriodStatus.UPCOMING and period.opens_on:
        return f"{korean_date(period.opens_on)}부터 언제든 신청할 수 있고, 지금은 접수 전입니다."
    if status is PeriodStatus.UNKNOWN:
        return f"연중 접수로 안내되었으나 그해가 지났습니다. 지금도 받는지 {_ASK}"
    if period.confidence < 1 and period.text:
        return f"자료에 '{period.text}'라고 적혀 있습니다. 지금 받는지는 {_ASK}"
    return "연중 언제든(상시) 신청할 수 있습니다."


def _when_announced(period: Period, status: PeriodStatus, as_of: date) -> str:
    named = month(period)
    if not named:
        return f"공고 시기는 자료에 나와 있지 않습니다. 지금 접수하는지 {_ASK}"
    if status is PeriodStatus.UPCOMING:
        return f"{named} 중 공고 예정이라 아직 접수 전입니다."
    if status is PeriodStatus.CLOSED:
        return f"{named} 중 공고한다고 안내된 것으로, 그해가 지나 끝났습니다."
    if period.expected_to and as_of <= period.expected_to:
        return f"{named} 중 공고 예정으로 안내되었습니다. 공고가 나와 접수하는지는 {_ASK}"
    return f"{named} 중 공고 예정이었고 그 시기가 지났습니다. 지금 접수하는지 {_ASK}"


def describe(period: Period, status: PeriodStatus, as_of: date) -> str:
    """A full sentence on when one may apply, as reports give it: with what the document has and what is left open."""
    if status is PeriodStatus.CANCELLED:
        return "공고가 취소되어 접수하지 않습니다."
    match period.kind:
        case PeriodKind.ALWAYS:
            return _always(period, status)
        case PeriodKind.UNTIL_SPENT:
            return _until_spent(period, status)
        case PeriodKind.FIXED:
            return _fixed(period, status, as_of)
        case PeriodKind.ANNOUNCED:
            return _announced(period, status, as_of)
    return f"신청기간은 문서에서 확인되지 않습니다.{_as_written(period, always=True)}"


def brief(period: Period, status: PeriodStatus, as_of: date) -> str:
    """The standing on the day in a few words, for a cell of a table: "접수 중, 2026년 4월 20일까지(31일 남음)"."""
    told = STANDING[status]
    if status is PeriodStatus.CANCELLED or (period.kind is PeriodKind.ALWAYS and status is PeriodStatus.ALWAYS):
        return told
    if period.kind is PeriodKind.UNTIL_SPENT and status is PeriodStatus.OPEN:
        return f"{told}, 예산 소진 시까지"
    if period.kind is PeriodKind.FIXED and status is PeriodStatus.UPCOMING and period.opens_on:
        return f"{told}, {korean_date(period.opens_on)}부터"
    if period.kind is PeriodKind.FIXED and period.closes_on:
        left = days_left(period, as_of)
        rest = "" if left is None else "(오늘 마감)" if left == 0 else f"({left}일 남음)"
        return f"{told}, {korean_date(period.closes_on)}까지{rest}"
    if period.kind is PeriodKind.ANNOUNCED and period.expected_from:
        return f"{told}, {period.expected_from.year}년 {period.expected_from.month}월 공고 예정으로 안내"
    return told


def _as_written(period: Period, *, always: bool = False) -> str:
    """The statement as the document has it, where the sentence says less than the document."""
    return f" (문서의 표현: {period.text})" if period.text and (always or period.confidence < 1) else ""


def _always(period: Period, status: PeriodStatus) -> str:
    if status is PeriodStatus.UPCOMING and period.opens_on:
        return f"{korean_date(period.opens_on)}부터 상시로 신청할 수 있습니다."
    if status is PeriodStatus.UNKNOWN:
        return f"연중 상시(수시) 접수로 안내되었으나 해당 연도가 지났습니다. 지금도 접수하는지 {_ASK}"
    return f"연중 상시(수시)로 신청할 수 있습니다.{_as_written(period)}"


def _until_spent(period: Period, status: PeriodStatus) -> str:
    opens = f"{korean_date(period.opens_on)}부터 " if period.opens_on else ""
    if status is PeriodStatus.UPCOMING:
        return f"{opens}예산 소진 시까지 접수할 예정입니다."
    if status is PeriodStatus.CLOSED:
        return f"{opens}예산 소진 시까지 접수한 사업입니다. 해당 연도가 지나 마감되었습니다."
    if period.confidence < 1:
        return f"{opens}접수하며 일찍 마감될 수 있습니다.{_as_written(period)} 마감되었는지는 {_ASK}"
    return f"{opens}예산 소진 시까지 접수합니다. 예산이 남았는지는 문의처에 전화로 확인해야 합니다."


def _fixed(period: Period, status: PeriodStatus, as_of: date) -> str:
    opens = korean_date(period.opens_on) if period.opens_on else ""
    closes = korean_date(period.closes_on) if period.closes_on else ""
    days = f"{opens}부터 {closes}까지" if opens and closes else f"{closes}까지" if closes else f"{opens}부터"
    left = days_left(period, as_of)
    if not opens and not closes:
        return f"접수기간의 날짜는 문서에서 확인되지 않습니다.{_as_written(period, always=True)}"
    if status is PeriodStatus.UPCOMING and period.opens_on:
        return f"접수기간은 {days}입니다. 아직 접수 전이며, {(period.opens_on - as_of).days}일 뒤에 시작합니다."
    if status is PeriodStatus.CLOSED:
        return f"접수기간은 {days}였습니다. 이미 마감되었습니다."
    if left == 0:
        return f"접수기간은 {days}입니다. 오늘이 마지막 날이며, 오늘까지 신청할 수 있습니다."
    remaining = f" 마감까지 {left}일 남았습니다." if left is not None else ""
    return f"접수기간은 {days}입니다. 지금 접수하고 있습니다.{remaining}"


def _announced(period: Period, status: PeriodStatus, as_of: date) -> str:
    detail = f"(문서의 표현: {period.text})" if period.text else ""
    named = month(period)
    if not named:
        return f"공고 시기는 문서에서 확인되지 않습니다{detail}. 접수 여부는 {_ASK}"
    said = f"{named} 중 공고·접수 예정으로 안내되어 있습니다{detail}."
    if status is PeriodStatus.UPCOMING:
        return f"{said} 정확한 날짜는 아직 문서에서 확인되지 않습니다."
    if status is PeriodStatus.CLOSED:
        return f"{said} 해당 연도가 지나 마감된 것으로 봅니다."
    if period.expected_to and as_of <= period.expected_to:
        return f"{said} 예정 시기이므로 공고가 나와 접수하는지는 {_ASK}"
    return f"{said} 예정 시기가 지났으므로 접수 여부는 {_ASK}"
