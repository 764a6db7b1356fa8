"""Finding: words and a state flow in, the diagnoses of one consultant that hold them flow out with what is next due."""

from __future__ import annotations

from datetime import date

from rag.diagnosis.records import Diagnosis
from rag.text import squash
from server.diagnoses.consulting import Consulting
from server.diagnoses.dossier import Listed
from server.diagnoses.refusals import ConsultRefused
from server.store.shelf import Status
from ui.rooms.port import Due, Line

MOST = 100_000
"""Of one consultant; the names stand within the cases, so that each has to be read."""


def found(
    consulting: Consulting, owner: str, words: str, is_issued: bool | None, most: int, today: date
) -> tuple[int, tuple[Line, ...]]:
    """How many of an owner's diagnoses hold the words in name or number, and the newest of them."""
    status = None if is_issued is None else Status.ISSUED if is_issued else Status.DRAFT
    wanted = squash(words)
    _, every = consulting.page(owner, 1, MOST, status)
    fitting = [one for one in every if any(wanted in squash(told) for told in (one.company or "", one.number or ""))]
    return len(fitting), tuple(_line(consulting, owner, one, today) for one in fitting[:most])


def due_of(diagnosis: Diagnosis | None, today: date) -> Due | None:
    """The nearest day from today on when a recommended programme opens or closes; None where no day is known."""
    days = [
        (day, f"{each.match.program.name} {what}")
        for each in (diagnosis.recommendations if diagnosis else ())
        if (period := each.match.period)
        for day, what in ((period.closes_on, "접수 마감"), (period.opens_on, "접수 시작"))
        if day and day >= today
    ]
    if not days:
        return None
    day, what = min(days)
    return Due(day, (day - today).days, what)


def _line(consulting: Consulting, owner: str, one: Listed, today: date) -> Line:
    until = one.expires_at.date() if one.expires_at else None
    try:
        due = due_of(consulting.get(owner, one.id).diagnosis, today)
    except ConsultRefused:  # erased since the list was read
        due = None
    return Line(one.id, one.company or "", one.number, one.former, one.as_of, until, due)
