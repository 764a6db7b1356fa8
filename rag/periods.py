"""Periods on a day: a `Period` and a day flow in, its status and the Korean sentence for it flow out.

A programme is open all through its last day. A plan year that is over closes whatever was announced for it.
"""

from __future__ import annotations

from datetime import date

from rag.domain import Period, PeriodKind, PeriodStatus, Program
from rag.messages import STANDING
from rag.tracks import named_tracks

# The best standing first: what a reader can act on comes before what is over.
_ORDER = (PeriodStatus.OPEN, PeriodStatus.ALWAYS, PeriodStatus.UPCOMING, PeriodStatus.UNKNOWN, PeriodStatus.CLOSED)


def period_status(period: Period, program: Program, as_of: date) -> PeriodStatus:
    """What the period means on the day; `program.year` is the plan year it belongs to."""
    over = program.year is not None and as_of.year > program.year
    if period.opens_on and as_of < period.opens_on:
        return PeriodStatus.UPCOMING
    if period.kind is PeriodKind.ALWAYS:
        return PeriodStatus.ALWAYS
    if period.kind is PeriodKind.FIXED:
        if period.closes_on is None:
            return PeriodStatus.CLOSED if over else PeriodStatus.OPEN
        return PeriodStatus.OPEN if as_of <= period.closes_on else PeriodStatus.CLOSED
    if period.kind is PeriodKind.UNTIL_SPENT:
        return PeriodStatus.CLOSED if over else PeriodStatus.OPEN
    if period.kind is PeriodKind.ANNOUNCED:
        if over:
            return PeriodStatus.CLOSED
        until = period.expected_to
        return PeriodStatus.UPCOMING if until and as_of <= until else PeriodStatus.UNKNOWN
    return PeriodStatus.CLOSED if over else PeriodStatus.UNKNOWN


def current_period(program: Program, as_of: date, words: str = "") -> tuple[Period, PeriodStatus]:
    """The period that counts: that of the track named in `words`, else the one a reader can best act on."""
    periods = program.periods or (Period(PeriodKind.UNSTATED, ""),)
    asked = named_tracks((p.track for p in periods if p.track), words)
    named = [p for p in periods if p.track in asked]
    judged = [(p, period_status(p, program, as_of)) for p in named or periods]
    return min(judged, key=lambda pair: _ORDER.index(pair[1]))


def days_left(period: Period, as_of: date) -> int | None:
    """Whole days until the last day, 0 on the last day itself; `None` without a last day or when it is past."""
    if period.closes_on is None or as_of > period.closes_on:
        return None
    return (period.closes_on - as_of).days


def korean_date(day: date) -> str:
    """ "2026년 4월 20일"."""
    return f"{day.year}년 {day.month}월 {day.day}일"


def describe(period: Period, status: PeriodStatus, as_of: date) -> str:
    """One sentence on when one may apply, as seen from the day."""
    if period.kind is PeriodKind.ALWAYS:
        if status is PeriodStatus.UPCOMING and period.opens_on:
            return f"{korean_date(period.opens_on)}부터 상시로 신청할 수 있습니다."
        return f"연중 상시(수시)로 신청할 수 있습니다.{_as_written(period)}"
    if period.kind is PeriodKind.UNTIL_SPENT:
        opens = f"{korean_date(period.opens_on)}부터 " if period.opens_on else ""
        if status is PeriodStatus.UPCOMING:
            return f"{opens}예산 소진 시까지 접수할 예정입니다."
        if status is PeriodStatus.CLOSED:
            return f"{opens}예산 소진 시까지 접수한 사업입니다. 해당 연도가 지나 마감되었습니다."
        if period.confidence < 1:
            written = _as_written(period)
            return f"{opens}접수하며 일찍 마감될 수 있습니다.{written} 마감되었는지는 문의처에 확인해야 합니다."
        return f"{opens}예산 소진 시까지 접수합니다. 예산이 남았는지는 문의처에 전화로 확인해야 합니다."
    if period.kind is PeriodKind.FIXED:
        return _fixed(period, status, as_of)
    if period.kind is PeriodKind.ANNOUNCED:
        return _announced(period, status)
    return f"신청기간은 문서에서 확인되지 않습니다.{_as_written(period, always=True)}"


def on_planned(period: Period, planned: date) -> str:
    """What the period means for somebody who plans to apply on a later day."""
    if period.closes_on and planned > period.closes_on:
        return "말씀하신 날은 접수가 끝난 뒤라 늦습니다. 마감 전에 신청해야 합니다."
    if period.opens_on and planned < period.opens_on:
        return "말씀하신 날은 아직 접수 전입니다."
    return "말씀하신 날에도 접수기간입니다."


def brief(period: Period, status: PeriodStatus, as_of: date) -> str:
    """The standing on the day in a few words, for a cell of a table: "접수 중, 2026년 4월 20일까지(31일 남음)"."""
    if period.kind is PeriodKind.ALWAYS and status is PeriodStatus.ALWAYS:
        return "상시"
    told = STANDING[status]
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


def _fixed(period: Period, status: PeriodStatus, as_of: date) -> str:
    opens = korean_date(period.opens_on) if period.opens_on else ""
    closes = korean_date(period.closes_on) if period.closes_on else ""
    span = f"{opens}부터 {closes}까지" if opens and closes else f"{closes}까지" if closes else f"{opens}부터"
    left = days_left(period, as_of)
    if status is PeriodStatus.UPCOMING and period.opens_on:
        return f"접수기간은 {span}입니다. 아직 접수 전이며, {(period.opens_on - as_of).days}일 뒤에 시작합니다."
    if status is PeriodStatus.CLOSED:
        return f"접수기간은 {span}였습니다. 이미 마감되었습니다."
    if left == 0:
        return f"접수기간은 {span}입니다. 오늘이 마지막 날이며, 오늘까지 신청할 수 있습니다."
    remaining = f" 마감까지 {left}일 남았습니다." if left is not None else ""
    return f"접수기간은 {span}입니다. 지금 접수하고 있습니다.{remaining}"


def _announced(period: Period, status: PeriodStatus) -> str:
    start, end = period.expected_from, period.expected_to
    detail = f"(문서의 표현: {period.text})" if period.text else ""
    when = "공고 시기는 문서에서 확인되지 않습니다"
    if start and end:
        months = f"{start.month}월" if start.month == end.month else f"{start.month}~{end.month}월"
        if start.year != end.year:
            months = f"{start.month}월~{end.year}년 {end.month}월"
        when = f"{start.year}년 {months} 중 공고·접수 예정으로 안내되어 있습니다"
    if status is PeriodStatus.UPCOMING:
        return f"{when}{detail}. 정확한 날짜는 아직 문서에서 확인되지 않습니다."
    if status is PeriodStatus.CLOSED:
        return f"{when}{detail}. 해당 연도가 지나 마감된 것으로 봅니다."
    if not end:
        return f"{when}{detail}. 접수 여부는 문의처에 확인해야 합니다."
    return f"{when}{detail}. 예정 시기가 지났으므로 접수 여부는 문의처에 확인해야 합니다."
