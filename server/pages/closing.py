"""곧 마감: a day flows in; the programmes that close next flow out, as lines of a page."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from itertools import islice

from rag.errors import JiwonError
from server.asking.making import period_out
from server.desks.desks import Desk, Desks
from server.http.fresh import Refusal
from server.portal.deadlines import Days, Deadline, deadlines
from server.portal.filters import Filters
from ui.pages.card import ProgramLine, program_line

SPAN, SHOWN = 30, 5
"""Days looked ahead, and how many programmes are shown."""
PATIENCE_S = 0.5
"""Nobody waits longer for what nobody asked for."""


async def closing_soon(desks: Desks, today: date) -> tuple[ProgramLine, ...]:
    """What closes next; nothing where that cannot be looked up now."""
    try:
        return await asyncio.wait_for(desks.run(_closing, today), PATIENCE_S)
    except (JiwonError, TimeoutError):
        return ()


def _closing(desk: Desk, today: date) -> tuple[ProgramLine, ...]:
    found = deadlines(desk, Days(today, today + timedelta(SPAN), today, opens=False), Filters())
    if isinstance(found, Refusal):
        return ()
    first: dict[str, Deadline] = {}
    for one in found:
        first.setdefault(one.match.program.id, one)
    return tuple(_line(one, today) for one in islice(first.values(), SHOWN))


def _line(one: Deadline, today: date) -> ProgramLine:
    program = one.match.program
    told = {
        "id": program.id,
        "name": program.name,
        "ministry": program.ministry,
        "agency": program.agency,
        "period": period_out(one.period, one.status, today, lambda _: None).model_dump(mode="json"),
    }
    return program_line(told, today)
