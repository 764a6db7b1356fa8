"""The list at a desk: what is to be shown of the catalogue flows in; a page of it, drawn for nobody yet, flows out.

What passes the filters is found among all programmes, which lie judged in memory; only those of the page are told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import islice

from rag.domain import CompanyProfile, Evidence, Match, Period, PeriodStatus, Program, Result
from server.asking.making import period_out
from server.desks.desks import Desk
from server.http.fresh import Refusal
from server.pages.looking import Look
from server.portal.deadlines import Days, windows
from server.portal.filters import chosen
from server.portal.listing import page_of
from ui.pages.listed import ListView, ProgramCard, compared, program_card
from ui.pages.timeline import Scale, scale_of, strip_of

PER_PAGE = 12
MINISTRIES = 40
"""So many ministries are offered where one is typed."""
_WINDOWS = 53
"""A week has no more than these in twelve months."""


def listed(desk: Desk, look: Look) -> ListView | Refusal:
    """A page of the list, with what is compared; a place nobody knows is refused."""
    found = chosen(desk, look.filters, look.as_of, look.sort)
    if isinstance(found, Refusal):
        return found
    scale = scale_of(look.as_of)
    shown = page_of(found.matches, look.page, PER_PAGE)
    known = [desk.match_one(id_, CompanyProfile(), look.as_of) for id_ in look.picks]
    picked = [match for match in known if match]
    cards = tuple(_card(match, look.as_of, None, scale) for match in picked)
    return ListView(
        cards=tuple(_card(match, look.as_of, found.places, scale) for match in shown),
        total=len(found.matches),
        page=look.page,
        pages=-(-len(found.matches) // PER_PAGE),
        scale=scale,
        picked=cards,
        compared=compared(picked, cards) if len(picked) > 1 else (),
        ministries=_ministries(desk.catalogue.programs()),
    )


def _card(match: Match, as_of: date, places: Mapping[str, Result] | None, scale: Scale) -> ProgramCard:
    period = period_out(match.period, match.status, as_of, _unmarked).model_dump()
    strip = strip_of(_told(match, as_of, scale), scale, as_of)
    return program_card(match, period, as_of, strip, places[match.program.id] if places else None)


def _told(match: Match, as_of: date, scale: Scale) -> Sequence[tuple[Period, PeriodStatus]]:
    """The periods of a programme with their standing, of one that comes again every window of the twelve months."""
    program, days = match.program, Days(scale.first, scale.last, as_of, opens=True)
    return [told for period in program.periods for told in islice(windows(period, program, days), _WINDOWS)]


def _ministries(programs: Sequence[Program]) -> tuple[str, ...]:
    """The ministries that give most programmes, by name."""
    counted = Counter(program.ministry for program in programs)
    return tuple(sorted(name for name, _ in counted.most_common(MINISTRIES) if name))


def _unmarked(_: Evidence | None) -> None:
    """A list cites nothing: the programme itself does."""
