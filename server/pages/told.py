"""One programme at a desk: its id, a company, a place and a day flow in; what its page shows flows out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from rag.domain import CompanyProfile, Contact, Evidence, Match
from server.asking.making import open_clauses, period_out, verdict_out
from server.desks.desks import Desk
from server.http.fresh import Refusal
from server.portal.deadlines import LONGEST_SPAN, Days, deadlines
from server.portal.filters import NO_PLACE, Filters
from ui.pages.program import (
    PAPERS,
    Places,
    applying_of,
    benefits_of,
    change_of,
    details_of,
    disputes_of,
    edition_of,
    heading,
    office_of,
    parts_of,
    steps_of,
    windows_of,
)
from ui.pages.sheet import ProgramView

GONE = "그런 지원사업이 없습니다. 새 자료로 바뀌면서 주소가 달라졌을 수 있으니 목록에서 찾아 주세요."
SAID_OF_PLACE = NO_PLACE.partition(": ")[2]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which programme, for which company, from which place it is to be called, on which day."""

    id: str
    company: CompanyProfile
    place: str
    as_of: date


def told(desk: Desk, asked: Asked) -> ProgramView | Refusal:
    """What the page of a programme shows; an unknown one and a place nobody knows are refused."""
    match = desk.match_one(asked.id, asked.company, asked.as_of)
    if match is None:
        return Refusal(404, GONE)
    for label, words in (("지역", asked.company.region or ""), ("문의할 지역", asked.place)):
        if words and not desk.knows_place(words):
            return Refusal(422, f"{label}: {SAID_OF_PLACE}")
    program, places = match.program, Places(desk.catalogue.source)
    parts, shared = parts_of(match, _periods(match, asked.as_of), asked.as_of, places, verdict_out(match))
    offices, local = _offices(desk, match, asked)
    editions = [other for other in desk.match(CompanyProfile(), asked.as_of) if other.program.name == program.name]
    return ProgramView(
        **heading(program),  # type: ignore[arg-type]
        windows=tuple(windows_of(parts)),
        parts=parts,
        shared=shared,
        unread=tuple(open_clauses(match)),
        is_judged=match.verdict is not None,
        benefits=tuple(benefits_of(program, places)),
        applying=applying_of(program, places),
        steps=steps_of(program, places),
        papers=details_of(program.details, places, PAPERS),
        others=details_of(program.details, places),
        offices=tuple(office_of(contact, places) for contact in offices),
        local=tuple(office_of(contact, places) for contact in local),
        editions=tuple(edition_of(one.program, program) for one in editions if one.program.id != program.id),
        changes=tuple(change_of(patch, places) for patch in program.patches),
        disputes=tuple(disputes_of(program, places)),
        originals=tuple(places.originals()),
        has_days=bool(deadlines(desk, days_ahead(asked.as_of), Filters(id=program.id))),
        as_of=asked.as_of,
        generation=desk.record.id,
    )


def days_ahead(as_of: date) -> Days:
    """The days that a calendar of one programme is for."""
    return Days(as_of, as_of + timedelta(LONGEST_SPAN), as_of, opens=True)


def _periods(match: Match, as_of: date) -> list[dict[str, object]]:
    parts = match.tracks or (match,)
    return [period_out(part.period, part.status, as_of, _unmarked).model_dump() for part in parts]


def _offices(desk: Desk, match: Match, asked: Asked) -> tuple[tuple[Contact, ...], tuple[Contact, ...]]:
    """Whom to call: from a place whoever serves it; without one those for everybody, and apart those of some place."""
    found = desk.offices(match, asked.place or asked.company.region, asked.as_of)
    if asked.place or asked.company.region:
        return found, ()
    return tuple(one for one in found if not one.regions), tuple(one for one in found if one.regions)


def _unmarked(_: Evidence | None) -> None:
    """The page shows places, not marks."""
