"""곧 마감: a day flows in; the programmes that close next flow out, as lines of a page."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

from rag.errors import JiwonError
from server.desks.desks import Desk, Desks
from server.http.fresh import Refusal
from server.portal.deadlines import Days, DeadlineList, deadline_list
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
    found = deadline_list(desk, Days(today, today + timedelta(SPAN), today, opens=False), Filters())
    if isinstance(found, Refusal):
        return ()
    assert isinstance(found, DeadlineList)
    first = {one.program_id: one for one in reversed(found.deadlines)}
    soonest = sorted(first.values(), key=lambda one: (one.day, one.program_name))[:SHOWN]
    return tuple(
        program_line(
            {
                "id": one.program_id,
                "name": one.program_name,
                "ministry": one.ministry,
                "agency": one.agency,
                "period": one.period.model_dump(mode="json"),
            },
            today,
        )
        for one in soonest
    )
