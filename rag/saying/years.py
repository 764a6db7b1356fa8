"""Years: a draft flows in; where it is about a year that no document speaks of, it flows out saying so."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import date

from rag.answering.execute import Answered
from rag.answering.figures import years_in
from rag.answering.select import years_of
from rag.domain import AnswerStatus
from rag.messages import OF_TIME, YEAR
from rag.plan import NotStated, Plan, Stance
from rag.saying.draft import Draft, Line
from rag.saying.wording import Wording

_TOLD = (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL, AnswerStatus.NOT_FOUND)


def unspoken(plan: Plan, as_of: date, spoken: Set[int]) -> int | None:
    """The first year asked about, else the year of the day, that no document speaks of; None for none.

    A past year that the question tells may be one of the asker's own story; a year to come is asked about.
    """
    asked = [year for part in plan.parts for year in years_of(part)] + [day.year for day in plan.days]
    asked += sorted(year for year in years_in(plan.text) if year > as_of.year)
    return next((year for year in asked or [as_of.year] if year not in spoken), None)


def of_years(draft: Draft, plan: Plan, answered: Sequence[Answered], as_of: date, spoken: Set[int]) -> Draft:
    """The draft, a year that no document speaks of said to be unknown: first where it is asked about, else last.

    What is told of a list for such a year is no whole answer; of one programme it is said already.
    """
    year = unspoken(plan, as_of, spoken)
    if year is None or plan.stance is not Stance.GENUINE or draft.status not in _TOLD or _is_said(year, answered):
        return draft
    words = Wording("en" if plan.language == "en" else "ko")
    told = sorted({match.program.year for match in draft.matches if match.program.year})
    note = words.say("of_year", year=year)
    if told:
        note = f"{note} {words.say('of_other_years', years=', '.join(map(str, told)))}"
    if year == as_of.year:
        return replace(draft, lines=(*draft.lines, Line(note)))
    status = AnswerStatus.PARTIAL if draft.status is AnswerStatus.ANSWERED else draft.status
    return replace(draft, status=status, lines=(Line(note), *draft.lines))


def _is_said(year: int, answered: Sequence[Answered]) -> bool:
    words = OF_TIME.format(time=YEAR.format(year=year))
    outcomes = (outcome for part in answered for outcome in part.outcomes)
    return any(isinstance(outcome, NotStated) and outcome.words == words for outcome in outcomes)
