"""Moments: the periods of a programme and the words that ask flow in; what is told beside the standing flows out.

The other rounds are told whenever there are several; the day of the week, days of rest and the rule for the post where
they are asked after.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rag.domain import Arrival, Match, Period
from rag.messages import periods as said
from rag.periods import korean_date, span
from rag.plan import Ask, Fact
from rag.text import squash
from rag.wordlists import word_lists

_WORDS = Path(__file__).with_name("moments.yaml")


def asked_moments(match: Match, words: str) -> Iterator[Fact]:
    """What the words ask of the period beside its standing, as far as the record has it."""
    period = match.period
    if period is None:
        return
    if _asks("rest", words) and (rest := closed(period)):
        yield _fact(rest, period)
    if _asks("weekday", words) and (last := period.closes_on):
        yield _fact(said.LAST_WEEKDAY.format(day=korean_date(last), weekday=said.WEEKDAYS[last.weekday()]), period)
    if _asks("post", words) and period.arrival:
        yield _fact(said.POSTMARK if period.arrival is Arrival.POSTMARK else said.ARRIVED, period)


def rounds(match: Match) -> Iterator[Fact]:
    """All rounds of a programme that has several, in their order."""
    told = [p for p in match.program.periods if p.round and span(p)]
    if len({p.round for p in told}) > 1 and match.period:
        schedule = ", ".join(f"{p.round} {span(p)}" for p in told)
        yield _fact(said.ROUNDS.format(rounds=schedule), told[0])


def closed(period: Period) -> str:
    """On which days nothing is received; "" where that is not told."""
    days = "·".join(said.WEEKDAYS[day] for day in period.closed)
    if not days and not period.closed_on_holidays:
        return ""
    form = said.CLOSED_BOTH if days and period.closed_on_holidays else said.CLOSED
    return form.format(days=days or said.HOLIDAYS)


def _asks(about: str, words: str) -> bool:
    asked = squash(words)
    return any(squash(word) in asked for word in word_lists(_WORDS)[about])


def _fact(text: str, period: Period) -> Fact:
    return Fact(Ask.PERIOD, text, (period.evidence,) if period.evidence else ())
