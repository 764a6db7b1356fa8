"""Fitting: a company and a day flow in; every programme of the day, judged, flows out best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rag.conditions.judge import judge
from rag.diagnosis.ranking import rank
from rag.domain import CompanyProfile, Match, PeriodStatus, Program, Verdict
from rag.shelf import Shelf

_OVER = (PeriodStatus.CLOSED, PeriodStatus.CANCELLED)


@dataclass(frozen=True, slots=True)
class Fitting:
    """Every programme of a day against a company, best first, those that do not admit it last.

    `elsewhere` counts programmes that another place runs for its own: nothing shuts the company out of them, and
    nobody would tell it of them either.
    """

    matches: tuple[Match, ...]
    elsewhere: int


def fitting(profile: CompanyProfile, as_of: date, shelf: Shelf) -> Fitting:
    """The edition of every programme that counts on the day; `needs`, else the trade, say what is looked for."""
    programs = shelf.current(as_of)
    places = shelf.gazetteer.seat(profile.region, as_of) if profile.region else ()
    judged = [judge(program, profile, (), as_of, shelf.gazetteer) for program in programs]
    near = [match for match in judged if match.verdict is Verdict.INELIGIBLE or not _is_elsewhere(match, places, shelf)]
    suit = _suit(profile, [match.program for match in near], shelf)

    def order(match: Match) -> tuple[bool, bool, float, date, str, str]:
        closes = match.period.closes_on if match.period and match.period.closes_on else date.max
        is_out, is_over = match.verdict is Verdict.INELIGIBLE, match.status in _OVER
        return is_out, is_over, -rank(match, suit, as_of), closes, match.program.name, match.program.id

    return Fitting(tuple(sorted(near, key=order)), len(judged) - len(near))


def _is_elsewhere(match: Match, places: Sequence[str], shelf: Shelf) -> bool:
    return bool(places) and shelf.is_for_others(match.program, places)


def _suit(profile: CompanyProfile, programs: Sequence[Program], shelf: Shelf) -> dict[str, float]:
    """How well (0–1.2) each programme suits the thing wanted that it suits best, by its id; all alike for no wish."""
    wishes = profile.needs or tuple(filter(None, (profile.industry,)))
    found = [shelf.cards.suit(wish, programs) for wish in wishes] if programs else []
    return {program.id: max((of_wish[program.id] for of_wish in found), default=0.0) for program in programs}
