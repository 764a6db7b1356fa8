"""What is told of a period beside its standing, where it is asked after."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rag.answering.moments import asked_moments, rounds
from rag.domain import Arrival, Match, Period, PeriodKind, PeriodStatus
from tests.rag.records import PROGRAM

PERIOD = Period(
    PeriodKind.FIXED,
    "",
    closes_on=date(2026, 3, 20),
    closed=(5, 6),
    closed_on_holidays=True,
    arrival=Arrival.POSTMARK,
)


def match(*periods: Period) -> Match:
    return Match(replace(PROGRAM, periods=periods), (), None, periods[0], PeriodStatus.OPEN)


def test_days_of_rest_and_the_post_are_told_where_they_are_asked_after() -> None:
    (rest,) = asked_moments(match(PERIOD), "공휴일에도 받나요")
    assert rest.text == "토요일·일요일과 공휴일에는 접수하지 않습니다."
    (post,) = asked_moments(match(PERIOD), "등기로 보내도 되나요")
    assert "소인" in post.text
    assert not list(asked_moments(match(PERIOD), "언제까지인가요"))


def test_what_the_record_does_not_have_is_not_told() -> None:
    bare = Period(PeriodKind.FIXED, "", closes_on=date(2026, 3, 20))
    assert not list(asked_moments(match(bare), "토요일에 우편으로 보내도 되나요"))


def test_all_rounds_are_told_and_one_alone_is_none() -> None:
    first = Period(PeriodKind.FIXED, "", opens_on=date(2026, 3, 2), closes_on=date(2026, 3, 13), round="1차")
    second = replace(first, opens_on=date(2026, 9, 1), closes_on=date(2026, 9, 11), round="2차")
    (told,) = rounds(match(first, second))
    assert "1차 2026년 3월 2일부터 3월 13일까지, 2차 2026년 9월 1일부터 9월 11일까지" in told.text
    assert not list(rounds(match(first)))
